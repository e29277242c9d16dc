"""Doing something again whenever one of some files has been written."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.scenario.places import HISTORY_FILE, SOURCES_FOLDER, ScenarioPlace

EVERY = 0.05
"""Seconds between two looks: a save is seen within this, and looking costs next to nothing."""

Signature = tuple[tuple[str, int, int, int], ...]
"""Of each file its name, when it was written, its size and its place on the disk."""


def watched(place: ScenarioPlace) -> Iterator[Path]:
    """The files that the check of a scenario reads and its author may edit."""
    yield place.file
    yield place.folder / HISTORY_FILE
    sources = place.folder / SOURCES_FOLDER
    if sources.is_dir():
        yield from sorted(sources.iterdir())


def signature_of(place: ScenarioPlace) -> Signature:
    """What changes when one of the files is written, comes or goes."""
    found = []
    for path in watched(place):
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(found)


def watch(place: ScenarioPlace, do: Callable[[], object]) -> None:
    """Does it at once, and again after each save, until Ctrl-C."""
    seen: Signature | None = None
    try:
        while True:
            now = signature_of(place)
            if now != seen:
                seen = now
                clear_screen()
                do()
                sys.stdout.flush()
                gc.collect()
            time.sleep(EVERY)
    except KeyboardInterrupt:
        print()


def clear_screen() -> None:
    """An empty screen, with what stood there still to be scrolled to; nothing where there is no screen."""
    if sys.stdout.isatty():
        print("\x1b[H\x1b[2J", end="")
