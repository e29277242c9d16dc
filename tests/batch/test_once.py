"""Nobody answers one question twice: whatever two parts of a request are, they may not say one value."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import load

HEAD = "experiment_format: 1\nscenario: small-crisis\n"
"""Two lines, so that what a test adds begins in line 3."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


U = "actors.us.capability"
UNCERTAIN = f"uncertainties: {{a: {{path: {U}, range: [0.1, 0.2]}}}}\ndesign: {{sobol: 2}}\n"
LEVER = f"levers: {{l: {{choices: {{x: {{}}, y: {{set: {{{U}: 0.3}}}}}}}}}}\n"


def two_choices(first: str, second: str) -> str:
    """Two levers, each with a choice that says something."""
    return f"levers:\n  a: {{choices: {{x: {{}}, y: {{{first}}}}}}}\n  b: {{choices: {{x: {{}}, y: {{{second}}}}}}}\n"


def two_uncertainties(first: str, second: str) -> str:
    """Two uncertainties with these paths."""
    return (
        f"uncertainties:\n  a: {{path: {first}, range: [0.1, 0.2]}}\n  b: {{path: {second}, range: [0.1, 0.2]}}\n"
        "design: {sobol: 2}\n"
    )


TWICE: list[tuple[str, tuple[str, ...], str, str]] = [
    (UNCERTAIN + f"set: {{{U}: 0.3}}\n", (), "3:27", f"uncertainties.a.path: {U} is said by set (FILE, line 5)"),
    (two_uncertainties(U, U), (), "5:13", f"b.path: {U} is said by uncertainties.a (FILE, line 4) already"),
    (two_uncertainties("actors.powers.capability", U), (), "5:13", f"{U} is said by uncertainties.a (FILE, line 4)"),
    (two_uncertainties(U, "actors.actors.capability"), (), "5:13", f"{U} is said by uncertainties.a (FILE, line 4)"),
    (two_uncertainties(f"[{U}, {U}]", "temperature"), (), "4:36", f"a.path.1: {U} is said by uncertainties.a (FILE, "),
    (UNCERTAIN + LEVER, (), "5:41", f"y.set.{U}: {U} is said by uncertainties.a (FILE, line 3) already"),
    (UNCERTAIN, (f"{U}=0.3",), "--set", f"{U}: {U} is said by uncertainties.a (FILE, line 3) already"),
    (LEVER, (f"{U}=0.3",), "--set", f"{U}: {U} is said by levers.l.choices.y (FILE, line 3) already"),
    (f"set: {{{U}: 0.3}}\n", (f"{U}=0.3",), "--set", f"{U}: {U} is said by set (FILE, line 3) already"),
    (f"set: {{actors.powers.capability: 0.3, {U}: 0.3}}\n", (), "3:38", f"{U} is said by set (FILE, line 3) already"),
    ("set: {endings.0.when: declared}\n", ("endings.independent.when=declared",), "--set", "endings.0.when is said by"),
    (two_choices(f"set: {{{U}: 1}}", f"set: {{{U}: 1}}"), (), "5:", "two choices of one lever"),
    (two_choices("off: [clashes]", "off: [clashes]"), (), "5:", "events.clashes is said by levers.a.choices.y (FILE"),
    (
        two_choices("off: [declare]", "set: {actions.declare.tempo: 9}"),
        (),
        "5:",
        "actions.declare.tempo lies in actions.declare, which levers.a.choices.y (FILE, line 4) says already",
    ),
    (
        two_choices("set: {actions.declare.tempo: 9}", "off: [declare]"),
        (),
        "5:",
        "something in actions.declare is said by levers.a.choices.y (FILE, line 4) already",
    ),
    (two_choices("policy: {us: hold}", "policy: {us: greedy}"), (), "5:", "what us does is said by levers.a.choices.y"),
    (two_choices("policy: {us: hold}", "orders: {us: {3: hold}}"), (), "5:", "what us does in turn 3 lies in what us"),
    (
        two_choices("orders: {us: {3: hold}}", "orders: {us: {2007-12-11: hold}}"),
        (),
        "5:",
        "what us does in turn 3 is said by levers.a.choices.y",
    ),
    (
        two_choices('votes: {us: {all: "no"}}', 'votes: {us: {table_resolution: "yes"}}'),
        (),
        "5:",
        "how us votes on table_resolution lies in how us votes, which",
    ),
    (
        "levers: {a: {choices: {x: {orders: {us: {3: hold, 2007-12-11: rule}}}}}}\n",
        (),
        "3:51",
        "turn 3 has an order already",
    ),
    ("levers: {a: {choices: {x: {orders: {us: {3: hold, '3': rule}}}}}}\n", (), "3:51", "duplicate key"),
    (
        "levers: {a: {choices: {x: {agenda: {us: {3: [recognise], 2007-12-11: [recognise]}}}}}}\n",
        (),
        "3:58",
        "turn 3 has been told already, in line 3",
    ),
    ("set: {groups.powers: [us]}\n", ("actors.powers.capability=1",), "--set", "is about the members of groups.powers"),
    ("set: {values.unrest.range: [0, 2]}\n", ("values.unrest.range.1=3",), "--set", "values.unrest.range.1 lies in"),
    ("runs: 5\nruns: 6\n", (), "4:1", "duplicate key"),
]


