"""Orders from a file: what is meant, and what is wrong with it and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import Game
from engine.play.orders import OrdersError, read_orders, turn_at
from engine.play.policies import BUILT_IN, BY_RULE, Order
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, NO, YES
from tests.scenario.minimal import load


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The minimal scenario, compiled."""
    return Rules(load(tmp_path))


def told(rules: Rules, tmp_path: Path, text: str, actor: str = "us") -> list[str]:
    """What is wrong with some orders, each problem from its line on."""
    path = tmp_path / "orders.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OrdersError) as caught:
        read_orders(path, rules, actor)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_every_way_to_write_an_order(rules: Rules, tmp_path: Path) -> None:
    """By turn and by day, with target and votes; no, yes and abstain are words."""
    path = tmp_path / "orders.yaml"
    path.write_text(
        "orders:\n"
        "  0: hold\n"
        "  1: rule\n"
        "  2007-12-04: warn:us\n"
        "  2007-12-13: {move: recognise, votes: {table_resolution: no}}\n"
        "otherwise: greedy\n"
        "standing_votes: {table_resolution: abstain}\n"
    )
    policy = read_orders(path, rules, "russia")
    assert policy.orders == {
        0: Order(None, {}),
        1: Order(BY_RULE, {}),
        2: Order(Option("russia", "warn", "us"), {}),
        3: Order(Option("russia", "recognise"), {"table_resolution": NO}),
    }
    assert policy.otherwise == BUILT_IN["greedy"]
    assert policy.standing == {"table_resolution": ABSTAIN}


def test_orders_decide_a_game(rules: Rules, tmp_path: Path) -> None:
    """The move and the vote are those of the file."""
    path = tmp_path / "orders.yaml"
    path.write_text("orders: {0: {move: table_resolution, votes: {table_resolution: yes}}}")
    game = Game(rules, 1, seats={"us": read_orders(path, rules, "us")})
    game.step()
    (vote,) = game.turns[0].votes
    assert "us" in vote.yes
    assert game.seat_moves[0]["us"].votes == {"table_resolution": YES}


def test_an_empty_mapping_means_to_hold(rules: Rules, tmp_path: Path) -> None:
    """No orders are orders to do nothing."""
    path = tmp_path / "orders.yaml"
    path.write_text("orders: {}")
    policy = read_orders(path, rules, "us")
    assert (policy.orders, policy.otherwise) == ({}, BUILT_IN["hold"])


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("orders: {0: recognize}", "1:13", 'unknown action "recognize", did you mean "recognise"?'),
        ("orders: {0: declare}", "1:13", 'us can\'t "declare": that is for kosovo'),
        ("orders: {0: recognise:russia}", "1:13", "recognise has no target: write recognise"),
        ('orders: {0: "recognise:"}', "1:13", "recognise has no target: write recognise"),
        ("orders: {10: hold}", "1:10", '"10" is no turn: write a number from 0 to 9, or a day from 2007-11-20'),
        ("orders: {2008-01-29: hold}", "1:10", "to 2008-01-28"),
        ("orders: {2007-11-19: hold}", "1:10", "is no turn"),
        ("orders: {2007-13-01: hold}", "1:10", "is no turn"),
        ("orders: {1.5: hold}", "1:10", '"1.5" is no turn'),
        ("orders:\n  0: hold\n  2007-11-26: rule", "3:3", "turn 0 has an order already, in line 2"),
        ("orders: {0: [hold]}", "1:13", "an order is an action, hold, rule, or {move: ..., votes: {...}}"),
        ("orders: {0: }", "1:13", "an order is an action"),
        ("orders: {0: {votes: {}}}", "1:13", "an order needs move or moves"),
        ("orders: {0: {move: hold, moves: [recognise]}}", "1:13", "choose one of move, moves"),
        ("orders: {0: {moves: []}}", "1:21", "at least 1"),
        ("orders: {0: {moves: [recognize]}}", "1:22", 'unknown action "recognize", did you mean "recognise"?'),
        ("orders: {0: {moves: [hold]}}", "1:22", '"hold" is no move among others: write move: hold'),
        ("orders: {0: {move: hold, vote: {}}}", "1:26", 'unknown key "vote", did you mean "votes"?'),
        ("orders: {0: {move: hold, votes: {table: no}}}", "1:34", 'unknown question "table"'),
        ("orders: {0: {move: hold, votes: {table_resolution: nope}}}", "1:52", "a vote is yes, abstain or no"),
        ("standing_votes: {table_resolution: true}", "1:36", "a vote is yes, abstain or no"),
        ("otherwise: gredy", "1:12", "should be 'hold', 'rule', 'greedy' or 'random'"),
        ("order: {}", "1:1", 'unknown key "order", did you mean "orders"?'),
        ("[]", "1:1", "should be a mapping"),
        ("", "1:1", "the file is empty"),
        ("orders: {0: &a hold}", "1:13", "anchors are not allowed"),
        ("orders: {0: hold, 0: rule}", "1:19", "duplicate key"),
        ('orders: {0: "\\e[31m"}', "1:13", "can't be seen"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(rules: Rules, tmp_path: Path, text: str, where: str, words: str) -> None:
    """Line, column, and the nearest spelling."""
    (problem,) = told(rules, tmp_path, text)
    assert problem.startswith(f"{where}: error: ")
    assert words in problem


def test_targets_are_checked(rules: Rules, tmp_path: Path) -> None:
    """An action at somebody needs somebody whom it may be directed at."""
    (missing,) = told(rules, tmp_path, "orders: {0: warn}", "russia")
    assert "warn needs a target: write warn:us, or another of us and kosovo" in missing
    (unknown,) = told(rules, tmp_path, "orders: {0: warn:kosova}", "russia")
    assert 'unknown target "kosova" of warn, did you mean "kosovo"?' in unknown


def test_only_members_vote(tmp_path: Path) -> None:
    """A seat that an actor takes later is a seat."""
    rules = Rules(load(tmp_path))
    path = tmp_path / "orders.yaml"
    path.write_text("standing_votes: {table_resolution: yes}")
    assert read_orders(path, rules, "kosovo").standing == {"table_resolution": YES}
    text = (tmp_path / "scenario.yaml").read_text().replace(", {actor: kosovo, from: 2008-01-01}", "")
    rules = Rules(load(tmp_path, text))
    (problem,) = told(rules, tmp_path, "standing_votes: {table_resolution: yes}", "kosovo")
    assert 'kosovo has no seat in council, which decides "table_resolution"' in problem


def test_every_problem_is_told_at_once(rules: Rules, tmp_path: Path) -> None:
    """In the order of the file."""
    problems = told(rules, tmp_path, "orders: {0: fly, 1: swim, 99: hold}\nstanding_votes: {x: no}\n")
    assert [problem.split(": ")[0] for problem in problems] == ["1:13", "1:21", "1:27", "2:18"]


@pytest.mark.parametrize(("text", "turn"), [("0", 0), ("9", 9), ("10", None), ("2007-11-26", 0), ("2007-11-27", 1)])
def test_a_day_means_the_turn_that_covers_it(rules: Rules, text: str, turn: int | None) -> None:
    """From its opening to the day before the next."""
    assert turn_at(rules.scenario, text) == turn
