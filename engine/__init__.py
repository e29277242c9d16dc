"""The engine of Brinkmanship: one crisis, written down once, to be played, run many times and explained."""
