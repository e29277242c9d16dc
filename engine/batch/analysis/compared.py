"""What two arms differ in: a difference with its intervals, and all differences of two arms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.closing import Closing
from engine.batch.analysis.differences import ENDLESS, Interval

if TYPE_CHECKING:
    import polars as pl

ENDING, HAPPENS, TIME, OUTCOME, SCORE = "ending", "happens", "time", "outcome", "score"
"""What may differ: the share of an ending; the share of runs in which something comes about at all; the day on which
it does, in pairs of runs in which it does in both; a number of each run; how content a side is."""


CLOSING = "closing"
"""The day on which runs close."""

APART = 1.0
"""Days by which arms must close apart before it is warned of."""


@dataclass(frozen=True)
class Difference:
    """One thing in two arms."""

    kind: str
    name: str
    title: str
    is_share: bool
    """Whether it is a share of runs."""
    pairs: int
    """Pairs of runs that it rests on."""
    first: float
    second: float
    paired: Interval
    """Of the difference, as the runs share their chance; :data:`ENDLESS` where they do not."""
    unpaired: Interval
    """Had the arms been independent."""
    closing: Closing | None = None
    """How much time the runs of either arm leave for it; None of how they close."""

    @property
    def difference(self) -> float:
        """The second less the first."""
        return self.second - self.first

    @property
    def interval(self) -> Interval:
        """The paired one where there is one."""
        return self.unpaired if self.paired == ENDLESS else self.paired

    @property
    def narrower(self) -> float | None:
        """How many times narrower the paired interval is; None where that can't be said."""
        known = np.isfinite(self.paired.width) and np.isfinite(self.unpaired.width) and self.paired.width > 0
        return self.unpaired.width / self.paired.width if known else None

    @property
    def narrower_at_most(self) -> float | None:
        """How many times narrower an interval of a difference of shares could be with the best of pairing.

        ``sqrt((p1 q1 + p2 q2) / (d (1 - d)))`` with ``d = |p2 - p1|``: at least a share d of the pairs must differ
        (Frechet and Hoeffding), so where a change does much, no pairing can make it as narrow as one would like.
        """
        apart = abs(self.difference)
        if not self.is_share or not 0.0 < apart < 1.0:
            return None
        independent = self.first * (1 - self.first) + self.second * (1 - self.second)
        return math.sqrt(independent / (apart * (1 - apart)))

    @property
    def is_noise(self) -> bool:
        """Whether it may be none: the interval has 0 within it."""
        return self.interval.has_zero

    @property
    def may_be_closing(self) -> bool:
        """Whether it stands out, but not while both runs of a pair are open: it may only say when they close."""
        return not self.is_noise and self.closing is not None and self.closing.explains(self.difference)


@dataclass(frozen=True)
class Comparison:
    """Everything in two arms."""

    first: str
    second: str
    share_chance: bool
    pairs: int
    points: int
    differences: tuple[Difference, ...]
    closing: Difference
    """The day on which runs close, on average."""
    caveats: tuple[str, ...] = ()
    """What whoever reads them has to know of the two batches."""

    @property
    def closes_apart(self) -> bool:
        """Whether runs of one arm close earlier than those of the other, so that less time is left in them."""
        return not self.closing.is_noise and abs(self.closing.difference) >= APART

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each difference."""
        import polars as pl

        return pl.DataFrame([as_row(difference) for difference in self.differences], infer_schema_length=None)


def as_row(one: Difference) -> dict[str, Any]:
    """A difference in plain words."""
    return {
        "kind": one.kind,
        "name": one.name,
        "title": one.title,
        "pairs": one.pairs,
        "first": one.first,
        "second": one.second,
        "difference": one.difference,
        "low": _finite(one.paired.low),
        "high": _finite(one.paired.high),
        "unpaired_low": _finite(one.unpaired.low),
        "unpaired_high": _finite(one.unpaired.high),
        "narrower": one.narrower,
        "narrower_at_most": one.narrower_at_most,
        "same_within_noise": one.is_noise,
        **closing_row(one),
        "may_be_closing": one.may_be_closing,
    }


def closing_row(one: Difference) -> dict[str, float | None]:
    """How many runs were open on which day, and the difference while both runs of a pair were."""
    closing = one.closing
    both = closing.together if closing else None
    return {
        "day": _finite(closing.day) if closing else None,
        "open_first": _finite(closing.open_first) if closing else None,
        "open_second": _finite(closing.open_second) if closing else None,
        "together_first": both.first if both else None,
        "together_second": both.second if both else None,
        "together_difference": both.difference if both else None,
        "together_low": _finite(both.interval.low) if both else None,
        "together_high": _finite(both.interval.high) if both else None,
    }


def _finite(number: float) -> float | None:
    return number if np.isfinite(number) else None
