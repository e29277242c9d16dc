"""Opens the screens, or says in a sentence why that can't be."""

from __future__ import annotations

import os
import sys

from tui.app import BrinkApp, Start

LEAST = (60, 20)
"""Columns and rows below which the screens would be cut."""


def trouble_with_terminal() -> str | None:
    """Why the screens can't be shown here."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if any(stream is None or not stream.isatty() for stream in streams):
        return "this is not a terminal: add --plain to play line by line"
    if os.environ.get("TERM") == "dumb":
        return "this terminal can't place text: add --plain to play line by line"
    return None


def launch(start: Start) -> int:
    """Run the application until it is left; 0 where it ended well."""
    app = BrinkApp(start)
    app.run()
    return app.return_code or 0
