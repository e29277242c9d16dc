"""Odds of choices, as a board shows them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.analysis.differences import paired_shares
from engine.batch.statistics import share_of
from engine.play.ahead.board import OddsBoard
from engine.play.ahead.pair import LETTERS, Pair, estimate, largest_remainder
from engine.play.ahead.tasks import Block
from engine.rules.arrays import YesNo
from engine.rules.options import Option

ONE, OTHER = (Option("a", "one"),), (Option("a", "other"),)


def board(closed: list[list[int]], scores: list[list[float]]) -> OddsBoard:
    """Of holding and two plans, with three endings."""
    nothing = np.zeros((3, 0))
    empty = OddsBoard(
        1, 0, "a", ((), ONE, OTHER), ("x", "y", "z"), nothing.astype(np.intp), nothing, ("lit",), came([[], [], []])
    )
    return empty.with_block(Block(0, np.array(closed, dtype=np.intp), np.array(scores), came(closed)))


def came(closed: list[list[int]]) -> YesNo:
    """One flag, which comes about where a future closes with the second ending."""
    return np.array(closed, dtype=np.intp)[:, np.newaxis] == 1


BOARD = board(
    [[0, 0, 1, 1], [0, 0, 1, 1], [1, 1, 1, 2]], [[10.0, 20.0, 30.0, 40.0], [10.0, 20.0, 30.0, 40.0], [20.0, 30, 40, 51]]
)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_twenty_futures_are_twenty(counts: list[int]) -> None:
    """They sum to twenty exactly, each ending has within one of its due, and what never happens is not shown."""
    shown = largest_remainder(counts, LETTERS)
    assert sum(shown) == LETTERS
    for count, times in zip(counts, shown, strict=True):
        assert abs(times - LETTERS * count / sum(counts)) < 1
        assert count or not times


def test_twenty_is_in_the_order_of_the_scenario() -> None:
    """Letters of one ending stand together."""
    assert BOARD[OTHER].twenty() == ("y",) * 15 + ("z",) * 5
    assert BOARD[()].twenty() == ("x",) * 10 + ("y",) * 10


def test_a_plan_that_changes_nothing_is_the_same() -> None:
    """On common chance its differences are exactly 0, without any doubt."""
    odds = BOARD[ONE]
    assert odds.score_change.mean == 0.0 == odds.score_change.reach
    assert {change.mean for change in odds.changes.values()} == {0.0}
    assert odds.is_same


def test_differences_are_of_pairs() -> None:
    """The doubt of a paired difference is that of the differences, however much the futures differ among themselves."""
    change = BOARD[OTHER].score_change
    sd = np.std([10.0, 10.0, 10.0, 11.0], ddof=1)
    assert change.mean == 10.25
    assert change.reach == pytest.approx(1.959964 * sd / 2)
    assert not change.is_same
    assert BOARD[OTHER].score.reach > 10 * change.reach


def test_shares_have_the_limits_of_the_batch() -> None:
    """Wilson's for a share, Newcombe's for the difference of two of pairs."""
    assert BOARD[OTHER].shares["y"] == share_of(3, 4)
    found = paired_shares(0, 2, 0, 2)
    assert (BOARD[OTHER].changes["x"].low, BOARD[OTHER].changes["x"].high) == (found.low, found.high)
    assert BOARD[OTHER].changes["x"].mean == -0.5


def test_the_best_comes_first() -> None:
    """By the mean score; equals in the order of asking."""
    assert [odds.plan for odds in BOARD.ranking()] == [OTHER, (), ONE]


def test_an_actor_without_stances_has_no_score() -> None:
    """What is not known is never called a difference, and endings still count."""
    nan = math.nan
    unscored = board([[0, 0], [0, 0], [1, 1]], [[nan] * 2] * 3)
    assert math.isnan(unscored[OTHER].score.mean)
    assert unscored[ONE].is_same
    assert [odds.plan for odds in unscored.ranking()] == [(), ONE, OTHER]


def test_blocks_add_up() -> None:
    """Two blocks one after the other are one block of all."""
    halves = board([[0], [1], [2]], [[1.0], [2.0], [3.0]]).with_block(
        Block(1, np.array([[0], [1], [2]]), np.array([[1.0], [2.0], [3.0]]), came([[0], [1], [2]]))
    )
    assert halves.futures == 2
    assert halves[OTHER].shares["z"] == share_of(2, 2)


def test_flags_are_compared_like_endings() -> None:
    """Over the same pairs of futures, beside holding or beside another plan."""
    found = board([[0] * 8, [1] * 8, [0] * 4 + [1] * 4], [[0.0] * 8] * 3)
    assert found[ONE].flag_changes["lit"] == found[ONE].changes["y"]
    assert (found[ONE].flag_changes["lit"].mean, found[OTHER].flag_changes["lit"].mean) == (1.0, 0.5)
    assert found.beside(OTHER, ONE).flag_changes["lit"].mean == -0.5


def test_size_is_the_share_of_futures_that_close_otherwise() -> None:
    """Or the share of the scale by which the score moves, whichever is more."""
    names = ("x", "y")
    none, all_ = np.zeros(10, dtype=np.intp), np.ones(10, dtype=np.intp)
    assert Pair(names, all_, np.full(10, 50.0), none, np.full(10, 50.0)).size == 1.0
    assert Pair(names, none, np.full(10, 80.0), none, np.full(10, 50.0)).size == pytest.approx(0.3)


def test_nothing_is_known_of_nothing() -> None:
    """No futures give no estimate, and no letters."""
    assert estimate(np.array([])).is_same
    empty = board([[], [], []], [[], [], []])
    assert empty[ONE].twenty() == ()
    assert empty[ONE].is_same
