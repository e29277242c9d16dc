"""The three streams of a process, however it was started."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def fill_in_streams() -> None:
    """Put an empty one in the place of each stream that the process was started without.

    Otherwise the next file that is opened would take its number, and whatever is printed would go there.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # a number


def take_what_cannot_be_encoded(stream: TextIO | None) -> None:
    """So that a name with an accent is no reason to stop on an old terminal."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def flush() -> None:
    """What can't be written is found out here, and not when Python leaves."""
    if sys.stdout is not None:
        sys.stdout.flush()


def let_go(stream: TextIO | None) -> None:
    """Send what is left of the output nowhere, so that Python does not stumble over it when it leaves."""
    try:
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, stream.fileno() if stream is not None else handle)
        os.close(handle)
    except (OSError, ValueError):
        pass  # a stream that is no file has nothing to stumble over
