"""A scenario without doubt: what it comes to where every number is its best guess."""

from __future__ import annotations

from engine.scenario.doubts import plain, replaced
from engine.scenario.models import Actor, Scenario


def certain(scenario: Scenario) -> Scenario:
    """The same scenario, in which no run draws what a number or a position is.

    What the story itself leaves to chance stays: secrets, events, what is chosen.
    """
    found: Scenario = replaced(scenario, lambda number: plain(number, number.value))
    return found.model_copy(update={"actors": {name: _settled(actor) for name, actor in found.actors.items()}})


def _settled(actor: Actor) -> Actor:
    stances = {issue: stance.model_copy(update={"spread": 0.0}) for issue, stance in actor.stances.items()}
    return actor.model_copy(update={"stances": stances})
