"""What tests of the screens share: two crises, read once, and a home of its own for each test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.play.crisis import Crisis, open_crisis
from tests.play.tables import TWO_MOVES
from tests.scenario.minimal import write


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
