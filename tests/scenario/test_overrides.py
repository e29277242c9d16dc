"""Values of a scenario changed by their paths, and every way in which a path or a value can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario.load import load_scenario, scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.overrides import Relative, Setting, parse_setting, resolve, with_settings
from engine.scenario.problems import ScenarioError
from engine.scenario.records import Record
from engine.scenario.written import as_written
from tests.scenario.minimal import load


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


def value_at(scenario: Scenario, path: str) -> list[Any]:
    """What stands at a path, for each value that it names."""
    return [found.value for found in resolve(scenario, path)]


RIGHT: list[tuple[str, Setting, list[Any]]] = [
    ("temperature", 0.2, [0.2]),
    ("issues.status.start", 40, [40.0]),
    ("issues.status.start", Relative("+", 10), [45.0]),
    ("issues.status.start", Relative("*", 0.5), [17.5]),
    ("issues.status.scale.0", "as ever", ["as ever"]),
    ("values.unrest.start", 1, [1.0]),
    ("values.unrest.range", [0, 2], [[0.0, 2.0]]),
    ("actors.russia.stances.status.salience", 0, [0.0]),
    ("actors.russia.temperature", 0.3, [0.3]),
    ("actors.powers.stances.status.salience", 0.25, [0.25, 0.25]),
    ("actors.powers.stances.status.position", Relative("+", 5), [5.0, 95.0]),
    ("actors.actors.capability", 0.5, [0.5, 0.5, 0.5]),
    ("institutions.council.threshold", 0.2, [0.2]),
    ("institutions.council.pass.yes", 1.0, [1]),
    ("institutions.council.pass.veto", [], [[]]),
    ("institutions.council.seats.2.from", "2008-01-15", ["2008-01-15"]),
    ("actions.declare.tempo", 10, ["10d"]),
    ("actions.declare.tempo", "2w", ["14d"]),
    ("actions.declare.tempo", Relative("*", 0.5), ["28d"]),
    ("actions.declare.effects.0.add.status", 30, ["30"]),
    ("actions.declare.effects.1.chance", Relative("*", 0.5), ["(0.3) * (0.5)"]),
    ("actions.recognise.effects.0.set.self.recognised", False, ["False"]),
    ("actions.warn.needs.the air is thick", "tension > 0.5", ["tension > 0.5"]),
    ("actions.table_resolution.vote.lean", 0.1, ["0.1"]),
    ("actions.table_resolution.vote.in", "council", ["council"]),
    ("actions.table_resolution.vote.pass.0.add.status", 1, ["1"]),
    ("dynamics.calm.per_week.unrest", 0, ["0"]),
    ("events.clashes.chance_per_week", 0.5, ["0.5"]),
    ("endings.independent.when", "declared", ["declared"]),
    ("endings.0.when", "declared", ["declared"]),
    ("end", "2008-02-05", ["2008-02-05"]),
]


@pytest.mark.parametrize(("path", "value", "becomes"), RIGHT)
def test_a_path_names_a_value_as_it_is_written_in_the_file(
    scenario: Scenario, path: str, value: Setting, becomes: list[Any]
):
    """Aliases, list positions, ids, keys with dots, groups of actors and relative values."""
    assert value_at(with_settings(scenario, {path: value}), path) == becomes


WRONG: list[tuple[str, Setting, str]] = [
    ("", 1, "is no path: write names with single dots between them, such as issues.status.start"),
    ("issues..start", 1, "is no path: write names with single dots between them, such as issues.status.start"),
    ("temprature", 1, 'there is no "temprature" at the top of a scenario, did you mean "temperature"?'),
    ("actors.rusia.capability", 1, 'there is no "rusia" under actors, did you mean "russia"?'),
    ("actors.russia.stances.law.salience", 1, 'there is no "law" under actors.russia.stances: there is status'),
    ("actors.powers.stances.law.salience", 1, 'there is no "law" under actors.russia.stances: there is status'),
    ("actors.russia.stances", 1, "names no single value: go on with status"),
    ("institutions.council.seats", 1, "names no single value: go on with 0, 1 or 2"),
    ("actions.declare.effects.2.chance", 1, 'there is no "2" under actions.declare.effects: there are 0 and 1'),
    ("actions.declare.vote.lean", 1, "actions.declare.vote is not there, so nothing below it can be set"),
    ("actors.russia.title.short", 1, "actors.russia.title is a single value: nothing stands below it"),
    ("id", "other", "can't be changed: by it results are compared"),
    ("start", "2007-11-21", "can't be changed: by it results are compared"),
    ("endings.frozen.id", "cold", "can't be changed: by it results are compared"),
    ("actors.russia.temperature", Relative("*", 2), "*2 needs a number to start from, and here is nothing"),
    ("title", Relative("+", 2), '+2 needs a number to start from, and here is text "A small crisis"'),
    ("issues.status.start", 101, "101 is outside the issue's scale, 0 to 100"),
    ("actors.russia.stances.status.position", -1, "-1 is outside the issue's scale, 0 to 100"),
    ("actors.russia.stances.status.salience", 1.5, "should be at most 1, is the number 1.5"),
    ("values.unrest.start", "high", 'should be a number, is text "high"'),
    ("institutions.council.pass.yes", 1.5, "should be a whole number, is the number 1.5"),
    ("actions.declare.tempo", 0, "a duration is more than zero, not text"),
    ("actions.declare.when", "unrest", "this is a number where a yes/no is needed"),
    ("actions.declare.when", "declared and unrset > 1", 'unknown name "unrset", did you mean "unrest"?'),
    ("institutions.council.seats.2.from", "2008-02-30", "a date is year-month-day, such as 2007-12-10"),
    ("end", "2007-11-01", "2007-11-01"),
]


@pytest.mark.parametrize(("path", "value", "says"), WRONG)
def test_what_is_wrong_is_said_in_a_sentence(scenario: Scenario, path: str, value: Setting, says: str):
    """The path, then what is wrong with it or with the value."""
    with pytest.raises(ScenarioError) as caught:
        with_settings(scenario, {path: value}, "--set")
    [first, *_] = caught.value.problems
    assert says in first.message
    assert str(first).startswith("--set: error: ")


def test_every_wrong_path_is_told_at_once(scenario: Scenario):
    """Not only the first."""
    with pytest.raises(ScenarioError) as caught:
        with_settings(scenario, {"issue.status.start": 1, "temperature": 0.1, "actors.us.capabilty": 1})
    assert [problem.where for problem in caught.value.problems] == ["issue.status.start", "actors.us.capabilty"]


TWICE: list[tuple[str, str, str]] = [
    ("issues.status.start", "issues.status.start", "issues.status.start is said by issues.status.start already"),
    ("endings.0.when", "endings.independent.when", "endings.0.when is said by endings.0.when already"),
    ("actors.powers.capability", "actors.us.capability", "actors.us.capability is said by actors.powers.capability"),
    ("actors.us.capability", "actors.actors.capability", "actors.us.capability is said by actors.us.capability"),
    ("values.unrest.range", "values.unrest.range.0", "values.unrest.range.0 lies in values.unrest.range, which"),
    ("groups.powers.0", "groups.powers", "something in groups.powers is said by groups.powers.0 already"),
    ("actors.powers.capability", "groups.powers.0", "groups.powers can't be another where actors.powers.capability is"),
    ("groups.powers", "actors.powers.capability", "is about the members of groups.powers, which groups.powers changes"),
]


@pytest.mark.parametrize(("first", "second", "says"), TWICE)
def test_no_value_is_set_twice(scenario: Scenario, first: str, second: str, says: str):
    """By whatever name: a group and its member, an entry's number and its id, a list and its entry, a group in use."""
    with pytest.raises(ScenarioError) as caught:
        with_settings(scenario, [(first, 0.5), (second, 0.25)])
    [problem] = caught.value.problems
    assert problem.where == second
    assert says in problem.message


