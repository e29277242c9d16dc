"""Texts of a scenario are shown as they stand, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.tui.hostile import TEXTS, hostile, long
from tests.tui.stage import Stage, new_session, open_desk, open_stage
from tui.screens.choose import Choose
from tui.screens.confirm import Confirm
from tui.screens.curtain import Curtain
from tui.screens.debrief import Debrief, OtherSide
from tui.screens.report import Report
from tui.start import Start

pytestmark = pytest.mark.slow

HUGE = (180, 70)
"""A terminal on which nothing has to be shortened."""

RUSSIA, US, KOSOVO = TEXTS["title: Russia"], TEXTS["title: United States"], TEXTS["title: Kosovo"]
STATUS, COUNCIL, WARN = TEXTS["title: Status"], TEXTS["title: Council"], TEXTS["title: Warn"]
TABLE, QUESTION = TEXTS["title: Table a resolution"], TEXTS["question: Shall the status be settled?"]
INDEPENDENT, NONE, DEADLINE = TEXTS["title: Independent"], TEXTS["title: No decision"], TEXTS["title: The deadline"]


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """The crisis of awkward texts."""
    return hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """The crisis of very long names."""
    return long(tmp_path_factory.mktemp("long"))


def shows(stage: Stage, *texts: str) -> None:
    """Fails unless all texts stand in view, letter by letter, and no line is wider than the terminal."""
    seen = stage.text
    for text in texts:
        assert text in seen, f"{text!r} is not shown as it stands in:\n{seen}"
    fits(stage)


def fits(stage: Stage) -> None:
    """Fails where a line is wider than the terminal."""
    for strip in stage.app.screen._compositor.render_strips():
        assert strip.cell_length <= stage.app.size.width


async def test_before_a_game(home: Path, awkward: Crisis):
    """Choice of a side and its briefing."""
    start = Start(scenario=awkward.name, workers=0, futures=20)
    async with open_stage(home, HUGE, (awkward,), start) as stage:
        await stage.at(Choose)
        await stage.sees(RUSSIA)
        shows(stage, awkward.scenario.title, RUSSIA, US, STATUS)


async def test_the_desk_and_what_it_opens(home: Path, awkward: Crisis):
    """The panels, and each screen that a key of the desk opens."""
    async with open_desk(home, awkward, ("russia",), HUGE) as stage:
        await stage.knows_odds()
        shows(stage, RUSSIA, US, KOSOVO, STATUS, COUNCIL, WARN, QUESTION, INDEPENDENT, NONE)
        for key, texts in {
            "c": (DEADLINE,),
            "b": (RUSSIA, STATUS, awkward.scenario.title),
            "f": (INDEPENDENT, NONE),
            "i": (COUNCIL, QUESTION, RUSSIA, US),
            "w": (RUSSIA, STATUS),
            "x": (RUSSIA, US),
            "h": (),
            "a": (),
            "s": (),
        }.items():
            await stage.press(key)
            await stage.settled()
            shows(stage, *texts)
            await stage.press("escape")


async def test_a_turn_its_report_and_its_news(home: Path, awkward: Crisis):
    """Confirmation, report, news and archive."""
    async with open_desk(home, awkward, ("us",), HUGE) as stage:
        await stage.press("2", "down", "enter", "e")
        await stage.at(Confirm)
        await stage.sees("strategist")
        await stage.press("f")
        shows(stage, TABLE, QUESTION, RUSSIA, INDEPENDENT)
        await stage.press("enter")
        await stage.at(Report)
        shows(stage, TABLE, QUESTION, COUNCIL, RUSSIA, STATUS, "[Reuters]", "[/]")
        await stage.press("enter", "a")
        shows(stage, "[Reuters]")


async def test_between_two_people_and_after_the_game(home: Path, awkward: Crisis):
    """Curtain, debrief, the other side, and the replay."""
    session = new_session(awkward, ("russia", "us"))
    async with open_stage(home, HUGE, (awkward,)) as stage:
        stage.app.push_screen(Curtain(RUSSIA, "today"))
        await stage.at(Curtain)
        shows(stage, RUSSIA)
        await stage.press("enter")
        while not session.is_over:
            session.end_turn()
        stage.app.sit_down(awkward, session)
        debrief = await stage.at(Debrief)
        await stage.until(lambda: debrief.found.turning is not None)
        await stage.settled()
        assert any(ending in stage.text for ending in (INDEPENDENT, NONE))
        fits(stage)
        await stage.press("v")
        other = await stage.at(OtherSide)
        await stage.until(lambda: other.actor in other.known)
        await stage.settled()
        fits(stage)
        await stage.press("escape", "p")
        await stage.settled()
        fits(stage)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_very_long_names_fit_everywhere(home: Path, endless: Crisis, size: tuple[int, int]):
    """Names that no line holds are shortened or broken, and footer and status line stay whole."""
    async with open_desk(home, endless, ("us",), size) as stage:
        await stage.knows_odds()
        for key in "1234cbfiwxhas":
            await stage.press(key)
            await stage.settled()
            fits(stage)
            if key not in "1234":
                await stage.press("escape")
        assert "turn 1/10" in stage.text.splitlines()[0], "the turn is never pushed away by a name"
        await stage.press("e")
        await stage.at(Confirm)
        await stage.settled()
        fits(stage)
        await stage.press("enter")
        await stage.at(Report)
        fits(stage)


async def test_a_title_of_a_game_is_shown_as_it_stands(home: Path, small: Crisis):
    """The name of a game, which people write, is no markup on the title and in the list of saves."""
    session = new_session(small, ("us",))
    session.title = "[/nope] [b]mine[/b]"
    session.leave_to_rule("us")
    async with open_desk(home, small, ("us",), (120, 40), session) as stage:
        await stage.press("s")
        await stage.sees("[/nope] [b]mine[/b]")
        await stage.press("escape", "escape", "escape")
        await stage.sees("Continue")
        await stage.sees("[/nope] [b]mine[/b]")
