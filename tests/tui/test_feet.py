"""The keys at the foot: each can be clicked, at any moment, and where there is little room Back and Help stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.tui.stage import LARGE, SMALL, Stage, new_session, open_desk, open_stage
from tui.screens.confirm import Confirm
from tui.screens.debrief import Debrief
from tui.screens.desk import Desk
from tui.screens.help import Help
from tui.screens.odds import OddsScreen
from tui.screens.report import Report
from tui.screens.title import Title


async def click(stage: Stage, words: str, row: int | None = None) -> None:
    """Click on some words in view; ``row`` is a row of the terminal, the first one that has them if left out."""
    rows = stage.text.splitlines()
    if row is None:
        row = next(number for number, line in enumerate(rows) if words in line)
    await stage.pilot.click(offset=(rows[row].index(words) + 1, row))
    await stage.pilot.pause()


@pytest.mark.slow
@pytest.mark.parametrize(("size", "begun"), [(SMALL, 5), (LARGE, 8)])
async def test_a_whole_game_by_mouse(home: Path, small: Crisis, size: tuple[int, int], begun: int):
    """From a middle or a late turn to the debrief and the title without a key; what is clicked is chosen."""
    session = new_session(small, ("us",))
    for _ in range(begun):
        session.end_turn()
    async with open_desk(home, small, ("us",), size, session) as stage:
        turns, moves = begun, 0
        while not isinstance(stage.app.screen, Debrief):
            turns += 1
            if size == SMALL:
                await click(stage, " 2 Actions ", row=3)
            await stage.sees("Hold: do nothing")
            if "○ " in stage.text:
                await click(stage, "○ ")
                assert stage.session.orders("us").moves
                moves += 1
            await click(stage, "End turn")
            await stage.at(Confirm)
            await click(stage, "Enter Send")
            await stage.at(Report)
            await click(stage, "Go on")
            await stage.until(lambda: isinstance(stage.app.screen, Desk | Debrief))
            await stage.pilot.pause()
        assert stage.session.is_over
        assert moves
        assert turns == stage.session.turn
        await click(stage, "Back")
        await stage.at(Title)


@pytest.mark.slow
async def test_a_click_right_after_a_change_is_heard(home: Path, small: Crisis):
    """A choice makes Undo possible; a click on it at once, before anything is drawn, takes the choice back."""
    async with open_desk(home, small, ("us",)) as stage:
        await stage.press("2")
        rows = stage.text.splitlines()
        table = next(number for number, line in enumerate(rows) if "○ " in line)
        undo = (rows[-1].index("Undo"), SMALL[1] - 1)
        for _again in range(5):
            await stage.pilot.click(offset=(10, table))
            await stage.until(lambda: bool(stage.session.orders("us").moves))
            await stage.pilot.click(offset=undo)
            await stage.until(lambda: not stage.session.orders("us").moves)


async def test_what_is_not_possible_now_only_rings(home: Path, small: Crisis):
    """Nothing has been chosen, so a click on Undo changes nothing."""
    async with open_desk(home, small, ("us",)) as stage:
        before = stage.session.journal()
        await click(stage, "Undo")
        assert stage.session.journal() == before
        assert isinstance(stage.app.screen, Desk)


@pytest.mark.slow
@pytest.mark.parametrize("width", [24, 40, 60])
async def test_back_and_help_stay_where_there_is_little_room(home: Path, small: Crisis, width: int):
    """Other commands give way whole; what is shown is not cut, and what remains can be clicked."""
    async with open_desk(home, small, ("us",), (width, 20)) as stage:
        line = stage.text.splitlines()[-1]
        assert "Back" in line
        assert "Help" in line
        await click(stage, "Help")
        await stage.at(Help)


async def test_a_second_press_lays_no_second_desk(home: Path, small: Crisis):
    """A click and Enter on the same side, one right after the other, begin one game and write one save."""
    async with open_stage(home, crises=(small,)) as stage:
        from engine.play.levels import LEVELS

        for _again in range(3):
            stage.app.begin(small, ("us",), LEVELS["attache"], 7)
        await stage.at(Desk)
        await stage.settled()
        assert sum(isinstance(screen, Desk) for screen in stage.app.screen_stack) == 1
        assert len(stage.app.store.list()) == 1
        stage.app.leave_game()
        await stage.at(Title)
        stage.app.begin(small, ("russia",), LEVELS["attache"], 8)
        await stage.at(Desk)
        titles = [saved.title for saved in stage.app.store.list()]
        assert titles == ["small-crisis: Russia, seed 8"], "nothing was done in the other"


@pytest.mark.slow
async def test_the_mouse_reaches_every_command(home: Path, small: Crisis):
    """Commands at the foot opens the palette, and a click on one of its lines does it."""
    async with open_desk(home, small, ("us",)) as stage:
        await click(stage, "Commands")
        await stage.sees("Odds  (f)")
        await click(stage, "Odds  (f)")
        await stage.at(OddsScreen)
        await click(stage, "Back")
        await stage.at(Desk)
