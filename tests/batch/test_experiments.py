"""Experiments: what can be wrong with one, and the plan that a right one makes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import load

EXPERIMENTS = Path(__file__).parents[2] / "scenarios" / "kosovo-2007" / "experiments"

RIGHT = """\
experiment_format: 1
scenario: small-crisis
seed: 7
runs: 50
set: {temperature: 0.1}
uncertainties:
  resolve: {path: actors.russia.stances.status.salience, range: [0.2, 1]}
  unrest: {path: values.unrest.start, apply: times, values: [0.5, 1, 2]}
levers:
  russia:
    choices:
      free: {}
      still: {policy: {russia: hold}}
      told:
        set: {actors.us.stances.status.salience: 0}
        orders: {russia: {0: "warn:us", 2007-12-10: hold}}
        votes: {russia: {all: abstain, table_resolution: "yes"}}
        off: [clashes]
outcomes:
  declared_on: {first: declared}
  worst: {maximum: unrest}
design:
  grid: {resolve: {steps: 3}, unrest: [0.5, 2]}
"""
"""An experiment without an error."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


def plan(scenario: Scenario, folder: Path, text: str, **tables: str) -> Plan:
    """The plan of an experiment's text, with tables beside it."""
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    path = folder / "experiment.yaml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path, scenario)


def replaced(old: str, new: str) -> str:
    """The right experiment with one passage exchanged, which is there exactly once."""
    assert RIGHT.count(old) == 1, f"{old!r} stands {RIGHT.count(old)} times"
    return RIGHT.replace(old, new)


def test_a_right_experiment_is_crossed_with_its_levers(scenario: Scenario, tmp_path: Path):
    """Three steps times two values times three choices, the levers fastest."""
    made = plan(scenario, tmp_path, RIGHT)
    assert (len(made.points), made.runs, made.seed, made.total_runs, made.sampling) == (18, 50, 7, 900, "grid")
    assert made.points[0].settings == {"resolve": 0.2, "unrest": 0.5, "russia": "free"}
    assert made.points[1].settings == {"resolve": 0.2, "unrest": 0.5, "russia": "still"}
    assert made.points[-1].settings == {"resolve": 1.0, "unrest": 2.0, "russia": "told"}
    assert [point.number for point in made.points] == list(range(18))
    assert list(made.points.column("russia")[:4]) == ["free", "still", "told", "free"]


def test_an_arm_is_the_scenario_with_its_settings_and_seats(scenario: Scenario, tmp_path: Path):
    """First what is set everywhere, then uncertainties, then levers; switches last."""
    made = plan(scenario, tmp_path, RIGHT)
    free, still, told = (made.arm(made.points[number]) for number in (15, 16, 17))
    assert free.scenario.temperature == 0.1
    assert free.scenario.actors["russia"].stances["status"].salience == 1.0
    assert free.scenario.values["unrest"].start == 0.4
    assert (list(free.seats), list(still.seats), list(told.seats)) == ([], ["russia"], ["russia"])
    assert told.scenario.actors["us"].stances["status"].salience == 0
    assert "clashes" in free.scenario.events
    assert "clashes" not in told.scenario.events
    seat = told.seats["russia"]
    assert [seat.vote("table_resolution"), seat.vote("other")] == [1, 0]


def test_a_plan_travels(scenario: Scenario, tmp_path: Path):
    """To another process: the same arms come out of it there."""
    made = plan(scenario, tmp_path, RIGHT)
    there: Plan = pickle.loads(pickle.dumps(made))
    assert there.hash == made.hash
    assert there.arm(there.points[17]) == made.arm(made.points[17])


def test_a_point_that_makes_no_scenario_says_where_it_comes_from(scenario: Scenario, tmp_path: Path):
    """The place in the experiment's file, the point, the value's path, and what is wrong."""
    text = replaced("[0.5, 1, 2]", "[0.5, 1, 5]").replace("[0.5, 2]", "[0.5, 5]")
    made = plan(scenario, tmp_path, text.replace("free: {}", "free: {set: {values.unrest.range: [0, 0.9]}}"))
    with pytest.raises(ScenarioError) as caught:
        made.arm(made.points[3])
    said = "error: design point 3: values.unrest.start: 1 is outside its range, 0 to 0.9"
    assert str(caught.value) == f"{tmp_path / 'experiment.yaml'}:8:3: {said}"
    assert made.arm(made.points[0]).scenario.values["unrest"].start == 0.1


