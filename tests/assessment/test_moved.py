"""Whether it matters where main actors stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.assessment.backtest import backtest
from engine.assessment.card import card
from engine.assessment.measured import Sampled
from engine.assessment.moved import Moved, compared, moved, positions
from engine.assessment.plain import plain
from engine.assessment.questions import Question, questions_of
from engine.scenario.history import History
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.assessment.small import RUNS, SEED, small

WHAT = Moved("us", "status", 90.0, 80.0, None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, History]:
    """The small scenario and its history."""
    return small(tmp_path_factory.mktemp("small"))


def yes(values: list[float]) -> Sampled:
    """What a yes or no comes to in some runs."""
    return Sampled(np.array(values))


def test_main_actors_are_moved_where_they_differ(made: tuple[Scenario, History]) -> None:
    """Those whom people may play, by a tenth of the scale, and never off it."""
    scenario, _ = made
    assert list(positions(scenario)) == [
        ("russia", "status", 0.0, 10.0),
        ("us", "status", 90.0, 80.0),
        ("us", "status", 90.0, 100.0),
    ]
    alike = with_settings(scenario, {"actors.russia.stances.status.position": 85})
    assert list(positions(alike)) == []


def test_a_difference_is_judged_run_by_run(made: tuple[Scenario, History]) -> None:
    """Of two questions one moves in 40 of 100 runs, the other in one: 40 points, with the interval of 97.5 %."""
    first, second = (q for q in questions_of(*made) if q.target in ("declared_by", "calm"))
    before = yes([0.0] * 100), yes([0.0] * 100)
    after = yes([1.0] * 40 + [0.0] * 60), yes([1.0] + [0.0] * 99)
    found = compared(WHAT, (first, second), before, after)
    assert (found.question, found.questions) == (first, 1)
    assert found.difference == pytest.approx(0.4)
    error = np.sqrt(0.4 * 0.6 / 99)
    assert (found.low, found.high) == pytest.approx((0.4 - 2.2414 * error, 0.4 + 2.2414 * error), abs=1e-4)


def test_what_moves_nothing_is_said_to(made: tuple[Scenario, History]) -> None:
    """The same runs, or runs that differ both ways alike."""
    question: Question = next(q for q in questions_of(*made) if q.target == "declared_by")
    same = yes([0.0, 1.0] * 50)
    assert compared(WHAT, [question], [same], [same]) == WHAT
    other_way = yes([1.0, 0.0] * 50)
    assert compared(WHAT, [question], [same], [other_way]) == WHAT


def test_the_card_tells_it(made: tuple[Scenario, History]) -> None:
    """A line for each way; and nothing where it was not asked."""
    test = backtest(*made, RUNS, SEED)
    assert test.rule.sampled is not None
    found = list(moved(test.scenario, test.questions, test.rule.sampled, SEED))
    assert [(one.actor, one.moved_to) for one in found] == [("russia", 10.0), ("us", 80.0), ("us", 100.0)]
    told = replace(WHAT, question=test.questions[0], difference=0.25, low=0.1, high=0.4, questions=3)
    text = card(plain(test, [WHAT, told]), "brink backtest small-crisis")
    assert "| United States: `status` | 90 to 80 | nothing beyond chance |  |" in text
    most = "It is declared by the end of the year: +25.0 points (+10.0 to +40.0)"
    assert f"| United States: `status` | 90 to 80 | 3 questions | {most} |" in text
    assert "where main actors stand" not in card(plain(test), "brink backtest small-crisis")
