"""Shares with their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""The two-sided 95 % point of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the ends of the 95 % Wilson score interval (Wilson 1927)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, or 0 of none."""
        return self.count / self.of if self.of else 0.0


def wilson(share: float, size: float) -> tuple[float, float]:
    """The 95 % Wilson limits of a share among a number of independent runs, which need not be whole."""
    square = Z_95 * Z_95 / size
    middle = (share + square / 2) / (1 + square)
    reach = Z_95 / (1 + square) * math.sqrt(share * (1 - share) / size + square / (4 * size))
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return low if share > 0.0 else 0.0, high if share < 1.0 else 1.0  # rounding must not keep them from the ends


def share_of(count: int, of: int) -> Share:
    """A share with its Wilson interval; from 0 to 1 where there is nothing to count."""
    return Share(count, of, *wilson(count / of, of)) if of else Share(0, 0, 0.0, 1.0)


def share_among(count: int, of: int, size: float) -> Share:
    """A share of runs that know it only as well as ``size`` independent ones would."""
    return Share(count, of, *wilson(count / of, size)) if size < of else share_of(count, of)


def share_at_least_known(count: int, runs_of_points: Iterable[int]) -> Share:
    """A share of which only the runs of each design point are known: were all points of a run alike.

    Points have the runs 0, 1, 2 and so on, so that run r is at all points with more than r runs; the interval is that
    of ``n^2 / sum over pairs of points of the runs that both have`` independent runs, which is never too narrow.
    """
    known = sorted((runs for runs in runs_of_points if runs), reverse=True)
    total = sum(known)
    both = sum((2 * place + 1) * runs for place, runs in enumerate(known))
    return share_among(count, total, total**2 / both) if total else share_of(0, 0)
