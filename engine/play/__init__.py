"""Play: one world, with seats, a journal that can be saved and replayed, and explanations."""
