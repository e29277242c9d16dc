"""Locks: a folder is written by one process at a time; the system lets go of a lock when its process ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path

NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
"""What file systems answer that have no locks."""


def take(path: Path) -> int | None:
    """A handle that holds the lock of a file until it is closed; None where there are no locks, as on Windows.

    Raises BlockingIOError where somebody else has it, and OSError; a link is not followed.
    """
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in NO_LOCKS:
            os.close(handle)
            raise
    return handle
