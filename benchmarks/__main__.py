"""The table of `make bench`.

Each row pairs two things and times them in turn, A B A B ..., so that a machine whose speed drifts does not
favour either; the ratio is taken pair by pair, and its spread says how noisy the machine was.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import executors, growth, odds, sweeps
from engine.batch.running.runner import CHUNK
from engine.play import Game
from engine.rules import Rules
from engine.rules.machine.readiness import is_installed
from engine.scenario.load import load_scenario
from tests.reference.run import Run
from tests.reference.story import Story

ROUNDS = 5
"""How often each pair is timed."""

PLAIN_RUNS, LOCKSTEP_RUNS = 1, 2 * CHUNK
"""Runs of the plain interpreter and of the program in each round; CHUNK of the latter stand side by side, as in any
batch."""


@dataclass(frozen=True)
class Timing:
    """Units of work a second, round by round."""

    name: str
    rates: tuple[float, ...]

    def line(self) -> str:
        """The median, with the slowest and the fastest round."""
        low, middle, high = min(self.rates), statistics.median(self.rates), max(self.rates)
        return f"{self.name:<58}{low:>12,.1f}{middle:>12,.1f}{high:>12,.1f}"


def in_turn(work: dict[str, tuple[int, Callable[[], object]]]) -> list[Timing]:
    """Time several pieces of work in turn; each comes with the number of units it does."""
    rates: dict[str, list[float]] = {name: [] for name in work}
    for number in range(ROUNDS + 1):
        for name, (units, do) in work.items():
            begin = time.perf_counter()
            do()
            if number:  # the first round warms up
                rates[name].append(units / (time.perf_counter() - begin))
    return [Timing(name, tuple(found)) for name, found in rates.items()]


def ratio(name: str, over: Timing, under: Timing) -> Timing:
    """How many times one is the other, round by round."""
    return Timing(name, tuple(a / b for a, b in zip(over.rates, under.rates, strict=True)))


def lockstep(rules: Rules, runs: int, chunk: int) -> None:
    """Runs of a scenario, a block after the other."""
    for first in range(0, runs, chunk):
        rules.finish(rules.open(1, first, min(chunk, runs - first)))


def games(rules: Rules, many: int) -> None:
    """Games in which the rules decide for everyone."""
    for run in range(many):
        Game(rules, 1, run).play()


def main() -> int:
    """Print the table."""
    scenario = load_scenario("kosovo-2007")
    rules, story = Rules(scenario), Story(scenario)

    def plain() -> None:
        for run in range(PLAIN_RUNS):
            Run(story, 1, run).play()

    print(f"Kosovo: {len(scenario.actors)} actors, {len(rules.options)} options, {scenario.turns} turns; one core.")
    print(f"{ROUNDS} rounds after a warm-up, in turn.\n")
    print(f"{'':<58}{'slowest':>12}{'median':>12}{'fastest':>12}")
    timings = in_turn(
        {
            "plain interpreter of the same rules, runs/s": (PLAIN_RUNS, plain),
            "the program, one run at a time, runs/s": (20, lambda: lockstep(rules, 20, 1)),
            f"the program, {CHUNK:,} runs side by side, runs/s": (
                LOCKSTEP_RUNS,
                lambda: lockstep(rules, LOCKSTEP_RUNS, CHUNK),
            ),
            "whole games with news and reasons, games/s": (3, lambda: games(rules, 3)),
        }
    )
    for timing in timings:
        print(timing.line())
    print(ratio("the program over the plain interpreter, times", timings[2], timings[0]).line())
    print(growth.report())
    if is_installed():
        print(f"\n{executors.report()}")
    print(f"\n{odds.report()}")
    print(f"\n{sweeps.report()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
