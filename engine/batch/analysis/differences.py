"""Differences between two arms, with 95 % intervals: of pairs that share their chance, and of independent runs.

A difference is always that of the second arm from the first: positive where there is more in the second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.batch.statistics import share_of
from engine.rules.arrays import Numbers

Clusters = np.ndarray[Any, Any]
"""For each value the number of the run that it comes from: shape (values,)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From and to; without ends where there is too little to say."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.high - self.low

    @property
    def has_zero(self) -> bool:
        """Whether no difference at all is within it."""
        return self.low <= 0.0 <= self.high


ENDLESS = Interval(-math.inf, math.inf)
"""Of fewer than two pairs."""


def t_95(freedom: float) -> float:
    """The two-sided 95 % point of Student's t."""
    from scipy.special import stdtrit  # loaded only for those who compare

    return float(stdtrit(freedom, 0.975)) if freedom > 0 else math.inf


def variance_of_mean(values: Numbers, clusters: Clusters | None = None) -> tuple[float, int]:
    """The variance of a mean, and the number of independent clusters that it rests on.

    ``s^2 / n`` for independent values. For values in clusters, ``k/(k-1) * sum over clusters of
    (sum of (value - mean))^2 / n^2`` (Cochran, *Sampling Techniques*, 3rd ed. 1977, 9A.1 and 6.3: the mean as a ratio
    of two totals of clusters), which is the same where each cluster has one value.
    """
    centred = values - values.mean()
    totals = centred if clusters is None else np.bincount(np.unique(clusters, return_inverse=True)[1], centred)
    k = len(totals)
    return (math.inf, k) if k < 2 else (k / (k - 1) * float(totals @ totals) / len(values) ** 2, k)


def paired_means(first: Numbers, second: Numbers, clusters: Clusters | None = None) -> Interval:
    """The difference of two means over pairs: ``d +- t(n-1) * sd(differences) / sqrt(n)``.

    The paired t interval (Student 1908), as it is used with common random numbers (Law, *Simulation Modeling and
    Analysis*, section 10.2). ``clusters`` says which pairs are of the same run, made at several design points.
    """
    if len(first) < 2:
        return ENDLESS
    variance, k = variance_of_mean(second - first, clusters)
    return _around(float((second - first).mean()), t_95(k - 1), variance)


def unpaired_means(
    first: Numbers, second: Numbers, clusters: Clusters | None = None, others: Clusters | None = None
) -> Interval:
    """The same had the two arms been independent: ``d +- t(f) * sqrt(v1/n1 + v2/n2)``, f by Welch (1947).

    ``others`` are the clusters of the second arm, where they are not those of the first.
    """
    if min(len(first), len(second)) < 2:
        return ENDLESS
    (v1, k1) = variance_of_mean(first, clusters)
    (v2, k2) = variance_of_mean(second, clusters if others is None else others)
    total = v1 + v2
    known = total > 0.0 and math.isfinite(total)
    freedom = total**2 / (v1**2 / (k1 - 1) + v2**2 / (k2 - 1)) if known else math.inf
    return _around(float(second.mean() - first.mean()), t_95(freedom), total)


def _around(middle: float, times: float, variance: float) -> Interval:
    if not math.isfinite(variance):
        return ENDLESS
    reach = times * math.sqrt(variance) if variance else 0.0
    return Interval(middle - reach, middle + reach)


def paired_shares(both: int, first_only: int, second_only: int, neither: int) -> Interval:
    """The difference of two shares over pairs, from how many pairs have it in both arms, in one, in neither.

    Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data",
    Statistics in Medicine 17 (1998), 2635-2650, method 10: Wilson's limits of either share, and the pairs'
    correlation phi with its numerator moved towards 0 by n/2.
    """
    n = both + first_only + second_only + neither
    if not n:
        return ENDLESS
    return _of_shares(both + first_only, n, both + second_only, n, _phi(both, first_only, second_only, neither))


def unpaired_shares(first: int, of_first: int, second: int, of_second: int) -> Interval:
    """The same had the two arms been independent.

    Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    (1998), 873-890, method 10: the squares of Wilson's limits are added.
    """
    return _of_shares(first, of_first, second, of_second, 0.0) if of_first and of_second else ENDLESS


def _of_shares(first: int, of_first: int, second: int, of_second: int, phi: float) -> Interval:
    a, b = share_of(first, of_first), share_of(second, of_second)
    a_below, a_above, b_below, b_above = a.share - a.low, a.high - a.share, b.share - b.low, b.high - b.share
    difference = b.share - a.share
    below = b_below**2 - 2 * phi * b_below * a_above + a_above**2
    above = b_above**2 - 2 * phi * b_above * a_below + a_below**2
    return Interval(difference - math.sqrt(max(0.0, below)), difference + math.sqrt(max(0.0, above)))


def _phi(both: int, first_only: int, second_only: int, neither: int) -> float:
    n = both + first_only + second_only + neither
    margins = math.sqrt(both + first_only) * math.sqrt(second_only + neither)
    margins *= math.sqrt(both + second_only) * math.sqrt(first_only + neither)
    numerator = float(both * neither - first_only * second_only)
    if numerator > 0:
        numerator = max(0.0, numerator - n / 2)
    return numerator / margins if margins else 0.0
