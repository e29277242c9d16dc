"""The compiled executor against numpy: the same runs, in turn, by how many stand side by side."""

from __future__ import annotations

import statistics
import time

from engine.executors import NUMBA, NUMPY
from engine.rules import Rules
from engine.scenario.load import load_scenario

SIDE_BY_SIDE = (1, 64, 2048)
"""Runs side by side."""

ROUNDS = 5


def seconds(rules: Rules, runs: int) -> float:
    """Processor time of whole runs."""
    begin = time.process_time()
    rules.finish(rules.open(1, 0, runs))
    return time.process_time() - begin


def report() -> str:
    """A line for each number of runs: microseconds a run, and the ratio, pair by pair."""
    scenario = load_scenario("kosovo-2007")
    plain, compiled = Rules(scenario, NUMPY), Rules(scenario, NUMBA)
    lines = [
        f"{'Executors, processor us a run':<34}{'numpy':>10}{'numba':>10}{'slowest':>10}{'median':>8}{'fastest':>9}"
    ]
    for runs in SIDE_BY_SIDE:
        pairs = [(seconds(plain, runs), seconds(compiled, runs)) for _ in range(ROUNDS + 1)][1:]
        ratios = [a / b for a, b in pairs]
        numpy, numba = (1e6 / runs * statistics.median(times) for times in zip(*pairs, strict=True))
        times = f"{min(ratios):>10.1f}{statistics.median(ratios):>8.1f}{max(ratios):>9.1f}"
        lines.append(f"{f'{runs:,} side by side':<34}{numpy:>10,.0f}{numba:>10,.0f}{times}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
