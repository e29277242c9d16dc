"""What becomes of a promise, from what was counted."""

from __future__ import annotations

import pytest

from engine.batch.running.expectations import FAIL, PASS, UNSURE, Counted, judge, runs_needed, verdict
from engine.batch.statistics import Share, share_of, wilson
from engine.scenario.models import Expectation


@pytest.mark.parametrize(
    ("bound", "counted", "wanted"),
    [
        ({"at_most": 0.5}, (0, 0), UNSURE),
        ({"at_most": 0.5}, (0, 3), UNSURE),
        ({"at_most": 0.5}, (0, 30), PASS),
        ({"at_least": 0.5}, (3, 3), UNSURE),
        ({"at_least": 0.5}, (30, 30), PASS),
        ({"at_most": 0.5}, (30, 30), FAIL),
        ({"at_most": 0.0}, (0, 30), PASS),
        ({"at_most": 0.0}, (1, 1000), FAIL),
        ({"at_least": 1.0}, (30, 30), PASS),
        ({"between": (0.4, 0.6)}, (500, 1000), PASS),
        ({"between": (0.4, 0.6)}, (5, 10), UNSURE),
    ],
)
def test_a_promise_is_kept_where_the_whole_interval_is_within_its_bounds(
    bound: dict[str, object], counted: tuple[int, int], wanted: str
) -> None:
    """Too few runs, or none, tell nothing; a promise of none, or of all, is kept as long as no run breaks it."""
    expectation = Expectation.model_validate({"chance": "a", "because": "it is a test", **bound})
    assert verdict(expectation, Counted(*counted)).verdict == wanted


@pytest.mark.parametrize(
    ("found", "bounds", "needed"),
    [((5, 100), (0.0, 0.1), 140), ((45, 100), (0.5, 1.0), 390), ((50, 100), (0.5, 1.0), None)],
)
def test_it_is_said_how_many_runs_would_tell(
    found: tuple[int, int], bounds: tuple[float, float], needed: int | None
) -> None:
    """Enough, and not many more; on the bound itself no number is."""
    share = share_of(*found)
    assert judge(share, *bounds) == UNSURE
    said = runs_needed(share, *bounds)
    assert said == needed
    if said is not None:
        assert judge(Share(*found, *wilson(share.share, said)), *bounds) != UNSURE
        assert judge(Share(*found, *wilson(share.share, said * 0.9)), *bounds) == UNSURE
