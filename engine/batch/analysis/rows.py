"""Design points as methods of sensitivity read them: rows of assumptions, each at all choices of the crossed levers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.factors import MORRIS, SOBOL
from engine.batch.analysis.measuring import Measure, PointMeans, means_of, measured, runs_apart, unknown_name
from engine.batch.analysis.settings import levers, uncertainties
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers, YesNo

if TYPE_CHECKING:
    import polars as pl

SALTELLI = "saltelli"
"""The design of Sobol's indices."""


@dataclass(frozen=True)
class Rows:
    """Rows of assumptions that were drawn one by one, and the outcome at each choice of what they are crossed with."""

    table: pl.DataFrame
    """What is said of each row: the uncertainties, and the levers that are no further crossed."""
    crossed: tuple[str, ...]
    """Levers that each row comes with at every choice."""
    choices: tuple[tuple[str, ...], ...]
    """Of each of these."""
    outcome: Numbers
    """Mean over runs, nan where no run has it: shape (rows, choices of the first crossed lever, of the next, ...)."""
    apart: Numbers
    """How far runs lie from it: shape (rows, choices, ..., runs)."""

    @property
    def names(self) -> tuple[str, ...]:
        """Uncertainties that are not everywhere the same."""
        numbers = (name for name in self.table.columns if self.table.schema[name].is_numeric())
        return tuple(name for name in numbers if self.table[name].n_unique() > 1)

    @property
    def drawn(self) -> tuple[str, ...]:
        """Levers that stand at one choice in a row, and not at the same one in all."""
        words = (name for name in self.table.columns if not self.table.schema[name].is_numeric())
        return tuple(name for name in words if self.table[name].n_unique() > 1)

    @property
    def numbers(self) -> Numbers:
        """The uncertainties, not a number where one is not set: shape (rows, uncertainties)."""
        import polars as pl

        numeric = [name for name in self.table.columns if self.table.schema[name].is_numeric()]
        shown = self.table.select(pl.col(numeric).fill_null(np.nan)).to_numpy() if numeric else np.zeros((1, 0))
        return np.asarray(shown, dtype=np.float64)

    @property
    def uncertainties(self) -> tuple[str, ...]:
        """The columns of :attr:`numbers`."""
        return tuple(name for name in self.table.columns if self.table.schema[name].is_numeric())

    @property
    def is_whole(self) -> YesNo:
        """The rows that have an outcome at every choice: shape (rows,)."""
        return np.asarray(np.isfinite(self.outcome.reshape(len(self.outcome), -1)).all(axis=1), dtype=np.bool_)

    def only(self, which: YesNo) -> Rows:
        """Some of the rows."""
        return Rows(self.table.filter(which), self.crossed, self.choices, self.outcome[which], self.apart[which])

    @property
    def averaged(self) -> tuple[Numbers, Numbers]:
        """Outcome of shape (rows,) and how far runs lie from it, (rows, runs): means over all choices of the levers."""
        axes = tuple(range(1, self.outcome.ndim))
        return self.outcome.mean(axis=axes), self.apart.mean(axis=axes)

    def at_choices(self, lever: str) -> tuple[Numbers, Numbers]:
        """The same at each choice of a crossed lever: (clusters, units, choices) and (clusters, units, choices, runs).

        A unit is a row at one combination of the other levers; those of one row are a cluster, unless there is but
        one row.
        """
        axis = 1 + self.crossed.index(lever)
        own, apart = np.moveaxis(self.outcome, axis, -1), np.moveaxis(self.apart, axis, -2)
        rows = len(own) if len(own) > 1 else math.prod(own.shape[:-1])
        return own.reshape(rows, -1, own.shape[-1]), apart.reshape(rows, -1, *apart.shape[-2:])


@dataclass(frozen=True)
class Asked:
    """A measure at the design points that are asked about."""

    rows: Rows
    found: PointMeans
    designs: pl.DataFrame


