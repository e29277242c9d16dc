"""The real scenario, compiled once for all tests here."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario


@pytest.fixture(scope="session")
def vienna() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("vienna-2015")


@pytest.fixture(scope="session")
def rules(vienna: Scenario) -> Rules:
    """Its rules."""
    return Rules(vienna)
