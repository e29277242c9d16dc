"""What the scenario tells when a stance is changed: outcomes move the way that politics says they should.

Both arms share their chance, so that a few hundred runs show a difference.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from engine.rules import Rules, World
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Setting, with_settings

RUNS = 500

pytestmark = pytest.mark.slow


def end_of(scenario: Scenario, settings: Mapping[str, Setting] | None = None) -> tuple[Rules, World]:
    """The world at the end of many runs, with some settings."""
    rules = Rules(with_settings(scenario, settings or {}))
    world = rules.open(seed=2007, runs=RUNS)
    rules.finish(world)
    return rules, world


def share(found: tuple[Rules, World], kind: str, name: str, who: str = "") -> float:
    """The mean of a row over the runs: for a flag, the share of runs that have it."""
    rules, world = found
    return float(world.cells[rules.layout.rows[Reference(kind, name, who)]].mean())


@pytest.fixture(scope="module")
def base(kosovo: Scenario) -> tuple[Rules, World]:
    """The scenario as it is."""
    return end_of(kosovo)


def test_a_russia_that_does_not_care_lets_the_council_settle(kosovo: Scenario, base: tuple[Rules, World]) -> None:
    """Without the veto texts are tabled, and pass."""
    indifferent = {f"actors.russia.stances.{issue}.salience": 0 for issue in kosovo.actors["russia"].stances}
    found = end_of(kosovo, indifferent)
    assert share(found, "flag", "text_tabled") > 2 * share(base, "flag", "text_tabled")
    assert share(found, "flag", "council_settled") > share(base, "flag", "council_settled") + 0.1


def test_a_united_union_recognises_more(kosovo: Scenario, base: tuple[Rules, World]) -> None:
    """If every member stood where Germany stands, more would recognise, and the doubters too."""
    germany = kosovo.actors["germany"].stances
    united: dict[str, Setting] = {}
    for issue, stance in germany.items():
        united[f"actors.eu_members.stances.{issue}.position"] = stance.position
        united[f"actors.eu_members.stances.{issue}.salience"] = stance.salience
    found = end_of(kosovo, united)
    for doubter in ("greece", "romania", "slovakia"):
        before = share(base, "actor_flag", "recognised", doubter)
        assert share(found, "actor_flag", "recognised", doubter) > before + 0.05
    assert share(found, "issue", "unity") > share(base, "issue", "unity")


def test_without_kfor_there_is_more_violence(kosovo: Scenario, base: tuple[Rules, World]) -> None:
    """Troops and their posture hold violence down, and Serbia's army back."""
    found = end_of(kosovo, {"values.troops.start": 0, "values.posture.start": 0})
    assert share(found, "issue", "violence") > share(base, "issue", "violence") + 5
    assert share(found, "flag", "riots") >= share(base, "flag", "riots")
    assert share(found, "flag", "war") >= share(base, "flag", "war")


def test_a_russia_that_abstains_changes_no_draw_of_others(kosovo: Scenario, base: tuple[Rules, World]) -> None:
    """Common random numbers: in most runs the two worlds agree until something depends on Russia."""
    rules, world = end_of(kosovo, {"actors.russia.stances.status.salience": 0})
    declared = rules.layout.rows[Reference("flag", "declared")]
    assert np.mean(world.cells[declared] == base[1].cells[declared]) > 0.6


def test_a_cyprus_against_the_mission_brings_no_declaration_forward(
    kosovo: Scenario, base: tuple[Rules, World]
) -> None:
    """The mission is stopped, and Pristina waits no less for its friends."""
    stances = {"position": 0, "salience": 1}
    firm = end_of(kosovo, {f"actors.cyprus.stances.presence.{key}": value for key, value in stances.items()})
    assert share(firm, "flag", "mission_agreed") < 0.1
    rows = [world.cells[rules.layout.rows[Reference("since_flag", "declared")]] for rules, world in (base, firm)]
    both = np.logical_and(
        *(world.cells[rules.layout.rows[Reference("flag", "declared")]] > 0 for rules, world in (base, firm))
    )
    assert (rows[1] - rows[0])[both].mean() > -0.5


def test_a_reckless_belgrade_without_kfor_reaches_war(kosovo: Scenario) -> None:
    """Where nothing is dreaded and nobody stands in the way, in more than one game of twenty."""
    reckless = {f"actors.serbia.stances.{issue}.salience": 0 for issue in ("violence", "toll")}
    found = end_of(kosovo, {"values.troops.start": 0, **reckless})
    assert share(found, "flag", "war") > 0.05
