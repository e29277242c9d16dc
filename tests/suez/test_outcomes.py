"""No prize for atrocity, and a story that ends when it is decided."""

from __future__ import annotations

import pytest

from engine.rules import Rules
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.hunting.outcomes import foregone, worth

pytestmark = pytest.mark.slow

SIDES = ("uk", "israel", "egypt", "us", "secretary_general")
"""Those whom people play."""

CLEAR = 10
"""So many points of a hundred are a clear margin."""

HALTS = {"stop_at_midnight", "call_off", "halt_in_sinai"}
"""What ends the fighting, with a cabinet that will not go on."""


def test_a_war_of_the_blocs_is_the_worst_for_everybody(suez: Scenario) -> None:
    """Once in fifteen hundred games it comes; here a hot day makes it likely, so that there are enough to measure."""
    hot = with_settings(suez, {"measures.exposed.value": "0.6 if cold_war > 55 else 0"})
    assert worth(Rules(hot), 1_200).prizes("war", margin=CLEAR) == []


def test_a_war_without_end_is_worse_than_any_end_of_it_for_those_who_play(suez: Scenario, rules: Rules) -> None:
    """Where nobody may halt, each of them comes to less than by any way out."""
    actions = {name: action for name, action in suez.actions.items() if name not in HALTS}
    events = {name: event for name, event in suez.events.items() if name != "cabinet_revolts"}
    on_and_on = worth(Rules(suez.model_copy(update={"actions": actions, "events": events})), 150).means["war_goes_on"]
    ends = worth(rules, 600).means
    assert len(ends) >= 5
    assert [(side, end) for side in SIDES for end in ends if on_and_on[side] + CLEAR / 2 > ends[end][side]] == []


def test_a_story_ends_when_it_is_decided(rules: Rules) -> None:
    """No more than two days running on which all futures are one ending."""
    assert foregone(rules, games=2) == []
