"""A question in the middle of a turn, on screens and in lines: the turn stands still until it is answered or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from engine.play.session import Option, Session
from engine.play.store import Store
from tests.asked import LOST_PLANE, by_the_week
from tests.tui.stage import LARGE, SMALL, Stage, open_desk, open_stage
from tui.dialogue import Line
from tui.plain import PlainGame
from tui.screens.confirm import Confirm
from tui.screens.curtain import Curtain
from tui.screens.desk import Desk
from tui.screens.question import Question
from tui.screens.report import Report

pytestmark = pytest.mark.slow

SEED = 3
"""In this game a patrol of the East goes wrong on 2 April."""

BOMB, WAIT = Option("west", "bomb_the_battery.bomb"), Option("west", "bomb_the_battery.wait")


@pytest.fixture(scope="module")
def weekly() -> Crisis:
    """The lost plane, asked week by week."""
    return Crisis(str(LOST_PLANE), by_the_week(), None, {})


def session_of(crisis: Crisis, *people: str) -> Session:
    """A game in which these sit."""
    return Session.new(crisis.rules, SEED, people=people, title="A game of the tests")


async def asked(stage: Stage) -> Question:
    """Send the turn, and wait for the question."""
    await stage.press("e")
    await stage.at(Confirm)
    await stage.press("enter")
    return await stage.at(Question)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_question_is_put_with_its_odds(home: Path, weekly: Crisis, size: tuple[int, int]):
    """What is asked, until when, a line an answer with twenty futures, and what it means to say nothing."""
    async with open_desk(home, weekly, ("west",), size, session_of(weekly, "west")) as stage:
        await asked(stage)
        await stage.sees("Bomb the battery that fired?")
        assert "3 April 2001. West is asked:" in stage.text
        assert "Bomb it" in stage.text
        await stage.knows_odds()
        assert "Think it over" in stage.text
        assert "same as saying nothing" in stage.text or "beside saying nothing" in stage.text


async def test_an_answer_by_its_number_lets_the_turn_go_on(home: Path, weekly: Crisis):
    """Once looks at it, again gives it; the report tells it, and the save has it with its moment."""
    async with open_desk(home, weekly, ("west",), SMALL, session_of(weekly, "west")) as stage:
        await asked(stage)
        assert stage.kept.pending.stands == "2001-04-03 06:00"
        await stage.press("2", "1", "1")
        while True:
            screen = await stage.at_any(Question, Report)
            if isinstance(screen, Report):
                break
            await stage.press("t")
        moves = stage.kept.turns[0].deeds["west"].moves
        assert moves[0] == "bomb_the_battery.bomb@2001-04-03 06:00"


async def test_a_game_left_while_it_stands_still_goes_on_there(home: Path, weekly: Crisis):
    """The question is put again when the game is opened."""
    async with open_desk(home, weekly, ("west",), SMALL, session_of(weekly, "west")) as stage:
        await asked(stage)
        kept = stage.kept
    async with open_stage(home, SMALL, (weekly,)) as stage:
        stage.app.sit_down(weekly, Session.of(kept, weekly.rules))
        await stage.at(Question)


async def test_a_question_goes_to_whoever_sits_there(home: Path, weekly: Crisis):
    """Behind a curtain, where several people share a terminal."""
    async with open_desk(home, weekly, ("east", "west"), SMALL, session_of(weekly, "east", "west")) as stage:
        for _person in ("east", "west"):
            await stage.press("e")
            await stage.at(Confirm)
            await stage.press("enter")
            await stage.until(lambda: not isinstance(stage.app.screen, Confirm))
            if isinstance(stage.app.screen, Curtain):
                await stage.press("enter")
                await stage.until(lambda: isinstance(stage.app.screen, (Desk, Question)))
        question = await stage.at(Question)
        assert question.standing.actor == stage.match.viewer == "west"


def lines_of(home: Path, crisis: Crisis, typed: list[str]) -> tuple[list[str], Session]:
    """What is shown in lines where somebody types so, and the game."""
    waiting: Iterator[str] = iter([*typed, "q"])
    shown: list[str] = []

    def read() -> str:
        return next(waiting)

    game = PlainGame(Line(read, shown.append), Store(home / "lines"))
    session = session_of(crisis, "west")
    game.play(crisis, session)
    return shown, session


def test_lines_ask_and_are_answered(home: Path, weekly: Crisis):
    """The same question with the same answers; what is none of them is asked again."""
    shown, session = lines_of(home, weekly, ["e !", "9", "1", "t", "t", "t", "t", "t", "t", "t", "t"])
    text = "\n".join(shown)
    assert "West is asked:" in text
    assert "That is none of them." in text
    assert session.sheets[0].deeds["west"].moves[0] == "bomb_the_battery.bomb@2001-04-03 06:00"
