"""Summaries: counts, intervals that know what is independent, times, outcomes and scores."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from engine.batch.analysis.distributions import distributions
from engine.batch.analysis.summary import FEW, summarise
from engine.batch.running.conduct import run_plan
from engine.batch.statistics import share_of, wilson
from tests.batch.batches import small_plan
from tests.batch.made_up import made_up


def test_one_point_has_wilson_intervals() -> None:
    """Ten of a hundred: 5.5 to 17.4 % (Wilson 1927)."""
    summary = summarise(made_up({}, {}, 100, ["war"] * 10 + ["peace"] * 90))
    war = summary.all.shares["war"]
    assert (war.count, war.of) == (10, 100)
    assert (round(war.low, 3), round(war.high, 3)) == (0.055, 0.174)
    assert summary.groups == ()


def test_wilson_of_whole_numbers_is_wilson() -> None:
    """The interval of a number of runs that need not be whole is the same where it is."""
    known = share_of(7, 50)
    assert wilson(0.14, 50) == pytest.approx((known.low, known.high))


def test_what_no_run_reached_has_an_upper_end() -> None:
    """The rule of three: none of 300 is less than one in a hundred."""
    summary = summarise(made_up({}, {}, 300))
    assert list(summary.all.never()) == ["war"]
    assert summary.all.at_most("war") == pytest.approx(0.01)


def test_copies_of_runs_at_other_points_add_no_certainty() -> None:
    """Where every point gives the same, four points know as little as one; no run of theirs counts as one of 100."""
    one = ["war"] * 30 + ["peace"] * 70
    summary = summarise(made_up({"u": [1.0, 2.0, 3.0, 4.0]}, {}, 100, one * 4))
    war, single = summary.all.shares["war"], share_of(30, 100)
    assert (war.count, war.of) == (120, 400)
    assert (war.low, war.high) == pytest.approx((single.low, single.high), rel=0.02)
    none = summarise(made_up({"u": [1.0, 2.0, 3.0, 4.0]}, {}, 100))
    assert none.all.at_most("war") == pytest.approx(0.03)


def test_independent_points_add_certainty() -> None:
    """Where points have nothing in common, the interval is that of all runs."""
    rng = np.random.default_rng(1)
    endings = np.where(rng.random(4000) < 0.3, "war", "peace").tolist()
    war = summarise(made_up({"u": [1.0, 2.0, 3.0, 4.0]}, {}, 1000, endings)).all.shares["war"]
    plain = share_of(war.count, war.of)
    assert (war.high - war.low) == pytest.approx(plain.high - plain.low, rel=0.1)


def test_few_points_are_told_one_by_one_and_many_by_lever() -> None:
    """Choices are told apart where points are many; points without levers not at all."""
    few = summarise(made_up({"u": [1.0, 2.0], "lever": ["a", "b"]}, {}, 2))
    assert [group.name for group in few.groups] == ["u=1, lever=a", "u=2, lever=b"]
    many = [float(n) for n in range(FEW + 2)]
    by_lever = summarise(made_up({"u": many, "lever": ["a", "b"] * (len(many) // 2)}, {}, 2))
    assert [(group.name, len(group.points)) for group in by_lever.groups] == [("lever=a", 7), ("lever=b", 7)]
    assert summarise(made_up({"u": many}, {}, 2)).groups == ()


def test_distribution_is_of_the_runs_that_have_a_number() -> None:
    """1 to 99, and one run with nothing: mean 50, median 50, 5 to 95 of 99 % of the runs."""
    results = made_up({}, {"x": [*range(1, 100), math.nan], "yes": [0.0, 1.0] * 50, "never": [math.nan] * 100}, 100)
    x, yes, never = distributions(results.runs, ("x", "yes", "never"))
    assert (x.had.count, x.had.of, x.mean, x.median, x.low, x.high) == (99, 100, 50.0, 50.0, 1.0, 99.0)
    assert (x.q05, x.q95) == (5.0, 94.0)
    assert x.sd == pytest.approx(np.arange(1, 100).std(ddof=1))
    assert (x.is_yes_no, yes.is_yes_no, yes.mean) == (False, True, 0.5)
    assert (never.had.count, never.mean, never.median) == (0, None, None)


def test_real_results_are_summed_up_the_same_from_memory_and_folder(tmp_path: Path) -> None:
    """A small scenario: all runs are counted, frames have a row for each thing."""
    plan = small_plan(tmp_path / "scenario", 30, vary=["issues.status.start=30,60"])
    memory, folder = summarise(run_plan(plan)), summarise(run_plan(plan, tmp_path / "out"))
    assert memory.endings.equals(folder.endings)
    assert (memory.runs, memory.points) == (60, 2)
    assert sum(share.count for share in memory.all.shares.values()) == 60
    assert memory.frame(memory.scores).height == len(memory.scores) > 0
