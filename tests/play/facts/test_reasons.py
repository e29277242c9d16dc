"""Reasons: the terms, the chance, and what was likelier, as they were when the turn was open."""

from __future__ import annotations

import pytest

from engine.play import Game
from engine.play.facts.reasons import chance_to_hold, foremost, likely, reason_for, told
from engine.play.otherside import other_side
from engine.play.policies import HoldPolicy


def test_reasons_are_those_of_the_moment(game: Game) -> None:
    """For every move of every turn the gain is what the record kept of that day; the chance is that of a whole turn."""
    for actor in ("eu", "russia", "kosovo"):
        for turn, revealed in enumerate(other_side(game, actor)):
            moves = [move for move in game.turns[turn].moves if move.option.actor == actor]
            done = [move.option for move in moves]
            assert [reason.option for reason in revealed.reasons if reason.option is not None] == done
            for reason, move in zip(revealed.reasons, moves, strict=False):
                assert reason.gain == pytest.approx(move.gain)
                assert 1 >= reason.chance > 0.999 * move.chance
                assert reason.instead is None or reason.instead.chance > reason.chance


def test_likelihoods_add_up(game: Game) -> None:
    """What the rule might do, nothing among it, is certain to be one of these."""
    view = game.view("serbia")
    found = likely(view)
    assert sum(item.chance for item in found) == pytest.approx(1.0)
    assert [item.chance for item in found] == sorted((item.chance for item in found), reverse=True)
    assert next(item.chance for item in found if item.option is None) == chance_to_hold(view)


def test_a_seat_is_said_to_be_one(small: Game) -> None:
    """Whether the rule decided or somebody else did."""
    small.seat("us", HoldPolicy())
    small.step()
    assert not other_side(small, "us")[0].reasons[0].by_rule
    assert other_side(small, "russia")[0].reasons[0].by_rule


def test_a_reason_in_words(small: Game) -> None:
    """A move with its terms and what was likelier, and doing nothing."""
    view = small.view("us")
    option = view.legal[0].option
    assert told(reason_for(view, option)) == (
        "Table a resolution (14% likely): Status -0.004. Likelier was: nothing (86%)."
    )
    assert told(reason_for(view, None)) == "It did nothing (86% likely)."


def test_only_what_weighs_is_told(small: Game) -> None:
    """Three terms at most, the weightiest first, whether for or against."""
    terms = {"status": 0.01, "appeal": -0.2, "cost": -0.0001}
    assert [(term.words, term.amount) for term in foremost(small.rules.scenario, terms)] == [
        ("appeal", -0.2),
        ("Status", 0.01),
    ]
