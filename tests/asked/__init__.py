"""A small crisis in which sides are asked what to do, for tests to play."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.rules import Rules
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario

LOST_PLANE = Path(__file__).parent
"""The folder of its scenario."""


def lost_plane(**changes: Any) -> Rules:
    """Its rules, perhaps with other fields."""
    scenario = load_scenario(LOST_PLANE, {})
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    return Rules(Scenario.model_construct(**fields | changes))


def by_the_week() -> Rules:
    """The same asked week by week, while the rules go on every six hours: questions are put in the middle of a turn."""
    return lost_plane(step=7.0, pace=0.25)
