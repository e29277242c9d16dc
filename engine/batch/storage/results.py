"""Results of a batch, as tables: from a folder, or straight from the batch."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.batch.errors import BatchError
from engine.batch.running.making import Notes
from engine.batch.running.tallies import Tallies
from engine.batch.storage.entries import DESIGNS, FAILURES, SUMMARY, WITH_EVERY_RUN, WITH_RUNS
from engine.batch.storage.notes import notes_in
from engine.batch.storage.opening import Opened
from engine.batch.storage.tables import damaged, failures_schema, has_columns, holds_its_runs, scanned, table_of
from engine.batch.storage.trajectories import Summary, every_run_schema, names_of
from engine.batch.storage.written import experiment_of
from engine.prose import counted
from engine.scenario.models import Expectation
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Results:
    """What a batch found: tables of its runs and of its design points."""

    manifest: dict[str, Any]
    """What it is; the content of ``manifest.json``, checked."""
    designs: pl.DataFrame
    """A row for each design point: its number ``point``, and its settings."""
    runs: pl.LazyFrame
    """A row for each run."""
    failures: pl.DataFrame
    """Design points that could not be run: ``point``, ``message``."""
    trajectories: pl.DataFrame | None = None
    """Means, quantiles and shares by point, turn and name, where they were kept."""
    turn_by_turn: Callable[[], pl.LazyFrame] | None = field(default=None, repr=False)
    """Gives every run turn by turn, where that was kept."""
    path: Path | None = None
    """The folder."""
    notes: Sequence[Notes] = field(default=(), repr=False)
    """What the parts say beside their rows."""
    caveats: tuple[str, ...] = ()
    """What whoever reads a number of these results has to know: what is missing, and what is there and not counted."""
    opened: Opened | None = field(default=None, repr=False)
    """The folder as it was looked through; it has to live as long as frames are read from it."""

    def __repr__(self) -> str:
        points = counted(self.designs.height, "design point")
        place = f"in {shortened(self.path, 80)}" if self.path else "in memory"
        return f"<Results of {self.manifest['scenario']['id']}: {points}, {place}>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        """A copy of results in a folder whose name is a link for the while opens it again: the link may be gone."""
        is_linked = self.opened is not None and self.opened.plain.is_linked
        return (Results.open, (self.path,)) if is_linked else super().__reduce__()

    @classmethod
    def open(cls, path: str | Path) -> Results:
        """The results in a folder, also those of a batch that has not finished.

        Only what the manifest lists is read, and only where its bytes are those that were written.
        Raises :class:`~engine.batch.errors.BatchError`.
        """
        folder = Path(path)
        opened = Opened.at(folder)
        if not opened.parts:
            raise BatchError(f"{shortened(folder, 200)} holds no finished part yet")
        columns = opened.manifest.row_columns
        paths, notes = [], []
        for part, plain in opened.checked_parts(WITH_RUNS):
            said = notes_in(plain, part, columns.scenario) if holds_its_runs(plain, part, columns.schema()) else None
            if said is None:
                raise damaged(folder / WITH_RUNS / part.name)
            paths.append(plain)
            notes.append(said)
        return cls(
            opened.manifest.plain(),
            designs_in(opened),
            scanned(paths),
            failures_in(opened),
            summary_in(opened),
            turn_by_turn_in(opened),
            folder,
            notes,
            tuple(opened.caveats()),
            opened,
        )

    def table(self) -> pl.DataFrame:
        """A row for each run: its design ``point``, the settings of that, then what became of the run."""
        runs = self.runs.collect()
        settings = [name for name in self.designs.columns if name != "point"]
        joined = runs.join(self.designs, on="point", how="left", maintain_order="left")
        return joined.select("point", *settings, *(name for name in runs.columns if name != "point"))

    @cached_property
    def every_run(self) -> pl.LazyFrame | None:
        """Every run turn by turn, where that was kept; its files are looked at when they are first asked for.

        Raises :class:`~engine.batch.errors.BatchError`.
        """
        return None if self.turn_by_turn is None else self.turn_by_turn()

    @cached_property
    def tallies(self) -> Tallies:
        """How the runs ended, counted."""
        expect = [
            Expectation.model_validate_json(json.dumps(e)) for e in self.manifest["scenario"]["content"]["expect"]
        ]
        tallies = Tallies(self.manifest["endings"], expect, self.manifest["points"])
        for notes in self.notes:
            tallies.add(notes)
        return tallies


def designs_in(opened: Opened) -> pl.DataFrame:
    """The design points: all of them, in their order. Raises :class:`~engine.batch.errors.BatchError`."""
    import polars as pl

    manifest = opened.manifest
    asked = experiment_of(manifest.experiment.content)
    table = table_of(opened.checked(DESIGNS, manifest.designs), opened.folder / DESIGNS)
    numbers, choices = set(asked.uncertainties), asked.levers
    kinds = {name: pl.Float64() if name in numbers else pl.String() for name in table.columns[1:]}
    names_fit = set(kinds) <= numbers | set(choices)
    if not names_fit or dict(table.schema) != {"point": pl.UInt32(), **kinds}:
        raise damaged(opened.folder / DESIGNS)
    are_known = all(set(table[name]) <= set(choices[name].choices) for name in kinds if name not in numbers)
    if not are_known or table["point"].to_list() != list(range(manifest.points)):
        raise damaged(opened.folder / DESIGNS)
    return table


def failures_in(opened: Opened) -> pl.DataFrame:
    """The design points that could not be run; none as long as the batch has not finished."""
    import polars as pl

    if opened.manifest.failures is None:
        return pl.DataFrame(schema=failures_schema())
    return table_of(opened.checked(FAILURES, opened.manifest.failures), opened.folder / FAILURES, failures_schema())


def summary_in(opened: Opened) -> pl.DataFrame | None:
    """Means and quantiles turn by turn, where they were kept and are there."""
    if opened.manifest.summary is None or not opened.has(SUMMARY):
        return None
    return table_of(opened.checked(SUMMARY, opened.manifest.summary), opened.folder / SUMMARY, Summary.schema())


def turn_by_turn_in(opened: Opened) -> Callable[[], pl.LazyFrame] | None:
    """What gives every run turn by turn, where that was kept and all of it is there."""
    followed = [part for part in opened.parts if WITH_EVERY_RUN in part.files]
    if not followed or opened.lacks_every_run():
        return None

    return partial(every_run_in, opened)


def every_run_in(opened: Opened) -> pl.LazyFrame:
    """Every run turn by turn. Raises :class:`~engine.batch.errors.BatchError` where a file is damaged."""
    schema, paths = every_run_schema(names_of(opened.manifest.scenario_there)), []
    for part, plain in opened.checked_parts(WITH_EVERY_RUN):
        if not has_columns(plain, schema):
            raise damaged(opened.folder / WITH_EVERY_RUN / part.name)
        paths.append(plain)
    return scanned(paths)
