"""The workshop on screen: findings, a game that goes on after each save, expressions, and keys that wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.play.tables import TWO_MOVES, WARN_US
from tests.scenario.minimal import replaced, write
from tests.tui.stage import LARGE, SEED, SMALL, Stage, open_stage
from tui.glyphs import SETS
from tui.lines.workshop import excerpt
from tui.screens.workshop import Explanation, WorkshopScreen
from tui.start import Start

pytestmark = pytest.mark.slow

MISTAKE = replaced("tension > 0.25", "tensoin > 0.25", TWO_MOVES)
"""A measure that is called by no name that there is."""


@asynccontextmanager
async def open_workshop(home: Path, text: str = TWO_MOVES, size: tuple[int, int] = SMALL) -> AsyncIterator[Stage]:
    """The workshop of a small crisis, with Russia in the author's hands, as soon as its file has been read."""
    folder = write(home, text)
    async with open_stage(home, size, start=Start(draft=str(folder), side="russia", seed=SEED)) as stage:
        screen = await stage.at(WorkshopScreen)
        await stage.until(lambda: screen.workshop.draft is not None)
        await stage.settled()
        yield stage


def bench(stage: Stage) -> WorkshopScreen:
    """The workshop in view."""
    screen = stage.app.screen
    assert isinstance(screen, WorkshopScreen)
    return screen


async def save(stage: Stage, home: Path, text: str) -> None:
    """Save the file as an editor does, and wait until it has been looked at."""
    before = bench(stage).workshop.draft
    write(home, text)
    await stage.until(lambda: bench(stage).workshop.draft is not before)
    await stage.pilot.pause()


async def warn_us(stage: Stage) -> None:
    """Russia warns the United States in the open turn."""
    rows = bench(stage).query_one("#game-rows")
    await stage.press("2")
    for _again in range(20):
        if rows.in_view == str(WARN_US):  # type: ignore[attr-defined]
            break
        await stage.press("down")
    await stage.press("enter")


async def test_a_mistake_is_shown_at_its_line_and_mended(home: Path):
    """The finding has its code and line, the game stays; once mended, the game goes on with what was chosen."""
    async with open_workshop(home) as stage:
        await stage.sees("Nothing is wrong with the file.")
        await warn_us(stage)
        await stage.press("e")
        await save(stage, home, MISTAKE)
        await stage.press("1")
        line = 1 + next(number for number, text in enumerate(MISTAKE.splitlines()) if "tensoin" in text)
        assert f"E203  {line}:" in stage.text
        above, below = next(
            pair for pair in zip(stage.text.splitlines(), stage.text.splitlines()[1:], strict=False) if "^" in pair[1]
        )
        assert above[below.index("^") :].startswith("tensoin")
        await stage.press("2")
        assert "that of an earlier draft" in stage.text
        assert "turn 2/" in stage.text
        await save(stage, home, TWO_MOVES + "# a remark\n")
        session = bench(stage).workshop.session
        assert session is not None
        assert session.turn == 1
        assert session.game.seat_moves[0]["russia"].moves == (WARN_US,)
        assert "that of an earlier draft" not in stage.text


async def test_choices_are_made_again_or_it_is_said(home: Path):
    """A choice that the new text forbids is told with its turn, and `u` opens the turn before."""
    async with open_workshop(home) as stage:
        await warn_us(stage)
        await stage.press("e")
        await save(stage, home, replaced("tension > 0.25", "tension > 0.9", TWO_MOVES))
        assert "Turn 1: warn:us: " in stage.text
        await stage.press("u")
        assert "turn 1/" in stage.text


async def test_an_expression_is_worked_out_while_keys_wait(home: Path):
    """What is typed is text, not a command; Enter keeps the expression, Esc closes the line and not the program."""
    async with open_workshop(home) as stage:
        await stage.press("slash", *"2 * unrest")
        assert bench(stage).query_one(Input).value == "2 * unrest"
        assert bench(stage).workshop.session.turn == 0  # type: ignore[union-attr]
        assert "unrest 0.5" in stage.text
        await stage.press("enter")
        assert "Your expressions" in stage.text
        await stage.press("slash", *"unrset[1]")
        assert "unrset" in bench(stage).asked("unrset[1]")  # type: ignore[operator]
        assert bench(stage).query_one(Input).value == "unrset[1]"
        await stage.press("escape")
        assert not bench(stage).query_one(Input).display
        assert bench(stage).kept == ["2 * unrest"]
        await stage.press("e")
        assert bench(stage).workshop.session.turn == 1  # type: ignore[union-attr]
        assert "was " in stage.text
        await stage.press("home", "enter")
        assert not bench(stage).kept


async def test_a_finding_is_explained(home: Path):
    """Enter shows the page of the finding in view, Esc leads back to it; a file that never fitted has no game yet."""
    async with open_workshop(home, MISTAKE) as stage:
        await stage.press("enter")
        await stage.at(Explanation)
        assert "E203 (error)" in stage.text
        await stage.press("escape")
        await stage.at(WorkshopScreen)
        await stage.press("e", "u", "y", "2")
        assert "as soon as the file has no errors" in stage.text


async def test_a_story_ends_and_goes_on_from_the_turn_before(home: Path):
    """Where the story is over that is said with its ending, `e` does no more, and `u` opens the last turn again."""
    async with open_workshop(home) as stage:
        workshop = bench(stage).workshop
        while workshop.end_turn():
            pass
        await stage.press("2", "e", "y", "enter")
        assert "The story is over: " in stage.text
        assert "As the turn opens" not in stage.text
        await stage.press("u")
        assert workshop.session is not None
        assert not workshop.session.is_over
        assert "Hold: do nothing" in stage.text


async def test_all_panels_are_in_view_where_there_is_room(home: Path):
    """On a large screen the findings, the game, the values and the calendar are all in view; Esc ends the program."""
    async with open_workshop(home, size=LARGE) as stage:
        for words in ("1 Findings", "2 Game", "3 Values", "4 Timeline", "Hold: do nothing", "Measures", "this turn"):
            assert words in stage.text
        await stage.press("escape")
        await stage.until(lambda: not stage.app.is_running)


@pytest.mark.parametrize("place", [0, 30, 150, 299])
def test_a_long_line_is_cut_around_its_caret(place: int):
    """However long a line is, the place that a finding is about is in view above the caret."""
    line = "a" * place + "X" + "b" * (299 - place)
    above, below = excerpt(line, place, 60, SETS["unicode"])
    assert above.cell_length == 60
    assert above.plain[below.plain.index("^")] == "X"
