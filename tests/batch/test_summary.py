"""Summaries: counts, intervals that know what is independent, times, outcomes and scores."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.batch.analysis.distributions import distributions
from engine.batch.analysis.groups import FEW
from engine.batch.analysis.pooling import clustered_share
from engine.batch.analysis.summary import Summary, summarise
from engine.batch.errors import BatchError
from engine.batch.running.conduct import run_plan
from engine.batch.statistics import share_at_least_known, share_of, wilson
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers
from tests.batch.batches import small_plan
from tests.batch.made_up import made_up


def drawn(points: int) -> dict[str, list[float]]:
    """Design points that are a sample of what may be."""
    return {"u": [float(n) for n in range(points)]}


def pooled(results: Results) -> Summary:
    """The summary of results whose points were drawn at random."""
    results.manifest["experiment"]["content"]["design"] = {"random": results.designs.height}
    return summarise(results)


def test_one_point_has_wilson_intervals() -> None:
    """Ten of a hundred: 5.5 to 17.4 % (Wilson 1927)."""
    (group,) = summarise(made_up({}, {}, 100, ["war"] * 10 + ["peace"] * 90)).groups
    war = group.shares["war"]
    assert (war.count, war.of) == (10, 100)
    assert (round(war.low, 3), round(war.high, 3)) == (0.055, 0.174)


def test_wilson_of_whole_numbers_is_wilson() -> None:
    """The interval of a number of runs that need not be whole is the same where it is."""
    known = share_of(7, 50)
    assert wilson(0.14, 50) == pytest.approx((known.low, known.high))


def test_what_no_run_reached_has_the_upper_end_of_the_same_interval() -> None:
    """Wilson's, wherever a share is told: none of 300 is less than 1.26 %."""
    summary = summarise(made_up({}, {}, 300))
    assert summary.never() == {"war": pytest.approx(0.01264, abs=1e-5)}
    assert share_of(0, 300).high == summary.never()["war"]


def test_copies_of_runs_at_other_points_add_no_certainty() -> None:
    """Where every point gives the same, four points know as little as one; no run of theirs counts as one of 100."""
    one = ["war"] * 30 + ["peace"] * 70
    (group,) = pooled(made_up(drawn(4), {}, 100, one * 4)).groups
    war, single = group.shares["war"], share_of(30, 100)
    assert (war.count, war.of) == (120, 400)
    assert (war.low, war.high) == pytest.approx((single.low, single.high), rel=0.02)
    assert pooled(made_up(drawn(4), {}, 100)).never() == {"war": share_of(0, 100).high}
    assert share_at_least_known(120, [100] * 4) == replace(single, count=120, of=400)


def test_independent_points_add_certainty() -> None:
    """Where points have nothing in common, the interval is that of all runs."""
    rng = np.random.default_rng(1)
    endings = np.where(rng.random(4000) < 0.3, "war", "peace").tolist()
    (group,) = pooled(made_up(drawn(4), {}, 1000, endings)).groups
    war = group.shares["war"]
    plain = share_of(war.count, war.of)
    assert (war.high - war.low) == pytest.approx(plain.high - plain.low, rel=0.1)


def test_runs_that_are_at_some_points_only_are_known_as_well_as_they_are() -> None:
    """Ten runs at one point and ten at two, of which all are alike: 900 / (10 + 10 * 4) = 18 independent ones."""
    assert share_at_least_known(0, [20, 10]).high == pytest.approx(wilson(0.0, 18)[1])
    alike = clustered_share(np.zeros(20), np.array([2.0] * 10 + [1.0] * 10))
    assert alike.high == pytest.approx(wilson(0.0, 18)[1])


def by_run(chance: Numbers, shares: Numbers) -> tuple[Numbers, Numbers]:
    """In each run, at how many of the points its chance is below their shares, and how many points there are."""
    return (chance[:, np.newaxis] < shares).sum(axis=1).astype(float), np.full(len(chance), float(len(shares)))


@pytest.mark.parametrize("runs", [20, 100])
def test_intervals_over_points_that_share_their_chance_cover_what_they_should(runs: int) -> None:
    """Of 1,000 batches of four points, at least 92 % hold the truth; taken as independent, far fewer would."""
    rng = np.random.default_rng(9)
    shares, covered, plain = np.array([0.2, 0.25, 0.3, 0.45]), 0, 0
    for _ in range(1000):
        share = clustered_share(*by_run(rng.random(runs), shares))
        known = share_of(share.count, share.of)
        covered += share.low <= shares.mean() <= share.high
        plain += known.low <= shares.mean() <= known.high
    assert covered >= 920
    assert plain < 800


def test_arms_are_told_apart_and_never_together() -> None:
    """Each combination of choices is an arm, over the numbers that were tried; so are a few points that were chosen."""
    few = summarise(made_up({"u": [1.0, 2.0]}, {"x": [0.0, 0.0, 4.0, 6.0], "first_f": [1.0, 2.0, math.nan, 3.0]}, 2))
    assert [group.name for group in few.groups] == ["u=1", "u=2"]
    assert few.outcomes["mean"].to_list() == [0.0, 5.0]
    assert few.times["share"].to_list() == [1.0, 0.5]
    many = [float(n) for n in range(FEW + 2)]
    results = made_up({"u": many, "lever": ["b", "a"] * (len(many) // 2)}, {}, 2)
    results.manifest["experiment"]["content"]["levers"] = {"lever": {"choices": {"a": {"title": "As it was"}, "b": {}}}}
    summary = summarise(results)
    assert [(group.name, group.title, len(group.points)) for group in summary.groups] == [
        ("lever=a", "As it was", 7),
        ("lever=b", "b", 7),
    ]
    assert [group.name for group in summarise(results, {"lever": "b"}).groups] == ["lever=b"]
    assert [len(group.points) for group in pooled(made_up({"u": many}, {}, 2)).groups] == [FEW + 2]
    with pytest.raises(BatchError, match='no choice of lever "c"'):
        summarise(results, {"lever": "c"})


def test_an_ending_counts_as_never_only_where_no_arm_has_it() -> None:
    """War comes in one arm of two, so that it is not among those that never come."""
    assert summarise(made_up({"l": ["a", "b"]}, {}, 2, ["war", "peace", "peace", "peace"])).never() == {}


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
    assert memory.endings["count"].sum() == 60
    assert memory.scores.height == 2 * len(memory.arms[0].scores) > 0