def test_an_order_that_a_setting_makes_impossible_fails_its_point_only(scenario: Scenario, tmp_path: Path):
    """Here the action is no longer the actor's."""
    made = plan(scenario, tmp_path, replaced("salience: 0}", "salience: 0, actions.warn.by: us}"))
    with pytest.raises(ScenarioError, match=r'design point 2: russia has no action "warn"'):
        made.arm(made.points[2])
    assert list(made.arm(made.points[1]).seats) == ["russia"]


BAD: list[tuple[str, str, str, str]] = [
    ("", "", "1:1", "should be a mapping"),
    ("experiment_format: 1", "experiment_format: 2", "1:20", "experiment_format: should be 1, is the number 2"),
    ("scenario: small-crisis", "scenario: other", "2:11", 'is about "other", and the scenario is "small-crisis"'),
    ("seed: 7", "seed: -1", "3:7", "seed: should be at least 0"),
    ("runs: 50", "runs: 0", "4:7", "runs: should be at least 1"),
    ("runs: 50", "run: 50", "4:1", 'unknown key "run", did you mean "runs"?'),
    ("temperature: 0.1", "temprature: 0.1", "5:7", 'there is no "temprature" at the top of a scenario, did you mean'),
    ("temperature: 0.1", "temperature: 11", "5:20", "should be at most 10"),
    ("temperature: 0.1", "temperature: {a: 1}", "5:20", "a value is a number, true or false, a text, or a list"),
    ("actors.russia.stances.status.salience, range", "actors.rusia.capability, range", "7:19", "did you mean"),
    ("actors.russia.stances.status.salience, range", "actors.russia.title, range", "7:19", "title is no number"),
    ("range: [0.2, 1]", "range: [0.2, 1.2]", "7:65", "can't be 1.2: should be at most 1"),
    ("range: [0.2, 1]", "range: [1, 0.2]", "7:12", "the lower end 1 is not below the upper end 0.2"),
    ("range: [0.2, 1]", "rnage: [0.2, 1]", "7:58", 'unknown key "rnage", did you mean "range"?'),
    ("range: [0.2, 1]", "because: so", "7:12", "choose one of range, log_range, normal, triangular, values"),
    ("range: [0.2, 1]", "range: [0, 1], values: [1]", "7:12", "(found range and values)"),
    ("range: [0.2, 1]", "log_range: [0, 1]", "7:12", "log_range starts above 0"),
    ("range: [0.2, 1]", "normal: {mean: 0.5, sd: 0.2}", "7:66", "can't be -0.118"),
    ("range: [0.2, 1]", "normal: {mean: 0.5, sd: 0}", "7:82", "should be more than 0"),
    ("range: [0.2, 1]", "triangular: {low: 0, mode: 2, high: 1}", "7:70", "low, mode and high are in this order"),
    ("values: [0.5, 1, 2]", "values: [0.5, 1, 6]", "8:61", "can't be 6: 1.2 is outside its range, 0 to 1"),
    ("policy: {russia: hold}", "policy: {rusia: hold}", "13:24", 'unknown actor "rusia", did you mean "russia"?'),
    ("policy: {russia: hold}", "policy: {russia: holds}", "13:32", "should be 'rule', 'hold', 'greedy' or 'random'"),
    ('0: "warn:us"', '99: "warn:us"', "16:27", "99 is outside the story, which has turns 0 to 9"),
    ('0: "warn:us"', 'soon: "warn:us"', "16:27", "a turn is a number or a date"),
    ("2007-12-10: hold", "2006-12-10: hold", "16:41", "2006-12-10 is outside the story"),
    ("warn:us", "wran:us", "16:30", 'russia has no action "wran", did you mean "warn"?'),
    ("warn:us", "warn", "16:30", '"Warn" needs a target, after a colon: it may be us or kosovo'),
    ("warn:us", "warn:russia", "16:30", '"Warn" can\'t be directed at "russia"'),
    ("warn:us", "recognise:us", "16:30", '"Recognise" is directed at nobody: write it without "us"'),
    ("all: abstain", "every: abstain", "17:26", 'unknown question "every"'),
    ("all: abstain", "all: maybe", "17:31", "should be 'yes', 'abstain' or 'no'"),
    ("off: [clashes]", "off: [clash]", "18:15", 'unknown action, event or dynamic "clash", did you mean "clashes"?'),
    ("off: [clashes]", "agenda: {russia: {0: [wran]}}", "18:31", 'russia has no action "wran", did you mean "warn"?'),
    (
        "off: [clashes]",
        "agenda: {russia: {0: [hold]}}",
        "18:31",
        '"hold" is a policy and no wish: write policy: {russia:',
    ),
    ("off: [clashes]", "agenda: {russia: {99: [warn]}}", "18:27", "99 is outside the story"),
    ("off: [clashes]", "agenda: {rusia: {0: [warn]}}", "18:18", 'unknown actor "rusia", did you mean "russia"?'),
    ("off: [clashes]", "agenda: {us: {0: [warn]}}", "18:27", 'us has no action "warn"'),
    ("off: [clashes]", "agenda: {russia: {0: []}}", "18:30", "needs at least 1 entry, has none"),
    ("first: declared", "first: declred", "20:24", 'unknown name "declred", did you mean "declared"?'),
    ("first: declared", "first: unrest", "20:24", "this is a number where a yes/no is needed"),
    ("first: declared", "first: ending.frosen", "20:24", 'unknown name "ending.frosen"'),
    ("maximum: unrest", "maximum: unrest, mean: unrest", "21:10", "choose one of at_end, first"),
    ("declared_on:", "unrest:", "20:3", '"unrest" stands under uncertainties already'),
    ("declared_on:", "score_us:", "20:3", '"score_us" is a column of every result'),
    ("{steps: 3}", "{steps: 1}", "23:19", "steps is a whole number from 2 to 1,000,000"),
    ("{steps: 3}", "{stpes: 3}", "23:19", "an axis is a list of values, or steps: and their number"),
    ("{steps: 3}", "{steps: 500000}", "23:9", "the design has 3,000,000 points: at most 1,000,000 are allowed"),
    ("{steps: 3}", "[0.5, 2]", "23:25", "can't be 2: should be at most 1"),
    ("{steps: 3}", "[0.5, high]", "23:25", 'should be a number, is "high"'),
    ("resolve: {steps: 3}", "resolv: {steps: 3}", "23:10", 'unknown uncertainty or lever "resolv", did you mean'),
    ("resolve: {steps: 3}, ", "", "23:9", "says nothing about resolve"),
    ("unrest: [0.5, 2]", "unrest: [2], russia: [fre]", "23:53", '"russia" has no choice "fre", did you mean "free"?'),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "grid: {}", "23:9", "the design has no points"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "list: []", "23:9", "the design has no points"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "levers: base", "23:3", "uncertainties need one of grid, list"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "sobol: 100", "23:3", "a power of two, such as 64 or 128"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "sobol: 0", "23:10", "should be at least 1"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "sobol: 8\n  grid: {}", "23:3", "found grid and sobol"),
    ("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "csv: ../a.csv", "23:8", "a file is named without its folder"),
    (
        "grid: {resolve: {steps: 3}, unrest: [0.5, 2]}",
        "list: [{resolve: 1, unrest: 1, russia: free}, {resolve: 1, unrest: 1}]",
        "23:49",
        'does not say which choice of "russia", as other points do',
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "says"), BAD)
def test_what_is_wrong_is_said_with_its_line_and_column(
    scenario: Scenario, tmp_path: Path, old: str, new: str, place: str, says: str
):
    """Format, names, paths, numbers outside the scale, orders, expressions, and designs."""
    text = replaced(old, new) if old else "- nothing"
    with pytest.raises(ScenarioError) as caught:
        plan(scenario, tmp_path, text)
    first = str(caught.value.problems[0])
    assert says in first
    assert first.startswith(f"{tmp_path / 'experiment.yaml'}:{place}: error: ")


