"""The real scenario, compiled once for all tests here."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from tests.hunting.ballots import Ballots, ballots_of

VOTED = 300
"""Runs whose votes are counted."""


@pytest.fixture(scope="session")
def suez() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("suez-1956")


@pytest.fixture(scope="session")
def rules(suez: Scenario) -> Rules:
    """Its rules."""
    return Rules(suez)


@pytest.fixture(scope="session")
def votes(rules: Rules) -> Ballots:
    """The votes of some hundred runs."""
    return ballots_of(rules, VOTED)
