"""What tests of the screens share: a small crisis, a folder of its own for everything that is kept, no colours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.batch import run_plan
from engine.play.crisis import Crisis, open_crisis
from engine.play.store import Store
from tests.batch.batches import small_plan
from tests.play.tables import TWO_MOVES
from tui.app import BrinkApp
from tui.start import Start

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
"""Columns and rows at which the screens are to be used."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and saves lie in a folder of the test; the terminal's wishes are not heard."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL_") or name == "NO_COLOR":
            monkeypatch.delenv(name)
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TERM", "xterm-256color")
    return tmp_path / "home"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """A crisis of ten turns with two moves each, opened by its path."""
    file = tmp_path_factory.mktemp("small") / "scenario.yaml"
    file.write_text(TWO_MOVES, encoding="utf-8")
    return open_crisis(str(file))


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
