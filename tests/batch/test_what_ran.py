"""What a design table says is what ran: each point is read back, from the scenario of its arm and from its runs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.batch.running.conduct import run_plan
from engine.batch.storage.recall import arm_in
from engine.batch.storage.results import Results
from engine.scenario.models import Scenario
from engine.scenario.overrides import resolve
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import MINIMAL, load, replaced

STILL = replaced(
    "  unrest: {title: Unrest",
    "  alpha: {title: Alpha, start: 1, range: [-1000, 1000], assumed: nothing moves it}\n"
    "  beta: {title: Beta, start: 3, range: [-1000, 1000], assumed: nothing moves it}\n"
    "  unrest: {title: Unrest",
    MINIMAL,
)
"""A scenario with two numbers that stay what they are, so that what a run ends with is what it began with."""

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
runs: 3
set: {temperature: 0.123456789012345}
uncertainties:
  alpha: {path: values.alpha.start, %s}
  beta: {path: values.beta.start, apply: times, %s}
  wait: {path: actions.declare.tempo, %s}
  share: {path: actions.declare.effects.1.chance, apply: plus, %s}
  least: {path: institutions.council.pass.yes, values: [1, 2]}
levers:
  both:
    choices:
      free: {}
      late: {set: {end: 2008-01-22, actors.powers.capability: "*0.3333333333333333"}}
outcomes:
  alpha_then: {at_end: alpha}
  beta_then: {at_end: beta}
design: {%s}
"""

RANGES = ("range: [-7, 7]", "range: [0.5, 2]", "range: [1, 80]", "range: [0.01, 0.5]")
SHAPES = (
    "normal: {mean: 0, sd: 3}",
    "log_range: [0.1, 10]",
    "triangular: {low: 0.5, mode: 3, high: 99}",
    "values: [0.05, 0.1, 0.6]",
)

DESIGNS = [
    "random: 3",
    "latin_hypercube: 3",
    "sobol: 4, levers: one_by_one",
    "saltelli: 1, levers: base",
    "morris: 1, levers: cross",
    "grid: {alpha: {steps: 3}, beta: [1.3], wait: [33.333333], share: [0.2], least: [1, 2]}",
    "list: [{alpha: 0.1, beta: 1.1, wait: 7.7777777, share: 0.3, least: 2, both: late}, {alpha: 1, both: free}]",
    "csv: points.csv",
]

TABLE = (
    "both,alpha,beta,wait,share,least\nlate,0.30000000000000004,1e-2,5.123456,.25,1.0\nfree,-1.5,,,,2\n"
    "late,+3,1.,0.75,0.125,2e0\n"
)


CASES = [(design, RANGES) for design in DESIGNS] + [(DESIGNS[number], SHAPES) for number in (0, 2, 5)]


@pytest.mark.slow
@pytest.mark.parametrize(("design", "shapes"), CASES)
def test_what_a_design_table_says_is_what_ran(tmp_path: Path, design: str, shapes: tuple[str, ...]):
    """For each way of choosing points: in the arm, in the runs, and in the arm that results make again, to the bit."""
    scenario = load(tmp_path, STILL)
    (tmp_path / "points.csv").write_text(TABLE, encoding="utf-8")
    path = tmp_path / "experiment.yaml"
    path.write_text(EXPERIMENT % (*shapes, design), encoding="utf-8")
    plan = read_plan(path, scenario)
    results = run_plan(plan, tmp_path / "results")
    assert results.failures.is_empty()
    ran = results.runs.collect()
    assert results.designs.height == len(plan.points) > 1
    for point, row in zip(plan.points, results.designs.iter_rows(named=True), strict=True):
        told = {name: value for name, value in row.items() if name != "point" and value is not None}
        assert told == dict(point.settings)
        expected = what_is_to_be(scenario, told)
        assert in_effect(plan.arm(point).scenario) == expected
        assert in_effect(arm_in(results, row["point"]).scenario) == expected
        of_point = ran.filter(pl.col("point") == row["point"])
        assert of_point.height == 3
        assert set(of_point["alpha_then"]) == {expected["values.alpha.start"]}
        assert set(of_point["beta_then"]) == {expected["values.beta.start"]}


def in_effect(scenario: Scenario) -> dict[str, Any]:
    """What stands at the paths that the experiment changes."""
    numbers = {path: next(resolve(scenario, path)).value for path in ("values.alpha.start", "values.beta.start")}
    chance = scenario.actions["declare"].effects[1].chance
    return {
        **numbers,
        "temperature": scenario.temperature,
        "tempo": scenario.actions["declare"].tempo,
        "chance": chance,
        "yes": scenario.institutions["council"].passes.yes,
        "end": scenario.end,
        "capability": [scenario.actors[actor].capability for actor in ("russia", "us", "kosovo")],
    }


