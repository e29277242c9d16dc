"""Writing a folder of results: each file whole or not at all, and one batch at a time.

A file is written under a temporary name, flushed to the disk, and renamed. So whatever ends a batch, what stands
under a proper name is complete, and the same command can go on from there.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from engine.batch.running.making import Made, Notes
from engine.batch.running.parts import Part
from engine.batch.storage.manifest import COMPLETE, BatchError, Manifest, different
from engine.batch.storage.rows import NOTES, Columns
from engine.files import NO_ROOM, TEMPORARY, make_folders, remove, take, why_not_written, write_whole
from engine.scenario.problems import shortened

MANIFEST, DESIGNS, FAILURES = "manifest.json", "designs.parquet", "failures.parquet"
RUNS, TRAJECTORIES, COUNTS = "runs", "trajectories", "counts"
SUMMARY_FILE = "summary.parquet"
LOCK = ".lock"


def part_name(number: int) -> str:
    """What the file of a part is called."""
    return f"part-{number:06d}.parquet"


class Folder:
    """A folder of results that a batch is writing. Every method may raise :class:`BatchError`."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.manifest = Manifest()
        self.was_complete = False
        """Whether all results were there when the folder was taken."""
        self._lock: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._lock is not None:
            os.close(self._lock)

    def begin(self, manifest: Manifest) -> bool:
        """Take the folder for the batch of this manifest; whether it goes on with one that was begun before.

        A folder with results of anything else, or with anything else at all, is refused and stays as it is.
        """
        with self._writing(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise BatchError(f"{self._shown()} is a file: name a folder for the results")
            begun = (self.path / MANIFEST).exists()
            if begun:
                there = Manifest.read(self.path / MANIFEST)
                if differences := there.differences(manifest):
                    raise different(self.path, differences)
                self.was_complete = there["status"] == COMPLETE
                manifest.content |= {"started": there["started"], "resumed": int(there["resumed"] or 0) + 1}
            elif self.path.exists() and any(not entry.name.startswith(".") for entry in self.path.iterdir()):
                raise BatchError(f"{self._shown()} is not empty and holds no results of a batch: choose another folder")
            make_folders(self.path / RUNS)
            self._take()
            self._clean()
        self.manifest = manifest
        if not self.was_complete:
            self.write_manifest()
        return begun

    def write_manifest(self) -> None:
        """Say how far the batch is."""
        text = json.dumps(self.manifest.content, indent=1, ensure_ascii=False) + "\n"
        self.write(self.path / MANIFEST, text.encode())

    def write_part(self, made: Made) -> None:
        """The files of a part; that of its runs comes last, and so says that all are there."""
        name = part_name(made.number)
        if made.counts is not None:
            self.write(self.path / TRAJECTORIES / COUNTS / name, made.counts)
        if made.followed is not None:
            self.write(self.path / TRAJECTORIES / RUNS / name, made.followed)
        self.write(self.path / RUNS / name, made.runs)

    def write(self, path: Path, content: bytes) -> None:
        """A file, whole or not at all."""
        with self._writing(path):
            make_folders(path.parent)
            write_whole(path, content)

    def has(self, part: Part) -> bool:
        """Whether there is a file for the runs of a part, right or wrong."""
        return (self.path / RUNS / part_name(part.number)).exists()

    def notes_of(self, part: Part, columns: Columns, kinds: tuple[str, ...]) -> Notes | None:
        """What a part on the disk says of itself; None where it is not whole, or not the part that is wanted.

        ``kinds`` are the folders in which its trajectories are.
        """
        import polars as pl

        name = part_name(part.number)
        path = self.path / RUNS / name
        try:
            notes = Notes.read(json.loads(pl.read_parquet_metadata(path)[NOTES]))
            frame = pl.read_parquet(path)
            failed = {point for point, _ in notes.failures}
            wanted = [piece for piece in part.pieces if piece.point not in failed]
            is_right = (
                dict(frame.schema) == columns.schema()
                and frame["point"].to_list() == [piece.point for piece in wanted for _ in range(piece.runs)]
                and frame["run"].to_list() == [run for p in wanted for run in range(p.first, p.first + p.runs)]
                and [tally.point for tally in notes.tallies] == [piece.point for piece in wanted]
            )
            if wanted:
                for kind in kinds:
                    pl.read_parquet(self.path / TRAJECTORIES / kind / name)
        except (OSError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError):
            return None
        return notes if is_right else None

    def _take(self) -> None:
        """Nobody else may write here at the same time; the system lets go of it when this program ends."""
        try:
            self._lock = take(self.path / LOCK)
        except BlockingIOError:
            raise BatchError(f"{self._shown()} is being written by another batch at this moment") from None

    def _clean(self) -> None:
        """What a batch that was killed had begun to write."""
        for left in self.path.rglob(f"{TEMPORARY}*"):
            remove(left)

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
