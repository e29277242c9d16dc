"""Tables of results: how one is read that is known to be whole, and how a question about them is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.batch.errors import BatchError
from engine.batch.storage.entries import PartEntry
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl

Schema = Mapping[str, Any]


def failures_schema() -> dict[str, Any]:
    """The columns of ``failures.parquet``."""
    import polars as pl

    return {"point": pl.UInt32(), "message": pl.String()}


def damaged(path: Path) -> BatchError:
    """That a file is not what was written."""
    again = "give the command of the batch again, and it is made anew"
    return BatchError(f"{shortened(path, 200)} is damaged: {again}")


def unreadable(*more: type[BaseException]) -> tuple[type[BaseException], ...]:
    """What is raised where a file is no table, or not the one that it says it is; a panic of polars among it."""
    import polars as pl

    return OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException, *more


def table_of(path: Path, shown: Path, schema: Schema | None = None) -> pl.DataFrame:
    """A whole table, of this schema where one is given; messages call it ``shown``. Raises :class:`BatchError`."""
    import polars as pl

    try:
        found = pl.read_parquet(path, glob=False)
    except unreadable():
        raise damaged(shown) from None
    if schema is not None and dict(found.schema) != dict(schema):
        raise damaged(shown)
    return found


def scanned(paths: Sequence[Path]) -> pl.LazyFrame:
    """Tables one below the other; no name is taken for a pattern."""
    import polars as pl

    return pl.scan_parquet(list(paths), glob=False)


def has_columns(path: Path, schema: Schema) -> bool:
    """Whether a file is a table with these columns."""

    try:
        return dict(scanned([path]).collect_schema()) == dict(schema)
    except unreadable():
        return False


def holds_its_runs(path: Path, entry: PartEntry, schema: Schema) -> bool:
    """Whether a file has the columns, and the runs and nothing but the runs, that a manifest says."""
    import numpy as np

    if not has_columns(path, schema):
        return False
    try:
        keys = scanned([path]).select("point", "run").collect()
    except unreadable():
        return False
    if keys.height != entry.rows:
        return False
    points = keys["point"].to_numpy()
    runs = np.arange(entry.first_run, entry.last_run, dtype=np.uint64)
    starts = points[:: entry.runs]
    is_in_order = bool((np.diff(starts.astype(np.int64)) > 0).all())
    is_within = not len(starts) or entry.first_point <= starts[0] <= starts[-1] < entry.first_point + entry.points
    return (
        is_in_order
        and bool(is_within)
        and bool((points == np.repeat(starts, entry.runs)).all())
        and bool((keys["run"].to_numpy() == np.tile(runs, len(starts))).all())
    )


def collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """What a question about results comes to. Raises :class:`BatchError` where a file was damaged in the meantime."""

    try:
        return frame.collect()
    except unreadable():
        raise BatchError("a file of these results is damaged: give the command of the batch again") from None
