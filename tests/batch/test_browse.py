"""Looking through the runs of a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch import BatchError, Results, run_plan
from engine.batch.analysis.browse import (
    RARE,
    Wanted,
    arms,
    browsed,
    endings_of,
    median_run,
    odd_ones,
    page_of,
    place_of,
    run_of,
)
from engine.batch.storage.recall import arm_in, base_of
from tests.batch.batches import small_plan


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Sixty runs at each of two values."""
    plan = small_plan(tmp_path, runs=60, vary=["actors.us.stances.status.salience=0.1,0.9"])
    run_plan(plan, tmp_path / "out")
    return Results.open(tmp_path / "out")


def test_pages_hold_every_run_once(results: Results) -> None:
    """Pages of seven together are the whole table, in its order."""
    seen = [row for first in range(0, 120, 7) for row in page_of(results, Wanted(), first, 7).rows]
    assert [(row.run, row.point) for row in seen] == [(run, point) for run in range(60) for point in (0, 1)]
    assert page_of(results, Wanted(), 9999, 7).first == 119


def test_filters_and_orders_hold(results: Results) -> None:
    """Only runs of the point and ending that are wanted, the highest number first."""
    ending = max(endings_of(results, 1).shares.items(), key=lambda item: item[1].count)[0]
    page = page_of(results, Wanted(1, ending, "score_us"))
    assert page.total == endings_of(results, 1).shares[ending].count
    assert {(row.point, row.ending) for row in page.rows} == {(1, ending)}
    scores = [row.numbers["score_us"] for row in page.rows]
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]


def test_a_run_is_found_where_its_page_has_it(results: Results) -> None:
    """The place of a run is that in the order that is wanted, and there is none where it is filtered out."""
    wanted = Wanted(order="score_us")
    row = run_of(results, 1, 17)
    assert row is not None
    place = place_of(results, wanted, row)
    assert place is not None
    assert page_of(results, wanted, place, 1).rows == (row,)
    assert place_of(results, Wanted(point=0), row) is None
    assert run_of(results, 1, 60) is None


def test_the_median_run_has_as_many_below_as_above(results: Results) -> None:
    """Of sixty runs the one in the middle has 29 before it and 30 after."""
    found = median_run(results, Wanted(0), "score_us")
    assert found is not None
    scores = sorted(row.numbers["score_us"] for row in page_of(results, Wanted(0)).rows)  # type: ignore[type-var]
    assert found.row.numbers["score_us"] == scores[29]


def test_odd_ones_are_rare_or_far(results: Results) -> None:
    """Runs of rare endings come first; the others in the order of their distance, with the column that says most."""
    found = odd_ones(results, Wanted(0), most=60)
    assert [one.is_rare for one in found] == sorted((one.is_rare for one in found), reverse=True)
    assert all(one.is_rare == (one.same <= RARE * one.of) for one in found)
    common = [one for one in found if not one.is_rare]
    assert abs(common[0].deviations) >= abs(common[-1].deviations)
    assert {one.of for one in found} == {60}


def test_arms_are_made_again_as_they_were(results: Results) -> None:
    """The scenario of a point has its setting, and the base is the one whose hash the manifest has."""
    assert [point for point, _said in arms(results)] == [0, 1]
    assert arm_in(results, 0).scenario.actors["us"].stances["status"].salience == 0.1
    assert arm_in(results, 1).scenario.actors["us"].stances["status"].salience == 0.9
    assert base_of(results).actors["us"].stances["status"].salience == 0.5
    assert set(browsed(results)) == {"score_russia", "score_us"}
    with pytest.raises(BatchError, match="no design point 2"):
        arm_in(results, 2)


def test_a_manifest_that_was_changed_is_not_believed(results: Results) -> None:
    """A scenario that does not fit its own hash is refused."""
    results.manifest["scenario"]["content"]["title"] = "Another"
    with pytest.raises(BatchError, match="has been changed"):
        base_of(results)
