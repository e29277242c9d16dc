"""Runs of batches, told again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.batch import Results, read_plan, run_plan
from engine.batch.analysis.browse import Wanted, page_of, run_of
from engine.play.crisis import Crisis
from engine.play.refusals import OrderRefused
from engine.play.retold.frames import retell
from engine.play.retold.runs import BatchRun
from engine.play.session import Session
from engine.rules import Rules
from engine.scenario.models import Scenario
from tests.batch.batches import small_plan
from tests.scenario.minimal import load

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
runs: 12
seed: 9
set: {values.unrest.start: 0.3}
uncertainties:
  care: {path: [actors.us.stances.status.salience], apply: times, values: [0.5, 1]}
levers:
  washington:
    choices:
      as_it_is: {}
      ordered:
        policy: {us: greedy}
        orders: {us: {1: table_resolution, 2007-12-11: hold}}
        votes: {us: {all: yes}}
      calm: {off: [clashes], set: {actors.russia.stances.status.position: "+10"}}
      left_to_chance: {policy: {us: random, russia: hold}}
design: {grid: {care: [0.5, 1]}}
"""


def results_of(folder: Path, text: str = EXPERIMENT) -> Results:
    """The results of an experiment."""
    folder.mkdir(exist_ok=True)
    file = folder / "experiment.yaml"
    file.write_text(text)
    run_plan(read_plan(file, load(folder)), folder / "out")
    return Results.open(folder / "out")


def scenario(folder: Path) -> Scenario:
    """The scenario as it was before any setting."""
    return load(folder)


@pytest.mark.slow
def test_every_run_ends_as_the_batch_says(tmp_path: Path) -> None:
    """Played again from the manifest alone, runs of every design point end on the batch's day with its scores."""
    results = results_of(tmp_path)
    assert results.designs.height == 8
    for row in page_of(results, Wanted()).rows[:48]:
        told = retell(BatchRun(results, row))
        assert told is not None
        assert told.verdict.is_same, told.source.title
        assert told.frames[-1].ending == row.ending
        for column, score in row.numbers.items():
            assert told.frames[-1].scores[column.removeprefix("score_")] == pytest.approx(score, abs=1e-4)


def test_a_run_that_goes_elsewhere_is_said_to(tmp_path: Path) -> None:
    """Where the table has another day, the retelling says so."""
    from dataclasses import replace

    results = results_of(tmp_path)
    row = page_of(results, Wanted()).rows[0]
    told = retell(BatchRun(results, replace(row, day=row.day + 7)))
    assert told is not None
    assert not told.verdict.is_same


def test_taking_over_a_run_gives_a_save_with_the_same_past(tmp_path: Path) -> None:
    """The save of a run that was taken over is loaded to the same world, seats of the batch included."""
    run_plan(small_plan(tmp_path, runs=5), tmp_path / "out")
    results = Results.open(tmp_path / "out")
    crisis = Crisis("small-crisis", Rules(scenario(tmp_path)), None, {})
    run = run_of(results, 0, 3)
    assert run is not None
    source = BatchRun(results, run, {"path/to/it": crisis})
    told = retell(source)
    assert told is not None
    branch = source.branch(told.crisis, 3, "Mine", ("russia",))
    assert branch.people == ("russia",)
    assert branch.game.turns == [frame.passed for frame in told.frames[1:4]]
    assert (branch.game.scenario_seed, branch.game.run) == (5, 3)
    assert Session.of(branch.journal(), crisis.rules).game.digest() == branch.game.digest() == told.frames[3].digest
    assert branch.parent is None


def test_a_run_of_other_assumptions_can_be_watched_only(tmp_path: Path) -> None:
    """A save names its scenario; where the run's is another, taking over is refused with the reason."""
    results = results_of(tmp_path)
    crisis = Crisis("small-crisis", Rules(scenario(tmp_path)), None, {})
    run = run_of(results, 0, 3)
    assert run is not None
    source = BatchRun(results, run, {"small-crisis": crisis})
    with pytest.raises(OrderRefused, match="other assumptions"):
        source.branch(source.crisis(), 1, "Mine", ("russia",))
