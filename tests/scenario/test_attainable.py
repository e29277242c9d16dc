"""What can come about: the estimate is generous, so that nothing it rules out ever happens in a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.expressions import ranges
from engine.rules import Rules
from engine.rules.layout import NOT_ASKED
from engine.scenario.attainable import Attainable
from engine.scenario.intervals import interval_of
from engine.scenario.load import check_scenario
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.parsing import Parser
from tests.asked import LOST_PLANE
from tests.fuzz.effort import cases
from tests.scenario.minimal import MINIMAL, check, load, replaced
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts

NEARNESS = 1e-9
RUNS = 40


def check_runs(scenario: Scenario, seed: int) -> None:
    """No run ever leaves what is attainable."""
    state = Attainable(scenario, Parser(scenario))
    rules = Rules(scenario)
    world = rules.open(seed, runs=RUNS)
    rows = [(rules.layout.rows[place], low, high) for place, (low, high) in state.ranges.items()]
    numbers = np.array([row for row, _, _ in rows])
    asked = np.isin(numbers, list(rules.layout.asked))[:, np.newaxis]
    lows, highs = (np.array([bound[side] for bound in rows])[:, np.newaxis] for side in (1, 2))
    for _ in range(scenario.timeline.paces):
        cells = np.where(asked, world.cells[numbers] != NOT_ASKED, world.cells[numbers])
        assert (cells >= lows - NEARNESS).all()
        assert (cells <= highs + NEARNESS).all()
        rules.step(world)


@pytest.mark.slow
@settings(
    max_examples=cases(18), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(scenario_texts(), st.integers(0, 2**32))
def test_drawn_scenarios_stay_within(text: str, seed: int):
    """Whatever a scenario does, its state stays within what was found to be attainable."""
    check_runs(load_text(text), seed)


def test_minimal_scenario_stays_within(tmp_path):
    """The same for a plain scenario."""
    check_runs(load(tmp_path, MINIMAL), 1)


def state_of(tmp_path: Any, text: str) -> Attainable:
    """What is attainable in a scenario."""
    scenario = load(tmp_path, text)
    return Attainable(scenario, Parser(scenario))


def test_what_nothing_changes_stays(tmp_path):
    """Flags nobody sets are no, positions nobody moves are where they were, chances of none change nothing."""
    state = state_of(tmp_path, MINIMAL)
    assert state.ranges[Reference("actor_flag", "recognised", "kosovo")] == (0, 0)
    assert state.ranges[Reference("actor_flag", "recognised", "us")] == (0, 1)
    assert state.ranges[Reference("position", "status", "us")] == (90, 90)
    assert state.ranges[Reference("position", "status", "russia")] == (0, 100)
    assert state.ranges[Reference("issue", "status")] == (0, 100)
    still = state_of(tmp_path, replaced("{chance: 0.3, add: {unrest: 0.1}}", "{chance: 0, add: {unrest: 0.1}}"))
    assert still.ranges[Reference("value", "unrest")] == (0, 1)


def test_what_only_grows_never_falls(tmp_path):
    """An amount that is never below zero leaves the lower end where it was."""
    text = replaced("fail: [{add: {status: -1}}]", "fail: [{add: {status: 1}}]")
    assert state_of(tmp_path, text).ranges[Reference("issue", "status")] == (35, 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(recognised, powers)", (0, 2)),
        ("count(recognised, actors)", (0, 2)),
        ("share(recognised, actors)", (0, 2 / 3)),
        ("all(recognised, actors)", (0, 0)),
        ("any(recognised, actors)", (0, 1)),
        ("mean(salience.status, powers)", (0.5, 0.9)),
        ("highest(capability, actors)", (0, 0.9)),
        ("recognised.kosovo or declared", (0, 1)),
        ("days_since.recognised.kosovo", (-1, -1)),
        ("days_since.deadline", (-20, 50)),
        ("day / 7 if recognised.kosovo else -day", (-70, 0)),
        ("ratio(unrest, 1 + unrest, 0) < 2", (1, 1)),
        ("tension", (0, 1.1)),
        ("position.us.status - salience.us.status * 10", (85, 85)),
        ("not (0 < status <= 100) and day > 999", (0, 0)),
    ],
)
def test_intervals_of_expressions(tmp_path, text, expected):
    """Actors whose flags are certain count as certain, and each name has its attainable range."""
    state = state_of(tmp_path, MINIMAL)
    found = state.interval(state.parser.expression(text))
    assert found == pytest.approx(expected)


def test_nothing_known_leaves_the_declared_interval(tmp_path):
    """Without further knowledge an interval is the one that the parser found."""

    class Declared:
        def of(self, symbol: Any) -> ranges.Range:
            return symbol.low, symbol.high

        def of_member(self, member: Any, actor: str) -> ranges.Range:
            return member.low, member.high

    parser = Parser(load(tmp_path, MINIMAL))
    texts = ["clamp(status, 0, 50) / 2", "-unrest", "count(recognised, powers) > 1", "status if declared else unrest",
             "exp(unrest) + logistic(status)", "total(position.status, powers)"]  # fmt: skip
    for text in texts:
        parsed = parser.expression(text)
        assert interval_of(parsed.root, Declared()) == (parsed.low, parsed.high)


def test_a_reply_can_come_about_once_what_it_replies_to_can(tmp_path: Path) -> None:
    """Also a reply to a reply; but two that only reply to each other never begin."""
    replies = {
        "first": "{title: First, by: us, reply_to: {action: warn, within: 4w}, tempo: 1w, assumed: for the test}",
        "second": "{title: Next, by: russia, reply_to: {action: first, within: 4w}, tempo: 1w, assumed: for the test}",
        "here": "{title: Here, by: us, reply_to: {action: there, within: 4w}, tempo: 1w, assumed: for the test}",
        "there": "{title: There, by: russia, reply_to: {action: here, within: 4w}, tempo: 1w, assumed: for the test}",
    }
    text = replaced("dynamics:", "".join(f"  {name}: {action}\n" for name, action in replies.items()) + "dynamics:")
    report = check(tmp_path, text)
    assert [problem.where for problem in report.errors] == ["actions.here.reply_to", "actions.there.reply_to"]


def test_an_answer_that_asks_not_to_be_asked_is_refused_where_it_says_so(tmp_path: Path) -> None:
    """At its own condition: that it has to be asked is written by nobody."""
    text = (LOST_PLANE / "scenario.yaml").read_text(encoding="utf-8")
    wrong = text.replace("when: not war}", "when: not self.asked.open_the_line}")
    (tmp_path / "scenario.yaml").write_text(wrong, encoding="utf-8")
    (problem,) = check_scenario(tmp_path, {}).errors
    assert (problem.code, problem.where) == ("E601", "asks.open_the_line.answers.keep.when")
    assert "contradicts what else has to hold" in problem.message
