"""Reading files that a stranger may have put there: regular ones, of a bounded size, and nothing that waits."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

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
    with opened(path, follow) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLargeError(errno.EFBIG, f"it is larger than {in_megabytes(most)}", os.fspath(path))
    return content


def digest(path: Path) -> tuple[int, str]:
    """The size of a regular file that is no link, and the sha256 of its bytes; read piece by piece. Raises OSError."""
    with opened(path, follow=False) as file:
        found = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type] # a file is one
        return file.tell(), found.hexdigest()


def opened(path: Path, follow: bool = True) -> BinaryIO:
    """A regular file, open for reading. Raises OSError, among them :class:`NotPlainError`."""
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
    return os.fdopen(handle, "rb")


def in_megabytes(size: int) -> str:
    """A number of bytes, in MB."""
    return f"{size / 1_000_000:g} MB"
