"""Bargains come out of stances: who signs, what for, and when a timetable comes about, with no switch thrown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.arrays import Numbers, YesNo
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, with_settings

RUNS = 300

DEADLINE = 21
"""The day after 10 December 2007."""

pytestmark = pytest.mark.slow


class Arm:
    """Many runs of the scenario with some settings, at their end."""

    def __init__(self, scenario: Scenario, settings: Mapping[str, Setting]) -> None:
        self.rules = Rules(with_settings(scenario, settings))
        self.world = self.rules.open(seed=2007, runs=RUNS)
        self.rules.finish(self.world)

    def row(self, kind: str, name: str, who: str = "") -> Numbers:
        """Something of the world, run by run."""
        return self.world.cells[self.rules.layout.rows[Reference(kind, name, who)]]

    def flag(self, name: str) -> YesNo:
        """In which runs a flag is up."""
        return self.row("flag", name) > 0

    @property
    def settles_in_time(self) -> float:
        """The share of runs in which Belgrade and Pristina agree by 10 December."""
        return float((self.flag("settled") & (self.row("since_flag", "settled") <= DEADLINE)).mean())

    def assert_each_text_lies_between_the_parties(self) -> None:
        """Where an accord is signed, it puts the status between where its parties stand, give or take a step."""
        step = self.rules.scenario.texts["accord"].terms["status"].step
        assert step is not None
        signed = self.flag("signed_accord")
        sides = [self.row("position", "status", who)[signed] for who in ("serbia", "kosovo")]
        drafted = self.row("value", "draft_accord_status")[signed]
        assert (drafted >= np.minimum(*sides) - step).all()
        assert (drafted <= np.maximum(*sides) + step).all()


@pytest.fixture(scope="module")
def documented(kosovo: Scenario) -> Arm:
    """The scenario as it is."""
    return Arm(kosovo, {})


def test_nobody_settles_as_the_parties_stand(documented: Arm) -> None:
    """What each expects without an accord leaves no room; Pristina would have signed the plan, Belgrade more time."""
    assert documented.settles_in_time < 0.03
    assert not documented.flag("extended").any()
    assert documented.row("actor_flag", "signs_extension", "serbia").mean() > 0.5


def test_a_belgrade_that_could_live_with_the_plan_signs_it(kosovo: Scenario) -> None:
    """Where it stands at supervised independence, most runs end in an accord that is no less."""
    willing = Arm(kosovo, {"actors.serbia.stances.status.position": 80})
    assert willing.settles_in_time > 0.5
    assert (willing.row("value", "draft_accord_status")[willing.flag("signed_accord")] >= 70).all()
    willing.assert_each_text_lies_between_the_parties()


def test_a_pristina_that_would_take_a_neutral_status_settles(kosovo: Scenario, documented: Arm) -> None:
    """By 10 December at least ten times as often, and mostly in the weeks by which both are ready to go on."""
    content = Arm(kosovo, {"actors.kosovo.stances.status.position": 50})
    assert content.settles_in_time > 10 * max(documented.settles_in_time, 0.01)
    assert content.flag("extended").mean() > 0.5
    assert content.flag("settled").mean() > 0.5
    content.assert_each_text_lies_between_the_parties()


def test_the_timetable_comes_about_by_itself(kosovo: Scenario, documented: Arm) -> None:
    """In most runs; without words there is none, fewer declare in step, and more runs see nothing decided."""
    silent = Arm(kosovo, {"words.spoken": False})
    assert documented.flag("agreed_not_alone_for_ready_eu").mean() > 0.6
    assert documented.flag("agreed_wait_for_exhausted_eu").mean() > 0.4
    assert not silent.flag("agreed_in_step_for_recognise_first").any()
    assert documented.flag("coordinated").mean() > silent.flag("coordinated").mean() + 0.1
    assert documented.flag("declared").mean() > silent.flag("declared").mean()


def test_a_union_that_cares_less_asks_for_less(kosovo: Scenario, documented: Arm) -> None:
    """One to which neither its own unity nor calm means much gives little for Pristina's patience."""
    careless = Arm(kosovo, {f"actors.eu.stances.{issue}.salience": 0.1 for issue in ("unity", "violence")})
    waits = "agreed_wait_for_exhausted_eu"
    assert careless.flag(waits).mean() < documented.flag(waits).mean() - 0.05
