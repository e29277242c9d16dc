"""Writing a folder of results: each file whole or not at all, and one batch at a time.

A file is written under a temporary name, flushed to the disk, and renamed, and its folder is flushed; only then is it
listed in the manifest, which is written in the same way. So whatever ends a batch, what the manifest lists is whole.
What is not listed (yet) is made anew by the same command, to the same bytes. Nothing is ever written through a link.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from engine.batch.errors import BatchError
from engine.batch.running.making import Made, Notes
from engine.batch.running.parts import Part
from engine.batch.storage.entries import (
    DESIGNS,
    PART_FOLDERS,
    RUNS,
    WITH_COUNTS,
    WITH_EVERY_RUN,
    WITH_RUNS,
    PartEntry,
    Seal,
    part_name,
)
from engine.batch.storage.identity import differences, different
from engine.batch.storage.manifest import COMPLETE, MANIFEST, Manifest
from engine.batch.storage.notes import notes_in
from engine.batch.storage.opening import intruders, is_sealed
from engine.batch.storage.rows import Columns
from engine.batch.storage.tables import damaged, holds_its_runs, table_of
from engine.batch.storage.trajectories import counts_schema
from engine.files import NO_ROOM, TEMPORARY, PlainName, make_folders, remove, take, why_not_written, write_whole
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl

LOCK = ".lock"

BETWEEN_NOTES = 2.0
"""Seconds after which the manifest lists again what has been made."""

SHARE_OF_TIME = 50
"""How many times longer than it takes to write the manifest it is at least left alone, however long it has become."""


class Folder:
    """A folder of results that a batch is writing. Every method may raise :class:`BatchError`."""

    def __init__(self, path: str | Path, manifest: Manifest) -> None:
        self.path = Path(path)
        self.manifest = manifest
        self.was_complete = False
        """Whether all results were there when the folder was taken."""
        self._lock: int | None = None
        self._next_note = 0.0
        """When the manifest is due."""
        self._is_noted = True
        """Whether the manifest on the disk lists all that is there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the folder; what a batch has made that ends early is still listed, if that can be done."""
        try:
            if isinstance(error, Exception | KeyboardInterrupt) and not self._is_noted:
                with contextlib.suppress(BatchError):
                    self.write_manifest()
        finally:
            if self._lock is not None:
                os.close(self._lock)

    def begin(self, designs: bytes) -> bool:
        """Take the folder for the batch of the manifest; whether it goes on with one that was begun before.

        A folder with results of anything else, or with anything else at all, is refused and stays as it is.
        """
        with self._writing(self.path):
            self._look()
            make_folders(self.path)
            self._take()
            there = self._there()
            for left in self.path.rglob(f"{TEMPORARY}*"):  # what a batch that was killed had begun to write
                remove(left)
        if there is not None:
            self.manifest.goes_on(there)
            self.was_complete = there.status == COMPLETE
        if not self.was_complete or there is None or there.designs != self.manifest.designs:
            self.write_manifest()
        if not is_sealed(self.path / DESIGNS, self.manifest.designs):
            self.write(DESIGNS, designs)
        return there is not None

    def write_manifest(self) -> None:
        """Say how far the batch is."""
        begun = time.monotonic()
        self.manifest.runs_done = sum(part.rows for part in self.manifest.parts)
        self.write(MANIFEST, self.manifest.as_bytes())
        ended = time.monotonic()
        self._next_note = ended + max(BETWEEN_NOTES, SHARE_OF_TIME * (ended - begun))
        self._is_noted = True

    def write_part(self, made: Made, part: Part) -> None:
        """The files of a part, and that they are there; the manifest on the disk says so a little later."""
        contents = {WITH_COUNTS: made.counts, WITH_EVERY_RUN: made.followed, WITH_RUNS: made.runs}
        files: dict[str, Seal] = {}
        for place in PART_FOLDERS:
            content = contents[place]
            if content is not None:
                files[place] = self.write(f"{place}/{part_name(made.number)}", content)
        self.manifest.put(PartEntry.of(part, made.notes.runs, files))
        self._is_noted = False
        if time.monotonic() >= self._next_note:
            self.write_manifest()

    def write(self, name: str, content: bytes) -> Seal:
        """A file, whole or not at all."""
        path = self.path / name
        with self._writing(path):
            make_folders(path.parent)
            write_whole(path, content)
        return Seal.of(content)

    def write_anew(self, name: str, content: bytes, known: Seal | None) -> Seal:
        """A file, unless the one that is there is known to be just that."""
        seal = Seal.of(content)
        return seal if seal == known and is_sealed(self.path / name, seal) else self.write(name, content)

    def counts(self, number: int) -> pl.DataFrame | None:
        """What a part adds to the summary of trajectories; None where no design point of it could be run."""
        entry = self.manifest.entry(number)
        if entry is None or WITH_COUNTS not in entry.files:
            return None
        path = self.path / WITH_COUNTS / entry.name
        if not is_sealed(path, entry.files[WITH_COUNTS]):
            raise damaged(path)
        return table_of(self._plain.path / WITH_COUNTS / entry.name, path, counts_schema())

    def entry_of(self, part: Part) -> PartEntry | None:
        """What the manifest says of a part of the plan whose runs are there, right or wrong."""
        entry = self.manifest.entry(part.number)
        is_there = entry is not None and (self.path / RUNS / entry.name).exists()
        return entry if entry is not None and is_there and entry.is_of(part) else None

    def notes_of(self, entry: PartEntry, columns: Columns) -> Notes | None:
        """What a part on the disk says of itself; None where one of its files is not what was written."""
        if not all(is_sealed(self.path / place / entry.name, seal) for place, seal in entry.files.items()):
            return None
        path = self._plain.path / RUNS / entry.name
        if not holds_its_runs(path, entry, columns.schema()):
            return None
        return notes_in(path, entry, columns.scenario)

    def _look(self) -> None:
        """That results can be written here, before anything is."""
        if self.path.exists() and not self.path.is_dir():
            raise BatchError(f"{self._shown()} is a file: name a folder for the results")
        if not self.path.exists():
            return
        if not os.path.lexists(self.path / MANIFEST):
            self._is_free()
        for path in intruders(self.path):
            raise BatchError(f"{shortened(path, 200)} is no plain file: results are not written beside or through it")
        self._there()

    def _there(self) -> Manifest | None:
        """The manifest of results that are there, once they are known to be those that are asked for."""
        if (self.path / MANIFEST).exists():
            there = Manifest.read(self.path / MANIFEST)
            if found := differences(there, self.manifest):
                raise different(self.path, found)
            return there
        self._is_free()
        return None

    def _is_free(self) -> None:
        """That there is nothing but hidden files in a folder without results; nobody looks further into it."""
        if any(not entry.name.startswith(".") for entry in self.path.iterdir()):
            raise BatchError(f"{self._shown()} is not empty and holds no results of a batch: choose another folder")

    def _take(self) -> None:
        """Nobody else may write here at the same time; the system lets go of it when this program ends."""
        try:
            self._lock = take(self.path / LOCK)
        except BlockingIOError:
            raise BatchError(f"{self._shown()} is being written by another batch at this moment") from None
        self._plain = PlainName(self.path)

    @contextlib.contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BatchError(f"{shortened(path, 200)} can't be written: {_why(error)}") from None

    def _shown(self) -> str:
        return shortened(self.path, 200)


def _why(error: OSError) -> str:
    room = ". Make room and give the same command again: it goes on where it stopped"
    return f"{why_not_written(error)}{room if error.errno in NO_ROOM else ''}"
