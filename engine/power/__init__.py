"""Voting power: how often a seat in a body decides, worked out exactly from the body's rule alone."""
