"""What nobody chooses: events, dated and undated."""

from __future__ import annotations

from engine.scenario.models import Event, Scenario

NO_OUTCOME = -1
"""The number of the outcome of an event that has none."""


class Occurrence:
    """An event of the scenario."""

    def __init__(self, scenario: Scenario, event_id: str, event: Event, memory: int | None) -> None:
        """``memory`` is the row of the day on which it last happened, if that is kept."""
        self.id, self.event, self.memory = event_id, event, memory
        self.due = None if event.on is None else scenario.timeline.first_pace_from(event.on)
        """The pace in which a dated event comes due."""
        self.outcomes = tuple(event.outcomes)
