"""Designs: from words such as ``sobol: 512`` to numbers, always the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import overload

import numpy as np

from engine.batch.design.experiment import Design, Lever, Normal, Uncertainty
from engine.rules.arrays import Numbers, Rows
from engine.rules.doubts import of_orders, of_triangle

LEVELS = 4
"""Levels of Morris's grid (Morris 1991 recommends an even number)."""

TAIL = 0.001
"""The part of a bell curve that is cut off on either side."""

FREE = -1
"""The choice of a lever about which a row says nothing."""


@dataclass(frozen=True)
class DesignPoint:
    """One combination of assumptions and decisions."""

    number: int
    """Its place in the plan, from 0."""
    settings: Mapping[str, float | str]
    """By name, the number of each uncertainty and the choice of each lever."""


@dataclass(frozen=True, eq=False)
class Points(Sequence[DesignPoint]):
    """Design points, as columns.

    ``numbers`` has shape (points, uncertainties), not a number where the scenario's own value stays;
    ``choices`` has shape (points, levers) and holds the number of the choice.
    """

    uncertainties: tuple[str, ...]
    levers: Mapping[str, tuple[str, ...]]
    """The choices of each lever."""
    numbers: Numbers
    choices: Rows

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, number: int) -> DesignPoint: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[DesignPoint]: ...

    def __getitem__(self, number: int | slice) -> DesignPoint | Sequence[DesignPoint]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        row = self.numbers[number]
        settings: dict[str, float | str] = {
            name: float(value) for name, value in zip(self.uncertainties, row, strict=True) if not np.isnan(value)
        }
        for (lever, choices), which in zip(self.levers.items(), self.choices[number], strict=True):
            settings[lever] = choices[which]
        return DesignPoint(number % len(self), settings)

    def column(self, name: str) -> Sequence[float] | Sequence[str]:
        """All values of an uncertainty or a lever."""
        if name in self.uncertainties:
            numbers: list[float] = self.numbers[:, self.uncertainties.index(name)].tolist()
            return numbers
        choices = self.levers[name]
        return [choices[which] for which in self.choices[:, list(self.levers).index(name)]]


@dataclass(frozen=True)
class Sample:
    """Rows before they are crossed: numbers, and the levers about which the rows themselves say something."""

    numbers: Numbers
    fixed: Mapping[str, Rows]


def make_points(
    design: Design,
    uncertainties: Mapping[str, Uncertainty],
    levers: Mapping[str, Lever],
    rows: Sequence[Mapping[str, float | str]],
    seed: int,
) -> Points:
    """The points of a checked design; ``rows`` are those of a list or a table."""
    sample = draw(design, uncertainties, levers, rows, seed)
    combinations = np.array(list(lever_rows(design, levers, sample.fixed)), dtype=np.intp)
    samples, crossed = len(sample.numbers), len(combinations)
    choices = np.tile(combinations, (samples, 1)).reshape(samples * crossed, len(levers))
    for number, lever in enumerate(levers):
        if lever in sample.fixed:
            choices[:, number] = np.repeat(sample.fixed[lever], crossed)
    names = {lever: tuple(record.choices) for lever, record in levers.items()}
    return Points(tuple(uncertainties), names, np.repeat(sample.numbers, crossed, axis=0), choices)


def count_points(
    design: Design,
    uncertainties: Mapping[str, Uncertainty],
    levers: Mapping[str, Lever],
    rows: Sequence[Mapping[str, float | str]],
) -> int:
    """How many points a design has."""
    fixed = named_levers(design, levers, rows)
    return count_rows(design, uncertainties, rows) * count_combinations(design, levers, fixed)


def count_rows(
    design: Design, uncertainties: Mapping[str, Uncertainty], rows: Sequence[Mapping[str, float | str]]
) -> int:
    """How many rows a design has before it is crossed with the levers."""
    match design.sampling:
        case None:
            return 1
        case "grid":
            total = 1
            for axis in (design.grid or {}).values():
                total *= len(axis) if isinstance(axis, list) else axis["steps"]
            return total
        case "list" | "csv":
            return len(rows)
        case "saltelli":
            return (design.saltelli or 0) * (len(uncertainties) + 2)
        case "morris":
            return (design.morris or 0) * (len(uncertainties) + 1)
        case name:
            number: int = getattr(design, name)
            return number


