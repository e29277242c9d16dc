"""Looking through the runs of a batch: some of them in some order, a page at a time, and the ones that stand out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.batch.analysis.groups import Group, group_of, playable_sides, points_that_ran
from engine.batch.analysis.settings import setting_title
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected

if TYPE_CHECKING:
    import polars as pl

PAGE = 500
"""Runs that a page has."""

BY_RUN, BY_ENDING = "run", "ending"
"""Orders that every batch has; the others are the names of its columns with numbers."""

RARE = 0.05
"""An ending is rare that no more than this share of the runs has."""

ODD_ONES = 10
"""Runs that are named as unlike the others."""


@dataclass(frozen=True)
class Wanted:
    """Which runs, and in which order."""

    point: int | None = None
    """A design point; all of them where None."""
    ending: str | None = None
    order: str = BY_RUN


@dataclass(frozen=True)
class RunRow:
    """A run, as the table has it."""

    point: int
    run: int
    ending: str
    day: float
    """Days from the start to the ending."""
    date: dt.date
    numbers: Mapping[str, float | None]
    """Outcomes, and the scores of the sides that can be played, by column."""


@dataclass(frozen=True)
class Page:
    """Runs one below the other, from the place ``first`` of ``total``."""

    rows: tuple[RunRow, ...]
    first: int
    total: int

    @property
    def end(self) -> int:
        """The place behind the last of them."""
        return self.first + len(self.rows)


@dataclass(frozen=True)
class Standout:
    """A run that stands out, and why, in numbers."""

    row: RunRow
    column: str | None
    """The column in which it lies farthest from the mean, or in which it lies in the middle."""
    mean: float
    """Of that column; the median, for a run in the middle."""
    deviations: float
    """How many standard deviations it lies away there."""
    same: int
    """Of the runs looked at, how many end as it does."""
    of: int
    """How many were looked at."""
    is_rare: bool
    """Whether it stands out by its ending alone."""


def browsed(results: Results) -> tuple[str, ...]:
    """The columns with numbers that are shown: outcomes, and the scores of sides that can be played."""
    columns = results.manifest["columns"]
    outcomes = [name for name, said in columns.items() if said["kind"] == "outcome"]
    return (*outcomes, *(f"score_{actor}" for actor in playable_sides(results) if f"score_{actor}" in columns))


def arms(results: Results) -> tuple[tuple[int, str], ...]:
    """The design points with what each assumes, in words."""
    return tuple(
        (
            row["point"],
            ", ".join(
                setting_title(results, key, value) for key, value in row.items() if key != "point" and value is not None
            )
            or "as the scenario has it",
        )
        for row in results.designs.iter_rows(named=True)
    )


def endings_of(results: Results, point: int | None) -> Group:
    """How the runs of a design point ended, or of all of them, with intervals."""
    return group_of(results, "", "", points_that_ran(results) if point is None else [point])


def page_of(results: Results, wanted: Wanted, first: int = 0, size: int = PAGE) -> Page:
    """A page of runs. Raises :class:`~engine.batch.errors.BatchError`."""
    import polars as pl

    table = _ordered(results, wanted)
    total = collected(_filtered(results, wanted).select(pl.len())).item()
    first = max(0, min(first, total - 1) // size * size)
    rows = collected(table.slice(first, size))
    return Page(tuple(_rows(rows, browsed(results))), first, total)


def place_of(results: Results, wanted: Wanted, row: RunRow) -> int | None:
    """The place of a run in the order; None where it is not among those that are wanted."""
    import polars as pl

    keys = _ordered(results, wanted).select("point", "run").with_row_index("place")
    found = collected(keys.filter((pl.col("point") == row.point) & (pl.col("run") == row.run)))
    return int(found["place"][0]) if found.height else None


def run_of(results: Results, point: int, run: int) -> RunRow | None:
    """A run by its number; None where there is none."""
    import polars as pl

    found = collected(_columns(results).filter((pl.col("point") == point) & (pl.col("run") == run)))
    return next(_rows(found, browsed(results)), None)


def median_run(results: Results, wanted: Wanted, column: str) -> Standout | None:
    """The run in the middle by a column, the lower one of two; None where no run has a number there."""
    import polars as pl

    table = _filtered(results, wanted).filter(pl.col(column).is_not_null())
    total = collected(table.select(pl.len())).item()
    if not total:
        return None
    middle = collected(table.sort(column, "point", "run").slice((total - 1) // 2, 1))
    row = next(_rows(middle, browsed(results)))
    same = collected(table.filter(pl.col("ending").cast(pl.String) == row.ending).select(pl.len())).item()
    return Standout(row, column, float(row.numbers[column] or 0.0), 0.0, int(same), int(total), False)


def odd_ones(results: Results, wanted: Wanted, most: int = ODD_ONES) -> tuple[Standout, ...]:
    """Runs that are unlike the others, the oddest first.

    First those of rare endings, the rarest first; then those that lie farthest from the mean, all outcomes and scores
    taken in standard deviations.
    """
    import polars as pl

    table = _filtered(results, wanted)
    counts = collected(table.group_by("ending").len())
    of = int(counts["len"].sum() or 0)
    if of < 2:
        return ()
    columns = browsed(results)
    spread = _spread(table, columns)
    away = [((pl.col(c) - mean) / sd).pow(2).fill_null(0.0) for c, (mean, sd) in spread.items()]
    rarity = pl.when(pl.col("len") <= RARE * of).then(pl.col("len")).otherwise(of)
    judged = table.join(counts.lazy(), on="ending").with_columns(
        rarity.alias("rarity"), (pl.sum_horizontal(away) if away else pl.lit(0.0)).alias("far")
    )
    rows = collected(judged.sort(["rarity", "far", "point", "run"], descending=[False, True, False, False]).head(most))
    found = zip(_rows(rows, columns), rows["len"], rows["rarity"], strict=True)
    return tuple(_odd(row, spread, same, of, rarity < of) for row, same, rarity in found)


Spread = dict[str, tuple[float, float]]
"""The mean and the standard deviation of columns that are not everywhere the same."""


def _spread(table: pl.LazyFrame, columns: tuple[str, ...]) -> Spread:
    import polars as pl

    if not columns:
        return {}
    means = collected(table.select(pl.col(c).cast(pl.Float64).mean() for c in columns)).row(0)
    sds = collected(table.select(pl.col(c).cast(pl.Float64).std() for c in columns)).row(0)
    return {column: (mean, sd) for column, mean, sd in zip(columns, means, sds, strict=True) if mean is not None and sd}


def _odd(row: RunRow, spread: Spread, same: int, of: int, is_rare: bool) -> Standout:
    """A run with the column in which it is farthest from the mean."""
    away = {
        column: (value - mean) / sd
        for column, (mean, sd) in spread.items()
        if (value := row.numbers[column]) is not None
    }
    column = max(away, key=lambda name: abs(away[name]), default=None)
    mean, deviations = (spread[column][0], away[column]) if column else (0.0, 0.0)
    return Standout(row, column, mean, deviations, same, of, is_rare)


def _columns(results: Results) -> pl.LazyFrame:
    return results.runs.select("point", "run", "ending", "day", "date", *browsed(results))


def _filtered(results: Results, wanted: Wanted) -> pl.LazyFrame:
    import polars as pl

    table = _columns(results)
    if wanted.point is not None:
        table = table.filter(pl.col("point") == wanted.point)
    if wanted.ending is not None:
        table = table.filter(pl.col("ending").cast(pl.String) == wanted.ending)
    return table


def _ordered(results: Results, wanted: Wanted) -> pl.LazyFrame:
    """By run and point; by ending, in the scenario's order; or by a number, the highest first."""
    table = _filtered(results, wanted)
    if wanted.order == BY_RUN:
        return table.sort("run", "point")
    if wanted.order == BY_ENDING:
        return table.sort("ending", "run", "point")
    return table.sort([wanted.order, "run", "point"], descending=[True, False, False], nulls_last=True)


def _rows(table: pl.DataFrame, columns: tuple[str, ...]) -> Iterator[RunRow]:
    for row in table.iter_rows(named=True):
        numbers: dict[str, Any] = {column: row[column] for column in columns}
        yield RunRow(row["point"], row["run"], row["ending"], row["day"], row["date"], numbers)
