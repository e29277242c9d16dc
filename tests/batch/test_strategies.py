"""The search for good, dominant and dead options, where it is known which they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.batch.analysis.strategies import HOLD, RULE, Side, SideBySide, Strategy, how_many, search, sides
from engine.batch.design.agenda import Whenever
from engine.batch.design.policies import SEATS, OrdersSeat
from engine.batch.running.runner import play_out
from engine.rules import Rules
from tests.scenario.minimal import MINIMAL, load, replaced

SIMPLE = """\
scenario_format: 1
id: simple
title: One side, three buttons
start: 2007-11-20
end: 2008-01-29
step: 1w
issues:
  status: {title: Status, start: 50, scale: {0: low, 100: high}, assumed: for the test}
actors:
  us:
    title: Us
    playable: true
    stances: {status: {position: 100, salience: 1, assumed: for the test}}
  them: {title: Them}
actions:
  up: {title: Up, by: us, cooldown: 2w, tempo: 4w, effects: [{add: {status: 4}}], assumed: for the test}
  down: {title: Down, by: us, tempo: 4w, effects: [{add: {status: -4}}], assumed: for the test}
  nod: {title: Nod, by: us, tempo: 4w, assumed: for the test}
  push: {title: Push, by: them, tempo: 3w, effects: [{add: {status: -1}}], assumed: for the test}
endings: [{id: over, title: Over}]
"""


@pytest.fixture
def side(tmp_path: Path) -> Side:
    """What is found for the only side."""
    return search(Rules(load(tmp_path, SIMPLE)), "us", 60, seed=2)


def test_the_best_option_is_found_and_dominant(side: Side) -> None:
    """Up is all that helps: whoever leaves it out is worse off."""
    assert side.single is not None
    assert side.single.strategy.actions[0] == "up"
    assert side.single.score == side.scored[0].score
    assert side.dominant == "up"
    assert side.runner_up is not None
    assert side.runner_up.interval.low > 2.0
    assert "up" not in side.runner_up.strategy.actions


def test_dead_options_are_named(side: Side) -> None:
    """Down does harm, and a nod does nothing."""
    assert side.dead == ("down", "nod")


def test_scores_are_those_of_the_rules(tmp_path: Path) -> None:
    """Up in each turn in which it is rested, five times in ten weeks, on the same chance as alone."""
    rules = Rules(load(tmp_path, SIMPLE))
    strategy = Strategy(("up",), "hold")
    world = rules.open(2, 0, 60, times=2)
    play_out(rules, world, seats={"us": SideBySide((strategy.seat, HOLD.seat))})
    alone = rules.open(2, 0, 60)
    play_out(rules, alone, seats={"us": strategy.seat})
    assert np.array_equal(world.cells[:, :60], alone.cells)
    pushed = world.cells[rules.layout.rows[next(iter(rules.layout.rows))] + 1]
    assert np.array_equal(pushed[:60] - pushed[60:], np.full(60, 20.0))


def test_of_two_options_that_do_the_same_none_is_dominant(tmp_path: Path) -> None:
    """Each is as good as the other, turn after turn, and neither is dead."""
    twin = "  also: {title: Also, by: us, tempo: 4w, effects: [{add: {status: 4}}], assumed: for the test}\n"
    text = SIMPLE.replace("cooldown: 2w, ", "").replace("  down:", f"{twin}  down:")
    found = search(Rules(load(tmp_path, text)), "us", 60, seed=2)
    assert found.single is not None
    assert found.runner_up is not None
    assert found.runner_up.better == 0.0
    assert found.dominant is None
    assert found.dead == ("down", "nod")


def test_what_thinking_does_better_is_not_dominant(tmp_path: Path) -> None:
    """Up is best of all simple ways, but it costs where the status is high: the greedy one stops in time."""
    wise = SIMPLE.replace("effects: [{add: {status: 4}}]", 'effects: [{add: {status: "4 if status < 60 else -9"}}]', 1)
    found = search(Rules(load(tmp_path, wise)), "us", 60, seed=2)
    assert found.single is not None
    assert found.single.strategy.actions[0] == "up"
    assert found.scored[0].strategy.text == "greedy"
    assert found.dominant is None


def test_each_policy_decides_in_its_own_runs(tmp_path: Path) -> None:
    """Side by side they do what they do alone, the random one included."""
    rules = Rules(load(tmp_path, MINIMAL))
    policies = (
        SEATS["rule"],
        SEATS["random"],
        Whenever(("recognise", "table_resolution"), SEATS["greedy"]),
        SEATS["hold"],
    )
    together = rules.open(4, 10, 25, times=len(policies))
    play_out(rules, together, seats={"us": SideBySide(policies)})
    for number, policy in enumerate(policies):
        alone = rules.open(4, 10, 25)
        play_out(rules, alone, seats={"us": policy})
        assert np.array_equal(together.cells[:, number * 25 : (number + 1) * 25], alone.cells), number


def test_an_action_that_is_legal_is_taken_at_the_best_target(tmp_path: Path) -> None:
    """Russia warns whenever the air is thick, and whom it gains most by."""
    rules = Rules(
        load(
            tmp_path,
            replaced(
                "effects: [{when: target.is.us, add: {unrest: 0.02}}]",
                "effects: [{when: target.is.us, add: {status: -2}}]",
            ),
        )
    )
    world = rules.open(1, 0, 4)
    play_out(
        rules, world, seats={"russia": Whenever(("warn",), SEATS["hold"]), "us": OrdersSeat(), "kosovo": SEATS["hold"]}
    )
    held = rules.open(1, 0, 4)
    play_out(rules, held, seats={"russia": SEATS["hold"], "us": OrdersSeat(), "kosovo": SEATS["hold"]})
    assert (world.cells[1] <= held.cells[1]).all()


def test_every_strategy_is_tried_and_counted(side: Side, tmp_path: Path) -> None:
    """Four policies by name, each action twice, and the ordered pairs of the best three."""
    rules = Rules(load(tmp_path, SIMPLE))
    assert len(side.scored) == how_many(rules, "us") == 4 + 2 * 3 + 6
    assert {RULE, HOLD} <= {scored.strategy for scored in side.scored}
    assert sides(rules) == ("us",)
