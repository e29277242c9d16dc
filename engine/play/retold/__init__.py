"""Games told again, turn by turn: those of saves, and the runs of batches."""
