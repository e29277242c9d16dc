"""Rules, games, sessions and results are pickled and copied, here and in other processes."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from engine import batch
from engine.play.game import Game
from engine.play.levels import LEVELS
from engine.play.policies import BUILT_IN, Order
from engine.play.session import Session
from engine.play.under_way import IllegalMoveError
from engine.rules import Rules
from engine.rules.options import Option
from engine.scenario.load import load_scenario
from engine.scenario.problems import Problem, ScenarioError


def pickled(thing: Any) -> Any:
    """Through bytes and back."""
    return pickle.loads(pickle.dumps(thing))


WAYS: tuple[Callable[[Any], Any], ...] = (pickled, copy.copy, copy.deepcopy)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Cuba, compiled."""
    return Rules(load_scenario("cuba-1962"))


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_rules_play_the_same_game(rules: Rules, way: Callable[[Any], Any]) -> None:
    """To the last bit."""
    again = way(rules)
    assert again.scenario == rules.scenario
    assert (batch.run(again, 20, seed=3).scores == batch.run(rules, 20, seed=3).scores).all()


@pytest.mark.slow
def test_what_a_side_believes_outlives_a_save(rules: Rules) -> None:
    """As many worlds and the same weights, though the past was played again before it was known who sits there."""
    session = Session.new(rules, 2, people=("ussr",), level=LEVELS["student"])
    session.end_turn()
    believed = session.game.believe("ussr")
    assert believed is not None
    found = Session.of(session.journal(), rules).game.believe("ussr")
    assert found is not None
    assert found.weights.tolist() == believed.weights.tolist()
    assert (found.world.cells == believed.world.cells).all()


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_game_goes_on_by_itself(rules: Rules, way: Callable[[Any], Any]) -> None:
    """A copy stands where the game stood, has its seats, and does not move with it."""
    game = Game(rules, 5, seats={"ussr": BUILT_IN["random"]}, people=["us"])
    for _ in range(3):
        game.step()
    at = game.digest()
    again = way(game)
    game.play()
    assert (again.digest(), again.people, again.policies()) == (at, game.people, game.policies())
    again.play()
    assert again.turns == game.turns
    assert again.digest() == game.digest()


def test_a_copy_believes_the_same(rules: Rules) -> None:
    """It knows who is held not to go by the rule while it is played again, too."""
    game = Game(rules, 2, people=["ussr"])
    game.free_sides = frozenset({"ussr", "us"})
    for _ in range(2):
        game.step({"ussr": Order(None)})
    one, other = (each.believe("ussr") for each in (game, pickled(game)))
    assert one is not None and other is not None
    assert (one.world.cells.shape, one.logs.tolist()) == (other.world.cells.shape, other.logs.tolist())


def test_a_game_over_is_copied(rules: Rules) -> None:
    """Its end and all."""
    game = Game(rules, 1)
    game.play()
    assert pickled(game).ending == game.ending


@pytest.mark.parametrize("way", WAYS)
def test_a_session_keeps_its_orders_and_what_can_be_undone(rules: Rules, way: Callable[[Any], Any]) -> None:
    """What was chosen in the open turn is chosen in the copy."""
    session = Session.new(rules, 1, people=["us"])
    chosen = session.view("us").legal[0].option
    session.choose("us", chosen)
    again = way(session)
    assert again.orders("us") == session.orders("us")
    assert again.undo()
    assert not again.can_undo


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_results_say_the_same(rules: Rules, way: Callable[[Any], Any]) -> None:
    """Results in memory and those of a batch of rules."""
    results = batch.run_plan(batch.plan_from_arguments(rules.scenario, runs=30, seed=2))
    again = way(results)
    assert again.runs.collect().equals(results.runs.collect())
    assert again.tallies.shares() == results.tallies.shares()
    counted = batch.run(rules, 30, seed=2)
    assert way(counted).shares() == counted.shares() == results.tallies.shares()


def test_what_is_shown_at_the_prompt_is_short(rules: Rules) -> None:
    """A line each, where a scenario would fill a hundred pages."""
    results = batch.run_plan(batch.plan_from_arguments(rules.scenario, runs=3, seed=2))
    things = (rules.scenario, rules, Game(rules), batch.run(rules, 3), results)
    for thing in things:
        for said in (repr(thing), str(thing)):
            assert "cuba-1962" in said
            assert len(said) < 200
            assert "\n" not in said


def test_errors_reach_another_process(rules: Rules) -> None:
    """With what they carry."""
    error = ScenarioError([Problem("a.yaml", 1, 2, "error", "x", "is wrong")], 3)
    again = pickled(error)
    assert (again.problems, again.left_out, str(again)) == (error.problems, error.left_out, str(error))
    view = Game(rules).view("us")
    refused = pickled(IllegalMoveError(view, Option("us", "fly")))
    assert (str(refused), refused.option) == ("us has no option fly", Option("us", "fly"))


def digest_of(game: Game) -> str:
    """In a process of its own."""
    game.play()
    return game.digest()


@pytest.mark.slow
def test_games_are_played_on_in_processes_that_are_started_anew(rules: Rules) -> None:
    """As `concurrent.futures` sends them."""
    games = [Game(rules, 1)]
    games[0].step()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(digest_of, games))
    assert found == [digest_of(game) for game in games]
