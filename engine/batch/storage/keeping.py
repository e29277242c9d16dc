"""Parts that are kept: in a folder, or in memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from engine.batch.running.making import Job, Made, Notes
from engine.batch.running.parts import Part
from engine.batch.storage.entries import FAILURES, RUNS, SUMMARY
from engine.batch.storage.folder import Folder
from engine.batch.storage.manifest import Manifest
from engine.batch.storage.results import Results
from engine.batch.storage.rows import as_parquet
from engine.batch.storage.stores import Tables

if TYPE_CHECKING:
    import polars as pl


@dataclass
class FolderStore:
    """In a folder that this batch has taken."""

    is_lasting: ClassVar[bool] = True

    folder: Folder
    job: Job
    notice: Callable[[str], None]
    _has_made: bool = False
    """Whether a part was written."""

    def kept(self, part: Part) -> Notes | None:
        """Read from the disk, and looked at in full."""
        entry = self.folder.entry_of(part)
        if entry is None:
            return None
        notes = self.folder.notes_of(entry, self.job.columns)
        if notes is None:
            self.notice(f"{RUNS}/{entry.name} is damaged and is made again")
        return notes

    def keep(self, made: Made, part: Part) -> None:
        """Write its files; now and then also how far the batch is."""
        self.folder.write_part(made, part)
        self._has_made = True

    def counts(self, number: int) -> pl.DataFrame | None:
        """Read again from the disk."""
        return self.folder.counts(number)

    def finish(self, tables: Tables, runs_per_point: int) -> None:
        """Write the tables, then that all is there."""
        folder, manifest = self.folder, self.folder.manifest
        failures = folder.write_anew(FAILURES, as_parquet(tables.failures), manifest.failures)
        summary = None
        if tables.summary is not None:
            summary = folder.write_anew(SUMMARY, as_parquet(tables.summary), manifest.summary)
        is_same = (failures, summary) == (manifest.failures, manifest.summary)
        if self._has_made or not folder.was_complete or not is_same:
            manifest.failures, manifest.summary = failures, summary
            manifest.complete(runs_per_point)
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

    def keep(self, made: Made, part: Part) -> None:
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
            manifest.plain(),
            designs,
            pl.concat(rows).lazy(),
            tables.failures,
            tables.summary,
            partial(_together, followed) if followed else None,
            notes=tuple(part.notes for part in made),
        )


def _together(tables: list[pl.DataFrame]) -> pl.LazyFrame:
    import polars as pl

    return pl.concat(tables).lazy()


def _read(content: bytes) -> pl.DataFrame:
    import polars as pl

    return pl.read_parquet(io.BytesIO(content))
