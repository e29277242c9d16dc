"""Slips of whoever writes a file by hand: what was probably meant, and the text to write instead."""
