"""Games are killed at any moment, as `kill -9` does: what was told to have happened is kept."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.play.store import Store
from tests.fuzz.effort import cases, seed
from tests.tui.terminal import TOP

pytestmark = pytest.mark.slow

ORDERS = "1\ne !\n2\nu\nr\ne !\n1\n2\ny\ne !\nbranch 1 another way\n1\ne !\n" * 4
"""More than a game of that long hears before it is killed."""


def test_a_killed_game_goes_on_with_all_that_was_told(tmp_path: Path) -> None:
    """Every save can be loaded, the one played last is no shorter than what was told, and nothing else is left."""
    dice = random.Random(seed())
    for number in range(cases(1)):
        home = tmp_path / str(number)
        told = killed(home, dice.uniform(0.3, 3.5))
        store = Store(home / "saves")
        for saved in store.list():
            assert saved.trouble is None
            store.load(saved.id)
        turns = told.split("another way")[0].count("What happened in the turn")
        longest = max((saved.turn for saved in store.list()), default=0)
        assert longest >= turns, told
        told = killed(home, 60, "q\n")
        assert "The game is kept" in told
        assert not [file.name for file in (home / "saves").iterdir() if file.name.startswith(".unfinished")]


def killed(home: Path, seconds: float, orders: str = ORDERS) -> str:
    """What a game in lines has told until it was killed, or ended by itself."""
    command = [sys.executable, "-m", "engine.cli", "play", "suez-1956", "--plain", "--as", "uk", "--level", "student"]
    surroundings = {**os.environ, "BRINK_HOME": str(home), "PYTHONPATH": str(TOP)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings, text=True, start_new_session=True
    ) as game:
        assert game.stdin is not None
        game.stdin.write(orders)
        game.stdin.flush()
        until = time.monotonic() + seconds
        while game.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        if game.poll() is None:
            os.kill(game.pid, signal.SIGKILL)
        return game.communicate()[0]
