"""Why the system would not read or write a file, in a few words."""

from __future__ import annotations

import errno

from engine.files.reading import NotPlainError, TooLargeError

NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
"""That a disk, or what somebody may have of it, is full."""


def reason(error: OSError | ValueError) -> str:
    """Why a file could not be opened."""
    match error:
        case NotPlainError() | TooLargeError():
            return str(error.strerror)
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder"
        case PermissionError():
            return "no permission"
        case OSError():
            return (error.strerror or "the system refuses").lower()
    return "this is no name of a file"


def why_not_written(error: OSError | ValueError) -> str:
    """Why a file could not be written, or a folder not be made."""
    match error:
        case OSError(errno=code) if code in NO_ROOM:
            return "the disk is full"
        case OSError(errno=errno.EROFS):
            return "the folder is read-only"
        case PermissionError():
            return "no permission"
        case FileNotFoundError():
            return "there is no such folder"
        case NotADirectoryError():
            return "a part of its path is a file, not a folder"
        case IsADirectoryError():
            return "it is a folder"
        case FileExistsError():
            return "something else has its name"
        case OSError():
            return (error.strerror or "the system refuses").lower()
    return "this is no name of a file"