def named_levers(
    design: Design, levers: Mapping[str, Lever], rows: Sequence[Mapping[str, float | str]]
) -> tuple[str, ...]:
    """The levers about which the rows of a grid, list or table say something."""
    named = set(design.grid or {}) | {name for row in rows for name in row}
    return tuple(lever for lever in levers if lever in named)


def count_combinations(design: Design, levers: Mapping[str, Lever], fixed: Sequence[str]) -> int:
    """With how many combinations of choices each row is crossed."""
    sizes = [len(lever.choices) for name, lever in levers.items() if name not in fixed]
    match design.levers:
        case "base":
            return 1
        case "one_by_one":
            return 1 + sum(size - 1 for size in sizes)
    total = 1
    for size in sizes:
        total *= size
    return total


def lever_rows(design: Design, levers: Mapping[str, Lever], fixed: Mapping[str, Rows]) -> Iterator[list[int]]:
    """The combinations of choices, by number; the base first."""
    sizes = [1 if name in fixed else len(lever.choices) for name, lever in levers.items()]
    match design.levers:
        case "cross":
            yield from (list(row) for row in product(*(range(size) for size in sizes)))
        case _:
            yield [0] * len(sizes)
    if design.levers == "one_by_one":
        for number, size in enumerate(sizes):
            yield from ([choice if n == number else 0 for n in range(len(sizes))] for choice in range(1, size))


def draw(
    design: Design,
    uncertainties: Mapping[str, Uncertainty],
    levers: Mapping[str, Lever],
    rows: Sequence[Mapping[str, float | str]],
    seed: int,
) -> Sample:
    """The rows of a design before they are crossed."""
    match design.sampling:
        case None:
            return Sample(np.full((1, len(uncertainties)), np.nan), {})
        case "grid":
            return of_grid(design.grid or {}, uncertainties, levers)
        case "list" | "csv":
            return of_rows(rows, uncertainties, levers)
    unit = unit_points(design, len(uncertainties), seed)
    numbers = np.empty_like(unit)
    for column, uncertainty in enumerate(uncertainties.values()):
        numbers[:, column] = quantile(uncertainty, unit[:, column])
    return Sample(numbers, {})


def of_grid(
    grid: Mapping[str, object], uncertainties: Mapping[str, Uncertainty], levers: Mapping[str, Lever]
) -> Sample:
    """Every combination of the values on a grid's axes, the last axis fastest."""
    axes: dict[str, Numbers] = {}
    for name, axis in grid.items():
        if isinstance(axis, dict):
            axes[name] = quantile(uncertainties[name], np.linspace(0.0, 1.0, axis["steps"]))
        else:
            assert isinstance(axis, list)
            places = places_of(levers[name]) if name in levers else None
            axes[name] = np.array([places[cell] if places else cell for cell in axis], dtype=np.float64)
    columns = dict(zip(axes, (c.ravel() for c in np.meshgrid(*axes.values(), indexing="ij")), strict=True))
    rows = len(next(iter(columns.values())))
    nothing = np.full(rows, np.nan)
    numbers = np.array([columns.get(name, nothing) for name in uncertainties]).reshape(len(uncertainties), rows).T
    return Sample(numbers, {name: columns[name].astype(np.intp) for name in levers if name in columns})


def places_of(lever: Lever) -> dict[str, int]:
    """The number of each choice."""
    return {choice: number for number, choice in enumerate(lever.choices)}


def of_rows(
    rows: Sequence[Mapping[str, float | str]],
    uncertainties: Mapping[str, Uncertainty],
    levers: Mapping[str, Lever],
) -> Sample:
    """Rows of names and values as columns."""
    numbers = np.array([[float(row.get(name, np.nan)) for name in uncertainties] for row in rows])
    named = [lever for lever in levers if any(lever in row for row in rows)]
    places = {lever: places_of(levers[lever]) for lever in named}
    fixed = {lever: np.array([places[lever][str(row[lever])] for row in rows], dtype=np.intp) for lever in named}
    return Sample(numbers.reshape(len(rows), len(uncertainties)), fixed)


