"""The files that the check of a scenario reads, and how it is seen that one of them was saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.scenario.places import CODERS_FOLDER, HISTORY_FILE, SOURCES_FOLDER, ScenarioPlace

Signature = tuple[tuple[str, int, int, int], ...]
"""Of each file its name, when it was written, its size and its place on the disk."""


def watched(place: ScenarioPlace) -> Iterator[Path]:
    """The files that the check of a scenario reads and its author may edit."""
    yield place.file
    yield place.folder / HISTORY_FILE
    for name in (SOURCES_FOLDER, CODERS_FOLDER):
        folder = place.folder / name
        if folder.is_dir():
            yield from sorted(folder.iterdir())


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
