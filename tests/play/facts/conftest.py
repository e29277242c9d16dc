"""Games to tell of: the real crisis, a small one, and one whose names are hard to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import Game
from engine.rules import Rules
from engine.scenario.load import Report, check_scenario
from engine.scenario.models import Scenario
from tests.play.facts.strange import STRANGE
from tests.scenario.minimal import load


@pytest.fixture(scope="session")
def report() -> Report:
    """Kosovo, as it ships, with its sources and its history."""
    return check_scenario("kosovo-2007")


@pytest.fixture(scope="session")
def kosovo(report: Report) -> Scenario:
    """The scenario alone."""
    assert report.scenario is not None
    return report.scenario


@pytest.fixture(scope="session")
def rules(kosovo: Scenario) -> Rules:
    """Its rules."""
    return Rules(kosovo)


@pytest.fixture
def game(rules: Rules) -> Game:
    """A game of Kosovo at its fifth turn, on Christmas Day."""
    game = Game(rules, seed=3)
    for _ in range(5):
        game.step()
    return game


@pytest.fixture
def small(tmp_path: Path) -> Game:
    """The small crisis before its first turn."""
    return Game(Rules(load(tmp_path)), seed=5)


@pytest.fixture
def strange(tmp_path: Path) -> Game:
    """The small crisis with names in brackets, names as long as may be, and names from right to left."""
    return Game(Rules(load(tmp_path, STRANGE)), seed=5)
