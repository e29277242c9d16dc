"""What a sweep costs beside a plain batch of as many runs: design points that differ in numbers share one program.

``python -m benchmarks.sweeps`` prints it; ``make bench`` does too.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_values
from engine.batch.running.making import Job, Maker
from engine.batch.running.parts import Cut
from engine.scenario.load import load_scenario

POINTS, RUNS = 64, 16

ROUNDS = 5

UNCERTAIN: dict[str, Any] = {
    "salience": {"path": "actors.serbia.stances.status.salience", "range": [0.3, 0.9]},
    "impatience": {"path": "values.impatience.start", "range": [0, 0.5]},
    "warmth": {"path": "temperature", "apply": "times", "range": [0.5, 2]},
    "wait": {"path": "actions.lobby.tempo", "apply": "times", "log_range": [0.5, 2]},
    "stand": {"path": "actors.eu_members.stances.status.position", "apply": "plus", "range": [-5, 5]},
}
"""Numbers of Kosovo, one of them of a whole group."""


def seconds(plan: Plan) -> float:
    """Processor time of all runs of a plan, with what each process does once: judging, preparing, making rows."""
    begun, maker = time.process_time(), Maker(Job(plan))
    for part in Cut(len(plan.points), 0, plan.runs):
        maker.make(part)
    return time.process_time() - begun


def report() -> str:
    """The ratio, pair by pair in turn; the first pair warms up."""
    scenario = load_scenario("kosovo-2007")
    design = {"uncertainties": UNCERTAIN, "design": {"latin_hypercube": POINTS}}
    sweep = plan_from_values(scenario, experiment=design, runs=RUNS)
    plain = plan_from_values(scenario, runs=POINTS * RUNS)
    pairs = [(seconds(sweep), seconds(plain)) for _ in range(ROUNDS + 1)][1:]
    ratios = sorted(one / other for one, other in pairs)
    said = f"{ratios[0]:.2f} / {statistics.median(ratios):.2f} / {ratios[-1]:.2f}"
    return f"A sweep of {POINTS} points x {RUNS} runs over {POINTS * RUNS:,} plain runs, times (min/med/max): {said}"


if __name__ == "__main__":
    sys.exit(print(report()))
