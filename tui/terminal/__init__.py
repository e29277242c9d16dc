"""The terminal itself: what it can do, what the screens ask of it, and how it is given back."""
