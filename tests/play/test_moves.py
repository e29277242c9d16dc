"""Several moves a turn: what a seat may take, how it is recorded, foreseen and ordered."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.play import Game, IllegalMoveError
from engine.play.forecast import chance_ahead, forecasts, in_slots, look_ahead
from engine.play.orders import OrdersError, read_orders
from engine.play.policies import HoldPolicy, Order, Policy, ScriptPolicy
from engine.rules import Rules
from engine.rules.options import Option
from tests.play.tables import TABLE, TWO_MOVES, WARN_KOSOVO, WARN_US, two_moves
from tests.scenario.minimal import check, edited
from tests.scenario.minimal import load as load_minimal


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The crisis with two moves a turn."""
    return two_moves(tmp_path)


def game_of(rules: Rules, *plan: Option) -> Game:
    """A game in which Russia does this in the first turn, and the others nothing."""
    seats: dict[str, Policy] = {"russia": ScriptPolicy({0: Order(plan)}), "us": HoldPolicy(), "kosovo": HoldPolicy()}
    return Game(rules, 2, seats=seats)


def test_both_moves_are_recorded_and_told_in_the_order_in_which_they_were_chosen(rules: Rules) -> None:
    """Each with its news."""
    game = game_of(rules, WARN_KOSOVO, WARN_US)
    game.step()
    assert [move.option for move in game.turns[0].moves] == [WARN_KOSOVO, WARN_US]
    assert [d.text for d in game.turns[0].dispatches if d.kind == "move"] == [
        "Russia warns Kosovo.",
        "Russia warns the United States.",
    ]


def test_two_moves_do_to_the_world_what_each_of_them_does(rules: Rules) -> None:
    """Only the warning to the United States stirs unrest; order changes nothing."""
    both, other_way = game_of(rules, WARN_US, WARN_KOSOVO), game_of(rules, WARN_KOSOVO, WARN_US)
    one, none = game_of(rules, WARN_US), game_of(rules)
    for game in (both, other_way, one, none):
        game.step()
    assert both.digest() == other_way.digest()
    assert both.turns[0].values == one.turns[0].values != none.turns[0].values


def test_choices_in_slots_are_choices(rules: Rules) -> None:
    """One slot is the same as none, and an empty second slot changes nothing."""
    choice = np.array([[rules.number_of[WARN_US]], [rules.number_of[TABLE]], [-1]])
    cells = []
    for moves in (choice, in_slots(choice, 1), in_slots(choice, 3)):
        world = rules.open(3)
        rules.open_pace(world)
        rules.play_pace(world, rules.appraise(world), moves)
        cells.append(world.cells)
    assert np.array_equal(cells[0], cells[1])
    assert np.array_equal(cells[0], cells[2])


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ((WARN_US, WARN_US), "a seat may make 2 different moves a turn, not warn:us, warn:us"),
        ((WARN_US, Option("russia", "recognise")), "recognise is not legal"),
    ],
)
def test_what_a_seat_may_not_take_together_is_refused(rules: Rules, plan: tuple[Option, ...], words: str) -> None:
    """And nothing has changed."""
    game = game_of(rules, *plan)
    before = game.digest()
    with pytest.raises(IllegalMoveError, match=words):
        game.step()
    assert (game.digest(), game.turns) == (before, [])


def test_without_a_word_of_it_a_seat_makes_one_move(tmp_path: Path) -> None:
    """The budget is one where the scenario says nothing."""
    rules = Rules(load_minimal(tmp_path, edited(TWO_MOVES, moves_per_turn="")))
    with pytest.raises(IllegalMoveError, match="a seat may make one move a turn"):
        game_of(rules, WARN_US, WARN_KOSOVO).step()


@pytest.mark.parametrize("most", ["0", "13", "1.5"])
def test_a_budget_is_from_one_to_twelve(tmp_path: Path, most: str) -> None:
    """Anything else is told at its place."""
    (problem,) = check(tmp_path, edited(TWO_MOVES, moves_per_turn=most)).errors
    assert "moves_per_turn" in str(problem)


def test_an_actor_decided_by_the_rule_makes_one_move_at_most(rules: Rules) -> None:
    """Whatever the budget of seats."""
    for run in range(30):
        for turn in Game(rules, 6, run).play():
            movers = [move.option.actor for move in turn.moves]
            assert len(movers) == len(set(movers))


def test_plans_of_several_moves_are_foreseen(rules: Rules) -> None:
    """A plan of one option is what that option was; the plans of two actors stand side by side."""
    world = game_of(rules).world
    _, both = look_ahead(rules, world, "russia", [(), (WARN_US, WARN_KOSOVO)], 40)
    (alone,) = look_ahead(rules, world, "russia", [(WARN_US, WARN_KOSOVO)], 40)
    assert np.array_equal(both.scores, alone.scores)
    hold, tables = look_ahead(rules, world, "us", [(), (TABLE,)], 40)
    side_by_side = forecasts(rules, world, [{"russia": (WARN_US,)}, {"us": (TABLE,)}], chance_ahead(world, 0, 40))
    assert np.array_equal(side_by_side[1].scores, tables.scores)
    assert not np.array_equal(hold.scores, tables.scores)


def orders(rules: Rules, tmp_path: Path, text: str) -> ScriptPolicy:
    """The orders of a file, for Russia."""
    (tmp_path / "orders.yaml").write_text(text, encoding="utf-8")
    return read_orders(tmp_path / "orders.yaml", rules, "russia")


def test_orders_may_name_several_moves(rules: Rules, tmp_path: Path) -> None:
    """``moves`` beside ``move``."""
    policy = orders(rules, tmp_path, "orders: {0: {moves: [warn:us, warn:kosovo], votes: {table_resolution: no}}}")
    assert policy.orders == {0: Order((WARN_US, WARN_KOSOVO), {"table_resolution": -1})}


@pytest.mark.parametrize(
    ("moves", "place", "words"),
    [
        ("[warn:us, warn:kosovo, recognise]", "1:21", "has 3 moves: a seat may make 2 a turn in this scenario"),
        ("[warn:us, warn:us]", "1:31", '"warn:us" is in this order already'),
        ("[warn:us, warn:them]", "1:31", 'unknown target "them" of warn'),
    ],
)
def test_moves_that_do_not_go_together_are_told_at_their_place(
    rules: Rules, tmp_path: Path, moves: str, place: str, words: str
) -> None:
    """Line and column, and what is allowed."""
    with pytest.raises(OrdersError) as caught:
        orders(rules, tmp_path, f"orders: {{0: {{moves: {moves}}}}}")
    (problem,) = caught.value.problems
    assert f":{place}: error: " in str(problem)
    assert words in str(problem)


def test_a_question_that_is_the_second_move_is_put_to_the_vote(rules: Rules, tmp_path: Path) -> None:
    """Whichever slot it stands in; the votes that were ordered are cast."""
    text = TWO_MOVES.replace("by: russia\n", "by: [russia, us]\n").replace("targets: [us, kosovo]", "targets: [kosovo]")
    rules = Rules(load_minimal(tmp_path, text))
    plan = (Option("us", "warn", "kosovo"), TABLE)
    game = Game(rules, 2, seats={"us": ScriptPolicy({0: Order(plan, {"table_resolution": -1})})})
    game.step()
    (vote,) = game.turns[0].votes
    assert (vote.question, "us" in vote.no) == ("table_resolution", True)
