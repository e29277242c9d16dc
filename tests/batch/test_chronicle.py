"""What was done, what happened and how votes went, as an experiment asks for it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batch.analysis.coverage import cover
from engine.batch.design.planning import plan_from_values
from engine.batch.running.conduct import run_plan
from engine.executors import NUMPY
from engine.expressions import ExpressionError, Kind
from engine.rules import Rules
from engine.scenario.deeds import of_a_run, spelled_deeds
from engine.scenario.forms import RUNS
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.parsing import Parser
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import load, replaced

RUNS_MADE, SEED = 40, 5


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario, with more clashes."""
    clashing = replaced("when: unrest > 0.25", "when: unrest > 0.1", replaced("0.15 * unrest", "0.5 * unrest"))
    return load(tmp_path_factory.mktemp("small"), clashing)


def found(scenario: Scenario, outcomes: dict[str, object], executor: str = NUMPY) -> dict[str, np.ndarray]:
    """The outcomes of some runs, by name."""
    plan = plan_from_values(scenario, experiment={"outcomes": outcomes}, runs=RUNS_MADE, seed=SEED)
    table = run_plan(plan, executor=executor, chunk=17).runs.collect()
    return {name: table[name].to_numpy().astype(float) for name in outcomes}


def test_an_act_agrees_with_the_flag_that_it_sets(small: Scenario) -> None:
    """Kosovo declares and the powers recognise when their flags say so, and never more than once each."""
    columns = found(
        small,
        {
            "act": {"first": "did.declare.kosovo"},
            "flag": {"first": "declared"},
            "anybody": {"first": "did.declare"},
            "us": {"at_end": "times.recognise.us"},
            "both": {"at_end": "times.recognise"},
            "flags": {"at_end": "count(recognised, powers)"},
            "us_flag": {"at_end": "recognised.us"},
        },
    )
    assert np.array_equal(columns["act"], columns["flag"], equal_nan=True)
    assert np.array_equal(columns["act"], columns["anybody"], equal_nan=True)
    assert np.array_equal(columns["us"], columns["us_flag"])
    assert np.array_equal(columns["both"], columns["flags"])


def test_acts_at_somebody_add_up(small: Scenario) -> None:
    """Russia warns either of two, and all of its warnings are those two's."""
    names = {"all": "times.warn", "us": "times.warn.russia.us", "kosovo": "times.warn.russia.kosovo"}
    columns = found(small, {name: {"at_end": text} for name, text in names.items()})
    assert columns["us"].any() and columns["kosovo"].any()
    assert np.array_equal(columns["all"], columns["us"] + columns["kosovo"])


def test_votes_add_up(small: Scenario) -> None:
    """Votes are those of the members who sat; what passed was held; a veto is a no of Russia's."""
    words = ("yes", "abstain", "no")
    names = {word: f"vote.table_resolution.{word}" for word in words}
    names |= {f"{m}_{w}": f"vote.table_resolution.{m}.{w}" for m in ("us", "russia", "kosovo") for w in words}
    names |= {kind: f"vote.table_resolution.{kind}" for kind in ("held", "passed")}
    columns = found(small, {name: {"at_end": text} for name, text in names.items()})
    for word in words:
        assert np.array_equal(columns[word], sum(columns[f"{m}_{word}"] for m in ("us", "russia", "kosovo")))
    cast = columns["yes"] + columns["abstain"] + columns["no"]
    assert set(cast[columns["held"] == 1]) <= {2.0, 3.0}
    assert set(cast[columns["held"] == 0]) <= {0.0}
    assert not columns["passed"][columns["held"] == 0].any()


def test_a_number_on_a_day_is_that_of_the_pace_that_covers_it(small: Scenario) -> None:
    """On the last day it is what it is at the end; on the first that of the first pace."""
    days = {"monday": "2007-11-20", "sunday": "2007-11-26", "end": "2008-01-29"}
    outcomes: dict[str, object] = {name: {"on_day": {"day": day, "of": "unrest"}} for name, day in days.items()}
    columns = found(small, {**outcomes, "at_end": {"at_end": "unrest"}})
    assert np.array_equal(columns["monday"], columns["sunday"])
    assert np.array_equal(columns["end"], columns["at_end"])
    assert not np.array_equal(columns["monday"], columns["end"])


def test_what_is_done_is_what_a_dry_run_counts(small: Scenario) -> None:
    """In as many runs each action is done, each event happens, and each question passes."""
    outcomes: dict[str, object] = {
        "declares": {"at_end": "did.declare"},
        "warns": {"at_end": "did.warn"},
        "clashes": {"at_end": "happened.clashes"},
        "passes": {"at_end": "vote.table_resolution.passed"},
    }
    columns = found(small, outcomes)
    counted = {(one.kind, one.id): one.happened.count for one in cover(Rules(small), RUNS_MADE, SEED).happenings}
    assert columns["declares"].sum() == counted["action", "declare"] > 0
    assert columns["warns"].sum() == counted["action", "warn"] > 0
    assert columns["clashes"].sum() == counted["event", "clashes"] > 0
    assert columns["passes"].sum() == counted["passed", "table_resolution"]


@pytest.mark.slow
def test_the_compiled_executor_gives_the_same(small: Scenario) -> None:
    """What is asked of acts does not depend on who works the rules out."""
    pytest.importorskip("numba")
    outcomes: dict[str, object] = {"warns": {"at_end": "times.warn"}, "clashes": {"first": "happened.clashes"}}
    by_rules, compiled = found(small, outcomes), found(small, outcomes, "numba")
    assert all(np.array_equal(by_rules[name], compiled[name], equal_nan=True) for name in outcomes)


def test_each_name_that_is_suggested_is_known() -> None:
    """And is a number from 0 on; each begins with a word that the reference has."""
    parser = Parser(load_scenario("suez-1956"))
    known = list(spelled_deeds(parser.scenario))
    for text in known[:: len(known) // 100]:
        parsed = of_a_run(parser, text, Kind.NUMBER)
        assert parsed.low == 0.0 < parsed.high
    assert {form.pattern.partition(".")[0] for form in RUNS} == {"did", "times", "happened", "vote", "ending"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("did.declair", "did.declare"),
        ("did.declare.us", None),
        ("did.warn.russia.russia", None),
        ("happened.clash", "happened.clashes"),
        ("vote.table_resolution.us.yess", "vote.table_resolution.us.yes"),
        ("vote.declare.held", None),
    ],
)
def test_what_is_not_there_is_refused(small: Scenario, text: str, meant: str | None) -> None:
    """With the nearest spelling."""
    with pytest.raises(ExpressionError, match=f'unknown name "{text}"') as caught:
        of_a_run(Parser(small), text, Kind.NUMBER)
    assert meant is None or f'did you mean "{meant}"?' in caught.value.message


def test_a_day_out_of_the_story_is_refused(small: Scenario) -> None:
    """With the days that there are."""
    outcome = {"late": {"on_day": {"day": "2009-01-01", "of": "unrest"}}}
    with pytest.raises(ScenarioError, match="the story goes from 2007-11-20 to 2008-01-29"):
        plan_from_values(small, experiment={"outcomes": outcome}, runs=2, seed=1)
