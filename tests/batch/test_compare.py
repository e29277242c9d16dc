"""Differences between arms: published intervals, coverage by simulation, and what is matched with what."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine.batch.analysis.compare import HAPPENS, OUTCOME, TIME, Comparison, Difference, compare, compare_choices
from engine.batch.analysis.differences import (
    paired_means,
    paired_shares,
    unpaired_means,
    unpaired_shares,
    variance_of_mean,
)
from engine.batch.errors import BatchError
from tests.batch.made_up import made_up


def of(comparison: Comparison, name: str, kind: str = OUTCOME) -> Difference:
    """One of the differences."""
    return next(one for one in comparison.differences if (one.name, one.kind) == (name, kind))


def test_paired_shares_are_those_that_newcombe_published() -> None:
    """Method 10 on 36, 12, 2 and 0 pairs: 0.0569 to 0.3404 (Statistics in Medicine 17, 2635-2650, table II)."""
    interval = paired_shares(36, 2, 12, 0)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.0569, 0.3404)


def test_unpaired_shares_are_those_that_newcombe_published() -> None:
    """Method 10 on 56 of 70 and 48 of 80: 0.0524 to 0.3339 (Statistics in Medicine 17, 873-890, table II)."""
    interval = unpaired_shares(48, 80, 56, 70)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.0524, 0.3339)


def test_paired_t_is_that_of_student() -> None:
    """Student's own data (1908, Cushny and Peebles): extra sleep, mean 1.58, 95 % from 0.700 to 2.460."""
    first = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    second = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    paired, unpaired = paired_means(first, second), unpaired_means(first, second)
    assert (round(paired.low, 4), round(paired.high, 4)) == (0.7001, 2.4599)
    assert (round(unpaired.low, 4), round(unpaired.high, 4)) == (-0.2055, 3.3655)


def test_clusters_of_one_value_change_nothing() -> None:
    """The variance of a mean of clusters is s^2 / n where each cluster has one value."""
    values = np.random.default_rng(1).normal(size=50)
    plain, clustered = variance_of_mean(values), variance_of_mean(values, np.arange(50))
    assert plain == clustered
    assert plain == pytest.approx((values.var(ddof=1) / 50, 50))


def test_copies_of_a_run_are_worth_no_more_than_the_run() -> None:
    """The same values at ten design points know the mean as well as they do at one."""
    values = np.random.default_rng(2).normal(size=40)
    once, tenfold = variance_of_mean(values), variance_of_mean(np.tile(values, 10), np.tile(np.arange(40), 10))
    assert tenfold == pytest.approx((once[0], 40))


@pytest.mark.parametrize("pairs", [60, 400])
def test_paired_intervals_cover_what_they_should(pairs: int) -> None:
    """Of 600 experiments with common chance, between 93 and 97.5 % of the intervals have the true difference."""
    rng = np.random.default_rng(3)
    shares = means = 0
    for _ in range(600):
        chance = rng.random(pairs)
        own = np.where(rng.random(pairs) < 0.8, chance, rng.random(pairs))
        a, b = chance < 0.3, own < 0.4
        interval = paired_shares(*(int(c.sum()) for c in (a & b, a & ~b, ~a & b, ~a & ~b)))
        shares += interval.low <= 0.1 <= interval.high
        interval = paired_means(chance, own + 0.05)
        means += interval.low <= 0.05 <= interval.high
    assert 0.93 <= shares / 600 <= 0.98
    assert 0.93 <= means / 600 <= 0.975


def test_arms_are_matched_run_by_run() -> None:
    """Where both arms have the same noise, the difference is known without any."""
    noise = np.random.default_rng(4).normal(size=200)
    comparison = compare(made_up({}, {"x": noise}, 200), made_up({}, {"x": noise + 1}, 200))
    found = of(comparison, "x")
    assert found.paired.low == pytest.approx(1.0)
    assert found.paired.width == pytest.approx(0.0, abs=1e-9)
    assert found.unpaired.width > 0.2
    assert not found.is_noise


