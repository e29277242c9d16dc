"""Counterfactuals whose direction politics foretells: each changes where a side stands, and no switch.

All arms share their chance. What a share has to reach is far from what it comes to, so that a change of the rules that
leaves the politics alone leaves these tests alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.rules import Rules, World
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, with_settings

RUNS = 200

pytestmark = pytest.mark.slow


class Arm:
    """Many runs of the scenario with some settings, at their end."""

    def __init__(self, scenario: Scenario, settings: dict[str, Setting], runs: int = RUNS) -> None:
        self.rules = Rules(with_settings(scenario, settings))
        self.world: World = self.rules.open(seed=2007, runs=runs)
        self.rules.finish(self.world)
        self._endings = [ending.id for ending in scenario.endings]

    def flag(self, name: str) -> float:
        """The share of runs in which a flag is up."""
        return float(self._row("flag", name).mean())

    def ending(self, name: str) -> float:
        """The share of runs that close so."""
        return float((self.world.ending == self._endings.index(name)).mean())

    def day(self, flag: str, never: float = 133.0) -> float:
        """The mean day on which a flag goes up; the end of the calendar where it never does."""
        since = self._row("since_flag", flag)
        return float(np.where(since >= 0, since, never).mean())

    def recognitions(self, among: tuple[str, ...]) -> float:
        """How many of these have recognised, on average."""
        return sum(float(self._row("actor_flag", "recognised", who).mean()) for who in among)

    def _row(self, kind: str, name: str, who: str = "") -> np.ndarray:
        return self.world.cells[self.rules.layout.rows[Reference(kind, name, who)]]


Play = Callable[[dict[str, Setting]], Arm]


@pytest.fixture(scope="module")
def documented(kosovo: Scenario) -> Arm:
    """The scenario as it is."""
    return Arm(kosovo, {}, 600)


@pytest.fixture
def played(kosovo: Scenario) -> Play:
    """What plays the scenario with other stances."""
    return lambda settings: Arm(kosovo, settings)


def stance(actor: str, issue: str, key: str = "position") -> str:
    """The path of where somebody stands, or of how much it cares."""
    return f"actors.{actor}.stances.{issue}.{key}"


def test_a_pristina_content_with_neutral_status_settles(documented: Arm, played: Play) -> None:
    """At least fifty times as often as the documented one, and it does not declare."""
    content = played({stance("kosovo", "status"): 50})
    assert documented.flag("settled") <= 0.001
    assert content.flag("settled") >= 0.05
    assert content.flag("declared") < 0.02


def test_a_pristina_that_wants_a_little_less_waits_longer(documented: Arm, played: Play) -> None:
    """Ten points nearer to supervised independence it declares later, and in fewer runs."""
    patient = played({stance("kosovo", "status"): 90})
    assert patient.day("declared") > documented.day("declared") + 3
    assert patient.flag("declared") < documented.flag("declared") - 0.03


def test_a_belgrade_content_with_supervised_independence_settles(documented: Arm, played: Play) -> None:
    """What both can live with is agreed at the table, and nothing is declared."""
    content = played({stance("serbia", "status"): 80})
    assert content.flag("settled") > 0.5
    assert content.flag("declared") < 0.2


def test_a_reckless_belgrade_without_kfor_goes_to_war(documented: Arm, played: Play) -> None:
    """In more than one of twenty runs; with KFOR, or with a Belgrade that fears bloodshed, in next to none."""
    reckless = {stance("serbia", issue, "salience"): 0.05 for issue in ("violence", "toll", "integration")}
    without = {"values.troops.start": 0, "values.posture.start": 0}
    assert played({**reckless, **without}).flag("war") > 0.05
    assert played(reckless).flag("war") < 0.02
    assert played(without).flag("war") < 0.02
    assert documented.flag("war") < 0.005


def test_a_cyprus_firmly_against_the_mission_hastens_nothing(documented: Arm, played: Play) -> None:
    """One no blocks the Union: there is no mission, the declaration is no earlier, and no story closes in company."""
    firm = played({stance("cyprus", "presence"): 20, stance("cyprus", "presence", "salience"): 1})
    assert firm.flag("mission_agreed") < documented.flag("mission_agreed") - 0.5
    assert firm.day("declared") >= documented.day("declared") - 1
    assert firm.ending("coordinated") < 0.05


def test_a_russia_that_stands_farther_off_lets_its_plan_begin_more_often(documented: Arm, played: Play) -> None:
    """The more independence is against its wish, the readier it is to answer in Georgia and Moldova."""
    far, near = (played({stance("russia", "status"): position}) for position in (0, 40))
    assert far.flag("plan_begun") > documented.flag("plan_begun") + 0.03
    assert near.flag("plan_begun") < documented.flag("plan_begun") - 0.03


def test_a_washington_cold_on_independence_leaves_pristina_alone(documented: Arm, played: Play) -> None:
    """Fewer declarations in step, later ones, fewer recognitions."""
    cold = played({stance("us", "status"): 60})
    assert cold.flag("coordinated") < documented.flag("coordinated") - 0.2
    assert cold.day("declared") > documented.day("declared") + 5


def test_reserved_members_of_the_union_recognise_less(kosovo: Scenario, documented: Arm, played: Play) -> None:
    """Each twenty points less for independence: not half as many recognise, and none in company."""
    members = kosovo.groups["eu_members"]
    at = {who: kosovo.actors[who].stances["status"].position for who in members}
    reserved = played({stance(who, "status"): max(0.0, position - 20) for who, position in at.items()})
    assert reserved.recognitions(members) < 0.5 * documented.recognitions(members)
    assert reserved.ending("coordinated") < 0.2 * documented.ending("coordinated")


def test_content_serbs_of_kosovo_found_no_state_of_their_own(documented: Arm, played: Play) -> None:
    """The north does not come apart as often, and the declaration is as likely as before."""
    content = played({stance("kosovo_serbs", "status"): 70})
    assert content.ending("north_apart") < 0.5 * documented.ending("north_apart")
    assert content.flag("partitioned") <= documented.flag("partitioned")
    assert abs(content.flag("declared") - documented.flag("declared")) < 0.03
