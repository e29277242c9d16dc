"""Where the parts of a batch go: into a folder, or into memory."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Protocol

from engine.batch.running.making import Job, Made, Notes
from engine.batch.running.parts import Part
from engine.batch.storage.folder import COUNTS, DESIGNS, FAILURES, RUNS, SUMMARY_FILE, TRAJECTORIES, Folder, part_name
from engine.batch.storage.manifest import Manifest
from engine.batch.storage.results import Results, damaged
from engine.batch.storage.rows import as_parquet
from engine.batch.storage.trajectories import ALL, NONE

if TYPE_CHECKING:
    import polars as pl

BETWEEN_NOTES = 2.0
"""Seconds after which the manifest says again how far the batch is."""


@dataclass(frozen=True)
class Tables:
    """What a batch leaves beside its parts when they are all there."""

    failures: pl.DataFrame
    summary: pl.DataFrame | None


class Store(Protocol):
    """Keeps parts."""

    is_lasting: ClassVar[bool]
    """Whether what is kept outlasts the batch."""

    def kept(self, part: Part) -> Notes | None:
        """What a part says of itself that is there already, whole and right; else None."""

    def keep(self, made: Made) -> None:
        """Keep a part."""

    def counts(self, number: int) -> pl.DataFrame | None:
        """What a part adds to the summary of trajectories; None where no design point of it could be run."""


@dataclass
class FolderStore:
    """In a folder that this batch has taken."""

    is_lasting: ClassVar[bool] = True

    folder: Folder
    job: Job
    notice: Callable[[str], None]
    _noted: float | None = None
    """When it was last written how far the batch is."""

    def begin(self, designs: pl.DataFrame) -> None:
        """Write what is known from the start."""
        self.folder.write(self.folder.path / DESIGNS, as_parquet(designs))

    def kept(self, part: Part) -> Notes | None:
        """Read from the disk, and looked at in full."""
        if not self.folder.has(part):
            return None
        kinds = {NONE: (), ALL: (COUNTS, RUNS)}.get(self.job.trajectories, (COUNTS,))
        notes = self.folder.notes_of(part, self.job.columns, kinds)
        if notes is None:
            self.notice(f"{RUNS}/{part_name(part.number)} is damaged and is made again")
        else:
            self._add(notes)
        return notes

    def keep(self, made: Made) -> None:
        """Write its files; now and then also how far the batch is."""
        self.folder.write_part(made)
        self._add(made.notes)
        if self._noted is None or time.monotonic() - self._noted > BETWEEN_NOTES:
            self.folder.write_manifest()
            self._noted = time.monotonic()

    def _add(self, notes: Notes) -> None:
        self.folder.manifest.content["runs_done"] += notes.runs

    def counts(self, number: int) -> pl.DataFrame | None:
        """Read again from the disk."""
        import polars as pl

        path = self.folder.path / TRAJECTORIES / COUNTS / part_name(number)
        try:
            return pl.read_parquet(path) if path.exists() else None
        except (OSError, pl.exceptions.PolarsError):
            raise damaged(path) from None

    def finish(self, tables: Tables) -> None:
        """Write the tables, then that all is there."""
        folder = self.folder
        folder.write(folder.path / FAILURES, as_parquet(tables.failures))
        if tables.summary is not None:
            folder.write(folder.path / TRAJECTORIES / SUMMARY_FILE, as_parquet(tables.summary))
        if self._noted is not None or not folder.was_complete:
            folder.write_manifest()


@dataclass
class MemoryStore:
    """In memory."""

    is_lasting: ClassVar[bool] = False

    job: Job
    _made: dict[int, Made] = field(default_factory=dict)

    def kept(self, part: Part) -> Notes | None:
        """Nothing is there."""
        return None

    def keep(self, made: Made) -> None:
        """Hold it."""
        self._made[made.number] = made

    def counts(self, number: int) -> pl.DataFrame | None:
        """Read again from memory."""
        made = self._made.get(number)
        return None if made is None or made.counts is None else _read(made.counts)

    def results(self, manifest: Manifest, designs: pl.DataFrame, tables: Tables) -> Results:
        """All parts one below the other."""
        import polars as pl

        made = [self._made[number] for number in sorted(self._made)]
        rows = [_read(part.runs) for part in made] or [self.job.columns.frame([])]
        followed = [_read(part.followed) for part in made if part.followed is not None]
        return Results(
            manifest.content,
            designs,
            pl.concat(rows).lazy(),
            tables.failures,
            tables.summary,
            pl.concat(followed).lazy() if followed else None,
            notes=tuple(part.notes for part in made),
        )


class NoStore:
    """Nowhere: parts are counted and forgotten."""

    is_lasting: ClassVar[bool] = False

    def kept(self, part: Part) -> Notes | None:
        """Nothing is there."""
        return None

    def keep(self, made: Made) -> None:
        """It has been counted."""

    def counts(self, number: int) -> pl.DataFrame | None:
        """There are none."""
        return None


def remembering(store: Store, most: int = 8) -> Callable[[int], pl.DataFrame | None]:
    """The counts of parts, of which the last few are kept at hand."""
    return lru_cache(maxsize=most)(store.counts)


def _read(content: bytes) -> pl.DataFrame:
    import polars as pl

    return pl.read_parquet(io.BytesIO(content))