def test_only_runs_that_both_have_are_matched() -> None:
    """A longer batch is cut to the runs of the shorter."""
    x = np.arange(30.0)
    comparison = compare(made_up({}, {"x": x}, 30), made_up({}, {"x": x[:20] + 2}, 20))
    assert comparison.pairs == 20
    assert of(comparison, "x").difference == pytest.approx(2.0)


def test_pairing_has_a_limit_where_a_change_does_much() -> None:
    """From 10 to 50 % at most sqrt(0.34 / 0.24) times narrower; the best of pairs come near it."""
    x = np.arange(2000) % 10 / 10
    before, after = (x < 0.1).astype(float), (x < 0.5).astype(float)
    found = of(compare(made_up({}, {"x": before}, 2000), made_up({}, {"x": after}, 2000)), "x")
    assert found.narrower_at_most == pytest.approx(math.sqrt(0.34 / 0.24))
    assert found.narrower == pytest.approx(found.narrower_at_most, rel=0.01)


def test_different_seeds_share_nothing() -> None:
    """Then only the unpaired interval is told."""
    x = np.random.default_rng(5).normal(size=100)
    found = of(compare(made_up({}, {"x": x}, 100), made_up({}, {"x": x}, 100, seed=2)), "x")
    assert math.isinf(found.paired.width)
    assert found.interval == found.unpaired
    assert found.narrower is None


def test_times_are_compared_where_it_happens_in_both() -> None:
    """A run in which something never comes has no day, and is told by the share of runs in which it comes."""
    nan = math.nan
    a, b = [10.0, 20.0, nan, 40.0], [11.0, nan, 31.0, 43.0]
    comparison = compare(made_up({}, {"first_x": a}, 4), made_up({}, {"first_x": b}, 4))
    happens, time = of(comparison, "first_x", HAPPENS), of(comparison, "first_x", TIME)
    assert (happens.first, happens.second, happens.pairs) == (0.75, 0.75, 4)
    assert (time.first, time.second, time.pairs) == (25.0, 27.0, 2)


def test_choices_of_a_lever_are_held_against_its_base_all_else_the_same() -> None:
    """Each choice against the first, point by point; runs are the independent units."""
    designs: dict[str, list[Any]] = {"u": [0.0, 0.0, 1.0, 1.0], "lever": ["base", "other", "base", "other"]}
    noise = np.random.default_rng(6).normal(size=50)
    x = np.concatenate([noise, noise + 1, noise + 10, noise + 11])
    levers = {"lever": {"base": "As it was", "other": "Otherwise"}}
    (comparison,) = compare_choices(made_up(designs, {"x": x}, 50, levers=levers))
    found = of(comparison, "x")
    assert (comparison.first, comparison.second) == ("As it was", "Otherwise")
    assert (comparison.points, comparison.pairs) == (2, 100)
    assert found.difference == pytest.approx(1.0)
    single = unpaired_means(noise, noise + 1)
    assert found.unpaired.width == pytest.approx(single.width)


def test_no_difference_in_any_pair_is_still_an_interval_for_a_share() -> None:
    """Twenty runs without a war, at four points, don't rule out one."""
    designs: dict[str, list[Any]] = {"u": [0.0, 0.0, 1.0, 1.0], "lever": ["base", "other", "base", "other"]}
    (comparison,) = compare_choices(made_up(designs, {}, 20))
    war = next(one for one in comparison.differences if one.name == "ending.war")
    assert war.paired.low < -0.1
    assert war.is_noise


def test_different_designs_are_refused() -> None:
    """Their points have no partners."""
    with pytest.raises(BatchError, match="results of different designs"):
        compare(made_up({}, {}, 2), made_up({"u": [1.0, 2.0]}, {}, 2))


def test_one_point_alone_has_nothing_to_compare() -> None:
    """And an unknown lever is told the nearest spelling."""
    with pytest.raises(BatchError, match="nothing to compare"):
        compare_choices(made_up({}, {}, 2))
    with pytest.raises(BatchError, match='no lever "kfro", did you mean "kfor"'):
        compare_choices(made_up({"kfor": ["a", "b"]}, {}, 2), "kfro")
