"""Agendas: wishes in their order, from each turn on, in many runs at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.batch.analysis.strategies import play_side_by_side
from engine.batch.design.agenda import Agenda, fulfilled
from engine.batch.design.experiment import Choice
from engine.batch.design.policies import BY_RULE, SEATS, Moment, OrdersSeat
from engine.batch.design.seats import seat_plans
from engine.rules import Rules
from engine.rules.decide import NO_MOVE
from engine.rules.options import Option
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.scenario.minimal import load, replaced

RUNS, SEED = 30, 5

AT_US, AT_KOSOVO = Option("russia", "warn", "us"), Option("russia", "warn", "kosovo")


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    """The minimal scenario, with air thick enough for warnings, and nothing said that could be recognised."""
    return with_settings(load(tmp_path), {"values.unrest.start": 0.5})


def moment(rules: Rules, turn: int = 0) -> Moment:
    """When everybody decides in a turn, the rule having decided before."""
    world = rules.open(SEED, 0, RUNS)
    for _ in range(turn):
        rules.step(world)
    rules.open_pace(world)
    return Moment(rules, world, rules.appraise(world))


def test_the_first_wish_that_is_legal_is_taken(scenario: Scenario) -> None:
    """Recognition is not, before a declaration; a warning of a chosen target is."""
    rules = Rules(scenario)
    now = moment(rules)
    assert (fulfilled(now, "russia", "recognise") == NO_MOVE).all()
    choice = Agenda({0: ("recognise", "warn:kosovo", "warn:us")}).decide(now, "russia")
    assert (choice == rules.number_of[AT_KOSOVO]).all()


def test_an_action_alone_is_aimed_where_it_promises_most(scenario: Scenario) -> None:
    """At the target with the largest gain, run by run."""
    rules = Rules(scenario)
    now = moment(rules)
    own, gain = now.options_of("russia"), now.gain("russia")
    targets = [rules.number_of[option] - own.start for option in (AT_US, AT_KOSOVO)]
    best = np.array(targets)[np.argmax(gain[targets], axis=0)] + own.start
    assert np.array_equal(Agenda({0: ("warn",)}).decide(now, "russia"), best)


def test_a_list_holds_until_the_next_one_begins(scenario: Scenario) -> None:
    """Before the first list, and where no wish is legal, it does as otherwise."""
    rules = Rules(scenario)
    agenda = Agenda({1: ("warn:us",), 3: ("recognise",)}, SEATS["rule"])
    assert (agenda.decide(moment(rules), "russia") == BY_RULE).all()
    for turn in (1, 2):
        now = moment(rules, turn)
        legal = now.appraisal.rates[rules.number_of[AT_US]] > 0
        taken = agenda.decide(now, "russia")
        assert np.array_equal(taken[legal], np.full(legal.sum(), rules.number_of[AT_US])), turn
        assert (taken[~legal] == BY_RULE).all(), turn
    later = moment(rules, 3)
    shut = later.appraisal.rates[rules.number_of[Option("russia", "recognise")]] == 0
    assert (agenda.decide(later, "russia")[shut] == BY_RULE).all()


def test_an_experiment_says_agendas_by_day(scenario: Scenario) -> None:
    """A side with an agenda holds where it has no wish; a policy beside it, orders and votes come on top."""
    bare = Choice.model_validate(
        {"agenda": {"russia": {"2007-11-20": ["warn"], "2007-12-11": ["warn:us", "recognise"]}}}
    )
    wishes = {0: ("warn",), 3: ("warn:us", "recognise")}
    assert seat_plans(scenario, [bare]) == {"russia": Agenda(wishes, SEATS["hold"])}
    more = Choice.model_validate(
        {"policy": {"russia": "greedy"}, "orders": {"russia": {2: "hold"}}, "votes": {"russia": {"all": "no"}}}
    )
    assert seat_plans(scenario, [bare, more]) == {
        "russia": OrdersSeat({2: "hold"}, Agenda(wishes, SEATS["greedy"]), {"all": -1})
    }


def test_an_agenda_is_worth_what_it_does(tmp_path: Path) -> None:
    """Beside holding on the same chance: warnings that move the status help, and an agenda for no turn does not."""
    silent, heard = "effects: [{when: target.is.us, add: {unrest: 0.02}}]", "effects: [{add: {status: -2}}]"
    rules = Rules(load(tmp_path, replaced(silent, heard)))
    policies = (SEATS["hold"], Agenda({99: ("warn",)}), Agenda({0: ("warn",)}))
    held, idle, warned = play_side_by_side(rules, "russia", policies, RUNS, SEED)
    assert np.array_equal(held, idle)
    assert warned.mean() > held.mean() + 1.0
