"""Reading files that a stranger may have put there: regular ones, of a bounded size, and nothing that waits."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

OPENED = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""So that a pipe to which nobody writes is opened at once, and then refused."""


class NotPlainError(OSError):
    """That something is no regular file."""


class TooLargeError(OSError):
    """That a file is larger than anything that could be meant."""


def read_whole(path: Path, most: int, follow: bool = True) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes; unless ``follow``, a link is none.

    Raises OSError, among them :class:`NotPlainError` and :class:`TooLargeError`; ValueError for what is no path.
    """
    flags = OPENED if follow else OPENED | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EOPNOTSUPP) or (error.errno == errno.ELOOP and path.is_symlink()):
            raise NotPlainError(errno.EINVAL, "it is not a plain file", os.fspath(path)) from None  # a socket, a link
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotPlainError(errno.EINVAL, "it is not a plain file", os.fspath(path))
    with os.fdopen(handle, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(errno.EFBIG, f"it is larger than {in_megabytes(most)}", os.fspath(path))
    return content


def in_megabytes(size: int) -> str:
    """A number of bytes, in MB."""
    return f"{size / 1_000_000:g} MB"
