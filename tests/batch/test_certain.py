"""Runs without doubt: by the switch, by an experiment, and in Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brinkmanship import batch
from engine.batch.design.planning import plan_from_values
from engine.cli.main import main
from engine.scenario.certain import certain
from engine.scenario.document import Content
from engine.scenario.models import Scenario
from tests.batch.test_assumed import IN_DOUBT
from tests.scenario.minimal import load, write


@pytest.fixture(name="scenario")
def scenario_in_doubt(tmp_path: Path) -> Scenario:
    """Two numbers in doubt, and a position that has a spread."""
    return load(tmp_path, IN_DOUBT)


def test_runs_that_are_certain_are_those_of_the_best_guesses(scenario: Scenario) -> None:
    """By the argument and by the experiment; others are not."""
    wanted = batch(certain(scenario), 30).runs.collect()
    assert batch(scenario, 30, certain=True).runs.collect().equals(wanted)
    assert batch(scenario, experiment={"certain": True, "runs": 30, "seed": 1}).runs.collect().equals(wanted)
    assert not batch(scenario, 30).runs.collect().equals(wanted)


def test_what_is_asked_for_beside_stays_in_doubt(scenario: Scenario) -> None:
    """A value that is set is set, whatever else is certain; the question is another than with doubts."""
    doubt: Content = {"value": 0.4, "between": [0.3, 0.6]}
    plan = plan_from_values(scenario, {"actors.us.stances.status.salience": doubt}, runs=4, is_certain=True)
    [number] = plan.arm(plan.points[0]).scenario.doubts
    assert (number.low, number.high) == (0.3, 0.6)
    assert plan.hash != plan_from_values(scenario, runs=4).hash


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("batch {0} --runs 20 --certain", "nothing is in doubt"),
        ("run {0} --certain --seconds 0", "The rules decide for everyone"),
        ("explain {0} --turn 1 --actor us --certain", "United States"),
        ("compare {0} --certain --set temperature=0.2 --runs 20", "against as it is"),
    ],
)
def test_the_commands_take_it(
    scenario: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    """What runs worlds can run them without doubt."""
    path = write(tmp_path, IN_DOUBT)
    assert main(words.format(path).split()) == 0, scenario.id
    assert told in capsys.readouterr().out


def test_a_folder_says_that_nothing_was_in_doubt(
    scenario: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its manifest, and whoever sums it up."""
    path, out = write(tmp_path, IN_DOUBT), tmp_path / "out"
    assert main(["batch", str(path), "--runs", "20", "--certain", "--out", str(out)]) == 0, scenario.id
    assert json.loads((out / "manifest.json").read_text())["experiment"]["content"]
    capsys.readouterr()
    assert main(["summary", str(out)]) == 0
    assert "nothing is in doubt: each number and each position is its best guess" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("run {0} --certain --save game.json", "a save names a scenario, doubts and all"),
        ("compare {0} --certain", "--certain is for arms that are run now"),
        ("batch {0} --assumed 8 --certain", "--assumed and --certain do not go together"),
    ],
)
def test_what_does_not_go_with_it_is_refused(
    scenario: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, told: str
) -> None:
    """In a sentence, with exit code 2."""
    assert main(words.format(write(tmp_path, IN_DOUBT)).split()) == 2, scenario.id
    assert told in capsys.readouterr().err
