"""Writing: a file stands under its name whole or not at all, and what is said to be written outlives a loss of power.

Everything goes through the functions of :mod:`os` (``pathlib`` calls them, too): open, write, fsync, replace, mkdir and
unlink. So a test can let each of them fail in turn. Each error names the file that was meant.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".unfinished-"
"""How the names of files begin that are being written; the number of the process that writes follows."""

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
"""How a file is opened that nobody else may have made, through a link least of all."""

BINARY = getattr(os, "O_BINARY", 0)
"""On Windows: lines end as they are given."""

NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What file systems answer that can't flush a folder."""

_numbers = itertools.count()


def write_whole(path: Path, content: bytes) -> None:
    """Under a temporary name beside it, flushed to the disk, then renamed, and the folder flushed too.

    A link at ``path`` is replaced, and never written through. Raises OSError, which names ``path``, and leaves nothing.
    """
    with _naming(path):
        temporary, handle = _begun(path)
        try:
            try:
                _write_all(handle, content)
                os.fsync(handle)
            finally:
                os.close(handle)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)


def make_folders(path: Path) -> None:
    """A folder with those above it, each flushed into the one that holds it. Raises OSError, which names the folder."""
    try:
        _make_folder(path)
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_folders(path.parent)
        _make_folder(path)


def _make_folder(path: Path) -> None:
    if path.is_dir():
        return
    with _naming(path):
        try:
            path.mkdir()
        except FileExistsError:
            if not path.is_dir():
                raise
        sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Give a file or folder another name, over a file that has it. Raises OSError, which names the target."""
    with _naming(target):
        source.replace(target)
        for folder in dict.fromkeys((target.parent, source.parent)):
            sync_folder(folder)


def remove(path: Path) -> None:
    """Take a file away, if it is there. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Flush to the disk which files a folder has; nothing where the system knows no such thing."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise
    finally:
        os.close(handle)


def temporary_beside(path: Path) -> Path:
    """A name beside a path that nothing has yet, for what is being written."""
    return next(name for name in _names(path) if not os.path.lexists(name))


def unfinished(folder: Path) -> Iterator[Path]:
    """Files and folders in a folder, not below, that were being written by processes that are no more."""
    for path in sorted(folder.glob(f"{TEMPORARY}*")):
        writer = path.name.removeprefix(TEMPORARY).partition("-")[0]
        if not (writer.isdecimal() and _is_alive(int(writer))):
            yield path


def _names(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{TEMPORARY}{os.getpid()}-{number}") for number in _numbers)


def _begun(path: Path) -> tuple[Path, int]:
    """A new file beside a path, open for writing."""
    for temporary in _names(path):
        with contextlib.suppress(FileExistsError):
            return temporary, os.open(temporary, NEW | BINARY, 0o666)
    raise AssertionError


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _is_alive(process: int) -> bool:
    """Whether a process of this machine is at work; this one is, whatever it has left behind."""
    if os.name == "nt":  # there a signal would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return process > 0


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors name the file that was meant, and not a temporary one."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(path), None
        raise
