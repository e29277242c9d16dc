"""What the terminal can do, and so whether the screens can be shown."""

from __future__ import annotations

import os
import sys

NOWHERE = frozenset(("", "dumb", "unknown", "emacs", "network", "dialup"))
"""Kinds of terminals that can't place text, whatever is known of them."""


def fault_of_terminal() -> str | None:
    """Why the screens can't be shown here."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if any(stream is None or not stream.isatty() for stream in streams):
        return "this is not a terminal"
    if not can_place_text(os.environ.get("TERM", "")):
        return "this terminal can't place text"
    return None


def trouble_with_terminal(advice: str = "add --plain to play line by line") -> str | None:
    """The same, and what to do instead."""
    fault = fault_of_terminal()
    return None if fault is None else f"{fault}: {advice}"


def has_keyboard() -> bool:
    """Whether somebody can answer in lines: the input is a terminal, whatever it can do."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def can_place_text(kind: str) -> bool:
    """Whether a kind of terminal, as TERM names it, can write anywhere on its screen; yes where nothing is known."""
    if os.name == "nt":
        return True
    if kind in NOWHERE:
        return False
    try:
        import curses

        curses.setupterm(kind, 1)
    except (ImportError, curses.error):
        return True
    return bool(curses.tigetstr("cup"))
