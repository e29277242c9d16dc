"""What may differ between two arms only since runs of one of them close earlier.

A run closes with its ending, and nothing more can happen in it. That is no censoring, for the story is over: the share
of all runs in which something has come about by a day is its cumulative incidence with closing as a competing event.
Since nothing else ends a run, the estimate of Aalen and Johansen (Scandinavian Journal of Statistics 5, 1978, 141-150)
is that plain share. But a difference of two such shares may tell no more than that one arm leaves less time. So it is
told again for the time that both runs of a pair were open, which is the same for both (as shared follow-up is for
the pairs of Pocock and others, "The win ratio", European Heart Journal 33, 2012, 176-182).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.batch.analysis.differences import Interval
from engine.rules.arrays import Numbers, YesNo


@dataclass(frozen=True)
class Together:
    """A share in two arms, of all pairs, counted only as long as both runs of a pair are open."""

    first: float
    second: float
    interval: Interval
    """Of the difference, 95 %."""

    @property
    def difference(self) -> float:
        """The second less the first."""
        return self.second - self.first


@dataclass(frozen=True)
class Closing:
    """How much time the runs of two arms leave for something."""

    day: float
    """The day on which it comes about in the middle one of the runs in which it does; of other numbers the last day."""
    open_first: float
    """The share of runs that are still open in the turn that opens on that day."""
    open_second: float
    together: Together | None = None
    """Of shares of paired runs: the difference while both are open."""

    def explains(self, difference: float) -> bool:
        """Whether a difference is gone, or the other way round, while both runs of a pair are open."""
        if self.together is None:
            return False
        return self.together.interval.has_zero or self.together.difference * difference < 0


def while_both_are_open(day: Numbers, other_day: Numbers, first: Numbers, second: Numbers) -> tuple[YesNo, YesNo]:
    """In which pairs something came about in either arm while both runs were open; nan where it never did.

    A run that closes on a day had its last turn before it, so that what came about on that day did not come in it.
    """
    shared = np.minimum(day, other_day)
    return first < shared, second < shared


def middle_day(first: Numbers, second: Numbers) -> float:
    """The day on which something comes about in the middle run of both arms, the earlier one of two."""
    known = np.sort(np.concatenate([first[~np.isnan(first)], second[~np.isnan(second)]]))
    return float(known[(len(known) - 1) // 2]) if len(known) else float("nan")


def share_open(day: Numbers, at: float) -> float:
    """The share of runs that are open in the turn that opens on a day."""
    return float((day > at).mean()) if len(day) and not np.isnan(at) else float("nan")
