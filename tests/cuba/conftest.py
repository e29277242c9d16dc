"""The scenario of October 1962, compiled once for all tests here."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario


@pytest.fixture(scope="session")
def cuba() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("cuba-1962")


@pytest.fixture(scope="session")
def rules(cuba: Scenario) -> Rules:
    """Its rules."""
    return Rules(cuba)
