"""A small crisis in which sides may give their word, for tests to play."""

from __future__ import annotations

from pathlib import Path

from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.overrides import Settings, with_settings

TWO_RIVERS = Path(__file__).parent
"""The folder of its scenario."""


def two_rivers(settings: Settings = {}) -> Scenario:  # noqa: B006 # never changed
    """Its scenario, perhaps with other numbers."""
    return with_settings(load_scenario(TWO_RIVERS, {}), settings)
