"""Two games that differ in all that a seat can't know look the same to it: line by line, and on the desk."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from engine.play.game import Game
from engine.play.levels import LEVELS
from engine.play.session import Session
from engine.play.store import Store
from tests.play.sight.worlds import SEAT, crisis_in, otherwise
from tests.tui.reading import lines_of
from tests.tui.stage import LARGE, SEED, open_desk
from tui.screens.confirm import Confirm
from tui.screens.council import Council
from tui.screens.desk import Desk
from tui.screens.odds import OddsScreen
from tui.screens.readers import Archive, DossierScreen, Ghost
from tui.screens.report import Report


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """A crisis with secrets."""
    return crisis_in(tmp_path_factory.mktemp("secretive"))


def played(crisis: Crisis, level: str = "student") -> Session:
    """A game of the seat that is kept in the dark, after some turns."""
    session = Session.new(crisis.rules, SEED, people=(SEAT,), level=LEVELS[level], title="A game of the tests")
    for _turn in range(3):
        session.end_turn()
    assert not session.is_over
    return session


def another(session: Session) -> Session:
    """The same game, with all otherwise that the seat can't know."""
    other = deepcopy(session)
    otherwise(other.game, SEAT, seed=5)
    assert other.game.digest() != session.game.digest()
    return other


@pytest.mark.parametrize("level", LEVELS)
def test_lines_are_the_same(level: str, secretive: Crisis, home: Path) -> None:
    """At every level."""
    here = played(secretive, level)
    there = another(here)
    assert lines_of(secretive, here, Store(home / "here")) == lines_of(secretive, there, Store(home / "there"))


async def panels(home: Path, crisis: Crisis, session: Session) -> list[str]:
    """The desk, and every screen that it leads to."""
    async with open_desk(home, crisis, (SEAT,), LARGE, session) as stage:
        await stage.knows_odds()
        found = []
        for key in ("1", "2", "3", "4"):
            await stage.press(key)
            found.append(stage.text)
        match = stage.match
        screens = (
            Report(match, session.game.turns[-1]),
            Council(match),
            OddsScreen(match, None),
            Ghost(match),
            Archive(match),
            DossierScreen(match, "russia"),
            Confirm(match),
        )
        for screen in screens:
            stage.app.push_screen(screen)
            await stage.at(type(screen))
            found.append(stage.text)
            await stage.press("escape")
            await stage.at(Desk)
        return found


@pytest.mark.slow
async def test_the_desk_is_the_same(home: Path, secretive: Crisis) -> None:
    """Its panels and what it leads to."""
    here = played(secretive)
    there = another(here)
    assert await panels(home, secretive, here) == await panels(home, secretive, there)


def test_without_the_filter_they_are_not_the_same(
    secretive: Crisis, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is compared does hang on what the seat can't know."""
    monkeypatch.setattr(Game, "seen_by", lambda game, _actor: game)
    here = played(secretive)
    there = another(here)
    assert lines_of(secretive, here, Store(home / "here")) != lines_of(secretive, there, Store(home / "there"))
