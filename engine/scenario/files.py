"""The text of a file that a stranger may have written, with a problem where it can't be had."""

from __future__ import annotations

from pathlib import Path

from engine.files import TooLargeError, read_whole, reason
from engine.scenario.limits import LARGEST_FILE
from engine.scenario.problems import Problems

BEGINNING = (1, 1)
"""The first line and column."""


def read_text(path: Path, problems: Problems) -> str | None:
    """The text of a file, or None where it can't be had; at most one problem says why."""
    raw = read_bytes(path, problems)
    return None if raw is None else decode(raw, problems)


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a regular file of at most 1 MB, or None after noting why not."""
    try:
        return read_whole(path, LARGEST_FILE)
    except TooLargeError:
        problems.note("E002", (0, 0), "", "is larger than 1 MB")
    except (OSError, ValueError) as error:
        problems.note("E001", (0, 0), "", f"can't be read: {reason(error)}")
    return None


def decode(raw: bytes, problems: Problems) -> str | None:
    """UTF-8 without a byte order mark as text; None, after noting it, where it is not UTF-8."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        problems.note("E003", (line, column), "", f"is not UTF-8: byte 0x{raw[error.start]:02x} can't be read")
        return None
    if text.startswith("\ufeff"):
        problems.note("E003", BEGINNING, "", "begins with a byte order mark: save it as UTF-8 without one")
        return text[1:]
    return text
