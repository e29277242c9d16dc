"""The two executors and the plain interpreter: the same runs, in turn, by how many stand side by side."""

from __future__ import annotations

from benchmarks.paired import HEAD, Timed, line, pairs, timed
from engine.executors import NUMBA, NUMPY
from engine.rules import Rules
from engine.rules.machine.readiness import is_installed
from engine.scenario.load import load_scenario
from tests.reference.interpreter import ReferenceModel
from tests.reference.program import Program

SIDE_BY_SIDE = (1, 64, 2048)
"""Runs side by side."""


def whole(rules: Rules, runs: int) -> Timed:
    """Whole runs of a scenario, side by side; the seconds of one of them."""
    work = timed(lambda: rules.finish(rules.open(1, 0, runs)))
    return lambda: work() / runs


def report() -> str:
    """A line for each pair: microseconds of processor time a run, and the ratio."""
    scenario = load_scenario("kosovo-2007")
    plain, program = Rules(scenario, NUMPY), Program(scenario)
    interpreter = timed(lambda: ReferenceModel(scenario, 1, 0, program).play())
    lines = [f"{'Executors, processor us a run':<46}{'':>10}{'':>10}{HEAD}"]
    if not is_installed():
        found = pairs(interpreter, whole(plain, SIDE_BY_SIDE[-1]))
        return "\n".join((*lines, line("plain interpreter, and numpy", found, 1e6)))
    compiled = Rules(scenario, NUMBA)
    for runs in SIDE_BY_SIDE:
        found = pairs(whole(plain, runs), whole(compiled, runs))
        lines.append(line(f"numpy, and numba: {runs:,} side by side", found, 1e6))
    found = pairs(interpreter, whole(compiled, SIDE_BY_SIDE[-1]))
    lines.append(line(f"plain interpreter, and numba: {SIDE_BY_SIDE[-1]:,} side by side", found, 1e6))
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
