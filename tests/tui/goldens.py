"""What the screens look like, as plain text: written anew by ``python -m tests.tui.goldens``, read as a diff."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from engine.play.crisis import Crisis, open_crisis
from engine.play.session import Session
from tests.asked import LOST_PLANE, by_the_week
from tests.play.tables import TWO_MOVES
from tests.scenario.minimal import write
from tests.tui.stage import LARGE, SMALL, Stage, new_session, open_desk, open_stage
from tui.screens.confirm import Confirm
from tui.screens.council import Council
from tui.screens.debrief import Debrief
from tui.screens.question import Question

FOLDER = Path(__file__).parent / "golden"

SIZES = (SMALL, LARGE)

PLANE_LOST = 3
"""The seed of a game in which a patrol goes wrong on 2 April."""


def drawn(stage: Stage) -> str:
    """What is in view, without the spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in stage.text.splitlines()) + "\n"


async def views(home: Path, crisis: Crisis, size: tuple[int, int]) -> dict[str, str]:
    """Desk, council, confirmation and report of one turn, and the debrief of a whole game."""
    found: dict[str, str] = {}
    async with open_desk(home, crisis, ("us",), size) as stage:
        await stage.press("2", "down", "enter")
        await stage.knows_odds()
        found["desk"] = drawn(stage)
        await stage.press("i")
        await stage.at(Council)
        await stage.press("plus")
        found["council"] = drawn(stage)
        await stage.press("escape", "e")
        screen = await stage.at(Confirm)
        await stage.sees("strategist")
        await stage.press("f")
        await stage.settled()
        assert screen.ending is not None
        found["confirm"] = drawn(stage)
        await stage.press("escape")
        await stage.end_turn()
        await stage.knows_odds()
        found["report"] = drawn(stage)
    found["question"] = await question(home, size)
    found["debrief"] = await debrief(home, crisis, size)
    return found


async def question(home: Path, size: tuple[int, int]) -> str:
    """A question in the middle of a turn of the lost plane, with the odds of its answers."""
    crisis = Crisis(str(LOST_PLANE), by_the_week(), None, {})
    session = Session.new(crisis.rules, PLANE_LOST, people=("west",), title="A game of the tests")
    async with open_desk(home, crisis, ("west",), size, session) as stage:
        await stage.press("e")
        await stage.at(Confirm)
        await stage.press("enter")
        await stage.at(Question)
        await stage.knows_odds()
        return drawn(stage)


async def debrief(home: Path, crisis: Crisis, size: tuple[int, int]) -> str:
    """The debrief, once everything has been found out."""
    session = new_session(crisis, ("us",))
    while not session.is_over:
        session.end_turn()
    async with open_stage(home, size, (crisis,)) as stage:
        stage.app.sit_down(crisis, session)
        screen = await stage.at(Debrief)
        await stage.until(lambda: screen.found.turning is not None)
        await stage.settled()
        return drawn(stage)


def name_of(view: str, size: tuple[int, int]) -> str:
    """The file of a view."""
    return f"{view}-{size[0]}x{size[1]}.txt"


def main() -> int:
    """Write them all anew."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"BRINK_HOME": folder}):
        for name in ("NO_COLOR", "TEXTUAL_THEME"):
            os.environ.pop(name, None)
        crisis = open_crisis(str(write(Path(folder), TWO_MOVES)))
        FOLDER.mkdir(exist_ok=True)
        for size in SIZES:
            for view, text in asyncio.run(views(Path(folder), crisis, size)).items():
                path = FOLDER / name_of(view, size)
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    path.write_text(text, encoding="utf-8")
                    print(f"written anew: {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
