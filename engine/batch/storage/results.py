"""Results of a batch, as tables: from a folder, or straight from the batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.running.expectations import Counted, Verdict, verdict
from engine.batch.running.making import Notes
from engine.batch.statistics import Share, share_of
from engine.batch.storage.folder import DESIGNS, FAILURES, MANIFEST, RUNS, SUMMARY_FILE, TRAJECTORIES
from engine.batch.storage.manifest import BatchError, Manifest
from engine.batch.storage.rows import NOTES
from engine.prose import counted
from engine.scenario.models import Expectation
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl


class Tallies:
    """Running counts of a batch: its memory does not grow with its runs."""

    def __init__(self, endings: Iterable[str], expect: Sequence[Expectation], points: int) -> None:
        """For the ids of the endings, in their order, and what the scenario expects."""
        self._ids, self._expect = tuple(endings), tuple(expect)
        self._endings = np.zeros((points, len(self._ids)), dtype=np.int64)
        self._expectations = [Counted()] * len(self._expect)
        self._is_single = points == 1
        self.failures: dict[int, str] = {}
        """Design points that could not be run, and why."""

    def add(self, notes: Notes) -> None:
        """What a part says."""
        self.failures.update(notes.failures)
        for tally in notes.tallies:
            self._endings[tally.point] += tally.endings
            if self._is_single:
                pairs = zip(self._expectations, tally.expectations, strict=True)
                self._expectations = [known + new for known, new in pairs]

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return int(self._endings.sum())

    def shares(self, point: int | None = None) -> dict[str, Share]:
        """How often each ending closed a run, of one design point or of all."""
        counts = self._endings.sum(axis=0) if point is None else self._endings[point]
        of = int(counts.sum())
        return {ending: share_of(int(count), of) for ending, count in zip(self._ids, counts, strict=True)}

    def verdicts(self) -> tuple[Verdict, ...]:
        """What became of the scenario's expectations; nothing where other assumptions were tried too."""
        if not self._is_single:
            return ()
        return tuple(verdict(e, counted) for e, counted in zip(self._expect, self._expectations, strict=True))

    def widest(self) -> float:
        """Half the width of the widest interval of an ending, of any design point that could be run."""
        tried = [point for point in range(len(self._endings)) if self._endings[point].any()]
        return max(((s.high - s.low) / 2 for point in tried for s in self.shares(point).values()), default=0.0)


@dataclass(frozen=True)
class Results:
    """What a batch found."""

    manifest: dict[str, Any]
    """What it is; the content of ``manifest.json``."""
    designs: pl.DataFrame
    """A row for each design point: its number ``point``, and its settings."""
    runs: pl.LazyFrame
    """A row for each run."""
    failures: pl.DataFrame
    """Design points that could not be run: ``point``, ``message``."""
    trajectories: pl.DataFrame | None = None
    """Means, quantiles and shares by point, turn and name, where they were kept."""
    every_run: pl.LazyFrame | None = None
    """Every run turn by turn, where that was kept."""
    path: Path | None = None
    """The folder."""
    notes: Sequence[Notes] = field(default=(), repr=False)
    """What the parts say beside their rows, where there is no folder."""

    def __repr__(self) -> str:
        points = counted(self.designs.height, "design point")
        place = f"in {shortened(self.path, 80)}" if self.path else "in memory"
        return f"<Results of {self.manifest['scenario']['id']}: {points}, {place}>"

    @classmethod
    def open(cls, path: str | Path) -> Results:
        """The results in a folder, also those of a batch that has not finished.

        Raises :class:`~engine.batch.storage.manifest.BatchError`.
        """
        import polars as pl

        folder = Path(path)
        manifest = Manifest.read(folder / MANIFEST).content
        runs = _scanned(folder / RUNS)
        if runs is None:
            raise BatchError(f"{shortened(folder, 200)} holds no finished part yet")
        failures = folder / FAILURES
        summary = folder / TRAJECTORIES / SUMMARY_FILE
        return cls(
            manifest,
            _table(folder / DESIGNS),
            runs,
            _table(failures) if failures.exists() else pl.DataFrame(schema=failures_schema()),
            _table(summary) if summary.exists() else None,
            _scanned(folder / TRAJECTORIES / RUNS),
            folder,
        )

    @cached_property
    def tallies(self) -> Tallies:
        """How the runs ended, counted."""
        expect = [
            Expectation.model_validate_json(json.dumps(e)) for e in self.manifest["scenario"]["content"]["expect"]
        ]
        tallies = Tallies(self.manifest["endings"], expect, self.manifest["points"])
        for notes in self.notes or map(read_notes, _parts(self.path / RUNS) if self.path else ()):
            tallies.add(notes)
        return tallies


def failures_schema() -> dict[str, Any]:
    """The columns of ``failures.parquet``."""
    import polars as pl

    return {"point": pl.UInt32(), "message": pl.String()}


def read_notes(part: Path) -> Notes:
    """What a part says beside its rows. Raises :class:`~engine.batch.storage.manifest.BatchError`."""
    import polars as pl

    try:
        return Notes.read(json.loads(pl.read_parquet_metadata(part)[NOTES]))
    except (OSError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError):
        raise damaged(part) from None


def damaged(part: Path) -> BatchError:
    """That a file can't be read."""
    again = "give the command of the batch again, and it is made anew"
    return BatchError(f"{shortened(part, 200)} is damaged: {again}")


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*.parquet"))


def _scanned(folder: Path) -> pl.LazyFrame | None:
    """All parts of a folder as one table, each looked at first, so that a damaged one is named."""
    import polars as pl

    parts = _parts(folder)
    for part in parts:
        try:
            pl.read_parquet_schema(part)
        except (OSError, pl.exceptions.PolarsError):
            raise damaged(part) from None
    return pl.scan_parquet(parts) if parts else None


def _table(path: Path) -> pl.DataFrame:
    import polars as pl

    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        raise damaged(path) from None
