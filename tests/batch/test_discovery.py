"""Discovery: PRIM finds a box that was planted, and says what is worth nothing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import binomtest  # type: ignore[import-untyped, unused-ignore]

from engine.batch.analysis.discovery import Limit, by_rows, discover, in_words
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from tests.batch.made_up import made_up

pytest.importorskip("ema_workbench")

POINTS, RUNS = 400, 10


@pytest.fixture(scope="module")
def planted() -> Results:
    """War in nine of ten runs where a is above 0.6 and the lever is ``two``; elsewhere in one of ten."""
    rng = np.random.default_rng(1)
    a, b = rng.random(POINTS), rng.random(POINTS)
    lever = rng.choice(["one", "two", "three"], POINTS)
    chance = np.where((a > 0.6) & (lever == "two"), 0.9, 0.1)
    war = rng.random((POINTS, RUNS)) < chance[:, np.newaxis]
    endings = np.where(war.ravel(), "war", "peace").tolist()
    titles = {"lever": {"one": "First", "two": "Second", "three": "Third"}}
    designs = {"a": a.tolist(), "b": b.tolist(), "lever": lever.tolist()}
    return made_up(designs, {}, RUNS, endings, levers=titles)


@pytest.mark.slow
def test_planted_box_is_found(planted: Results) -> None:
    """Both of its limits, no other, with nearly all of the cases and hardly anything else."""
    found = discover(planted, "ending.war")
    limits = {limit.name: limit for limit in found.limits}
    assert set(limits) == {"a", "lever"}
    assert limits["lever"].choices == ("two",)
    assert limits["a"].low == pytest.approx(0.6, abs=0.06)
    assert limits["a"].high is None
    assert found.step.coverage > 0.9
    assert found.step.density > 0.9
    assert found.inside == pytest.approx(0.9, abs=0.06)
    assert found.outside == pytest.approx(0.1, abs=0.04)
    assert all(limit.quasi_p < 0.001 for limit in found.limits)
    assert in_words(planted, limits["lever"]) == "Second"


@pytest.mark.slow
def test_peeling_begins_with_everything(planted: Results) -> None:
    """Coverage falls from 1 along the steps, and any step may be chosen."""
    found = discover(planted, "ending.war")
    assert (found.steps[0].coverage, found.steps[0].mass, found.steps[0].limits) == (1.0, 1.0, 0)
    assert found.steps[0].density == found.cases / found.points
    assert found.frame.height == len(found.steps)
    assert discover(planted, "ending.war", step=0).limits == ()
    with pytest.raises(BatchError, match="there is no step 999"):
        discover(planted, "ending.war", step=999)


@pytest.mark.slow
def test_rare_things_are_looked_for_where_they_are_least_rare() -> None:
    """What no point has in half its runs is sought in the upper quarter of the points."""
    rng = np.random.default_rng(2)
    a = rng.random(POINTS)
    war = rng.random((POINTS, RUNS)) < np.where(a < 0.25, 0.2, 0.0)[:, np.newaxis]
    results = made_up({"a": a.tolist()}, {}, RUNS, np.where(war.ravel(), "war", "peace").tolist())
    found = discover(results, "ending.war")
    assert 0 < found.cut < 0.5
    assert found.limits[0].high == pytest.approx(0.25, abs=0.05)


def test_what_can_not_be_found_is_said(planted: Results) -> None:
    """Nothing, everything, too few points, or a number in the place of a condition."""
    with pytest.raises(BatchError, match="no run has it"):
        discover(planted, "day > 100")
    with pytest.raises(BatchError, match="every design point has it"):
        discover(planted, "day < 100")
    with pytest.raises(BatchError, match="at least 40 design points; there are 2"):
        discover(made_up({"u": [1.0, 2.0]}, {}, 2), "ending.war")
    with pytest.raises(BatchError, match="--when: "):
        discover(planted, "day")


def test_copies_of_a_row_make_no_limit_surer() -> None:
    """Each row at four choices that change nothing is one case; points that differ keep what PRIM says."""
    a, b = np.arange(60) / 60, np.random.default_rng(2).random(60)
    cases = (a > 0.5) & (np.arange(60) % 3 > 0)
    limit = Limit("a", "a", 0.5, None, (), 1e-9)
    once = pl.DataFrame({"a": a, "b": b})
    (kept,) = by_rows([limit], once, cases)
    assert kept.quasi_p == 1e-9
    fourfold = pl.DataFrame({"a": np.repeat(a, 4), "b": np.repeat(b, 4), "same": list("wxyz") * 60})
    (judged,) = by_rows([limit], fourfold, np.repeat(cases, 4))
    within = a >= 0.5
    expected = binomtest(int(cases[within].sum()), int(within.sum()), cases.mean(), alternative="greater").pvalue
    assert judged.quasi_p == pytest.approx(expected)
