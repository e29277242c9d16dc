"""Agreement of coders, against the example that is published with the measure and against its definition."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from engine.scenario.coding.agreement import agreement

MISSING = None

KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, MISSING, MISSING, MISSING),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, MISSING, 3),
    (MISSING, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, MISSING),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, MISSING),
)
"""Four observers and twelve units, with missing values: an example of Krippendorff 2011, where alpha is 0.849."""


def by_definition(units: list[list[float]]) -> float:
    """Alpha from all ordered pairs of values, within units and among all values that can be paired."""
    paired = [values for values in units if len(values) > 1]
    every = [value for values in paired for value in values]
    observed = sum(
        sum((one - other) ** 2 for one, other in permutations(values, 2)) / (len(values) - 1) for values in paired
    ) / len(every)
    expected = sum((one - other) ** 2 for one, other in permutations(every, 2)) / (len(every) * (len(every) - 1))
    return 1 - observed / expected


def test_the_example_of_krippendorff() -> None:
    """With its missing values, and one unit that only one observer has seen."""
    units = [[value for value in column if value is not None] for column in zip(*KRIPPENDORFF, strict=True)]
    found = agreement(units)
    assert found.alpha == pytest.approx(0.849, abs=0.0005)
    assert (found.units, found.values) == (11, 40)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.849 < found.high <= 1


@pytest.mark.parametrize("number", range(20))
def test_alpha_is_what_its_definition_says(number: int) -> None:
    """For any number of coders and any missing values."""
    chance = random.Random(number)
    units = [[chance.gauss(50, 20) for _ in range(chance.randint(0, 4))] for _ in range(chance.randint(2, 12))]
    if sum(len(values) > 1 for values in units) < 2:
        return
    assert agreement(units).alpha == pytest.approx(by_definition(units), abs=1e-9)


def test_what_cannot_be_told_is_not_told() -> None:
    """No alpha where nobody is held against anybody, or no value differs; no interval of few units."""
    assert agreement([]).alpha is None
    assert agreement([[1.0], [2.0]]).alpha is None
    assert agreement([[3.0, 3.0], [3.0, 3.0]]).alpha is None
    few = agreement([[1.0, 1.5], [2.0, 2.5], [3.0, 3.0]])
    assert few.alpha is not None
    assert (few.low, few.high) == (None, None)


def test_an_interval_is_the_same_each_time_and_narrower_with_more_units() -> None:
    """It is made by the same chance."""
    chance = random.Random(7)
    units = [[value, value + chance.gauss(0, 10)] for value in (chance.uniform(0, 100) for _ in range(200))]
    few, many = agreement(units[:20]), agreement(units)
    assert agreement(units) == many
    assert None not in (few.low, few.high, many.low, many.high)
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]  # none of them is None
