"""Records made again from plain lists are what they were; what is no such list makes none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine.scenario.canon import canonical
from engine.scenario.flat import flat, made
from engine.scenario.load import list_scenarios, load_scenario
from engine.scenario.models import Scenario
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts


def again(scenario: Scenario) -> Any:
    """Through plain lists and their text."""
    return made(json.loads(json.dumps(flat(scenario))))


def are_the_same(scenario: Scenario) -> None:
    """In everything, to what was said and to the order of entries."""
    other = again(scenario)
    assert other == scenario
    assert repr(other) == repr(scenario)
    assert canonical(other) == canonical(scenario)
    assert other.model_fields_set == scenario.model_fields_set


@pytest.mark.parametrize("name", list_scenarios())
def test_a_bundled_scenario_is_the_same(name: str) -> None:
    """With its numbers in doubt, days, dates and quotes."""
    are_the_same(load_scenario(name))


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(scenario_texts())
def test_a_drawn_scenario_is_the_same(text: str) -> None:
    """Scenarios of all sorts of records."""
    are_the_same(load_text(text))


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        [[], [0, 0]],
        [["os:system"], [0, 0]],
        [["engine.scenario.models.scenario:nothing"], [0, 0]],
        [["engine.scenario.load:load_scenario"], [0, 0]],
        [["engine.scenario.models.scenario:Scenario"], [0, 0, "kosovo-2007"]],
        [["engine.scenario.models.scenario:Scenario"], [0, 0, [-9]]],
        [["engine.scenario.nowhere:Scenario"], [0, 0]],
    ],
)
def test_what_is_no_record_makes_none(told: Any) -> None:
    """Neither calls it anything that is no record of a scenario."""
    with pytest.raises(ValueError, match="no record"):
        made(told)


def test_what_is_no_part_of_a_record_is_not_told() -> None:
    """Instead of being lost."""
    scenario = load_scenario("cuba-1962").model_copy(update={"title": object()})
    with pytest.raises(TypeError, match="object is no part of a record"):
        flat(scenario)
