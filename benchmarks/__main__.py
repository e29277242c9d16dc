"""The table of `make bench`: how many times one piece of work is another, by pairs that are timed in turn."""

from __future__ import annotations

import sys

from benchmarks import batches, executors, growth, odds, sweeps
from benchmarks.paired import HEAD, ROUNDS, line, pairs, timed
from engine.play import Game
from engine.rules import Rules
from engine.scenario.load import load_scenario

GAMES = 3


def games() -> str:
    """A line for whole games with news and reasons, in which the rules decide, beside as many runs one by one."""
    rules = Rules(load_scenario("kosovo-2007"))

    def told() -> None:
        for run in range(GAMES):
            Game(rules, 1, run).play()

    def untold() -> None:
        for run in range(GAMES):
            rules.finish(rules.open(1, run))

    head = f"{'Games, processor ms each':<46}{'':>10}{'':>10}{HEAD}"
    return (
        f"{head}\n{line('a game with news and reasons, and its run', pairs(timed(told), timed(untold)), 1e3 / GAMES)}"
    )


def main() -> int:
    """Print the table."""
    scenario = load_scenario("kosovo-2007")
    actors, options = len(scenario.actors), len(Rules(scenario).options)
    print(f"Kosovo: {actors} actors, {options} options, {scenario.turns} turns; {ROUNDS} rounds after a warm-up.")
    for report in (executors.report, games, batches.report, sweeps.report, growth.report, odds.report):
        print(f"\n{report().strip()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
