"""Scores of forecasts, each with its closed form; lower is better but for the area under the curve.

A forecast is a distribution over numbers: a yes or no is 1 or 0, an order of two and a ballot are ranks. So one score
serves them all, the continuous ranked probability score (CRPS; Gneiting and Raftery, JASA 102, 2007)

    CRPS(F, y) = integral over x of (F(x) - [y <= x])^2

which is Brier's score of a yes or no, and the ranked probability score of ranks. Where a distribution is a sample of
*n* runs, the score is the *fair* one (Ferro, QJRMS 140, 2014): less the integral of F (1 - F) / (n - 1), so that it is
on average what very many runs would get, and few runs are no disadvantage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FLOOR = 0.01
"""No chance counts as smaller than this in the logarithmic score: what was thought impossible costs -ln(0.01) = 4.6."""

WIDTH = 1.959963984540054
"""How many standard deviations reach from the middle of a normal distribution to the end of its 95 % interval."""


@dataclass(frozen=True)
class Distribution:
    """Points in rising order, and how likely each is; ``runs`` is None where it is no sample."""

    points: Numbers
    chances: Numbers
    runs: int | None = None

    @classmethod
    def of_runs(cls, values: Sequence[float] | Numbers) -> Distribution:
        """The values of some runs, at least one."""
        points, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
        return cls(points, counts / counts.sum(), int(counts.sum()))

    @classmethod
    def of_chance(cls, chance: float) -> Distribution:
        """A yes (1) with this chance, else a no (0)."""
        return cls(np.array([0.0, 1.0]), np.array([1.0 - chance, chance]))

    @classmethod
    def evenly(cls, points: Sequence[float] | Numbers) -> Distribution:
        """Each of some different points, all alike."""
        at = np.sort(np.asarray(points, dtype=np.float64))
        return cls(at, np.full(len(at), 1.0 / len(at)))

    def chance_of(self, value: float) -> float:
        """How likely exactly this value is."""
        return float(self.chances[self.points == value].sum())

    def quantile(self, share: float) -> float:
        """The smallest point up to which so large a share lies."""
        reached = np.cumsum(self.chances)
        return float(self.points[min(int(np.searchsorted(reached, share - 1e-12)), len(self.points) - 1)])


def crps(forecast: Distribution, value: float) -> float:
    """The score of a forecast, in the unit of its points; the fair one of a sample of two runs or more."""
    return float(crps_of_many(forecast.points, forecast.chances[np.newaxis], forecast.runs, value)[0])


def crps_of_many(points: Numbers, chances: Numbers, runs: int | None, value: float) -> Numbers:
    """The same of several distributions over the same points: ``chances`` of shape (many, points) -> (many,)."""
    at = int(np.searchsorted(points, value))
    if at == len(points) or points[at] != value:
        points = np.insert(points, at, value)
        chances = np.insert(chances, at, 0.0, axis=1)
    below = np.cumsum(chances, axis=1)[:, :-1]
    steps = np.diff(points)
    happened = (points[:-1] >= value).astype(np.float64)
    score: Numbers = (steps * (below - happened) ** 2).sum(axis=1)
    if runs is not None and runs > 1:
        score = score - (steps * below * (1.0 - below)).sum(axis=1) / (runs - 1)
    return score


def log_score(chance: float | Numbers) -> Numbers:
    """-ln of the chance of what happened, which counts as at least FLOOR."""
    score: Numbers = -np.log(np.maximum(np.asarray(chance, dtype=np.float64), FLOOR))
    return score


@dataclass(frozen=True)
class Area:
    """The area under the curve of who-did-what: the chance that one who did was thought likelier than one who did not.

    The interval is the score interval of Newcombe (Statistics in Medicine 25, 2006, part 2, method 5), which has a
    width where all pairs are in order, too.
    """

    area: float
    did: int
    did_not: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self._end(0.0), self._end(1.0)

    def spread(self, area: float) -> float:
        """The standard error, were the area another: that of Hanley and McNeil, with the mean number in both groups."""
        pairs, others = self.did * self.did_not, (self.did + self.did_not) / 2 - 1
        shared = 1 + others * ((1 - area) / (2 - area) + area / (1 + area))
        return math.sqrt(area * (1 - area) * shared / pairs)

    def _end(self, end: float) -> float:
        """The area on this side from which the observed one is as far as its standard error allows, by halving."""
        inside, outside = self.area, end
        for _ in range(60):
            middle = (inside + outside) / 2
            if abs(self.area - middle) <= WIDTH * self.spread(middle):
                inside = middle
            else:
                outside = middle
        return inside


def area(chances: Sequence[float], happened: Sequence[bool]) -> Area | None:
    """The area under the curve, ties counting half; None where all did or nobody did."""
    did = np.array([c for c, h in zip(chances, happened, strict=True) if h])
    did_not = np.array([c for c, h in zip(chances, happened, strict=True) if not h])
    if not len(did) or not len(did_not):
        return None
    above = (did[:, np.newaxis] > did_not).mean() + 0.5 * (did[:, np.newaxis] == did_not).mean()
    return Area(float(above), len(did), len(did_not))
