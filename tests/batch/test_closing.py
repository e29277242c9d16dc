"""Arms whose runs close at different times: what is due to that is told apart from what is not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.batch.analysis.closing import middle_day, share_open, while_both_are_open
from engine.batch.analysis.compare import HAPPENS, OUTCOME, Comparison, Difference, compare
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers
from tests.batch.made_up import made_up

DAYS = 140.0


def arm(come: Numbers, closes: Numbers, seed: int = 1, **outcomes: Numbers) -> Results:
    """Runs in which something would come on some day, unless the run has closed before."""
    columns = {"first_x": np.where(come < closes, come, np.nan), **outcomes}
    return made_up({}, columns, len(come), days=closes, seed=seed)


def of(comparison: Comparison, name: str = "first_x", kind: str = HAPPENS) -> Difference:
    """One of the differences."""
    return next(one for one in comparison.differences if (one.name, one.kind) == (name, kind))


def drawn(runs: int, rng: np.random.Generator, effect: float = 1.0) -> tuple[Results, Results]:
    """Two arms on mostly common chance; runs of the second close much earlier, its hazard is ``effect`` times as high.

    In both, closing has nothing to do with what would come.
    """
    chance, closing, own = rng.exponential(size=(3, runs))
    come = 7.0 * np.floor(chance * 160 / 7.0)
    sooner = 7.0 * np.floor(np.where(rng.random(runs) < 0.7, chance, own) * 160 / effect / 7.0)
    early = np.minimum(7.0 * np.ceil(1 + closing * 8), DAYS)
    return arm(come, np.full(runs, DAYS)), arm(sooner, early)


def test_what_both_would_have_is_no_difference_while_both_are_open() -> None:
    """40 of 100 runs have it in the week of day 77, in either arm; three quarters of the second have closed by then."""
    come = np.where(np.arange(200) % 5 < 2, 77.0, math.inf)
    closes = np.where(np.arange(200) % 4 == 0, DAYS, 49.0)
    comparison = compare(arm(come, np.full(200, DAYS)), arm(come, closes))
    found = of(comparison)
    assert (found.first, found.second) == (0.4, 0.1)
    assert found.closing is not None
    assert found.closing.together is not None
    assert (found.closing.day, found.closing.open_first, found.closing.open_second) == (77.0, 1.0, 0.25)
    assert (found.closing.together.first, found.closing.together.second) == (0.1, 0.1)
    assert found.may_be_closing
    assert comparison.closes_apart
    assert comparison.closing.difference == pytest.approx(49 * 0.75 + DAYS * 0.25 - DAYS)
    row = comparison.frame.filter(name="first_x", kind=HAPPENS).row(0, named=True)
    assert (row["open_second"], row["together_difference"], row["may_be_closing"]) == (0.25, 0.0, True)


def test_what_is_otherwise_while_both_are_open_is_no_matter_of_closing() -> None:
    """Runs close earlier in the second arm, but in none of them it comes even before."""
    come = np.full(100, 21.0)
    comparison = compare(arm(come, np.full(100, DAYS)), arm(np.full(100, math.inf), np.full(100, 49.0)))
    assert comparison.closes_apart
    assert not of(comparison).may_be_closing


def test_arms_that_close_alike_are_not_warned_of() -> None:
    """And what is within noise is not called closing."""
    come = np.where(np.arange(100) % 2 == 0, 21.0, math.inf)
    comparison = compare(arm(come, np.full(100, DAYS)), arm(come, np.full(100, DAYS)))
    assert not comparison.closes_apart
    assert not of(comparison).may_be_closing


def test_what_came_on_the_day_of_closing_did_not_come() -> None:
    """A run that closes on day 14 had its last turn on day 7; nan never comes."""
    first, second = while_both_are_open(
        np.array([14.0, 14.0, 21.0]),
        np.array([21.0, 21.0, 21.0]),
        np.array([7.0, math.nan, 7.0]),
        np.array([14.0, 7, 7]),
    )
    assert first.tolist() == [True, False, True]
    assert second.tolist() == [False, True, True]
    assert share_open(np.array([14.0, 21.0]), 14.0) == 0.5
    assert middle_day(np.array([7.0, math.nan]), np.array([21.0, 14.0])) == 14.0
    assert math.isnan(middle_day(np.array([math.nan]), np.array([math.nan])))


def test_different_seeds_have_no_pairs_that_are_both_open() -> None:
    """How many runs are open is told all the same; of numbers, how many are open in the last turn."""
    come = np.full(50, 21.0)
    worst = np.arange(50.0)
    comparison = compare(arm(come, np.full(50, DAYS), worst=worst), arm(come, np.full(50, 49.0), seed=2, worst=worst))
    found = of(comparison).closing
    assert found is not None
    assert (found.together, found.open_first, found.open_second) == (None, 1.0, 1.0)
    number = of(comparison, "worst", OUTCOME).closing
    assert number is not None
    assert (number.day, number.open_first, number.open_second) == (DAYS, 1.0, 0.0)


@pytest.mark.slow
def test_an_effect_of_closing_alone_is_seldom_told_as_another() -> None:
    """Of 100 experiments that differ in closing only, nine in ten or more are flagged; real effects are not."""
    rng = np.random.default_rng(11)
    flagged = kept = covered = 0
    for _ in range(100):
        found = of(compare(*drawn(300, rng)))
        assert found.closing is not None
        assert found.closing.together is not None
        covered += found.closing.together.interval.has_zero
        flagged += found.may_be_closing
        kept += not of(compare(*drawn(300, rng, effect=0.4))).may_be_closing
    assert covered >= 0.92 * 100
    assert flagged >= 0.9 * 100
    assert kept >= 0.9 * 100
