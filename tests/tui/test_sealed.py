"""What one person at a table has ordered is sealed: nobody else's odds or votes read it."""

from __future__ import annotations

import numpy as np

from engine.play.ahead.forecaster import Forecaster
from engine.play.crisis import Crisis
from engine.play.session import BALLOTS
from engine.play.store import Store
from tests.play.tables import TABLE
from tests.tui.stage import new_session
from tui.match import Match

FUTURES = 40


def match_of(crisis: Crisis, store: Store) -> Match:
    """Two people at one terminal, of whom the United States have sent their turn and Russia sits at the desk."""
    match = Match(crisis, new_session(crisis, ("russia", "us")), store, Forecaster(crisis.rules, 0), FUTURES)
    match.ready, match.viewer = {"us"}, "russia"
    return match


def test_odds_do_not_read_what_another_has_ordered(small: Crisis, store: Store) -> None:
    """Whatever Washington has sealed, Moscow sees the same futures."""
    boards = []
    for orders in ((), (TABLE,)):
        match = match_of(small, store)
        for option in orders:
            match.toggle("us", option)
        with match.forecaster:
            match.ask_odds()
            while match.forecaster.next(300.0) is not None:
                pass
            assert match.forecaster.board is not None
            boards.append(match.forecaster.board)
    one, other = boards
    assert one.futures == other.futures == FUTURES
    assert np.array_equal(one.closed, other.closed)
    assert np.array_equal(one.scores, other.scores)


def test_the_vote_that_another_seat_was_told_is_sealed(small: Crisis, store: Store) -> None:
    """Each sees how its own seat is to vote."""
    match = match_of(small, store)
    for actor, ballot in (("russia", "no"), ("us", "yes")):
        match.session.vote(actor, "table_resolution", BALLOTS[ballot])
    assert match.instructed("table_resolution") == {"russia": "no"}
    match.viewer = "us"
    assert match.instructed("table_resolution") == {"us": "yes"}