IN_A_TABLE = replaced("grid: {resolve: {steps: 3}, unrest: [0.5, 2]}", "csv: points.csv")

TABLES: list[tuple[str, str, str]] = [
    ("", "", "the design has no points"),
    ("resolve,unrest\n", "", "the design has no points"),
    ("resolve,unrest\n0.5\n", "2:1", "has 1 values under 2 names"),
    ("resolve,unrst\n0.5,1\n", "1:1", 'unknown uncertainty or lever "unrst", did you mean "unrest"?'),
    ("resolve\n0.5\n", "1:1", "says nothing about unrest"),
    ("resolve,unrest,resolve\n0.5,1,1\n", "1:1", '"resolve" is the name of two columns'),
    ("resolve,unrest\n0.5,1\n1.5,1\n", "3:1", "resolve: can't be 1.5: should be at most 1"),
    ("resolve,unrest\n0.5,much\n", "2:1", 'unrest: should be a number, is "much"'),
    ("resolve,unrest\n0.5,nan\n", "2:1", 'unrest: should be a number, is "nan"'),
    ("resolve,unrest,russia\n0.5,1,\n", "2:1", "russia: is empty: each line says which choice"),
    ("resolve,unrest,russia\n0.5,1,fre\n", "2:1", '"russia" has no choice "fre", did you mean "free"?'),
    ('resolve,unrest\n0.5,"1\n', "2:1", "can't be read as CSV"),
]


