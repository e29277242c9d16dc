"""A small crisis in which sides are asked what to do, for tests to play."""

from __future__ import annotations

from pathlib import Path

from engine.rules import Rules
from engine.scenario.load import load_scenario

LOST_PLANE = Path(__file__).parent
"""The folder of its scenario."""


def lost_plane() -> Rules:
    """Its rules."""
    return Rules(load_scenario(LOST_PLANE, {}))
