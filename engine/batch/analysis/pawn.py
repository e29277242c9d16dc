"""PAWN: how far the distribution of an outcome moves when one assumption is known.

Pianosi and Wagener, "Distribution-based sensitivity analysis from a generic input-output sample", Environmental
Modelling & Software 108 (2018), 197-207: the largest distance between the distribution of the outcome at the points
of a slice of one assumption and that at all points (Kolmogorov and Smirnov); the index is the median over the slices.

The rows of uncertainties are what is independent here, not the design points, which repeat each row at every choice of
the levers: so rows are shuffled and drawn anew, each as a whole.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from engine.batch.analysis.chance import CHANCES, SEED, by_chance, judged
from engine.batch.analysis.factors import Factor
from engine.batch.analysis.rows import Rows
from engine.batch.errors import BatchError
from engine.rules.arrays import Numbers, YesNo

SLICES = 10
"""Slices of a number; fewer where there are few points."""

FEWEST = 8
"""Points that a slice should have."""

RESAMPLES = 200
"""Bootstrap samples behind an interval."""

OF_LEVERS = 199
"""How often chance is tried of a lever that rows are crossed with."""

MOST_AT_ONCE = 4_000_000
"""Numbers that are shuffled together."""

NOWHERE = -1
"""The slice of a point that is in none."""

Labels = np.ndarray[Any, np.dtype[np.intp]]
"""For each point the slice that it is in: shape (points,)."""


def of_pawn(rows: Rows) -> list[Factor]:
    """PAWN of numbers and of levers, each choice of which is a slice.

    Of a number, and of a lever that stands at one choice in each row, the outcome is the mean over the levers that rows
    are crossed with, and ``chance`` is what 95 % of the indices stay below once rows are shuffled. Of a lever that
    rows are crossed with, every choice has the same rows; there it is what they stay below were its choices as far
    apart as their runs are by chance (see :mod:`engine.batch.analysis.chance`), and 0 where no run differs. The
    interval is a bootstrap over rows.
    """
    kept = rows.only(rows.is_whole)
    outcome, _ = kept.averaged
    if len(outcome) * max(1, kept.outcome[:1].size) < 2 * FEWEST or not np.ptp(kept.outcome):
        raise BatchError("too few design points have different outcomes: it hangs on nothing that varies here")
    rng = np.random.default_rng(SEED)
    number = slices_for(len(outcome))
    known = {name: slices(kept.table[name].to_numpy(), number) for name in kept.names}
    known |= {name: choices(kept.table[name].to_numpy()) for name in kept.drawn}
    by_luck = cache(lambda sizes: shuffled(sizes, outcome, rng))
    found = [_of_rows(name, labels, outcome, by_luck, rng) for name, labels in known.items()]
    return found + [_of_crossed(name, *kept.at_choices(name), rng) for name in kept.crossed]


def _of_rows(name: str, labels: Labels, outcome: Numbers, by_luck: Any, rng: np.random.Generator) -> Factor:
    own = index(labels, outcome)
    chance, p = judged(own, by_luck(sizes_of(labels)))
    return Factor(name, name, own, *interval(own, again(labels, outcome, len(outcome), rng)), chance, p)


def _of_crossed(name: str, outcome: Numbers, apart: Numbers, rng: np.random.Generator) -> Factor:
    """A lever at each choice of which all rows were tried: see :meth:`Rows.at_choices` for the shapes."""
    labels = np.broadcast_to(np.arange(outcome.shape[-1]), outcome.shape).ravel()
    own = index(labels, outcome.ravel())
    between = (apart - apart.mean(axis=-2, keepdims=True)).reshape(-1, apart.shape[-1])
    alike = np.broadcast_to(outcome.mean(axis=-1, keepdims=True), outcome.shape).ravel()
    lucky = by_chance(between, rng, OF_LEVERS).T if between.any() else np.zeros((OF_LEVERS, 0))
    chance, p = judged(own, np.array([index(labels, alike + moved) if len(moved) else 0.0 for moved in lucky]))
    return Factor(name, name, own, *interval(own, again(labels, outcome.ravel(), len(outcome), rng)), chance, p)


def slices_for(points: int) -> int:
    """How many slices so many points are enough for."""
    return max(2, min(SLICES, points // FEWEST))


def slices(values: Numbers, number: int) -> Labels:
    """The slice of each point, bounded by quantiles as SALib does: the largest number is in none of them."""
    edges = np.nanquantile(values, np.linspace(0.0, 1.0, number + 1))
    labels = np.full(len(values), NOWHERE, dtype=np.intp)
    for slice_, (low, high) in enumerate(pairwise(edges)):
        labels[(values >= low) & (values < high)] = slice_
    return labels


def choices(values: np.ndarray[Any, Any]) -> Labels:
    """The choice of a lever at each point: each choice is a slice."""
    found: Labels = np.unique(values, return_inverse=True)[1]
    return found


def sizes_of(labels: Labels) -> tuple[int, ...]:
    """How many points each slice has, those without any left out."""
    return tuple(int(size) for size in np.bincount(labels[labels != NOWHERE]) if size)


def index(labels: Labels, outcome: Numbers) -> float:
    """The median over slices of the distance of Kolmogorov and Smirnov; 0 where there are no slices."""
    order = np.argsort(outcome, kind="stable")
    return float(_indices(labels[order][np.newaxis], _last(outcome[order]), np.ones((1, len(order))))[0])


def _last(ordered: Numbers) -> YesNo:
    """Of outcomes in ascending order, which are the last of their size."""
    last: YesNo = np.append(ordered[1:] != ordered[:-1], True)
    return last


def _indices(labels: Labels, is_last: YesNo, weights: Numbers) -> Numbers:
    """The index of each sample of points in the order of their outcomes: labels and weights of shape (samples, points).

    Either may have but one sample, which is then that of all.
    """
    below_all = (weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True))[:, is_last]
    distances = []
    for slice_ in np.unique(labels[0][labels[0] != NOWHERE]):
        own = (labels == slice_) * weights
        with np.errstate(invalid="ignore"):
            below = (own.cumsum(axis=1) / own.sum(axis=1, keepdims=True))[:, is_last]
        distances.append(np.abs(below - below_all).max(axis=1))
    return np.nanmedian(distances, axis=0) if distances else np.zeros(max(len(labels), len(weights)))


def again(labels: Labels, outcome: Numbers, rows: int, rng: np.random.Generator) -> Numbers:
    """The indices of rows that are drawn anew, each with all of its points, which are next to each other."""
    order = np.argsort(outcome, kind="stable")
    times = rng.multinomial(rows, np.full(rows, 1 / rows), RESAMPLES)
    weights = np.repeat(times, len(outcome) // rows, axis=1)[:, order].astype(np.float64)
    return _indices(labels[order][np.newaxis], _last(outcome[order]), weights)


def shuffled(sizes: tuple[int, ...], outcome: Numbers, rng: np.random.Generator, number: int = CHANCES) -> Numbers:
    """Indices of slices of these sizes into which points fall by chance: shape (number,)."""
    is_last, alike = _last(np.sort(outcome)), np.ones((1, len(outcome)))
    labels = np.repeat(np.arange(-1, len(sizes)), (len(outcome) - sum(sizes), *sizes))
    parts = np.array_split(np.empty(number), max(1, number * len(outcome) // MOST_AT_ONCE))
    together = (rng.permuted(np.tile(labels, (len(some), 1)), axis=1) for some in parts)
    return np.concatenate([_indices(some, is_last, alike) for some in together])


def interval(own: float, found: Numbers) -> tuple[float, float]:
    """Where 95 % of the indices of resampled rows lie, moved by the bootstrap's estimate of bias.

    A sample drawn again has fewer different points, and so larger distances: Efron and Tibshirani, *An Introduction
    to the Bootstrap* (1993), chapter 10.
    """
    bias = float(found.mean()) - own
    low, high = np.quantile(found, (0.025, 0.975)) - bias
    return max(0.0, float(low)), min(1.0, float(high))
