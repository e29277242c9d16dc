"""How long a batch will take and how much it will write, from a small part of it that is made and thrown away."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.batch.making import Job, Maker
from engine.batch.parts import Part, Piece
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
    for point in range(min(MOST_TRIED, len(job.plan.points))):
        found = _probe(job, point)
        if found is not None:
            per_point, per_run, size = found
            plan = job.plan
            seconds = len(plan.points) * per_point + plan.total_runs * per_run
            return Estimate(seconds / max(1, min(workers, plan.total_runs)), round(plan.total_runs * size))
    return None


def _probe(job: Job, point: int) -> tuple[float, float, float] | None:
    """Seconds to prepare a point, seconds a run, and bytes a run."""
    begun = time.perf_counter()
    try:
        Rules(job.plan.arm(job.plan.points[point]).scenario)
    except ScenarioError:
        return None
    per_point = time.perf_counter() - begun
    runs = min(job.plan.runs, job.chunk)
    maker = Maker(job)
    maker.make(Part(0, (Piece(point, 0, 1),)))  # compiles, and loads what is loaded late
    begun = time.perf_counter()
    made = maker.make(Part(0, (Piece(point, 0, runs),)))
    size = len(made.runs) + len(made.counts or b"") + len(made.followed or b"")
    return per_point, (time.perf_counter() - begun) / runs, size / runs
