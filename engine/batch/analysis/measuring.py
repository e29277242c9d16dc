"""Questions about runs in the engine's expression language, over the columns of the results.

``ending.ID`` says whether a run closed so; ``ever.NAME`` whether a flag was ever yes, or an outcome ever came about;
every outcome, ``score_ACTOR``, ``first_FLAG`` (the day) and ``day`` are numbers. What a run does not have is not
a number: no comparison with it holds but ``!=``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.errors import BatchError, QuestionError
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected
from engine.expressions import ExpressionError, Kind, Symbol, parse
from engine.rules.arrays import Numbers
from engine.rules.columns import Columns
from engine.rules.program.tape import ROW, Operand, Tape
from engine.rules.program.trees import Trees, Who
from engine.scenario.problems import quoted
from engine.scenario.spelling import instead

if TYPE_CHECKING:
    import polars as pl

WIDEST = 1e12
"""No number of a run is larger."""

NUMERIC = ("day", "outcome", "score", "first")
"""Kinds of columns that hold a number."""

MOST_BLOCKS = 256
"""Columns into which runs are put together where it is asked how far they lie apart."""

MAY_BE_NONE = ("outcome", "first")
"""Kinds of columns that a run may have nothing in."""


@dataclass(frozen=True)
class Source:
    """Where a name comes from: a column, and what is asked of it."""

    column: str
    asked: str
    """``number``, ``ever`` or ``ending``."""
    ending: str = ""


class RunNames:
    """The names that an expression over runs may use."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self.sources: dict[str, Source] = {
            f"ending.{ending}": Source("ending", "ending", ending) for ending in manifest["endings"]
        }
        for column, said in manifest["columns"].items():
            if said["kind"] in NUMERIC:
                self.sources[column] = Source(column, "number")
            if said["kind"] in MAY_BE_NONE:
                self.sources[f"ever.{column.removeprefix('first_')}"] = Source(column, "ever")

    def find(self, name: str) -> Symbol | None:
        """What a name stands for."""
        source = self.sources.get(name)
        if source is None:
            return None
        if source.asked == "number":
            return Symbol(Kind.NUMBER, -WIDEST, WIDEST, source)
        return Symbol(Kind.YESNO, 0.0, 1.0, source)

    def find_member(self, name: str) -> Symbol | None:
        """Nothing: a run has no groups."""
        return None

    def find_group(self, name: str) -> tuple[str, ...] | None:
        """Nothing: a run has no groups."""
        return None

    def gone(self, name: str) -> str | None:
        """Nothing: columns come with the results."""
        return None

    def known(self) -> Iterable[str]:
        """All names."""
        return self.sources

    def known_members(self) -> Iterable[str]:
        """None."""
        return ()

    def known_groups(self) -> Iterable[str]:
        """None."""
        return ()


class _Sources(Trees):
    """Finds names in the columns of their sources."""

    def __init__(self, tape: Tape, sources: tuple[Source, ...]) -> None:
        super().__init__(tape)
        self._sources = sources

    def named(self, symbol: Symbol, who: Who) -> Operand:
        """The column; or whether there is a number in it: only what is not a number differs from itself."""
        assert isinstance(symbol.reference, Source)
        column = ROW, self._sources.index(symbol.reference)
        return self.tape.pure("EQ", column, column) if symbol.reference.asked == "ever" else column


@dataclass(frozen=True)
class Measure:
    """An expression over runs, ready to be worked out."""

    text: str
    is_condition: bool
    columns: tuple[str, ...]
    """What has to be read."""
    _sources: tuple[Source, ...]
    """What stands in each column of what works it out."""
    _value: Columns

    @classmethod
    def of(cls, manifest: Mapping[str, Any], text: str, argument: str, is_condition: bool = False) -> Measure:
        """The measure of a text; ``argument`` is what messages call it.

        Raises :class:`~engine.batch.errors.BatchError`.
        """
        names = RunNames(manifest)
        try:
            parsed = parse(text, names, Kind.YESNO if is_condition else None)
        except ExpressionError as error:
            raise QuestionError(f"{argument}: {error.message}") from None
        found = [source for symbol in parsed.symbols() if isinstance(source := symbol.reference, Source)]
        needed, sources = {source.column for source in found}, tuple(dict.fromkeys(found))

        value = Columns(parsed, lambda tape: _Sources(tape, sources), len(sources))
        return cls(text, parsed.root.kind is Kind.YESNO, tuple(sorted(needed)), sources, value)

    def values(self, runs: pl.DataFrame) -> Numbers:
        """What it is in each run: shape (runs,); 1 or 0 for a condition."""
        import polars as pl

        numbers = [
            (runs["ending"].cast(pl.String) == source.ending).fill_null(False).cast(pl.Float64).to_numpy()
            if source.asked == "ending"
            else runs[source.column].cast(pl.Float64).fill_null(np.nan).to_numpy()
            for source in self._sources
        ]
        return self._value.values(numbers, runs.height)