def unit_points(design: Design, dimensions: int, seed: int) -> Numbers:
    """Points in the unit cube: shape (rows, dimensions)."""
    rng = np.random.default_rng(seed)
    match design.sampling:
        case "random":
            return rng.random((design.random or 0, dimensions))
        case "morris":
            return morris(design.morris or 0, dimensions, rng)
        case "saltelli":
            return saltelli(low_discrepancy(design.saltelli or 0, 2 * dimensions, rng))
        case "sobol":
            return low_discrepancy(design.sobol or 0, dimensions, rng)
    from scipy.stats import qmc  # half a second to load, and few need it

    points: Numbers = qmc.LatinHypercube(dimensions, rng=rng).random(design.latin_hypercube or 0)
    return points


def low_discrepancy(number: int, dimensions: int, rng: np.random.Generator) -> Numbers:
    """The first points of a scrambled Sobol sequence (Owen 1998)."""
    from scipy.stats import qmc  # half a second to load, and few need it

    points: Numbers = qmc.Sobol(dimensions, scramble=True, rng=rng).random(number)
    return points


def saltelli(base: Numbers) -> Numbers:
    """Saltelli's design (2002) for first-order and total indices, in the order that SALib reads.

    For each of the N base points, whose two halves are A and B: A, then A with one column after the other from B,
    then B. Shape (N * (dimensions + 2), dimensions).
    """
    number, dimensions = len(base), base.shape[1] // 2
    a, b = base[:, :dimensions], base[:, dimensions:]
    blocks = np.repeat(a[:, np.newaxis], dimensions + 2, axis=1)
    blocks[:, -1] = b
    for column in range(dimensions):
        blocks[:, column + 1, column] = b[:, column]
    return blocks.reshape(number * (dimensions + 2), dimensions)


def morris(trajectories: int, dimensions: int, rng: np.random.Generator) -> Numbers:
    """Trajectories of Morris (1991): each starts on a grid and moves one uncertainty after the other, half a span."""
    delta = LEVELS / (2 * (LEVELS - 1))
    starts = rng.integers(0, LEVELS // 2, (trajectories, dimensions)) / (LEVELS - 1)
    upward = rng.random((trajectories, dimensions)) < 0.5
    order = rng.permuted(np.tile(np.arange(dimensions), (trajectories, 1)), axis=1)
    points = np.empty((trajectories, dimensions + 1, dimensions))
    points[:, 0] = starts + np.where(upward, 0.0, delta)
    for move in range(dimensions):
        points[:, move + 1] = points[:, move]
        who, column = np.arange(trajectories), order[:, move]
        points[who, move + 1, column] += np.where(upward[who, column], delta, -delta)
    return np.clip(points.reshape(trajectories * (dimensions + 1), dimensions), 0.0, 1.0)


def quantile(uncertainty: Uncertainty, u: Numbers) -> Numbers:
    """The number below which a share ``u`` of an uncertainty lies: shape of ``u``."""
    if uncertainty.range is not None:
        low, high = uncertainty.range
        return low + u * (high - low)
    if uncertainty.log_range is not None:
        return of_orders(*uncertainty.log_range, u)
    if uncertainty.normal is not None:
        return of_normal(uncertainty.normal, u)
    if uncertainty.triangular is not None:
        triangle = uncertainty.triangular
        return of_triangle(triangle.low, triangle.mode, triangle.high, u)
    values = np.array(uncertainty.values)
    return values[np.minimum((u * len(values)).astype(np.intp), len(values) - 1)]


def of_normal(normal: Normal, u: Numbers) -> Numbers:
    """Quantiles of a bell curve that is cut off."""
    from scipy.special import ndtr, ndtri  # loaded only for those who use it

    low = -np.inf if normal.low is None else (normal.low - normal.mean) / normal.sd
    high = np.inf if normal.high is None else (normal.high - normal.mean) / normal.sd
    below, above = np.clip(ndtr(low), TAIL, 1 - TAIL), np.clip(ndtr(high), TAIL, 1 - TAIL)
    numbers: Numbers = normal.mean + normal.sd * ndtri(below + u * (above - below))
    return np.clip(numbers, normal.low, normal.high) if (normal.low, normal.high) != (None, None) else numbers
