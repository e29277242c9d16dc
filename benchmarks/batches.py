"""What it costs to write each run of a batch, beside counting how they end."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.executors import BEST
from benchmarks.paired import head, line, pairs, timed
from engine.batch.design.planning import plan_from_values
from engine.batch.running.conduct import count_plan, run_plan
from engine.scenario.load import load_scenario

RUNS = 2048
"""Runs of a batch."""


def report() -> str:
    """A line for the pair: microseconds of processor time a run."""
    plan = plan_from_values(load_scenario("kosovo-2007"), runs=RUNS)

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            run_plan(plan, Path(folder) / "results", executor=BEST)

    found = pairs(timed(write, RUNS), timed(lambda: count_plan(plan, executor=BEST), RUNS))
    name = f"{RUNS:,} runs into a folder, and counting them"
    return f"{head('Batches, processor us a run')}\n{line(name, found, 1e6)}"


if __name__ == "__main__":
    print(report())
