"""The bundled scenarios: two games that differ in all that a seat can't know are the same to it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

from engine.play.crisis import Crisis, open_crisis
from engine.play.forecast import look_ahead
from engine.play.levels import LEVELS
from engine.play.session import Session
from engine.play.store import Store
from tests.play.sight.worlds import of_view, otherwise, told
from tests.tui.reading import lines_of

SEATS = {
    "cuba-1962": ("ussr", "cuba", "un"),
    "suez-1956": ("egypt", "us", "secretary_general"),
}
"""The scenarios, and seats of each from which something is kept."""

PAIRS = [(name, seat) for name, seats in SEATS.items() for seat in seats]
TURNS = 2
FUTURES = 3
PLANS = 3


@pytest.fixture(scope="module")
def crises() -> dict[str, Crisis]:
    """Them all, each compiled once."""
    return {name: open_crisis(name) for name in SEATS}


def pair_of(crisis: Crisis, seat: str, level: str = "student") -> tuple[Session, Session]:
    """A game after some turns, and the same with all otherwise that the seat can't know."""
    session = Session.new(crisis.rules, 5, people=(seat,), level=LEVELS[level], title="A game of the tests")
    for _turn in range(TURNS):
        session.end_turn()
    assert not session.is_over
    other = deepcopy(session)
    otherwise(other.game, seat, seed=7)
    assert session.game.digest() != other.game.digest(), "there is something to be kept"
    return session, other


@pytest.mark.parametrize(("name", "seat"), PAIRS)
def test_two_worlds_look_the_same(crises: dict[str, Crisis], name: str, seat: str) -> None:
    """Turns, news, records, votes, advisers, what a policy is given, and futures; to whoever watches they do not."""
    here, there = (session.game for session in pair_of(crises[name], seat))
    assert told(here, seat, seat, PLANS) == told(there, seat, seat, PLANS)
    assert told(here, None, seat, 0) != told(there, None, seat, 0)
    assert of_view(here.view(seat), FUTURES) == of_view(there.view(seat), FUTURES)
    futures = [look_ahead(game.rules, game.view(seat).world, seat, [()], FUTURES)[0] for game in (here, there)]
    assert np.array_equal(futures[0].endings, futures[1].endings)
    assert np.array_equal(futures[0].scores, futures[1].scores)


@pytest.mark.parametrize(
    ("name", "seat", "level"), [("cuba-1962", "ussr", "student"), ("suez-1956", "egypt", "statesman")]
)
def test_two_worlds_read_the_same(crises: dict[str, Crisis], home: Path, name: str, seat: str, level: str) -> None:
    """Whatever can be asked line by line, at the easiest level and the hardest."""
    crisis = crises[name]
    here, there = pair_of(crisis, seat, level)
    lines = [lines_of(crisis, one, Store(home / str(n)), FUTURES) for n, one in enumerate((here, there))]
    assert lines[0] == lines[1]
