"""Futures beside other futures on the same chance, and what their difference says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.batch.analysis.differences import Interval, paired_shares, variance_of_mean
from engine.batch.statistics import Z_95, Share, share_of
from engine.rules.arrays import Numbers, Rows, YesNo

LETTERS = 20
"""Futures that a choice is shown as."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, or a difference of two means, with its 95 % interval; not a number where nothing is known."""

    mean: float
    low: float
    high: float

    @property
    def reach(self) -> float:
        """Half of the interval's width: what stands after the +-."""
        return (self.high - self.low) / 2

    @property
    def is_same(self) -> bool:
        """Whether no difference at all is within the interval."""
        return self.low <= 0.0 <= self.high


@dataclass(frozen=True)
class Pair:
    """How some futures close, beside how they close otherwise, on the same chance."""

    endings: tuple[str, ...]
    """All endings of the scenario, in its order."""
    closed: Rows
    """The number of each future's ending: shape (futures,)."""
    scores: Numbers
    """The actor's score in each: shape (futures,)."""
    closed_otherwise: Rows
    """The same of what it is compared with."""
    scores_otherwise: Numbers

    @property
    def futures(self) -> int:
        """How many futures it rests on."""
        return len(self.closed)

    @cached_property
    def shares(self) -> dict[str, Share]:
        """The share of futures that close with each ending, with Wilson's limits."""
        counts = np.bincount(self.closed, minlength=len(self.endings))
        return {name: share_of(int(count), self.futures) for name, count in zip(self.endings, counts, strict=True)}

    @cached_property
    def changes(self) -> dict[str, Estimate]:
        """By how much each ending's share is above the other's, over pairs of futures (Newcombe 1998)."""
        return {name: self._change(number) for number, name in enumerate(self.endings)}

    @cached_property
    def score(self) -> Estimate:
        """The actor's mean score at the end, 0..100."""
        return estimate(self.scores)

    @cached_property
    def score_change(self) -> Estimate:
        """By how much it is above the other's, over pairs of futures."""
        return estimate(self.scores - self.scores_otherwise)

    @property
    def is_same(self) -> bool:
        """Whether neither the endings nor the score differ from the other by more than the noise."""
        score = self.score_change
        return (math.isnan(score.mean) or score.is_same) and all(change.is_same for change in self.changes.values())

    def twenty(self) -> tuple[str, ...]:
        """Twenty futures as endings, in the order of the scenario, by largest remainder; none of none."""
        counts = np.bincount(self.closed, minlength=len(self.endings))
        shown = largest_remainder([int(count) for count in counts], LETTERS) if self.futures else []
        return tuple(name for name, times in zip(self.endings, shown, strict=False) for _ in range(times))

    @property
    def size(self) -> float:
        """How large the difference is, 0..1: the share of futures whose ending moves, or of the scale of scores."""
        moved = sum(abs(change.mean) for change in self.changes.values()) / 2
        score = self.score_change.mean
        return moved if math.isnan(score) else max(moved, abs(score) / 100)

    def _change(self, ending: int) -> Estimate:
        return difference(self.closed_otherwise == ending, self.closed == ending)


UNKNOWN = Estimate(math.nan, -math.inf, math.inf)
"""Of no futures."""


def difference(one: YesNo, other: YesNo) -> Estimate:
    """By how much the share of the second is above that of the first, over pairs: shape (futures,) each."""
    futures = len(one)
    both, first, second = int((one & other).sum()), int((one & ~other).sum()), int((~one & other).sum())
    if not first and not second:
        return Estimate(0.0, 0.0, 0.0) if futures else UNKNOWN
    found: Interval = paired_shares(both, first, second, futures - both - first - second)
    return Estimate((second - first) / futures, found.low, found.high)


def estimate(values: Numbers) -> Estimate:
    """The mean of independent values with its normal 95 % interval; unknown where one is not a number."""
    if not len(values) or np.isnan(values).any():
        return UNKNOWN
    variance, _ = variance_of_mean(values)
    mean, reach = float(values.mean()), Z_95 * math.sqrt(variance)
    return Estimate(mean, mean - reach, mean + reach)


def largest_remainder(counts: Sequence[int], places: int) -> list[int]:
    """So many places shared out in proportion to counts; the first of equal remainders wins (Hamilton's method)."""
    total = sum(counts)
    whole = [count * places // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda number: -(counts[number] * places % total))
    for number in by_remainder[: places - sum(whole)]:
        whole[number] += 1
    return whole