@pytest.mark.parametrize("days", [1 / 3, 3.14159, 0.1, 1e-5, 9999.123456789012, 7.0])
def test_a_number_of_days_becomes_exactly_that(scenario: Scenario, days: float):
    """To the last bit, and another change of the scenario leaves it so."""
    once = with_settings(scenario, {"actions.declare.tempo": days})
    assert once.actions["declare"].tempo == days
    assert with_settings(once, {"actions.declare.title": "x"}).actions["declare"].tempo == days


def test_the_scenario_itself_stays_as_it_is(scenario: Scenario):
    """Changes are made in a copy, which shares what is not changed."""
    before = scenario_hash(scenario)
    changed = with_settings(scenario, {"actions.declare.effects.0.add.status": 1, "actors.powers.capability": 0})
    assert scenario_hash(scenario) == before != scenario_hash(changed)
    assert changed.actors["kosovo"] is scenario.actors["kosovo"]
    assert with_settings(scenario, {}) is scenario


def test_what_an_assumption_rules_out_is_no_error(scenario: Scenario):
    """A file whose ending can't be reached is refused; a question about such a world is not."""
    changed = with_settings(scenario, {"endings.independent.when": "status > 75 and status < 70"})
    assert changed.endings[0].when == "status > 75 and status < 70"


