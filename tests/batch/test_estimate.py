"""What a batch will cost, found out before it starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.batch.design.planning import plan_from_arguments
from engine.batch.running import estimate as estimating
from engine.batch.running.estimate import estimate
from engine.batch.running.making import Job
from engine.batch.running.parts import PART_RUNS
from engine.scenario.models import Scenario
from tests.scenario.minimal import load


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


def test_what_a_batch_will_write_is_foretold(scenario: Scenario, tmp_path: Path):
    """Within a third, where parts are as large as what was tried."""
    from engine.batch import run_plan

    plan = plan_from_arguments(scenario, [], ["temperature=0.04,0.05,0.06"], runs=PART_RUNS)
    job = Job(plan)
    foretold = estimate(job)
    assert foretold is not None
    run_plan(plan, tmp_path / "out")
    written = sum(part.stat().st_size for part in (tmp_path / "out" / "runs").iterdir())
    assert foretold.bytes == pytest.approx(written, rel=0.33)
    assert foretold.seconds > 0


def test_more_workers_need_less_time(scenario: Scenario, monkeypatch: pytest.MonkeyPatch):
    """Each does its share, as far as there are processors; the disk does not care."""
    job = Job(plan_from_arguments(scenario, runs=100_000), chunk=64)
    found = estimating._probe(job, 0)  # measured once: other programs have no say
    monkeypatch.setattr(estimating, "_probe", lambda job, point: found)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    alone, two, four = (estimate(job, workers) for workers in (1, 2, 4))
    assert alone is not None
    assert two is not None
    assert four is not None
    assert two.seconds == pytest.approx(alone.seconds / 2)
    assert four.seconds == pytest.approx(alone.seconds / 3)
    assert four.bytes == alone.bytes


def test_a_plan_that_cannot_be_run_has_no_estimate(scenario: Scenario):
    """Two settings that are right alone and wrong together."""
    plan = plan_from_arguments(
        scenario, [], ["values.unrest.start=0.9,1", "values.unrest.range=[0, 0.5],[0, 0.6]"], runs=10
    )
    assert estimate(Job(plan)) is None
