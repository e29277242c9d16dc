"""Lines that are typed, or come along a pipe, and lines that are read there."""

from __future__ import annotations

import select
import sys

from engine.ending import HANG_UP, Ended


def next_line() -> str:
    """What somebody has typed, or a pipe has brought.

    Raises EOFError where nothing comes any more, and Ended where the terminal is gone. Not by ``input``, which can't be
    left by two signals at once.
    """
    try:
        line = sys.stdin.readline()
    except OSError:
        raise Ended(HANG_UP) from None
    if not line and is_gone(sys.stdin.fileno(), 0):
        raise Ended(HANG_UP)
    if not line:
        raise EOFError
    return line


def print_at_once(text: str) -> None:
    """So that whoever reads along a pipe is not kept waiting."""
    print(text, flush=True)


def is_gone(terminal: int, seconds: float | None) -> bool:
    """Whether the other end of a terminal is gone, or goes within some time; None waits for that."""
    if not hasattr(select, "poll"):
        return False
    watched = select.poll()
    watched.register(terminal, 0)
    found = watched.poll(None if seconds is None else seconds * 1000)
    return any(event & select.POLLERR for _number, event in found)
