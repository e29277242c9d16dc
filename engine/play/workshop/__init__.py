"""A scenario while it is written: its findings, a game that is played again after each save, and its expressions."""