@pytest.mark.parametrize("name", ["kosovo-2007"])
def test_a_scenario_spelled_back_is_read_as_itself(name: str):
    """Durations, dates, shares and aliases make the round trip, at every level."""
    scenario = load_scenario(name)

    def spelled(part: Any) -> Any:
        if isinstance(part, Record):
            return {key: spelled(value) for key, value in as_written(part).items()}
        if isinstance(part, dict):
            return {key: spelled(value) for key, value in part.items()}
        return [spelled(value) for value in part] if isinstance(part, list) else part

    assert Scenario.model_validate(spelled(scenario)) == scenario


TYPED: list[tuple[str, Setting]] = [
    ("0.5", 0.5),
    ("8", 8),
    ("8w", "8w"),
    ("true", True),
    ("null", None),
    ("2007-12-10", "2007-12-10"),
    ("[0, 40]", [0, 40]),
    ("flag.war and violence > 3", "flag.war and violence > 3"),
    ("*0.5", Relative("*", 0.5)),
    ("+10", Relative("+", 10.0)),
    ("+-2.5e-1", Relative("+", -0.25)),
]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_a_typed_value_is_read_as_a_file_would_be(text: str, value: Setting):
    """And `*` and `+` are relative."""
    assert parse_setting(text) == value


@pytest.mark.parametrize("text", ["[1", "{a: 1}", "&x 1", "*x"])
def test_a_value_that_cannot_be_read_is_refused(text: str):
    """In a sentence."""
    with pytest.raises(ValueError, match="can't be read as a value"):
        parse_setting(text)


WORDS = st.sampled_from(["actors", "powers", "russia", "stances", "status", "0", "effects", "declare", "x", "", "1e9"])


@given(path=st.lists(WORDS, max_size=6), value=st.none() | st.booleans() | st.floats() | st.text(max_size=9))
def test_any_path_and_value_make_a_scenario_or_a_sentence(path: list[str], value: Setting):
    """Nothing else comes out, whatever goes in."""
    try:
        with_settings(KOSOVO, {".".join(path): value})
    except ScenarioError:
        pass


@given(st.text(max_size=30))
def test_any_typed_value_is_read_or_refused(text: str):
    """By a value, or a ValueError."""
    try:
        parse_setting(text)
    except ValueError:
        pass


KOSOVO = load_scenario(Path(__file__).parents[2] / "scenarios" / "kosovo-2007")
"""For paths of every kind."""
