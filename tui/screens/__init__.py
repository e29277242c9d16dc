"""The screens, one module each; what they show is made in ``tui.lines``."""
