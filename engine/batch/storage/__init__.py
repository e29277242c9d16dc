"""How results are kept: a folder of Parquet files that any number of processes makes alike."""
