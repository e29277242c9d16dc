"""What is not lowered to a program yet: scenarios that use it are played by the rule book."""

from __future__ import annotations

from engine.scenario.models import Scenario


def is_beyond(scenario: Scenario) -> bool:
    """Whether a scenario has something that only the rule book can play."""
    return bool(scenario.asks) or any(action.each is not None for action in scenario.actions.values())
