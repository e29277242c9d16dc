"""Scores have the numbers that their closed forms say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assessment.scores import FLOOR, Distribution, area, crps, crps_of_many, log_score

VALUES = st.lists(st.integers(-20, 20).map(float), min_size=2, max_size=12)


@given(VALUES, st.integers(-25, 25).map(float))
def test_the_fair_score_is_that_of_pairs(values: list[float], truth: float) -> None:
    """Mean |x - y| less half the mean |x - x'| over pairs of different runs (Ferro 2014)."""
    runs = len(values)
    far = np.mean([abs(value - truth) for value in values])
    apart = sum(abs(one - other) for one in values for other in values) / (runs * (runs - 1))
    assert crps(Distribution.of_runs(values), truth) == pytest.approx(far - apart / 2, abs=1e-9)


@given(VALUES, st.integers(-25, 25).map(float))
def test_an_exact_distribution_is_scored_as_it_is(values: list[float], truth: float) -> None:
    """Mean |x - y| less half the mean |x - x'| over independent draws (Gneiting and Raftery 2007)."""
    sample = Distribution.of_runs(values)
    far = np.mean([abs(value - truth) for value in values])
    apart = np.mean([abs(one - other) for one in values for other in values])
    exact = Distribution(sample.points, sample.chances)
    assert crps(exact, truth) == pytest.approx(far - apart / 2, abs=1e-9)


@pytest.mark.parametrize(
    ("chance", "truth", "brier"), [(0.7, 1.0, 0.09), (0.7, 0.0, 0.49), (0.0, 0.0, 0.0), (1.0, 0.0, 1.0)]
)
def test_of_a_yes_or_no_it_is_briers(chance: float, truth: float, brier: float) -> None:
    """(p - o)^2."""
    assert crps(Distribution.of_chance(chance), truth) == pytest.approx(brier)


def test_the_fair_brier_score() -> None:
    """(p - o)^2 - p (1 - p) / (n - 1): seven of ten runs, and it came."""
    forecast = Distribution.of_runs([1.0] * 7 + [0.0] * 3)
    assert crps(forecast, 1.0) == pytest.approx(0.09 - 0.21 / 9)


def test_of_ranks_it_is_the_ranked_probability_score() -> None:
    """Sum of squared differences of what is reached: .2, .5, .3, and the first came."""
    forecast = Distribution(np.array([0.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]))
    assert crps(forecast, 0.0) == pytest.approx((0.2 - 1) ** 2 + (0.7 - 1) ** 2)


def test_a_uniform_forecast_of_days() -> None:
    """Days 0, 1, 2, 3 alike, and day 3 came: the mean distance is 1.5, half of the mean between days .625."""
    assert crps(Distribution.evenly((0, 1, 2, 3)), 3.0) == pytest.approx(1.5 - 0.625)


def test_a_certain_forecast_is_as_wrong_as_it_is_far() -> None:
    """The absolute error, also beyond all points."""
    assert crps(Distribution(np.array([4.0]), np.array([1.0])), 9.0) == pytest.approx(5.0)


def test_many_are_scored_as_one_by_one() -> None:
    """Side by side the same numbers."""
    points, chances = np.array([0.0, 2.0, 5.0]), np.array([[0.5, 0.25, 0.25], [0.0, 1.0, 0.0]])
    one_by_one = [crps(Distribution(points, chance, 4), 3.0) for chance in chances]
    assert crps_of_many(points, chances, 4, 3.0) == pytest.approx(one_by_one)


def test_the_logarithmic_score_has_a_floor() -> None:
    """-ln p, and never more than -ln 0.01."""
    assert float(log_score(0.5)) == pytest.approx(math.log(2))
    assert float(log_score(0.0)) == pytest.approx(-math.log(FLOOR)) == pytest.approx(4.605170186)


def test_the_area_under_the_curve() -> None:
    """Of four pairs three are in order and one is a tie: 3.5 / 4."""
    found = area([0.9, 0.4, 0.4, 0.1], [True, True, False, False])
    assert found is not None
    assert (found.area, found.did, found.did_not) == (3.5 / 4, 2, 2)
    low, high = found.interval
    assert 0 < low < found.area < high < 1
    for end in (low, high):
        assert abs(found.area - end) == pytest.approx(1.959963984540054 * found.spread(end))


def test_an_area_of_pairs_all_in_order_has_an_interval() -> None:
    """With one of each, the standard error is that of one yes or no, and Wilson's interval is found: 1 / (1 + z^2)."""
    found = area([0.9, 0.1], [True, False])
    assert found is not None
    assert found.interval == pytest.approx((1 / (1 + 1.959963984540054**2), 1.0))


def test_there_is_no_area_where_all_did() -> None:
    """Nobody is left to compare with."""
    assert area([0.9, 0.4], [True, True]) is None


def test_quantiles_and_chances() -> None:
    """The smallest point up to which so much lies; nothing where there is no such point."""
    forecast = Distribution.of_runs([1.0, 1.0, 2.0, 7.0])
    assert [forecast.quantile(share) for share in (0.0, 0.5, 0.51, 1.0)] == [1.0, 1.0, 2.0, 7.0]
    assert (forecast.chance_of(1.0), forecast.chance_of(3.0)) == (0.5, 0.0)
