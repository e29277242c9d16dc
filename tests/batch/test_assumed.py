"""All that is assumed, without a file: which numbers it is, between what they lie, and what an outcome hangs on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.batch.design.assumed import plan_of_assumed
from engine.batch.design.families import Families
from engine.cli.main import main
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError
from tests.scenario.minimal import MINIMAL, load, replaced, write

SALIENCE, TEMPO = "actors.us.stances.status.salience", "actions.warn.tempo"
STAND = "actors.russia.stances.status.position"

IN_DOUBT = replaced(
    "    tempo: 6w\n    effects: [{when",
    "    tempo: {value: 6w, between: [3w, 9w], shape: orders}\n    effects: [{when",
    replaced(
        "position: 90, salience: 0.5",
        "position: 90, salience: {value: 0.5, between: [0.2, 0.7], shape: peaked, assumed: no source weighs it}",
    ),
)
"""Two numbers in doubt, beside the position that has a spread."""


@pytest.fixture(name="scenario")
def scenario_in_doubt(tmp_path: Path) -> Scenario:
    """Loaded."""
    return load(tmp_path, IN_DOUBT)


def test_what_is_in_doubt_and_what_is_spread_is_drawn_over_its_own_range(scenario: Scenario) -> None:
    """A triangle, orders of magnitude, a bell curve cut off at the scale; nothing is drawn by runs besides."""
    plan = plan_of_assumed(scenario, points=40, runs=2, seed=1)
    found = plan.experiment.uncertainties
    assert list(found) == [SALIENCE, TEMPO, STAND]
    assert found[SALIENCE].triangular is not None and found[SALIENCE].because == "no source weighs it"
    assert found[TEMPO].log_range == (21.0, 63.0)
    bell = found[STAND].normal
    assert bell is not None and (bell.mean, bell.sd, bell.low, bell.high) == (0, 5, 0, 100)
    assert found[STAND].title == "Russia: Status: position"
    drawn = plan.points.numbers[:, list(found).index(SALIENCE)]
    assert drawn.min() >= 0.2 and drawn.max() <= 0.7
    family = Families(plan).of(0)
    assert len(Families(plan)) == 1 and {number.path for number in family.arm.scenario.doubts} == set(family.columns)
    assert family.arm.scenario.actors["russia"].stances["status"].spread == 0


def test_what_is_set_is_no_longer_assumed(scenario: Scenario) -> None:
    """One question has one answer."""
    plan = plan_of_assumed(scenario, 8, 2, 1, settings=[f"{SALIENCE}=0.4"])
    assert list(plan.experiment.uncertainties) == [TEMPO, STAND]
    assert all(plan.arm(point).scenario.actors["us"].stances["status"].salience == 0.4 for point in plan.points)


def test_give_or_take_takes_in_every_number_without_a_source(tmp_path: Path) -> None:
    """So far either way, within what each is held to; a number in doubt keeps its own ends."""
    found = plan_of_assumed(load(tmp_path, IN_DOUBT), 8, 1, 1, margin=0.2).experiment.uncertainties
    assert found["temperature"].range == pytest.approx((0.04, 0.06))
    assert found["actors.kosovo.stances.status.position"].range == (80.0, 100.0)
    assert found["actors.us.capability"].range == pytest.approx((0.72, 1.0))
    assert found["actions.declare.effects.0.add.status"].range == pytest.approx((32.0, 48.0))
    assert found[SALIENCE].triangular is not None
    assert not any(name.endswith("spread") for name in found)


def test_a_scenario_without_doubt_is_told_what_to_do(tmp_path: Path) -> None:
    """It says how to write one, and how to go without."""
    certain = load(tmp_path, replaced(", spread: 5", "", MINIMAL))
    with pytest.raises(ScenarioError, match=r"nothing in doubt: write \{value, between\} .* --give-or-take"):
        plan_of_assumed(certain, 8, 1, 1)


def test_sensitivity_takes_all_that_is_assumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command runs what it needs, and ranks the assumptions by their titles."""
    write(tmp_path, IN_DOUBT)
    asked = ["sensitivity", str(tmp_path), "--assumed", "60", "--runs", "4", "--outcome", "score_us", "--json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["points"], found["method"]) == (60, "pawn")
    assert {factor["name"] for factor in found["factors"]} == {SALIENCE, TEMPO, STAND}


def test_batch_takes_all_that_is_assumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a folder, for every other question; beside an experiment it is refused."""
    folder = tmp_path / "crisis"
    folder.mkdir()
    write(folder, IN_DOUBT)
    asked = ["batch", str(folder), "--assumed", "6", "--runs", "2", "--out", str(tmp_path / "found")]
    assert main(asked) == 0
    assert "6 design points" in capsys.readouterr().err
    assert main([*asked, "--vary", "temperature=0.1,0.2"]) == 2
    assert main(["batch", str(folder), "--give-or-take", "0.1", "--runs", "2"]) == 2
