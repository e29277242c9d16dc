"""How large a batch may be: the same for every door, told before it is begun, and its parts take no memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import asked
from engine.batch.design.designs import Points
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.batch.running import conduct
from engine.batch.running.conduct import count_plan, run_plan
from engine.batch.running.making import Advance, Made, Notes
from engine.batch.running.parts import PART_RUNS, Cut, Part, cut
from engine.cli.reference.limits import limits
from engine.errors import BrinkmanshipError
from engine.scenario.models import Scenario
from tests.scenario.minimal import load


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The minimal scenario."""
    return load(tmp_path_factory.mktemp("minimal"))


def written(folder: Path, runs: int, points: int) -> Path:
    """An experiment of so many runs at so many points."""
    path = folder / "experiment.yaml"
    varied = "uncertainties: {a: {path: temperature, range: [0.1, 0.2]}}"
    path.write_text(
        f"experiment_format: 1\nscenario: small-crisis\nruns: {runs}\n{varied}\ndesign: {{random: {points}}}\n",
        encoding="utf-8",
    )
    return path


def inflated(scenario: Scenario, runs: int, points: int) -> Plan:
    """A plan of this size, made by a script."""
    plan = plan_from_arguments(scenario, runs=1)
    many = Points((), {}, np.empty((points, 0)), np.empty((points, 0), dtype=np.intp))
    return replace(plan, experiment=plan.experiment.model_copy(update={"runs": runs}), points=many)


MOST = asked.MOST_RUNS_IN_ALL

Door = Callable[[Scenario, Path, int, int], object]

DOORS: dict[str, Door] = {
    "an experiment": lambda s, folder, runs, points: read_plan(written(folder, runs, points), s),
    "runs beside an experiment": lambda s, folder, runs, points: read_plan(written(folder, 1, points), s, runs=runs),
    "arguments beside it": lambda s, folder, runs, points: plan_from_arguments(
        s, experiment=written(folder, 1, points), runs=runs
    ),
    "a plan that is counted": lambda s, folder, runs, points: count_plan(inflated(s, runs, points)),
    "a plan that is run": lambda s, folder, runs, points: run_plan(inflated(s, runs, points), folder / "out"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("runs", "points"), [(MOST // 1000 + 1, 1000), (10_000, MOST // 10_000 + 1)])
def test_runs_times_points_are_bounded_at_every_door(
    scenario: Scenario, tmp_path: Path, door: str, runs: int, points: int
):
    """One run more than the limit is refused with both numbers and the limit, and nothing is begun."""
    with pytest.raises(BrinkmanshipError) as caught:
        DOORS[door](scenario, tmp_path, runs, points)
    said = str(caught.value)
    assert f"{points:,} points of {runs:,} runs are {points * runs:,} runs: at most 1,000,000,000 are allowed" in said
    assert f"write runs: {MOST // points}" in said
    assert not (tmp_path / "out").exists()


def test_a_plan_at_the_limit_is_a_plan(scenario: Scenario, tmp_path: Path):
    """Exactly so many runs are allowed."""
    assert read_plan(written(tmp_path, MOST // 1000, 1000), scenario).total_runs == MOST


def test_results_in_memory_are_bounded(scenario: Scenario):
    """They are written into a folder instead."""
    plan = inflated(scenario, asked.MOST_RUNS_IN_MEMORY, 2)
    with pytest.raises(BrinkmanshipError, match="4,000,000 runs are too many for the memory: write them into a folder"):
        run_plan(plan)


def test_the_limits_of_a_batch_are_in_the_reference():
    """With the values that the code has."""
    told = {(limit.module, limit.name): limit.value for limit in limits()}
    for name in ("MOST_RUNS", "MOST_POINTS", "MOST_RUNS_IN_ALL", "MOST_RUNS_IN_MEMORY", "MOST_WORKERS"):
        assert told["engine.asked", name] == getattr(asked, name)


@given(st.integers(1, 40), st.integers(0, 5), st.integers(1, 3 * PART_RUNS), st.integers(0, 9))
def test_parts_hold_each_run_once_and_are_found_by_number(points: int, begin: int, runs: int, number: int):
    """Those of a point are where they are said to be."""
    whole = Cut(points, begin, begin + runs, number)
    parts = list(cut(points, begin, begin + runs, number))
    assert [part.number for part in parts] == list(whole.numbers)
    assert len(parts) == len(whole)
    assert sum(part.runs for part in parts) == whole.runs == points * runs
    assert all(0 < part.runs <= max(PART_RUNS, 1) for part in parts)
    stretches = [(piece.point, piece.first, piece.runs) for part in parts for piece in part.pieces]
    for point in {0, points - 1, points // 2}:
        own = sorted((first, size) for of, first, size in stretches if of == point)
        assert own[0][0] == begin
        assert [first + size for first, size in own] == [first for first, _ in own[1:]] + [begin + runs]
        assert {p.number for p in parts if any(piece.point == point for piece in p.pieces)} == {
            *whole.numbers_of(point)
        }


class Hollow:
    """Makes parts without runs, and sees how many there are at a time."""

    def __init__(self) -> None:
        self.parts = 0
        self.most = 0

    def __enter__(self) -> Hollow:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""

    def make(self, parts: Iterable[Part], advance: Advance) -> Iterator[Made]:
        """Nothing, part by part."""
        for part in parts:
            self.parts += 1
            advance(part.runs)
            if self.parts % 4_000 == 1:
                gc.collect()
                self.most = max(self.most, tracemalloc.get_traced_memory()[0])
            yield Made(part.number, b"", Notes((), ()))


@pytest.mark.slow
def test_a_batch_takes_no_memory_for_its_parts(scenario: Scenario, monkeypatch: pytest.MonkeyPatch):
    """Fifty million runs in 12,000 parts: what is kept is their numbers, eight bytes each."""
    hollow = Hollow()
    monkeypatch.setattr(conduct.Crew, "start", lambda crew, job: hollow)
    plan = inflated(scenario, asked.MOST_RUNS, 5)
    tracemalloc.start()
    try:
        begun = tracemalloc.get_traced_memory()[0]
        count_plan(plan)
    finally:
        tracemalloc.stop()
    assert hollow.parts == 5 * -(-asked.MOST_RUNS // PART_RUNS)
    assert hollow.most - begun < 500_000