@pytest.mark.parametrize(("table", "place", "says"), TABLES)
def test_what_is_wrong_with_a_table_is_said_at_its_line(
    scenario: Scenario, tmp_path: Path, table: str, place: str, says: str
):
    """In the table's own file; that it has no points, in the experiment's."""
    with pytest.raises(ScenarioError) as caught:
        plan(scenario, tmp_path, IN_A_TABLE, points=table)
    first = str(caught.value.problems[0])
    assert says in first
    assert (f"points.csv:{place}: " if place else "experiment.yaml:23:8: ") in first


def test_a_table_that_is_not_there_is_one_message(scenario: Scenario, tmp_path: Path):
    """Nothing else is said about it."""
    with pytest.raises(ScenarioError) as caught:
        plan(scenario, tmp_path, IN_A_TABLE)
    assert str(caught.value) == f"{tmp_path / 'points.csv'}: error: can't be read: there is no such file"


def test_a_table_and_a_list_say_the_same(scenario: Scenario, tmp_path: Path):
    """The same points come out, whichever way they are written; an empty cell leaves the scenario's own value."""
    table = plan(scenario, tmp_path, IN_A_TABLE, points="russia,resolve,unrest\nstill,0.5,1\n\nfree,,2\n")
    rows = "list: [{russia: still, resolve: 0.5, unrest: 1}, {russia: free, unrest: 2}]"
    listed = plan(scenario, tmp_path, IN_A_TABLE.replace("csv: points.csv", rows))
    assert [point.settings for point in table.points] == [point.settings for point in listed.points]
    assert listed.points[1].settings == {"unrest": 2.0, "russia": "free"}
    assert listed.arm(listed.points[1]).scenario.actors["russia"].stances["status"].salience == 0.9


def test_an_experiment_may_have_levers_only(scenario: Scenario, tmp_path: Path):
    """Then its points are the levers' choices."""
    head = RIGHT[: RIGHT.index("uncertainties:")] + RIGHT[RIGHT.index("levers:") : RIGHT.index("outcomes:")]
    assert [dict(point.settings) for point in plan(scenario, tmp_path, head).points] == [
        {"russia": "free"},
        {"russia": "still"},
        {"russia": "told"},
    ]
    base = plan(scenario, tmp_path, head + "design: {levers: base}\n")
    assert [dict(point.settings) for point in base.points] == [{"russia": "free"}]