def asked(results: Results, measure: Measure, at: Mapping[str, str]) -> Asked:
    """The rows of the design points at which levers stand as ``at`` says.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    designs = chosen(results, at)
    if all(designs[name].n_unique() == 1 for name in designs.columns if name != "point"):
        raise BatchError("these results have one design point, or no uncertainties: there is nothing that varies")
    table = measured(results, measure, designs["point"].to_list())
    found = means_of(table)
    if not len(found.points):
        raise BatchError("none of these design points could be run")
    free = tuple(name for name in levers(results) if designs[name].n_unique() > 1)
    rows = rows_of(designs, uncertainties(results), free, found, runs_apart(table, found))
    return Asked(rows, found, designs)


def chosen(results: Results, at: Mapping[str, str]) -> pl.DataFrame:
    """The design points at which the levers stand so."""
    import polars as pl

    designs = results.designs
    for lever, choice in at.items():
        if lever not in levers(results):
            raise unknown_name("lever", lever, levers(results) or ("none",))
        if choice not in set(designs[lever]):
            raise unknown_name(f"choice of {lever}", choice, dict.fromkeys(designs[lever]))
        designs = designs.filter(pl.col(lever) == choice)
    return designs.sort("point")


def rows_of(
    designs: pl.DataFrame, names: tuple[str, ...], free: tuple[str, ...], found: PointMeans, apart: Numbers
) -> Rows:
    """Points put together that are the same but for levers of which every choice was tried with all the rest."""
    import polars as pl

    crossed = tuple(lever for lever in free if is_crossed(designs, lever, (*names, *free)))
    key = [*names, *(lever for lever in free if lever not in crossed)]
    choices = tuple(tuple(dict.fromkeys(designs[lever])) for lever in crossed)
    copy = pl.int_range(pl.len()).over([*key, *crossed])
    row = pl.col("point").first().over([*key, "copy"])
    placed = [pl.col(lever).cast(pl.Enum(own)) for lever, own in zip(crossed, choices, strict=True)]
    order = designs.with_columns(copy=copy).with_columns(row=row).sort("row", *placed)
    points = order["point"].to_numpy()
    place = np.minimum(np.searchsorted(found.points, points), len(found.points) - 1)
    outcome = np.where(found.points[place] == points, found.means[place], np.nan)
    size = math.prod(map(len, choices))
    shape = (order.height // size, *map(len, choices))
    table = order.gather_every(size).select(key)
    return Rows(table, crossed, choices, outcome.reshape(shape), apart[place].reshape(*shape, apart.shape[1]))


def is_crossed(designs: pl.DataFrame, lever: str, names: tuple[str, ...]) -> bool:
    """Whether each choice of a lever comes as often as any other, whatever the rest is."""
    import polars as pl

    number = designs[lever].n_unique()
    rest = [name for name in names if name != lever]
    sizes = designs.group_by([*rest, lever]).len()
    counted = sizes.group_by(rest or pl.lit(0)).agg(choices=pl.len(), sizes=pl.col("len").n_unique())
    return bool((counted["choices"] == number).all() and (counted["sizes"] == 1).all())


def suited(rows: Rows) -> str | None:
    """The method whose structure the rows have; None of points that were drawn one by one."""
    numbers = rows.numbers
    if rows.drawn or not numbers.shape[1]:
        return None
    return next((name for name, is_ in ((SOBOL, is_saltelli), (MORRIS, is_morris)) if is_(numbers)), None)


def is_saltelli(numbers: Numbers) -> bool:
    """Whether rows are blocks of A, A with each column in turn from B, and B (Saltelli 2002), as SALib reads them."""
    rows, width = numbers.shape
    if rows % (width + 2) or np.isnan(numbers).any():
        return False
    blocks = numbers.reshape(-1, width + 2, width)
    a, b = blocks[:, :1], blocks[:, -1:]
    from_b = np.eye(width, dtype=bool)
    return bool((blocks[:, 1:-1] == np.where(from_b, b, a)).all()) and len(blocks) > 1


def is_morris(numbers: Numbers) -> bool:
    """Whether rows are trajectories that move one column after the other, each once (Morris 1991).

    Of a single uncertainty nothing can be seen: any rows would be trajectories.
    """
    rows, width = numbers.shape
    if width < 2 or rows % (width + 1) or np.isnan(numbers).any():
        return False
    moved = np.diff(numbers.reshape(-1, width + 1, width), axis=1) != 0
    return bool((moved.sum(axis=1) == 1).all() and (moved.sum(axis=2) == 1).all()) and rows > width + 1


def sampling(results: Results) -> str | None:
    """Whether the experiment says that its rows repeat each other's numbers: ``saltelli`` or ``morris``."""
    design: Mapping[str, Any] = results.manifest["experiment"]["content"].get("design") or {}
    return next((name for name in (SALTELLI, MORRIS) if design.get(name)), None)


def whole_blocks(rows: Rows, size: int) -> Rows:
    """The blocks of so many rows that are whole; BatchError where fewer than two are left."""
    whole = rows.is_whole.reshape(-1, size).all(axis=1)
    if whole.sum() < 2:
        raise BatchError("too few rows of the design could be run")
    return rows.only(np.repeat(whole, size))
