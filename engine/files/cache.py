"""The user's cache: what took long to work out is kept under the platform's cache folder, and found again by its key.

Nothing rests on it. What is damaged, cut, too large, or lies in a folder that others may write is as good as not there,
and what can't be written is not kept; nobody is told, but by `brink doctor`. It may be deleted at any time, and several
processes may read and write at once, since an entry is written whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import engine
from engine.files.home import own_home
from engine.files.reading import read_whole
from engine.files.words import reason
from engine.files.writing import make_folders, unfinished, write_whole

MAGIC: Final = b"brinkmanship cache 1\n"
"""How an entry begins; the sha256 of its key and content follows, then the content."""

SUFFIX: Final = ".kept"

LARGEST: Final = 32_000_000
"""Bytes of an entry."""

MOST: Final = 128_000_000
"""Bytes of all entries; beyond that those go which were not used for longest."""

ROOM: Final = 0.75
"""To which share of that they are brought down, so that it does not happen each time."""

A_DAY: Final = 86_400.0
"""Seconds for which it need not be noted again that an entry was used."""

ROOMS: Final = ("expressions", "files", "rules", "scenario")
"""The packages of the engine that what is kept follows from."""


def folder() -> Path | None:
    """The cache; None where the platform names no place for it, as where nobody has a home."""
    home = own_home()
    if home is not None:
        return home / "cache"
    import platformdirs

    place = platformdirs.user_cache_path("brinkmanship", appauthor=False)
    return place if place.is_absolute() else None


def key_of(kind: str, *parts: str) -> str:
    """The key of what follows from these parts and from the code that is at work, such as ``scenario-1b4f...``."""
    told = "\0".join((code_mark(), *parts))
    return f"{kind}-{hashlib.sha256(told.encode('utf-8', 'surrogateescape')).hexdigest()}"


@cache
def code_mark() -> str:
    """What stands for the code: the engine's version, and in a checkout, where that says little, its files as well."""
    top = Path(engine.__file__).parent
    found = sorted(file for room in ROOMS for file in _sources(str(top / room), room))
    return hashlib.sha256(repr((engine.__version__, found)).encode()).hexdigest()


def _sources(folder: str, name: str) -> Iterator[tuple[str, int, int]]:
    """The name, size and time of each file of Python in a folder and below."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                told = entry.stat()
                yield f"{name}/{entry.name}", told.st_size, told.st_mtime_ns
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from _sources(entry.path, f"{name}/{entry.name}")


def load(key: str, place: Path | None = None) -> bytes | None:
    """What is kept under a key, if it is there and whole: in the cache, or in another folder of this user's own."""
    place = place or folder()
    if place is None or why_unsafe(place):
        return None
    path = _path(place, key)
    try:
        entry = read_whole(path, LARGEST + len(_seal(key, b"")), follow=False)
        if time.time() - path.stat().st_mtime > A_DAY:
            os.utime(path)
    except (OSError, ValueError):
        return None
    begin = len(_seal(key, b""))
    content = entry[begin:]
    return content if entry[:begin] == _seal(key, content) else None


def keep(key: str, content: bytes, place: Path | None = None) -> None:
    """Keep something under a key, if that can be done: in the cache, or in another folder of this user's own."""
    place = place or folder()
    if place is None or len(content) > LARGEST:
        return
    with contextlib.suppress(OSError):
        if place != folder():
            own_folder(place.parent)
        own_folder(place)
        if not why_unsafe(place):
            write_whole(_path(place, key), _seal(key, content) + content)
            _make_room(place)


def own_folder(place: Path) -> None:
    """Make a folder that its owner alone may read and write, if it is not there. Raises OSError."""
    if not place.is_dir():
        make_folders(place.parent)
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)


def why_unsafe(place: Path) -> str:
    """Why nothing is believed that lies in a folder; nothing where only this user can have put it there."""
    try:
        found = place.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return reason(error)
    if not stat.S_ISDIR(found.st_mode):
        return "it is no folder"
    if not hasattr(os, "geteuid"):
        return ""
    if found.st_uid != os.geteuid():
        return "it belongs to somebody else"
    return "others may write into it" if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else ""


@dataclass(frozen=True, slots=True)
class Held:
    """What the cache holds."""

    entries: int
    size: int
    """In bytes."""


def held() -> Held:
    """How much is kept."""
    place = folder()
    sizes = [size for _, size, _ in _entries(place)] if place is not None else []
    return Held(len(sizes), sum(sizes))


def _path(place: Path, key: str) -> Path:
    return place / f"{key}{SUFFIX}"


def _seal(key: str, content: bytes) -> bytes:
    """What stands before a content: by it an entry is known to be whole, and that of its key."""
    return MAGIC + hashlib.sha256(b"\0".join((key.encode(), content))).digest()


def _entries(place: Path) -> list[tuple[float, int, Path]]:
    """When each entry was last used, its size and its path; what others remove in the meantime is left out."""
    found = []
    with contextlib.suppress(OSError):
        for path in place.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError):
                told = path.lstat()
                found.append((told.st_mtime, told.st_size, path))
    return sorted(found)


def _make_room(place: Path) -> None:
    """Remove what was begun and never finished, and what was not used for longest, as far as there is too much."""
    for path in unfinished(place):
        path.unlink(missing_ok=True)
    entries = _entries(place)
    size = sum(size for _, size, _ in entries)
    if size <= MOST:
        return
    for _, freed, path in entries:
        path.unlink(missing_ok=True)
        size -= freed
        if size <= MOST * ROOM:
            return
