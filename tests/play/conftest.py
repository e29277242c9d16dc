"""What tests of play share."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from tests.play.tables import two_moves


@pytest.fixture(scope="session")
def kosovo() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("kosovo-2007")


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The crisis with two moves a turn."""
    folder: Path = tmp_path_factory.mktemp("crisis")
    return two_moves(folder)
