"""The real scenario, compiled once for all tests here."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario


@pytest.fixture(scope="session")
def kosovo() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("kosovo-2007")


@pytest.fixture(scope="session")
def rules(kosovo: Scenario) -> Rules:
    """Its rules."""
    return Rules(kosovo)
