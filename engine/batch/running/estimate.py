"""How long a batch will take and how much it will write, from a small part of it that is made and thrown away."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.batch.running.making import Job, Made, Maker
from engine.batch.running.parts import PART_RUNS, Part, Piece
from engine.rules import Rules
from engine.scenario.problems import ScenarioError

MOST_TRIED = 8
"""Design points that are tried until one can be run."""


@dataclass(frozen=True)
class Estimate:
    """What a batch is going to cost, about."""

    seconds: float
    bytes: int
    """Of the files of its runs."""


def estimate(job: Job, workers: int = 1) -> Estimate | None:
    """What all runs of a plan will cost, judged by one chunk of its first design point that can be run.

    None where none of the first few can be run.
    """
    plan = job.plan
    for point in range(min(MOST_TRIED, len(plan.points))):
        probe = _probe(job, point)
        if probe is not None:
            seconds = len(plan.points) * probe.per_point + plan.total_runs * probe.per_run
            files = -(-plan.total_runs // PART_RUNS)
            written = files * probe.file_bytes + plan.total_runs * probe.run_bytes
            return Estimate(seconds / max(1, min(workers, files)), round(written))
    return None


@dataclass(frozen=True)
class _Probe:
    """Seconds to prepare a point and to play a run; bytes of an almost empty file, and of each run in it."""

    per_point: float
    per_run: float
    file_bytes: float
    run_bytes: float


def _probe(job: Job, point: int) -> _Probe | None:
    begun = time.perf_counter()
    try:
        Rules(job.plan.arm(job.plan.points[point]).scenario)
    except ScenarioError:
        return None
    per_point = time.perf_counter() - begun
    maker = Maker(job)
    least = maker.make(Part(0, (Piece(point, 0, 1),)))  # compiles, and loads what is loaded late
    begun = time.perf_counter()
    runs = min(job.plan.runs, job.chunk)
    some = maker.make(Part(0, (Piece(point, 0, runs),)))
    per_run = (time.perf_counter() - begun) / runs
    return _Probe(per_point, per_run, _size(least), (_size(some) - _size(least)) / max(1, runs - 1))


def _size(made: Made) -> int:
    return len(made.runs) + len(made.counts or b"") + len(made.followed or b"")
