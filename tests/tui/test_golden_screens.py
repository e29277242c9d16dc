"""The screens look as they did: as text, and in colours as pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.play.crisis import Crisis
from tests.tui.goldens import FOLDER, SIZES, name_of, views
from tests.tui.stage import FUTURES, LARGE, SEED, SMALL, Stage, new_session
from tui.app import BrinkApp
from tui.screens.confirm import Confirm
from tui.screens.council import Council
from tui.screens.desk import Desk
from tui.settings import Settings, write_settings
from tui.start import Start

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens_look_as_they_did(home: Path, small: Crisis, size: tuple[int, int]):
    """Desk, council, confirmation, report and debrief, letter by letter; `make goldens` writes them anew."""
    for view, text in (await views(home, small, size)).items():
        assert text == (FOLDER / name_of(view, size)).read_text(encoding="utf-8"), view


Walk = Callable[[Stage], Awaitable[None]]


async def title(stage: Stage) -> None:
    """Where it begins; there is no game to go on with."""


async def desk(stage: Stage) -> None:
    """A desk with a move chosen and all odds known."""
    await stage.press("2", "down", "enter")
    await stage.knows_odds()


async def stances(stage: Stage) -> None:
    """The third panel."""
    await stage.press("3")
    await stage.knows_odds()


async def council(stage: Stage) -> None:
    """The institutions, with a vote told."""
    await stage.press("i")
    await stage.at(Council)
    await stage.press("plus")


async def confirm(stage: Stage) -> None:
    """The confirmation with advisers and a call."""
    await desk(stage)
    await stage.press("e")
    await stage.at(Confirm)
    await stage.sees("strategist")
    await stage.press("f")
    await stage.settled()


async def settings(stage: Stage) -> None:
    """The palette over the desk."""
    await stage.press("colon")
    await stage.sees("Desk  (1)")


PICTURES: dict[str, tuple[Walk, tuple[int, int], Settings, bool]] = {
    "title": (title, SMALL, Settings(), False),
    "desk-dark": (desk, LARGE, Settings(), False),
    "desk-light": (desk, LARGE, Settings(theme="light"), False),
    "desk-contrast": (desk, LARGE, Settings(theme="contrast"), False),
    "desk-safe": (desk, LARGE, Settings(theme="safe"), False),
    "desk-small": (desk, SMALL, Settings(), False),
    "desk-ascii": (desk, SMALL, Settings(glyphs="ascii"), False),
    "desk-no-color": (desk, LARGE, Settings(), True),
    "stances": (stances, SMALL, Settings(theme="safe"), False),
    "council": (council, LARGE, Settings(theme="safe"), False),
    "confirm": (confirm, SMALL, Settings(), False),
    "palette": (settings, SMALL, Settings(theme="light"), False),
}
"""The pictures that are kept: how to come there, the size, the settings, and whether colours are forbidden."""


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_as_they_were(name: str, home: Path, small: Crisis, snap_compare, monkeypatch: pytest.MonkeyPatch):
    """Colours, borders and signs; `pytest --snapshot-update` draws them anew."""
    walk, size, wanted, is_without_colour = PICTURES[name]
    if is_without_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    write_settings(home, wanted)
    app = BrinkApp(Start(seed=SEED, workers=0, futures=FUTURES), home)

    async def before(pilot: Pilot[None]) -> None:
        stage = Stage(app, pilot)
        if walk is not title:
            app.sit_down(small, new_session(small, ("us",)))
            await stage.at(Desk)
        await walk(stage)

    try:
        assert snap_compare(app, terminal_size=size, run_before=before)
    finally:
        app.close_match()
