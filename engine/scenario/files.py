"""Small files: reading one that a stranger may have written, and writing one whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from engine.scenario.limits import LARGEST_FILE
from engine.scenario.problems import Problems

BEGINNING = (1, 1)
"""The first line and column."""


TEMPORARY = ".unfinished-"
"""How the names of files begin that are being written."""


def write_whole(path: Path, content: bytes) -> None:
    """Under a temporary name beside it, flushed to the disk, then renamed. Raises OSError, and leaves nothing."""
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def read_text(path: Path, problems: Problems) -> str | None:
    """The text of a file, or None where it can't be had; at most one problem says why."""
    raw = read_bytes(path, problems)
    return None if raw is None else decode(raw, problems)


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a regular file of at most 1 MB, or None after noting why not."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        problems.note("E001", (0, 0), "", f"can't be read: {reason(error)}")
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        problems.note("E001", (0, 0), "", "can't be read: it is not a plain file")
        return None
    with os.fdopen(handle, "rb") as file:
        try:
            raw = file.read(LARGEST_FILE + 1)
        except OSError as error:
            problems.note("E001", (0, 0), "", f"can't be read: {reason(error)}")
            return None
    if len(raw) > LARGEST_FILE:
        problems.note("E002", (0, 0), "", "is larger than 1 MB")
        return None
    return raw


def reason(error: OSError | ValueError) -> str:
    """Why the system could not open a file, in a few words."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder"
        case PermissionError():
            return "no permission"
        case OSError():
            return (error.strerror or "the system refuses").lower()
    return "this is no name of a file"


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
