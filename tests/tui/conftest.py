"""What tests of the screens share: two crises, read once, and a home of its own for each test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.batch import run_plan
from engine.play.crisis import Crisis, open_crisis
from engine.play.store import Store
from tests.batch.batches import small_plan
from tests.play.tables import TWO_MOVES
from tests.scenario.minimal import write
from tui.app import BrinkApp
from tui.start import Start

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
"""Columns and rows at which the screens are to be used."""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """A small crisis: ten turns, two moves in each, votes, targets."""
    return open_crisis(str(write(tmp_path_factory.mktemp("small"), TWO_MOVES)))


@pytest.fixture(scope="session")
def kosovo() -> Crisis:
    """The scenario as it ships."""
    return open_crisis("kosovo-2007")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for settings and saves, in surroundings that say nothing of colours, themes or terminals."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL_") and "SNAPSHOT" not in name]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("BRINK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a small batch with two design points of thirty runs."""
    path = tmp_path_factory.mktemp("batch")
    plan = small_plan(path, runs=30, vary=["actors.us.stances.status.salience=0.5,0.9"], text=TWO_MOVES)
    run_plan(plan, path / "out")
    return path / "out"


@pytest.fixture
def store(home: Path) -> Store:
    """The folder of saves."""
    return Store(home / "saves")


def app_with(crisis: Crisis, start: Start | None = None) -> BrinkApp:
    """The application with a scenario that has been opened by its path."""
    app = BrinkApp(start)
    app.crises[crisis.name] = crisis
    return app