@pytest.mark.parametrize(("text", "settings", "place", "says"), TWICE)
def test_what_is_said_twice_is_refused_with_both_places(
    scenario: Scenario, tmp_path: Path, text: str, settings: tuple[str, ...], place: str, says: str
):
    """Options, what is set, uncertainties, levers, switches, orders, agendas and votes, each against the others."""
    path = tmp_path / "experiment.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        plan_from_arguments(scenario, settings, experiment=path)
    [problem] = caught.value.problems
    said = str(problem).replace(str(path), "FILE")
    assert said.startswith(f"{place if place.startswith('--') else f'FILE:{place}'}")
    assert says in said
    assert caught.value.is_of_the_command == place.startswith("--")


OPTIONS: list[tuple[list[str], list[str], str]] = [
    ([f"{U}=0.1", f"{U}=0.1"], [], f"--set: error: {U}: {U} is said by --set {U}=0.1 already"),
    (["actors.powers.capability=0.1", f"{U}=0.2"], [], f"{U} is said by --set actors.powers.capability=0.1 already"),
    ([f"{U}=0.1"], [f"{U}=+0,+0.1"], f"--vary: error: {U}: {U} is said by --set {U}=0.1 already"),
    ([], [f"{U}=0.1,0.2", "actors.powers.capability=1,2"], f"{U} is said by --vary {U}=0.1,0.2 already"),
    ([], ["endings.0.when=declared", "endings.independent.when=declared"], "endings.0.when is said by --vary"),
    ([], [f"{U}=1,1"], 'capability: "1" would be run twice as one and the same value'),
    ([], [f"{U}=0.1,0.1"], 'capability: "0.1" would be run twice as one and the same value'),
    ([], [f"{U}=1,1.0"], '"1" and "1.0" would be run twice'),
    ([], [f"{U}=+0,*1"], '"+0" and "*1" would be run twice'),
    ([], ["actions.declare.tempo=8w,56d"], '"8w" and "56d" would be run twice'),
    ([], ["values.unrest.range.0=0,0.1", "values.unrest.range=[0, 1]"], "something in values.unrest.range is said by"),
]


@pytest.mark.parametrize(("settings", "vary", "says"), OPTIONS)
def test_two_options_say_no_value_twice(scenario: Scenario, settings: list[str], vary: list[str], says: str):
    """Nor one option a value twice, whichever way it is spelled."""
    with pytest.raises(ScenarioError) as caught:
        plan_from_arguments(scenario, settings, vary)
    assert says in str(caught.value)
    assert caught.value.is_of_the_command


def test_choices_of_one_lever_may_say_the_same(scenario: Scenario, tmp_path: Path):
    """They never hold together; nor do a stance's position and its spread have anything to do with each other."""
    path = tmp_path / "experiment.yaml"
    stance = "actors.russia.stances.status"
    text = f"levers: {{l: {{choices: {{x: {{set: {{{U}: 0.1}}}}, y: {{set: {{{U}: 0.3}}, off: [clashes]}}}}}}}}\n"
    path.write_text(f"{HEAD}{text}set: {{{stance}.position: 1, {stance}.spread: 2}}\n", encoding="utf-8")
    made = read_plan(path, scenario)
    assert [made.arm(point).scenario.actors["us"].capability for point in made.points] == [0.1, 0.3]


def test_values_that_need_each_other_are_set_together(scenario: Scenario) -> None:
    """A turn is a whole number of paces: neither of the two has to go by itself."""
    plan = plan_from_arguments(scenario, ["step=3d", "pace=1d"], [])
    assert plan.arm(plan.points[0]).scenario.timeline.paces_per_turn == 3
    with pytest.raises(ScenarioError, match="whole number of paces"):
        plan_from_arguments(scenario, ["step=3d", "pace=2d"], [])
