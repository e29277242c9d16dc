"""How long a batch or a game will take and how much it will write, from a small part that is made and thrown away."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from engine.batch.design.policies import Seating, Seats
from engine.batch.running.making import Job, Made, Maker
from engine.batch.running.parts import PART_RUNS, Part, Piece
from engine.rules import Rules
from engine.scenario.problems import ScenarioError

POINTS_TRIED = 8
"""Design points that are tried until one can be run."""

FEW, MANY = 4, 260
"""Runs side by side of the two small worlds from which it is told what a pace costs, and what a run in it."""

TRIAL = 0.2
"""Seconds that each of them is watched, at least for two paces."""

WHOLE = 1.0
"""Seconds for which runs are made to their end, and thrown away; of larger scenarios only some paces are, and the rest
is reckoned."""

WHOLE_BLOCKS = 8
"""As many blocks of runs are made to their end where compiled code plays them: that takes a fraction of a second."""

CELL = 4
"""Bytes that a number takes in a file of results, about."""


@dataclass(frozen=True)
class Estimate:
    """What a batch is going to cost, about."""

    seconds: float
    bytes: int
    """Of the files of its runs."""


@dataclass(frozen=True)
class PaceCost:
    """Seconds that a pace takes, whatever the number of runs, and those that each run adds."""

    alone: float
    each: float

    def of(self, runs: int, paces: int) -> float:
        """Seconds that so many runs side by side take, should none close early."""
        return paces * (self.alone + runs * self.each)


def pace_cost(rules: Rules, seats: Seats | None = None, seconds: float = TRIAL) -> PaceCost:
    """What a pace costs, from the first paces of a small and of a larger world."""
    few, many = (_a_pace(rules, seats or {}, runs, seconds) for runs in (FEW, MANY))
    each = max(0.0, (many - few) / (MANY - FEW))
    return PaceCost(max(0.0, few - FEW * each), each)


def _a_pace(rules: Rules, seats: Seats, runs: int, seconds: float) -> float:
    """Seconds of a pace, on average; the first is not counted, for it loads what is loaded late."""
    world, seating = rules.open(0, 0, runs), Seating(rules, seats)
    seating.step(world)
    begun, paces = time.perf_counter(), 0
    while paces < 1 or (time.perf_counter() - begun < seconds and world.tick < rules.timeline.paces):
        if not world.is_open.any():
            world = rules.open(paces + 1, 0, runs)
        seating.step(world)
        paces += 1
    return (time.perf_counter() - begun) / paces


def estimate(job: Job, workers: int = 1) -> Estimate | None:
    """What all runs of a plan will cost, judged by its first design point that can be run.

    It takes some seconds, however large the batch is. None where none of the first few points can be run.
    """
    plan = job.plan
    for point in range(min(POINTS_TRIED, len(plan.points))):
        probe = _probe(job, point)
        if probe is not None:
            seconds = probe.families * probe.per_family + plan.total_runs * probe.per_run
            files = -(-plan.total_runs // PART_RUNS)
            written = files * probe.file_bytes + plan.total_runs * probe.run_bytes
            return Estimate(seconds / max(1, min(workers, files, os.cpu_count() or 1)), round(written))
    return None


@dataclass(frozen=True)
class _Probe:
    """Seconds to prepare a family and to play a run; bytes of an almost empty file, and of each run in it."""

    families: int
    per_family: float
    per_run: float
    file_bytes: float
    run_bytes: float


def _probe(job: Job, point: int) -> _Probe | None:
    maker, begun = Maker(job), time.perf_counter()
    try:
        ready = maker.prepare(point)
    except ScenarioError:
        return None
    families, per_family, rules = len(maker.families), time.perf_counter() - begun, ready.rules
    beside = _beside(maker, point)
    runs, paces = min(job.plan.runs * len(beside), job.chunk), rules.timeline.paces
    width = ready.width(job.plan.total_runs)
    some = min(runs, WHOLE_BLOCKS * width)
    if width == job.chunk:  # no compiled code plays whole blocks of runs
        cost = pace_cost(rules, ready.seats)
        some = min(runs, int(runs * WHOLE / max(WHOLE, cost.of(runs, paces))))
        if cost.of(1, paces) > WHOLE or some < min(runs, MANY):
            bytes_of_run = CELL * len(job.columns.schema()) if job.rows else 0
            return _Probe(families, per_family, cost.of(runs, paces) / runs, 0, bytes_of_run)
    maker.make(Part(0, (Piece(point, 0, 1),)))  # compiles, and loads what is loaded late
    few, many = [point], beside[: max(1, some // job.plan.runs)]
    of_each = min(job.plan.runs, some)
    (least, alone), (most, together) = (_made(maker, few, 1), _made(maker, many, of_each))
    made = len(many) * of_each
    each = max(0.0, together - alone) / max(1, made - 1)
    run_bytes = (_size(most) - _size(least)) / max(1, made - 1)
    return _Probe(families, per_family, (alone + each * (runs - 1)) / runs, _size(least), run_bytes)


def _beside(maker: Maker, point: int) -> list[int]:
    """A point, and those that may be run beside it, as many as a part has at most."""
    number, plan = maker.families.number_of(point), maker.job.plan
    among = range(point, min(len(plan.points), point + PART_RUNS // min(plan.runs, PART_RUNS)))
    return [other for other in among if maker.families.number_of(other) == number]


def _made(maker: Maker, points: Sequence[int], runs: int) -> tuple[Made, float]:
    """Some runs of some points, and the seconds that they took."""
    begun = time.perf_counter()
    made = maker.make(Part(0, tuple(Piece(point, 0, runs) for point in points)))
    return made, time.perf_counter() - begun


def _size(made: Made) -> int:
    return len(made.runs) + len(made.counts or b"") + len(made.followed or b"")
