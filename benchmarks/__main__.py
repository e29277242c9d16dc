"""The table of `make bench`: how many times one piece of work is another, by pairs that are timed in turn."""

from __future__ import annotations

import sys

from benchmarks import batches, executors, games, growth, odds, starts, sweeps
from benchmarks.paired import ROUNDS
from engine.rules import Rules
from engine.scenario.load import load_scenario

REPORTS = (executors, games, batches, sweeps, starts, growth, odds)


def main() -> int:
    """Print the table, report by report."""
    scenario = load_scenario("kosovo-2007")
    options, paces = len(Rules(scenario).options), scenario.timeline.paces
    print(f"Kosovo: {len(scenario.actors)} actors, {options} options, {scenario.turns} turns, {paces} paces.")
    print(f"{ROUNDS} rounds after a warm-up, in turn; the first line pairs a piece of work with itself: the noise.")
    for part in REPORTS:
        print(f"\n{part.report()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
