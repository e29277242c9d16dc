"""The same game from the other side."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import Game
from engine.play.otherside import other_side
from engine.play.policies import Order, ScriptPolicy
from engine.rules import Rules
from engine.rules.options import Option
from tests.scenario.minimal import load as load_minimal

DECLARE = Option("kosovo", "declare")


@pytest.fixture
def game(tmp_path: Path) -> Game:
    """A whole game in which Kosovo declares as a seat was told to."""
    game = Game(Rules(load_minimal(tmp_path)), seed=5, seats={"kosovo": ScriptPolicy({3: Order(DECLARE)})})
    game.play()
    return game


def test_each_decision_is_told_with_what_the_record_says_of_it(game: Game) -> None:
    """Move, gain and chance are those of the game, for every actor."""
    for actor in game.actors:
        revealed = other_side(game, actor)
        assert [turn.turn for turn in revealed] == list(range(len(game.turns)))
        for turn, told in zip(game.turns, revealed, strict=True):
            made = [(m.option, m.gain, m.chance) for m in turn.moves if m.option.actor == actor]
            assert [(r.option, r.gain, r.chance) for r in told.reasons if r.option] == made
            assert told.date == turn.date


def test_what_a_seat_did_is_not_put_down_to_the_rule(game: Game) -> None:
    """And what the rule did is."""
    assert not other_side(game, "kosovo")[3].reasons[0].by_rule
    assert all(turn.reasons[0].by_rule for turn in other_side(game, "russia"))


def test_alternatives_are_what_was_not_done(game: Game) -> None:
    """The likeliest first."""
    for turn in other_side(game, "russia"):
        chances = [other.chance for other in turn.alternatives]
        assert chances == sorted(chances, reverse=True)
        assert not {other.option for other in turn.alternatives} & {reason.option for reason in turn.reasons}


def test_a_move_keeps_the_terms_of_its_gain(game: Game) -> None:
    """What was promised is the sum of the reasons in the record."""
    moves = [move for turn in game.turns for move in turn.moves]
    assert moves
    for move in moves:
        assert sum(move.terms.values()) == pytest.approx(move.gain)
    assert game.turns[3].as_json()["moves"][0]["terms"]
