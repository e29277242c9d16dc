"""Design points that differ in numbers alone stand side by side in one world, and come to what each comes to alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.batch.design.families import Families
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_values
from engine.batch.running.making import Job, Made, Maker
from engine.batch.running.parts import Cut
from engine.cli.plans import announcement
from engine.scenario.document import Content
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from tests.scenario.minimal import load

RUNS = 5

SALIENCE = "actors.us.stances.status.salience"

UNCERTAIN: dict[str, Any] = {
    "salience": {"path": SALIENCE, "range": [0.0, 1.0]},
    "wait": {"path": ["actions.declare.tempo", "actions.warn.tempo"], "apply": "times", "log_range": [0.2, 2]},
    "start": {"path": "issues.status.start", "apply": "plus", "range": [-5, 5]},
    "stand": {"path": "actors.powers.stances.status.position", "apply": "plus", "range": [0, 9]},
    "doubt": {"path": "actors.russia.stances.status.spread", "values": [0, 8]},
    "warmth": {"path": "temperature", "range": [0.02, 0.2]},
    "size": {"path": "actors.us.capability", "range": [0, 0.9]},
    "gain": {"path": "actions.declare.effects.0.add.status", "apply": "times", "range": [0.5, 2]},
    "chance": {"path": "actions.declare.effects.1.chance", "range": [0, 1]},
    "price": {"path": "actions.warn.cost", "range": [0, 0.2]},
    "lean": {"path": "actions.table_resolution.vote.lean", "range": [-1, 1]},
    "hard": {"path": "institutions.council.threshold", "range": [0, 0.1]},
}
"""Numbers of every kind that takes a doubt."""

OUTCOMES = {
    "weighed": {"at_end": "weight(recognised, powers)"},
    "most": {"maximum": "unrest"},
    "declares": {"first": "declared"},
}


def planned(scenario: Scenario, uncertainties: dict[str, Any], design: dict[str, Any], **more: Any) -> Plan:
    """A plan of some uncertainties."""
    experiment = {"uncertainties": uncertainties, "outcomes": OUTCOMES, "design": design, **more}
    return plan_from_values(scenario, experiment=experiment, runs=RUNS, seed=4)


class Alone(Families):
    """Every point by itself, as the scenario of its arm."""

    def number_of(self, point: int) -> int:
        """None in common with another."""
        return -1 - point


def made(plan: Plan, chunk: int = 4096, is_alone: bool = False) -> Made:
    """The first part of a plan."""
    maker = Maker(Job(plan, chunk, trajectories="all"))
    if is_alone:
        maker.families = Alone(plan)
    return maker.make(Cut(len(plan.points), 0, RUNS).part(0))


def test_side_by_side_is_as_alone(tmp_path: Path) -> None:
    """The rows, counts, notes and every turn of a sweep have the same bytes as when each point is lowered anew."""
    plan = planned(load(tmp_path), UNCERTAIN, {"latin_hypercube": 12})
    assert len(Families(plan)) == 1
    together = made(plan)
    assert together == made(plan, is_alone=True) and not together.notes.failures
    assert together == made(plan, chunk=2 * RUNS) == made(plan, chunk=3)


def test_what_is_more_than_a_number_makes_another_family(tmp_path: Path) -> None:
    """Choices of levers, numbers of votes, and what multiplies an expression; the plan says how many programs."""
    more = {
        "salience": UNCERTAIN["salience"],
        "least": {"path": "institutions.council.pass.yes", "values": [1, 2]},
        "drift": {"path": "dynamics.calm.per_week.unrest", "apply": "times", "values": [0.5, 2]},
    }
    levers = {"us": {"choices": {"free": {}, "still": {"policy": {"us": "hold"}}, "mute": {"off": ["clashes"]}}}}
    grid = {"salience": [0.1, 0.5], "least": [1, 2], "drift": [0.5, 2]}
    plan = planned(load(tmp_path), more, {"grid": grid}, levers=levers)
    assert (len(plan.points), len(Families(plan)), Families(plan).programs) == (24, 12, 8)
    assert "8 programs, since points differ in more than numbers" in list(announcement(Job(plan), 1, False))
    assert made(plan) == made(plan, is_alone=True)


def test_one_program_is_not_told(tmp_path: Path) -> None:
    """As many points as one likes, and no word of programs."""
    plan = planned(load(tmp_path), UNCERTAIN, {"latin_hypercube": 60})
    assert [line for line in announcement(Job(plan), 1, False) if "program" in line] == []


def test_a_point_that_makes_no_scenario_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Numbers that don't all stand are run one by one, and those that do come to the same."""
    start = {"calm": {"path": "values.unrest.start", "range": [0, 1]}, "warmth": UNCERTAIN["warmth"]}
    levers = {"range": {"choices": {"wide": {}, "narrow": {"set": {"values.unrest.range": [0, 0.5]}}}}}
    plan = planned(load(tmp_path), start, {"latin_hypercube": 6}, levers=levers)
    found = made(plan)
    assert len(found.notes.failures) == 3
    assert all(f"design point {point}: values.unrest.start" in said for point, said in found.notes.failures)
    assert found == made(plan, is_alone=True)


def test_what_is_in_doubt_stays_so_unless_a_point_says_it(tmp_path: Path) -> None:
    """Points share the draws of what no uncertainty moves, and one that is set is drawn no more."""
    wait: Content = {"value": "6w", "between": ["2w", "9w"]}
    scenario = with_settings(load(tmp_path), {"actions.warn.tempo": wait, SALIENCE: {"value": 0.5, "between": [0, 1]}})
    plan = planned(scenario, {"salience": UNCERTAIN["salience"]}, {"latin_hypercube": 4})
    family = Families(plan).of(0)
    assert [number.path for number in family.arm.scenario.doubts] == [SALIENCE, "actions.warn.tempo"]
    assert list(family.columns) == [SALIENCE]
    assert made(plan) == made(plan, is_alone=True)


@pytest.mark.parametrize("apply", ["times", "plus"])
def test_a_change_of_what_is_in_doubt_moves_its_ends(tmp_path: Path, apply: str) -> None:
    """An eighth of a number between 0.2 and 0.8 lies between 0.025 and 0.1."""
    scenario = with_settings(load(tmp_path), {SALIENCE: {"value": 0.5, "between": [0.2, 0.8]}})
    moved = {"salience": {"path": SALIENCE, "apply": apply, "values": [0.125]}}
    plan = planned(scenario, moved, {"grid": {"salience": [0.125]}})
    (number,) = plan.arm(plan.points[0]).scenario.doubts
    expected = (0.0625, 0.025, 0.1) if apply == "times" else (0.625, 0.325, 0.925)
    assert (number.value, number.low, number.high) == pytest.approx(expected)