@dataclass(frozen=True)
class PointMeans:
    """A measure at each design point, over its runs."""

    points: np.ndarray[Any, Any]
    """The points that have been run, in their order."""
    means: Numbers
    """The mean over the runs that have it, not a number where none has."""
    runs: Numbers
    """How many runs have it."""
    noise: float
    """The variance of the means that is due to chance, as far as it differs between points."""
    variance: float
    """The variance of the means between points."""

    @property
    def noise_share(self) -> float:
        """The share of the variance between points that is run-to-run noise, 0 to 1."""
        known = self.variance > 0 and not np.isnan(self.noise)
        return min(1.0, max(0.0, self.noise / self.variance)) if known else 0.0


def point_means(results: Results, measure: Measure, among: Iterable[int] | None = None) -> PointMeans:
    """The mean of a measure at each design point, and how much of what differs between them is noise.

    Every point has the same runs with the same chance. What a run adds at all points alike does not blur the
    comparison of points; what is left, the interaction of points and runs, does. So the noise is the residual mean
    square of the two-way layout points x runs, divided by the runs of a point (Fisher 1925; one observation a cell).
    Where some runs have no number, it is the mean of ``s^2 / n`` over points. With one run a point it is unknown: nan.
    """
    return means_of(measured(results, measure, among))


def measured(results: Results, measure: Measure, among: Iterable[int] | None = None) -> pl.DataFrame:
    """A measure in each run: ``point``, ``run`` and ``value``, which is null where a run has none."""
    import polars as pl

    table = collected(results.runs.select("point", "run", *measure.columns))
    if among is not None:
        table = table.filter(pl.col("point").is_in(list(among)))
    value = pl.Series(measure.values(table)).fill_nan(None)
    return table.select("point", "run", value=value)


def means_of(table: pl.DataFrame) -> PointMeans:
    """The mean at each design point of runs that have been measured: see :func:`point_means`."""
    import polars as pl

    value = pl.col("value")
    by_point = (
        table.group_by("point")
        .agg(value.mean().alias("mean"), value.count().alias("runs"), value.var().alias("var"))
        .sort("point")
    )
    means = by_point["mean"].fill_null(np.nan).to_numpy()
    known = means[~np.isnan(means)]
    variance = float(known.var(ddof=1)) if len(known) > 1 else 0.0
    counts = by_point["runs"].to_numpy().astype(np.float64)
    noise = _noise(table, by_point, counts)
    return PointMeans(by_point["point"].to_numpy(), means, counts, noise, variance)


def runs_apart(table: pl.DataFrame, found: PointMeans, most: int = MOST_BLOCKS) -> Numbers:
    """How far the runs of each point lie from its mean: shape (points, runs), with a mean of 0 over the runs.

    Of more than ``most`` runs, each column is the mean of several, taken by turns. Where some runs have no number,
    the column is the run's part in the error of a mean over those that have one.
    """
    place = np.searchsorted(found.points, table["point"].to_numpy())
    run: np.ndarray[Any, Any] = np.unique(table["run"].to_numpy(), return_inverse=True)[1]
    runs = int(run.max(initial=-1)) + 1
    blocks = min(runs, most)
    share = runs / np.maximum(found.runs, 1.0)
    value = table["value"].fill_null(np.nan).to_numpy()
    apart = np.nan_to_num((value - found.means[place]) * share[place])
    shape = len(found.points), blocks
    sums = np.bincount(place * blocks + run % blocks, apart, shape[0] * shape[1])
    return np.asarray(sums.reshape(shape) * (blocks / runs), dtype=np.float64)


def _noise(table: pl.DataFrame, by_point: pl.DataFrame, counts: Numbers) -> float:
    import polars as pl

    value = pl.col("value")
    points, runs = by_point.height, counts.max(initial=0.0)
    if runs < 2:
        return float("nan")
    by_run = table.group_by("run").agg(value.mean(), value.count().alias("points"))
    if not (counts == runs).all() or not (by_run["points"] == points).all() or points < 2:
        spread = (by_point["var"] / by_point["runs"]).drop_nulls().drop_nans()
        return float(spread.to_numpy().mean()) if len(spread) else float("nan")
    within = float(by_point["var"].to_numpy().sum()) * (runs - 1)
    shared = points * (runs - 1) * float(by_run["value"].to_numpy().var(ddof=1))
    return float(max(0.0, within - shared) / ((points - 1) * (runs - 1)) / runs)


def title_of(manifest: Mapping[str, Any], name: str) -> str:
    """What people call an ending, an outcome, a lever, an uncertainty or another column; else its name."""
    if name.startswith("ending."):
        return str(manifest["endings"].get(name.removeprefix("ending."), name))
    content = manifest["experiment"]["content"]
    for part in ("outcomes", "uncertainties", "levers"):
        title = (content.get(part) or {}).get(name, {}).get("title")
        if title:
            return str(title)
    return str(manifest["columns"].get(name, {}).get("title", name))


def choice_title(manifest: Mapping[str, Any], lever: str, choice: str) -> str:
    """What people call a choice of a lever; else its name."""
    found = (manifest["experiment"]["content"].get("levers") or {}).get(lever, {}).get("choices", {}).get(choice) or {}
    return str(found.get("title") or choice)


def unknown_name(what: str, name: str, known: Iterable[str]) -> BatchError:
    """That there is no such thing, and the nearest spelling."""
    return QuestionError(f"there is no {what} {quoted(name)}{instead(name, known)}")
