"""How far coders agree: Krippendorff's alpha for interval data, with missing values and a bootstrap interval.

K. Krippendorff, "Computing Krippendorff's alpha-reliability", 2011; A. F. Hayes and K. Krippendorff, "Answering the
call for a standard reliability measure for coding data", Communication Methods and Measures 1(1), 2007. Alpha is 1
minus the disagreement that is observed over that which chance would give. The interval is the middle 95 % of alpha over
bootstrap samples of units (A. Zapf and others, "Measuring inter-rater reliability for nominal data: which coefficients
and confidence intervals are appropriate?", BMC Medical Research Methodology 16:93, 2016), always by the same chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

SAMPLES = 1_000
"""Bootstrap samples of an interval."""

FEWEST_UNITS = 5
"""Units below which no interval is told: there would be too few different samples."""

CHANCE = 1
"""The seed of the bootstrap."""


@dataclass(frozen=True)
class Agreement:
    """How far coders agree on some units: stances that at least two of them have coded."""

    units: int
    values: int
    """How many values that are."""
    alpha: float | None
    """Krippendorff's alpha; None where it is not defined: no unit, or no two values that differ."""
    low: float | None = None
    """The lower end of the 95 % interval; None where there are too few units."""
    high: float | None = None
    """The upper end."""


@dataclass(frozen=True)
class _Unit:
    """What a unit adds to the sums that alpha is made of."""

    values: int
    total: float
    squares: float
    disagreement: float
    """The squared differences of all ordered pairs within the unit, over one less than its values."""

    @classmethod
    def of(cls, values: Sequence[float]) -> _Unit:
        """The sums of the values of a unit, two or more."""
        many, total, squares = len(values), sum(values), sum(value * value for value in values)
        apart = sum((one - other) ** 2 for one in values for other in values)
        return cls(many, total, squares, apart / (many - 1))


def agreement(units: Iterable[Sequence[float]]) -> Agreement:
    """The agreement on some units, each the values that coders gave it; units with fewer than two do not count."""
    sums = [_Unit.of(values) for values in units if len(values) > 1]
    alpha = _alpha(sums)
    values = sum(unit.values for unit in sums)
    if alpha is None or len(sums) < FEWEST_UNITS:
        return Agreement(len(sums), values, alpha)
    chance = Random(CHANCE)
    drawn = (_alpha(chance.choices(sums, k=len(sums))) for _ in range(SAMPLES))
    found = sorted(value for value in drawn if value is not None)
    if len(found) < SAMPLES // 2:
        return Agreement(len(sums), values, alpha)
    return Agreement(len(sums), values, alpha, _percentile(found, 0.025), _percentile(found, 0.975))


def _alpha(sums: Sequence[_Unit]) -> float | None:
    many, total, squares, apart = 0, 0.0, 0.0, 0.0
    for unit in sums:
        many += unit.values
        total += unit.total
        squares += unit.squares
        apart += unit.disagreement
    by_chance = 2.0 * (many * squares - total * total)
    if many < 2 or by_chance <= 1e-12 * max(1.0, many * squares):
        return None
    return 1.0 - (many - 1) * apart / by_chance


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
