"""Keys, clicks and resizes without sense or reason: nothing breaks, and the game stays whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.play.crisis import Crisis
from tests.fuzz import effort
from tests.tui.stage import LARGE, SMALL, Stage, new_session, open_desk
from tui.commands import COMMANDS
from tui.start import Start

pytestmark = pytest.mark.slow

SIZES = (SMALL, LARGE, (60, 20), (100, 30), (200, 60), (40, 10), (1, 1))

ENDS = {"finish"}
"""Commands that end the application, which would end the test."""

OWN = [key for command in COMMANDS if command.id not in ENDS for key in command.keys.split(",")]

KEYS = [*OWN, *("up", "down", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "enter", "space", "backspace")]
"""Every key that does anything, and those that every screen has."""

LIKELY = ("enter", "down", "e", "2", "escape", "tab")
"""Keys that lead on, without which a monkey never comes far."""


async def turmoil(stage: Stage, chance: random.Random, steps: int) -> int:
    """Do anything at all; gives how many steps are left where the application was left."""
    for step in range(steps):
        dice = chance.random()
        if dice < 0.06:
            await stage.pilot.resize_terminal(*chance.choice(SIZES))
        elif dice < 0.16:
            width, height = stage.app.size
            await stage.pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
        else:
            await stage.pilot.press(chance.choice(LIKELY if dice < 0.5 else KEYS))
        assert stage.app._exception is None
        if not stage.app.is_running or stage.app._exit:
            return steps - step - 1
    return 0


def is_whole(stage: Stage, crisis: Crisis) -> None:
    """Fails where a save of the store can't be read, or gives another world."""
    for saved in stage.app.store.list():
        assert saved.trouble is None, saved.trouble
        session = stage.app.store.load(saved.id, crisis.rules)
        assert session.turn == saved.turn


async def play(home: Path, crisis: Crisis, people: tuple[str, ...], seed: int, steps: int) -> None:
    """A monkey's games: a new one whenever it has left the last."""
    chance, games = random.Random(seed), 0
    while steps:
        session = new_session(crisis, people, seed=seed + games)
        async with open_desk(home, crisis, people, SMALL, session, Start(workers=0, futures=8)) as stage:
            steps = await turmoil(stage, chance, steps)
            if not stage.app._exit:
                await stage.settled()
            is_whole(stage, crisis)
        games += 1


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", [1, 4, 6])
async def test_a_turmoil(home: Path, small: Crisis, seed: int, monkeypatch: pytest.MonkeyPatch):
    """Some forty keys each, with one person, two, or none; in `make fuzz` for as long as there is time."""
    monkeypatch.setattr("engine.play.crisis.list_scenarios", lambda: (small.name,))
    people = (("us",), ("russia", "us"), (), ("russia",))[seed % 4]
    await play(home, small, people, seed + effort.seed(), effort.cases(45))


async def test_a_turmoil_in_a_real_crisis(home: Path, kosovo: Crisis):
    """Thirty keys on a scenario as it ships."""
    await play(home, kosovo, ("serbia",), 5, 30)
