"""Who decides: the same options, other choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import Game, IllegalMoveError
from engine.play.policies import BUILT_IN, HoldPolicy, Order, ScriptPolicy
from engine.rules import Rules
from engine.rules.options import Option
from tests.scenario.minimal import load as load_minimal


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The minimal scenario, compiled."""
    return Rules(load_minimal(tmp_path))


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_policy_plays_a_whole_game_the_same_twice(rules: Rules, name: str) -> None:
    """None of them has chance of its own that would not repeat."""
    one, other = (Game(rules, seed=2, seats={"kosovo": BUILT_IN[name]}) for _ in range(2))
    assert one.play() == other.play()


def test_holding_means_that_nothing_is_done(rules: Rules) -> None:
    """A held seat makes no move in any turn."""
    turns = Game(rules, seed=2, seats={"kosovo": HoldPolicy(), "us": HoldPolicy()}).play()
    assert not any(move.option.actor in ("kosovo", "us") for turn in turns for move in turn.moves)


def test_a_script_is_followed_and_an_illegal_order_says_why(rules: Rules) -> None:
    """The condition that fails is named, and nothing has changed."""
    script = ScriptPolicy({0: Order(Option("us", "table_resolution")), 1: Order(Option("us", "recognise"))})
    game = Game(rules, seed=2, seats={"us": script})
    game.step()
    assert [str(move.option) for move in game.turns[0].moves if move.option.actor == "us"] == ["table_resolution"]
    before = game.digest()
    with pytest.raises(
        IllegalMoveError, match="recognise is not legal on 2007-11-27, for this does not hold: declared"
    ):
        game.step()
    assert game.digest() == before


def test_a_seat_votes_as_it_is_told(rules: Rules) -> None:
    """Russia, told to abstain, does not veto."""
    tables = ScriptPolicy({0: Order(Option("us", "table_resolution"), {"table_resolution": 1})})
    abstains = ScriptPolicy({}, standing={"table_resolution": 0})
    game = Game(rules, seed=2, seats={"us": tables, "russia": abstains})
    game.step()
    (vote,) = game.turns[0].votes
    assert (vote.yes, vote.abstain, vote.vetoed_by) == (("us",), ("russia",), ())


@pytest.mark.slow
def test_looking_ahead_does_not_do_worse_than_holding(rules: Rules) -> None:
    """The mean score of a seat that looks ahead is higher over thirty games."""
    looks: list[float] = []
    holds: list[float] = []
    for run in range(30):
        for policy, scores in ((BUILT_IN["rollout"], looks), (BUILT_IN["hold"], holds)):
            game = Game(rules, seed=9, run=run, seats={"kosovo": policy})
            game.play()
            scores.append(game.scores()["kosovo"])
    assert sum(looks) > sum(holds)


def test_a_policy_leaves_other_draws_where_they_were(rules: Rules) -> None:
    """What a seat does changes the world, not anybody's chance: until it differs in deed nothing differs."""
    free = Game(rules, seed=4).play()
    held = Game(rules, seed=4, seats={"kosovo": HoldPolicy()}).play()
    first = next((n for n, turn in enumerate(free) if any(m.option.actor == "kosovo" for m in turn.moves)), len(free))
    assert held[:first] == free[:first]
