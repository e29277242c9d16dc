"""Batch: many worlds side by side, and what they say together."""
