"""A question in the middle of a turn, on screens and in lines: the turn stands still until it is answered or left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from engine.play.crisis import Crisis
from engine.play.record import Asked, Turn
from engine.play.session import Option, Session
from engine.play.store import Store
from tests.asked import LOST_PLANE, by_the_week
from tests.tui.goldens import PLANE_LOST
from tests.tui.stage import LARGE, SMALL, Stage, open_desk, open_stage
from tui.dialogue import Line
from tui.lines.report import question_lines
from tui.plain import PlainGame
from tui.screens.asking import AskChoice
from tui.screens.confirm import Confirm
from tui.screens.curtain import Curtain
from tui.screens.desk import Desk
from tui.screens.question import Question
from tui.screens.report import Report

if TYPE_CHECKING:
    from tui.lines.scene import Scene

pytestmark = pytest.mark.slow

SEED = PLANE_LOST

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
        assert "3 April 2001, 06:00. West is asked:" in stage.text
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


async def test_an_order_for_a_later_day_is_chosen_by_a_key(home: Path, weekly: Crisis):
    """t asks when; the order stands on the desk with its day, in the save, and goes again with Enter."""
    async with open_desk(home, weekly, ("west",), LARGE, session_of(weekly, "west")) as stage:
        await stage.press("t")
        assert "Look at one action first" in stage.told
        await stage.press("2", "down", "t")
        asking = await stage.at(AskChoice)
        assert len(asking.answers) == 27
        await stage.press("down", "down", "enter")
        desk = await stage.at(Desk)
        await stage.sees("1 Apr, 18:00: Fly a patrol")
        assert [str(move) for move in desk.match.plan] == ["patrol@2001-04-01 18:00"]
        await stage.press("e")
        await stage.at(Confirm)
        await stage.sees("The strategist")
        await stage.press("escape", "u")
        assert desk.match.plan == ()


async def test_what_is_not_possible_yet_can_be_ordered_for_later(home: Path, weekly: Crisis):
    """Its line below the list is put off too, is advised upon, and the turn takes its course."""
    async with open_desk(home, weekly, ("west",), LARGE, session_of(weekly, "west")) as stage:
        await stage.press("2", "down", "down", "t")
        await stage.at(AskChoice)
        await stage.press("enter")
        desk = await stage.at(Desk)
        assert [str(move) for move in desk.match.plan] == ["call:east@2001-04-01 06:00"]
        await stage.press("e")
        await stage.at(Confirm)
        await stage.sees("The strategist")
        await stage.press("enter")
        await stage.at_any(Question, Report)


async def test_nothing_is_put_off_where_a_turn_is_one_step(home: Path, small: Crisis):
    """The key says so."""
    async with open_desk(home, small, ("us",), SMALL) as stage:
        await stage.press("2", "down", "t")
        assert "in one step" in stage.told


def test_a_report_tells_a_question_that_has_no_news_of_its_own(weekly: Crisis):
    """To those who know of it; what has a dispatch is told by that alone."""
    day = dt.date(2001, 4, 2)
    put = (Asked("strike_back", ("east",), ("west",)), Asked("bomb_the_battery", ("west",)))
    turn = Turn(0, day, (), (), (), (), asked=put)
    for viewer, number in (("east", 1), ("west", 1), ("isles", 0)):
        scene = cast("Scene", SimpleNamespace(scenario=weekly.scenario, viewer=viewer))
        told = [line.plain for line in question_lines(scene, turn)]
        assert told == ["!!  East is asked: Strike back?"] * number


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
