"""The engine of Brinkmanship: one crisis, written down once, to be played, run many times and explained."""

__version__ = "0.1.0"
