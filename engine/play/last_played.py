"""In which order the games of a folder were played last: by what happened after what, whatever the clock says.

``.order.json`` holds the ids of the games, the one played last at the end. It is written when another game than that is
saved, by one process at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.files import read_whole, take, write_whole

ORDER, LOCK = ".order.json", ".order.lock"
"""The file, and the one that is locked while it is written."""

MOST_GAMES = 10_000
"""Ids that are kept; those played longest ago give way."""

LARGEST = 2_000_000
"""Bytes; a longer file is none of ours."""

TRIES, PAUSE = 50, 0.01
"""How often the lock is asked for, and the seconds between; then the order is left as it is."""


def ranks(folder: Path) -> Mapping[str, int]:
    """The place of each game in the order of play, from 1, by id; nothing of games that were not played here."""
    return {game: rank for rank, game in enumerate(_read(folder), 1)}


def note_played(folder: Path, game: str) -> None:
    """This game is played last now; where that can't be written down, the times of the saves have to do."""
    if _read(folder)[-1:] == [game]:
        return
    with contextlib.suppress(OSError), _locked(folder):
        order = [other for other in _read(folder) if other != game]
        write_whole(folder / ORDER, json.dumps([*order, game][-MOST_GAMES:]).encode())


def _read(folder: Path) -> list[str]:
    """The ids in the file; none where it is not there, or damaged."""
    try:
        found = json.loads(read_whole(folder / ORDER, LARGEST, follow=False))
    except (OSError, ValueError, RecursionError):
        return []
    return [game for game in found if isinstance(game, str)] if isinstance(found, list) else []


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Nobody else writes the order meanwhile. Raises OSError where somebody does for long."""
    handle = _taken(folder / LOCK)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _taken(path: Path) -> int | None:
    for _try in range(TRIES - 1):
        with contextlib.suppress(BlockingIOError):
            return take(path)
        time.sleep(PAUSE)
    return take(path)