def what_is_to_be(scenario: Scenario, told: dict[str, Any]) -> dict[str, Any]:
    """What a row of the design table says, worked out by hand."""
    expected = in_effect(scenario) | {"temperature": 0.123456789012345}
    if "alpha" in told:
        expected["values.alpha.start"] = told["alpha"]
    if "beta" in told:
        expected["values.beta.start"] = 3.0 * told["beta"]
    if "wait" in told:
        expected["tempo"] = told["wait"]
    if "share" in told:
        expected["chance"] = f"(0.3) + ({told['share']!r})"
    if "least" in told:
        expected["yes"] = int(told["least"])
    if told["both"] == "late":
        third = 0.3333333333333333
        expected |= {"end": dt.date(2008, 1, 22), "capability": [0.8 * third, 0.9 * third, 0.0]}
    return expected


@pytest.mark.slow
def test_what_is_varied_on_the_command_line_is_what_ran(tmp_path: Path):
    """Numbers, changes relative to what is there, days, dates and lists."""
    vary = ["values.alpha.start=1.5,2.25", "values.beta.start=+0.1,+0.7", "actions.declare.tempo=8w,3.14159d"]
    vary += ["end=2008-01-22,2008-01-29", "values.unrest.range=[0, 1],[0, 0.9]"]
    plan = plan_from_arguments(load(tmp_path, STILL), vary=vary, runs=1)
    results: Results = run_plan(plan)
    seen: set[str] = set()
    for point, row in zip(plan.points, results.designs.iter_rows(named=True), strict=True):
        arm = plan.arm(point).scenario
        assert arm.values["alpha"].start == row["values.alpha.start"]
        assert arm.values["beta"].start == 3 + row["values.beta.start"]
        assert {"8w": 56, "3.14159d": 3.14159}[row["actions.declare.tempo"]] == arm.actions["declare"].tempo
        assert arm.end.isoformat() == row["end"]
        assert list(arm.values["unrest"].range) == json.loads(row["values.unrest.range"])
        assert arm_in(results, row["point"]).scenario == arm
        seen.add(arm.model_dump_json())
    assert len(seen) == len(plan.points) == 32


WRONG = [
    ("range: [1, 2]", "sobol: 4", "yaml:5:55", "institutions.council.pass.yes is a whole number: write values:"),
    ("normal: {mean: 1, sd: 1, low: 1, high: 2}", "random: 4", "yaml:5:56", "is a whole number: write values: [...]"),
    ("values: [1, 1.5, 2]", "random: 4", "yaml:5:60", "can't be 1.5: institutions.council.pass.yes is a whole number"),
    ("apply: times, values: [1, 1.25]", "random: 4", "yaml:5:74", "can't be 1.25: institutions.council.pass.yes is a"),
    ("values: [1, 2]", "grid: {least: [1, 1.5, 2]}", "yaml:6:28", "can't be 1.5: institutions.council.pass.yes is a"),
    ("values: [1, 2]", "list: [{least: 1}, {least: 1.5}, {least: 2}]", "yaml:6:37", "can't be 1.5: institutions."),
    ("values: [1, 2]", "csv: points.csv", "points.csv:3:1", "least: can't be 1.5: institutions.council.pass.yes is a"),
]


@pytest.mark.parametrize(("shape", "design", "place", "says"), WRONG)
def test_no_whole_number_is_rounded(tmp_path: Path, shape: str, design: str, place: str, says: str):
    """What can't be run is refused when it is read, with its place, wherever the number stands."""
    (tmp_path / "points.csv").write_text("least\n1\n1.5\n2\n", encoding="utf-8")
    path = tmp_path / "experiment.yaml"
    least = f"uncertainties:\n  least: {{path: institutions.council.pass.yes, {shape}}}\n"
    path.write_text(f"experiment_format: 1\nscenario: small-crisis\nruns: 3\n{least}design: {{{design}}}\n", "utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_plan(path, load(tmp_path))
    said = str(caught.value.problems[0])
    assert place in said
    assert says in said


def test_no_share_is_rounded(tmp_path: Path):
    """A fraction that would become another one is refused, with the one that it would become."""
    text = replaced("pass: {yes: 2, veto: [russia]}", "pass: {share: 2/3, veto: [russia]}", MINIMAL)
    scenario = load(tmp_path, text)
    with pytest.raises(ScenarioError, match=r"0\.6667 would become 2/3: write 2/3"):
        plan_from_arguments(scenario, ["institutions.council.pass.share=0.6667"])
    plan = plan_from_arguments(scenario, vary=["institutions.council.pass.share=3/5,0.75"])
    arms = [plan.arm(point).scenario for point in plan.points]
    assert [str(arm.institutions["council"].passes.share) for arm in arms] == ["3/5", "3/4"]
