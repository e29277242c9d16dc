"""What `make bench` measures: whole-program ratios, taken in one run, with the machine's noise beside them."""
