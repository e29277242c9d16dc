"""A program gives the same bits by numpy and compiled, whole games through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.cli import main
from engine.executors import BEST, EXECUTORS, NUMBA, NUMPY
from engine.rules import Rules
from engine.rules.machine.handover import LANES
from engine.rules.machine.numba_executor import NumbaExecutor
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.world import World
from engine.scenario.load import list_scenarios, load_scenario
from engine.scenario.models import Scenario
from tests.fuzz.effort import cases
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts

pytestmark = pytest.mark.slow
"The first use compiles, which takes some ten seconds."


def _are_the_same(scenario: Scenario, seed: int, first: int, runs: int) -> None:
    """Every cell, ending and due change, pace by pace; and at the end, where the compiled one plays on by itself."""
    by = [Rules(scenario, executor) for executor in (NUMPY, NUMBA)]
    one, other = (rules.open(seed, first, runs) for rules in by)
    last = by[1].open(seed, first, runs)
    while not by[0].is_over(one):
        for rules, world in zip(by, (one, other), strict=True):
            rules.step(world)
        assert one.tick == other.tick
        assert np.array_equal(one.cells.view(np.int64), other.cells.view(np.int64))
        assert np.array_equal(one.ending, other.ending)
        assert _due(one) == _due(other)
    by[1].finish(last)
    assert np.array_equal(one.cells.view(np.int64), last.cells.view(np.int64))
    assert (one.tick, one.ending.tolist()) == (last.tick, last.ending.tolist())


def _due(world: World) -> list[list[tuple[float, ...]]]:
    """What is due in each run that is open, in the order in which it was caused."""
    rows = list(zip(*(column.tolist() for column in world.due.columns()), strict=True))
    return [[row[1:] for row in rows if row[0] == run] for run in np.flatnonzero(world.is_open)]


@pytest.mark.parametrize("name", list_scenarios())
@pytest.mark.parametrize("runs", [1, LANES + 5])
def test_a_bundled_scenario_goes_the_same_way(name: str, runs: int) -> None:
    """One run, and a block and a bit."""
    _are_the_same(load_scenario(name), 7, 4000, runs)


@pytest.mark.fuzz
@settings(max_examples=cases(12), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario_texts(), st.integers(0, 2**64 - 1), st.integers(0, 10**6))
def test_a_drawn_scenario_goes_the_same_way(text: str, seed: int, first: int) -> None:
    """Scenarios of all sorts of effects, votes, events, questions, replies and endings."""
    note(text)
    _are_the_same(load_text(text), seed, first, 9)


def test_runs_compared_on_the_same_chance_go_the_same_way() -> None:
    """Several worlds on one chance."""
    plain, compiled = (Rules(load_scenario("cuba-1962"), executor) for executor in (NUMPY, NUMBA))
    worlds = [rules.open(5, 10, 40, times=3) for rules in (plain, compiled)]
    plain.finish(worlds[0])
    compiled.finish(worlds[1])
    assert np.array_equal(worlds[0].cells, worlds[1].cells)


def _noted(run: Callable[..., None], asked: set[str], name: str) -> Callable[..., None]:
    """The same, which notes that it was asked."""

    def noted(*told: Any) -> None:
        asked.add(name)
        run(*told)

    return noted


def test_phases_go_the_same_way_by_whichever_is_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little work stays with numpy when compiled code is there: a world is handed from one to the other and back."""
    scenario, asked = load_scenario("cuba-1962"), set[str]()
    rules, plain = Rules(scenario, BEST), Rules(scenario, NUMPY)
    assert rules.side_by_side(10**9, 200) < rules.side_by_side(10**9, 200, is_stopped=True) == 200
    for name, executor in ((NUMPY, NumpyExecutor), (NUMBA, NumbaExecutor)):
        monkeypatch.setattr(executor, "run", _noted(executor.run, asked, name))
    world, alone = rules.open(5, 10, 200), plain.open(5, 10, 200)
    while not rules.is_over(world):
        rules.open_pace(world)
        appraisal = rules.appraise(world)
        rules.play_pace(world, appraisal, rules.decide(world, appraisal))
    assert asked == {NUMPY, NUMBA}
    plain.finish(alone)
    assert np.array_equal(world.cells, alone.cells)


def test_a_batch_is_the_same_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Only the manifest says what made them."""
    for executor in EXECUTORS:
        command = ["batch", "cuba-1962", "--runs", "70", "--trajectories", "all", "--executor", executor]
        assert main([*command, "--out", str(tmp_path / executor)]) == 0
    files = {
        executor: {
            str(file.relative_to(tmp_path / executor)): file.read_bytes()
            for file in sorted((tmp_path / executor).rglob("*.parquet"))
        }
        for executor in EXECUTORS
    }
    assert files[NUMPY] == files[NUMBA] == files[BEST] != {}
    assert json.loads((tmp_path / NUMBA / "manifest.json").read_bytes())["executor"] == NUMBA
