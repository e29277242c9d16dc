"""Batches beside less than a batch: rows beside counting, the start beside that of Python.

The first line pairs a piece of work with itself: how far its ratios lie from 1 is the noise of the machine.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.paired import HEAD, Timed, line, pairs, timed
from engine.batch.design.planning import plan_from_values
from engine.batch.running.conduct import count_plan, run_plan
from engine.executors import NUMBA, NUMPY
from engine.rules.machine.readiness import is_installed
from engine.scenario.load import load_scenario

RUNS = 4096
"""Runs of a batch: one part of its folder."""

NUMPY_ALONE = ("-c", "import numpy")
BATCH_OF_ONE = ("-m", "engine.cli", "batch", "kosovo-2007", "--runs", "1")


def process(arguments: Sequence[str]) -> Timed:
    """A Python of its own."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)

    return seconds


def report() -> str:
    """A line for each pair; milliseconds of processor time, and the ratio."""
    scenario, by = load_scenario("kosovo-2007"), NUMBA if is_installed() else NUMPY
    many = plan_from_values(scenario, runs=RUNS)

    def write() -> None:
        with tempfile.TemporaryDirectory() as folder:
            run_plan(many, Path(folder) / "results", executor=by)

    counting = timed(lambda: count_plan(many, executor=by))
    found = {
        f"counting {RUNS:,} runs, twice: noise": pairs(counting, counting),
        f"{RUNS:,} runs into a folder, and counting them": pairs(timed(write), counting),
        "brink batch --runs 1, and a Python with numpy": pairs(process(BATCH_OF_ONE), process(NUMPY_ALONE)),
    }
    head = f"{'Batches, processor ms':<46}{'':>10}{'':>10}{HEAD}"
    return "\n".join((head, *(line(name, times, 1e3) for name, times in found.items())))


if __name__ == "__main__":
    print(report())
