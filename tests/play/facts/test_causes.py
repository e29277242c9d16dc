"""What a plan makes likelier or less likely: told first in the report of its turn."""

from __future__ import annotations

import numpy as np

from engine.play import Game
from engine.play.ahead.board import PlanOdds, empty_board
from engine.play.ahead.tasks import Block, block_of
from engine.play.facts.causes import causes, causes_in_words
from engine.play.forecast import look_ahead
from engine.play.plans import Plan
from engine.rules.options import Option

FUTURES = 200
DECLARE: Plan = (Option("kosovo", "declare"),)


def odds(game: Game, independent: tuple[int, int], declared: tuple[int, int]) -> PlanOdds:
    """How often a story closes with independence, and how often it is declared, of 200: by holding, by declaring."""
    closed = np.array([np.arange(FUTURES) >= times for times in independent]).astype(np.intp)
    came = np.array([[np.arange(FUTURES) < times] for times in declared])
    board = empty_board(game.rules, 1, 0, "kosovo", [(), DECLARE])
    return board.with_block(Block(0, closed, np.zeros(closed.shape), came))[DECLARE]


def test_what_futures_really_hold_is_compared(small: Game) -> None:
    """A flag that comes about in any case is moved by nobody; nor is anything by a warning."""
    plans: list[Plan] = [(), (Option("russia", "warn", "kosovo"),)]
    found = look_ahead(small.rules, small.world, "russia", plans, 50)
    board = empty_board(small.rules, 1, 0, "russia", plans).with_block(block_of(small.rules, 0, found, "russia"))
    assert board.came.shape == (2, 1, 50)
    assert causes(small, board[plans[1]]) == ()


def test_the_largest_change_is_told_first(small: Game) -> None:
    """A flag or an ending, each with what it would have been."""
    found = causes(small, odds(small, independent=(60, 100), declared=(88, 170)))
    assert [(cause.kind, cause.id) for cause in found] == [
        ("flag", "declared"),
        ("ending", "independent"),
        ("ending", "frozen"),
    ]
    assert causes_in_words(found) == "independence is declared, 85% instead of 44%; Independent, 50% instead of 30%"


def test_what_says_the_same_is_told_once(small: Game) -> None:
    """A flag that comes about where a story closes so."""
    found = causes(small, odds(small, independent=(60, 100), declared=(60, 100)))
    assert [cause.id for cause in found] == ["independent", "frozen"]


def test_noise_and_what_stands_already_have_no_cause(small: Game) -> None:
    """Neither a change within the interval nor a flag that was set before."""
    assert causes(small, odds(small, independent=(60, 62), declared=(60, 62))) == ()
    while not small.state()["declared"]:
        small.step()
    assert causes(small, odds(small, independent=(60, 60), declared=(20, 170))) == ()
