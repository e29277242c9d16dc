"""Between two moments lie whole hours, whatever the numbers are in which days are counted."""

from __future__ import annotations

import pytest

from engine.executors import NUMPY
from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from tests.rules.executed import go_the_same_way

PACES = (1, 2, 4, 8)
"""Hours of a pace, of which some are no number of the machine as a share of a day."""


EAGER = {"tempo": "1h", "appeal": 100}
"""Done as soon as it may be."""


def story(hours: int) -> Scenario:
    """Four days: Ann calls every 16 hours from the second pace on, and Bob replies so long after her first call."""
    return Scenario.model_validate(
        {
            "scenario_format": 1,
            "id": "hours",
            "title": "Hours",
            "start": "2008-01-01",
            "end": "2008-01-05",
            "pace": f"{hours}h",
            "step": "1d",
            "issues": {"status": {"title": "Status", "start": 40, "scale": {0: "low", 100: "high"}}},
            "values": {name: {"title": name, "range": [0, 1000]} for name in ("calls", "replies", "eve")},
            "flags": {"rung": "Ann has called"},
            "actors": {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
            "calendar": {"fair": {"on": "2008-01-02", "title": "Fair"}},
            "actions": {
                "call": {
                    "title": "Call",
                    "by": "ann",
                    **EAGER,
                    "when": "day > 0",
                    "cooldown": "16h",
                    "effects": [{"add": {"calls": 1}, "set": {"rung": True}}],
                },
                "reply": {
                    "title": "Reply",
                    "by": "bob",
                    **EAGER,
                    "when": "days_since.rung == 16 / 24",
                    "reply_to": {"action": "call", "within": "16h"},
                    "effects": [{"add": {"replies": 1}}],
                },
            },
            "events": {
                "eve": {"title": "Eve", "when": f"days_since.fair == -{hours} / 24", "effects": [{"add": {"eve": 1}}]}
            },
            "endings": [{"id": "over", "title": "Over"}],
        }
    )


def values_of(scenario: Scenario) -> dict[str, float]:
    """What the values are at the end."""
    rules = Rules(scenario, NUMPY)
    world = rules.open(1)
    rules.finish(world)
    return {name: float(world.cells[rules.layout.rows[Reference("value", name)], 0]) for name in scenario.values}


@pytest.mark.parametrize("hours", PACES)
def test_an_hour_is_an_hour(hours: int):
    """Sixteen hours after a call Ann may call again, and Bob may still reply, at every pace."""
    assert values_of(story(hours)) == {"calls": 6, "replies": 1, "eve": 1}


def test_by_both_executors():
    """A third of a day is rounded alike by both."""
    assert go_the_same_way(story(8))
