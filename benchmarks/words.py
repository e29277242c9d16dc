"""Whether a side that deals does better than the same side with nothing to give: paired games, with intervals.

    python -m benchmarks.words [RUNS]

For each bundled scenario in which sides may give their word.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from engine.batch.analysis.exploits import dealing, offers_by
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.places import list_scenarios

RUNS = 500
"""Games of each side, dealing and not, on the same chance."""


def speaking() -> Iterator[Scenario]:
    """Every scenario in which something may be exchanged."""
    for scenario in map(load_scenario, list_scenarios()):
        if any(offers_by(scenario, actor) for actor in scenario.actors):
            yield scenario


def report(runs: int = RUNS) -> str:
    """A line for each side of each scenario."""
    lines = [f"points of score by which a side does better that may deal, {runs} paired games a side"]
    for scenario in speaking():
        for actor, record in scenario.actors.items():
            if offers_by(scenario, actor) and record.stances:
                better, between = dealing(scenario, actor, runs)
                lines.append(f"{scenario.id:<16}{actor:<20}{better:>+8.2f}   {between.low:+.2f} to {between.high:+.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
