"""The text of a file that a stranger may have written, with a problem where it can't be had."""

from __future__ import annotations

from pathlib import Path

from engine.files import TooLargeError, read_whole, reason
from engine.scenario.encodings import BEGINNING, decode
from engine.scenario.limits import LARGEST_FILE
from engine.scenario.problems import Problems

__all__ = ["BEGINNING", "decode", "read_beside", "read_bytes", "read_text"]


def read_text(path: Path, problems: Problems) -> str | None:
    """The text of a file, or None where it can't be had; at most one problem says why."""
    raw = read_bytes(path, problems)
    return None if raw is None else decode(raw, problems)


def read_beside(path: Path, problems: Problems) -> str | None:
    """The same of a file that a stranger's folder brings: no link, for it would show what lies elsewhere."""
    if path.is_symlink():
        problems.note("E001", (0, 0), "", "can't be read: it is a link to another file")
        return None
    return read_text(path, problems)


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a regular file of at most 1 MB, or None after noting why not."""
    try:
        return read_whole(path, LARGEST_FILE)
    except TooLargeError:
        problems.note("E002", (0, 0), "", "is larger than 1 MB")
    except (OSError, ValueError) as error:
        problems.note("E001", (0, 0), "", f"can't be read: {reason(error)}")
    return None
