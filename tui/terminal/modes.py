"""What the screens switch on in a terminal, and how all of it is switched off at once."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from typing import Any

LEAVE = (
    "\x1b[?2026l"  # what is drawn is shown at once again
    "\x1b[?2004l"  # what is pasted comes without marks
    "\x1b[?2048l"  # no reports of the size
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1016l\x1b[?1006l"  # no reports of the mouse
    "\x1b[?1004l"  # nor of the focus
    "\x1b[<u"  # keys as they were: before the other screen is left, which has a list of its own
    "\x1b[?7h"  # long lines wrap
    "\x1b[?1049l"  # the screen that was there before
    "\x1b[?25h\x1b[0m"  # a cursor, and the usual colours
)
"""Everything that the screens switch on, switched off."""

LEFT_OVER = "\x1b[?2026l\x1b[?1016l\x1b[0m"
"""What Textual does not switch off by itself."""

READY = 0.2
"""Seconds within which a terminal takes what is written, unless it is stuck."""


def attributes() -> list[Any] | None:
    """How the terminal treats lines and keys now, to be given to :func:`give_back`; None where there is none."""
    try:
        import termios

        assert sys.__stdin__ is not None
        found: list[Any] = termios.tcgetattr(sys.__stdin__.fileno())
    except (ImportError, AssertionError, OSError, ValueError, termios.error):
        return None
    return found


def give_back(before: list[Any] | None) -> None:
    """Give the terminal back as it was, at once and past everything that waits to be drawn."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        assert sys.__stderr__ is not None
        out = sys.__stderr__.fileno()
        if select.select([], [out], [], READY)[1]:
            os.write(out, LEAVE.encode())
    if before is not None and sys.__stdin__ is not None:
        import termios

        with contextlib.suppress(OSError, ValueError, termios.error):
            termios.tcflush(sys.__stdin__.fileno(), termios.TCIFLUSH)
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, before)
