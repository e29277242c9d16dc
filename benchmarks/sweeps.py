"""What a sweep costs beside a plain batch of as many runs: design points that differ in numbers share one program.

``python -m benchmarks.sweeps`` prints it; ``make bench`` does too.
"""

from __future__ import annotations

import sys
from typing import Any

from benchmarks.executors import BEST
from benchmarks.paired import Timed, head, line, pairs, timed
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_values
from engine.batch.running.making import Job, Maker
from engine.batch.running.parts import Cut
from engine.scenario.load import load_scenario

POINTS, RUNS = 64, 16

UNCERTAIN: dict[str, Any] = {
    "salience": {"path": "actors.serbia.stances.status.salience", "range": [0.3, 0.9]},
    "impatience": {"path": "values.impatience.start", "range": [0, 0.5]},
    "warmth": {"path": "temperature", "apply": "times", "range": [0.5, 2]},
    "wait": {"path": "actions.lobby.tempo", "apply": "times", "log_range": [0.5, 2]},
    "stand": {"path": "actors.eu_members.stances.status.position", "apply": "plus", "range": [-5, 5]},
}
"""Numbers of Kosovo, one of them of a whole group."""


def whole(plan: Plan) -> Timed:
    """All runs of a plan, with what each process does once: judging, preparing, making rows; the seconds of a run."""

    def work() -> None:
        maker = Maker(Job(plan, executor=BEST))
        for part in Cut(len(plan.points), 0, plan.runs):
            maker.make(part)

    return timed(work, POINTS * RUNS)


def report() -> str:
    """A line for the pair: microseconds of processor time a run."""
    scenario = load_scenario("kosovo-2007")
    design = {"uncertainties": UNCERTAIN, "design": {"latin_hypercube": POINTS}}
    sweep = plan_from_values(scenario, experiment=design, runs=RUNS)
    plain = plan_from_values(scenario, runs=POINTS * RUNS)
    found = pairs(whole(sweep), whole(plain))
    name = f"{POINTS} points x {RUNS} runs, and {POINTS * RUNS:,} plain runs"
    return f"{head('Sweeps, processor us a run')}\n{line(name, found, 1e6)}"


if __name__ == "__main__":
    sys.exit(print(report()))