def test_settings_without_a_file(scenario: Scenario):
    """--set everywhere, --vary crossed; numbers are uncertainties, anything else is a lever."""
    made = plan_from_arguments(
        scenario,
        ["temperature=0.2", "values.unrest.start=*0.5"],
        ["actors.russia.capability=0.1,0.9", "values.unrest.range=[0, 1],[0, 2]", "issues.status.start=+1,+-1"],
        runs=10,
        seed=3,
    )
    assert (len(made.points), made.runs, made.seed) == (8, 10, 3)
    last = made.points[-1]
    assert last.settings == {
        "actors.russia.capability": 0.9,
        "issues.status.start": -1.0,
        "values.unrest.range": "[0, 2]",
    }
    arm = made.arm(last).scenario
    assert (arm.temperature, arm.values["unrest"].start, arm.actors["russia"].capability) == (0.2, 0.1, 0.9)
    assert (arm.issues["status"].start, arm.values["unrest"].range) == (34.0, (0.0, 2.0))


def test_settings_go_beside_those_of_an_experiment(scenario: Scenario, tmp_path: Path):
    """And runs and seed replace its own."""
    path = tmp_path / "experiment.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    made = plan_from_arguments(scenario, ["issues.status.start=40"], experiment=path, runs=9, seed=1)
    arm = made.arm(made.points[0]).scenario
    assert (arm.temperature, arm.issues["status"].start) == (0.1, 40)
    assert (made.runs, made.seed) == (9, 1)
    assert made.hash != read_plan(path, scenario).hash


def test_nothing_asked_is_one_point(scenario: Scenario):
    """The scenario as it is."""
    made = plan_from_arguments(scenario)
    [point] = made.points
    assert point.settings == {}
    assert made.arm(point).scenario is scenario


ARGUMENTS: list[tuple[list[str], list[str], str]] = [
    (["temperature"], [], '--set: error: write PATH=VALUE, such as issues.status.start=40, not "temperature"'),
    (["temperature="], [], "--set: error: write PATH=VALUE"),
    (["temprature=1"], [], '--set: error: temprature: there is no "temprature" at the top of a scenario, did you'),
    (["temperature=[1"], [], '--set: error: temperature: "[1" can\'t be read as a value'),
    (["temperature=99"], [], "--set: error: temperature: should be at most 10"),
    ([], ["temperature"], "--vary: error: write PATH=VALUE,VALUE"),
    ([], ["temperature=1,,2"], '--vary: error: temperature: "1,,2" has an empty value'),
    ([], ["temperature=1,99"], "--vary: error: temperature: should be at most 10"),
    (
        [],
        ["temperature=1", "temperature=2"],
        "--vary: error: temperature: temperature is said by --vary temperature=1 already: one question has one answer",
    ),
    ([], ["temprature=1"], '--vary: error: temprature: there is no "temprature"'),
    (
        [],
        [
            f"{path}=" + ",".join(str(n / 1100) for n in range(1, 1002))
            for path in ("issues.status.start", "temperature")
        ],
        "1,002,001 points",
    ),
]


@pytest.mark.parametrize(("settings", "vary", "says"), ARGUMENTS)
def test_wrong_arguments_are_one_clear_message(scenario: Scenario, settings: list[str], vary: list[str], says: str):
    """Which argument, which path, what is wrong."""
    with pytest.raises(ScenarioError) as caught:
        plan_from_arguments(scenario, settings, vary)
    assert says in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "points"), [("what-matters", 576), ("counterfactuals", 4)])
def test_the_experiments_on_kosovo_are_right(name: str, points: int):
    """Each of their points makes a scenario."""
    made = read_plan(EXPERIMENTS / f"{name}.yaml", load_scenario("kosovo-2007"))
    assert len(made.points) == points
    for point in made.points[:: max(1, points // 40)]:
        assert made.arm(point).scenario.id == "kosovo-2007"
