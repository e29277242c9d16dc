"""Coders: what each of several people read in the sources, how far they agree, and what they say together."""
