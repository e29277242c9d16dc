"""The two executors and the plain interpreter: the same runs, in turn, by how many stand side by side."""

from __future__ import annotations

from benchmarks.paired import Timed, head, line, pairs, timed
from engine.executors import NUMBA, NUMPY
from engine.rules import Rules
from engine.rules.machine.readiness import is_installed
from engine.scenario.load import load_scenario
from tests.reference.run import Run
from tests.reference.story import Story

SIDE_BY_SIDE = (1, 64, 1024)
"""Runs side by side."""

BEST = NUMBA if is_installed() else NUMPY
"""What works on this machine where much is to be done."""


def whole(rules: Rules, runs: int) -> Timed:
    """Whole runs of a scenario, side by side; the seconds of one of them."""
    return timed(lambda: rules.finish(rules.open(1, 0, runs)), runs)


def report() -> str:
    """A line for each pair: microseconds of processor time a run."""
    scenario = load_scenario("kosovo-2007")
    best, story, most = Rules(scenario, BEST), Story(scenario), max(SIDE_BY_SIDE)
    lines = [head("Executors, one core, processor us a run")]
    lines.append(line(f"{BEST}, and itself: the noise", pairs(whole(best, most), whole(best, most)), 1e6))
    if is_installed():
        plain = Rules(scenario, NUMPY)
        for runs in SIDE_BY_SIDE:
            found = pairs(whole(plain, runs), whole(best, runs))
            lines.append(line(f"numpy, and numba: {runs:,} side by side", found, 1e6))
    found = pairs(timed(lambda: Run(story, 1, 0).play()), whole(best, most))
    lines.append(line(f"plain interpreter, and {BEST}: {most:,} side by side", found, 1e6))
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
