"""A program gives the same bits as the rule book, by numpy and compiled, whole games through."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.cli import main
from engine.executors import EXECUTORS, NUMBA, NUMPY
from engine.rules import Rules
from engine.rules.machine.compiled import LANES
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.rules import CompiledRules
from engine.rules.machine.state import empty_memory, load, store
from engine.rules.program.program import CALENDAR, CLOSE
from engine.rules.world import Changes, World
from engine.scenario.load import list_scenarios, load_scenario
from engine.scenario.models import Scenario
from tests.fuzz.effort import cases
from tests.strategies.mending import load_text
from tests.strategies.scenarios import scenario_texts

pytestmark = pytest.mark.slow
"The first use compiles, which takes some ten seconds."


def _are_the_same(scenario: Scenario, seed: int, first: int, runs: int) -> None:
    """Every cell, ending and due change, pace by pace."""
    plain, compiled = Rules(scenario), CompiledRules(scenario)
    one, *others = (plain.open(seed, first, runs) for _ in range(3))
    by_numpy = NumpyExecutor(compiled.program)
    for _ in range(scenario.timeline.paces):
        plain.step(one)
        compiled.step(others[0])
        _step_by_numpy(by_numpy, others[1])
        for other in others:
            assert one.tick == other.tick
            assert np.array_equal(one.cells.view(np.int64), other.cells.view(np.int64))
            assert np.array_equal(one.ending, other.ending)
            assert _due(one.due) == _due(other.due)


def _step_by_numpy(executor: NumpyExecutor, world: World) -> None:
    """A pace by the same program, all runs side by side."""
    waiting, world.due = world.due, {}
    runs = slice(0, world.runs)
    state = load(executor.program, empty_memory(executor.program, world.runs), world, runs, waiting)
    executor.run(state, CALENDAR, CLOSE)
    store(state, world, runs)
    world.known.clear()
    world.tick += 1


def _due(due: dict[int, Changes]) -> dict[tuple[int, int, bool], list[float]]:
    """What is due when in which row, run by run, without what is nothing."""
    found = {}
    for turn, changes in due.items():
        found.update({(turn, row, False): amount.tolist() for row, amount in changes.adds.items() if amount.any()})
        for row, (value, where) in changes.sets.items():
            if where.any():
                found[turn, row, True] = np.where(where, value, -np.inf).tolist()
    return found


@pytest.mark.parametrize("name", list_scenarios())
@pytest.mark.parametrize("runs", [1, LANES + 5])
def test_a_bundled_scenario_goes_the_same_way(name: str, runs: int) -> None:
    """One run, and a block and a bit."""
    _are_the_same(load_scenario(name), 7, 4000, runs)


@pytest.mark.fuzz
@settings(max_examples=cases(40), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario_texts(), st.integers(0, 2**64 - 1), st.integers(0, 10**6))
def test_a_drawn_scenario_goes_the_same_way(text: str, seed: int, first: int) -> None:
    """Scenarios of all sorts of effects, votes, events, questions, replies and endings."""
    note(text)
    _are_the_same(load_text(text), seed, first, 9)


def test_runs_compared_on_the_same_chance_go_the_same_way() -> None:
    """Several worlds on one chance."""
    scenario = load_scenario("cuba-1962")
    plain, compiled = Rules(scenario), CompiledRules(scenario)
    worlds = [rules.open(5, 10, 40, times=3) for rules in (plain, compiled)]
    plain.finish(worlds[0])
    compiled.finish(worlds[1])
    assert np.array_equal(worlds[0].cells, worlds[1].cells)


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
    assert files[NUMPY] == files[NUMBA] != {}
    assert json.loads((tmp_path / NUMBA / "manifest.json").read_bytes())["executor"] == NUMBA
