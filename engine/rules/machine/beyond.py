"""What the machine has no instructions for: scenarios that use it are played by the rule book."""

from __future__ import annotations

from engine.scenario.models import Effect, Scenario
from engine.scenario.walk import change_lists


def is_beyond(scenario: Scenario) -> bool:
    """Whether a scenario has something that only the rule book can play."""
    effects = (change for changes in change_lists(scenario) for change in changes.changes)
    has_days = any(isinstance(effect, Effect) and effect.on is not None for effect in effects)
    actions = scenario.actions.values()
    return (
        bool(scenario.asks)
        or has_days
        or any(
            action.in_force is not None or action.reply_to is not None or action.each is not None for action in actions
        )
    )
