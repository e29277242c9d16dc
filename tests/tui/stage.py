"""A stage for the screens: the application on a terminal in memory, with a folder, a seed and a size of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from engine.play.crisis import Crisis
from engine.play.journal_format import Journal
from engine.play.levels import LEVELS
from engine.play.session import Session
from tests.tui.screens import settled, text_of, until
from tui.app import BrinkApp
from tui.match import Match
from tui.screens.desk import Desk
from tui.start import Start

SMALL, LARGE = (80, 24), (120, 40)
"""The two sizes that the screens are designed for."""

FUTURES, SEED = 40, 7
"""Of each plan, looked at by one thread, so that every run shows the same; and the seed of the games."""

S = TypeVar("S", bound=Screen)


@dataclass
class Stage:
    """The application, and the hands at its keyboard."""

    app: BrinkApp
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        """What is in view."""
        return text_of(self.app)

    @property
    def told(self) -> str:
        """What was said in passing, a sentence a line."""
        return "\n".join(str(notice.message) for notice in self.app._notifications)

    @property
    def match(self) -> Match:
        """The game at the table."""
        assert self.app.match is not None, "no game is played"
        return self.app.match

    @property
    def session(self) -> Session:
        """The session of the game at the table."""
        return self.match.session

    @property
    def kept(self) -> Journal:
        """The game at the table as it stands in its file."""
        return self.app.store.journal(self.session.id)

    async def press(self, *keys: str) -> None:
        """Press some keys, one after the other, and let everything settle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Until something is so."""
        await until(self.pilot, is_so)

    async def sees(self, words: str) -> None:
        """Until some words are in view."""
        await self.until(lambda: words in self.text)

    async def at(self, screen: type[S]) -> S:
        """Until a kind of screen is in front; gives it."""
        await self.until(lambda: isinstance(self.app.screen, screen) and self.app.screen.is_mounted)
        await self.pilot.pause()
        found = self.app.screen
        assert isinstance(found, screen)
        return found

    async def at_any(self, *screens: type[Screen]) -> Screen:
        """Until one of some kinds of screen is in front; gives it."""
        await self.until(lambda: isinstance(self.app.screen, screens) and self.app.screen.is_mounted)
        await self.pilot.pause()
        return self.app.screen

    async def knows_odds(self) -> None:
        """Until all futures that were asked for are known and shown."""
        match = self.match
        await self.until(lambda: match.board is not None and match.board.futures == match.futures)
        await self.pilot.pause()

    async def settled(self) -> None:
        """Until no worker runs and everything has been drawn."""
        await settled(self.pilot)

    async def end_turn(self) -> None:
        """From the desk to the report of the turn, through the confirmation."""
        from tui.screens.confirm import Confirm
        from tui.screens.report import Report

        await self.press("e")
        await self.at(Confirm)
        await self.press("enter")
        await self.at(Report)


def new_session(crisis: Crisis, people: tuple[str, ...], level: str = "attache", seed: int = SEED) -> Session:
    """A game that begins."""
    return Session.new(crisis.rules, seed, people=people, level=LEVELS[level], title="A game of the tests")


@asynccontextmanager
async def open_stage(
    folder: Path,
    size: tuple[int, int] = SMALL,
    crises: tuple[Crisis, ...] = (),
    start: Start | None = None,
) -> AsyncIterator[Stage]:
    """The application with its first screen; ``crises`` are those that need not be read any more."""
    app = BrinkApp(start or Start(seed=SEED, workers=0, futures=FUTURES), folder)
    app.crises.update({crisis.name: crisis for crisis in crises})
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Stage(app, pilot)
        app.close_match()


@asynccontextmanager
async def open_desk(
    folder: Path,
    crisis: Crisis,
    people: tuple[str, ...],
    size: tuple[int, int] = SMALL,
    session: Session | None = None,
    start: Start | None = None,
) -> AsyncIterator[Stage]:
    """The application with a game at the table."""
    async with open_stage(folder, size, (crisis,), start) as stage:
        stage.app.sit_down(crisis, session or new_session(crisis, people))
        await stage.at(Desk)
        yield stage
