"""How soon there are odds: for three sides of Kosovo early, midway and late, with this machine's workers.

Timed as a player meets it: all legal options and holding are asked for while another question is being worked on.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from engine.play.ahead.forecaster import Forecaster
from engine.play.plans import Plan
from engine.rules import Rules, World
from engine.scenario.load import load_scenario

SIDES, TURNS = ("serbia", "kosovo", "eu"), (0, 5, 10)

WANTED = 200
"""Futures of every option, which should be there within two seconds."""

PATIENCE = 60.0
"""Seconds after which nobody would wait any more."""


@dataclass(frozen=True)
class Wait:
    """Seconds from the question to its first answer, and to enough futures."""

    plans: int
    first: float
    at_first: int
    """Futures of each plan in the first answer."""
    enough: float


def opened(rules: Rules, turn: int) -> World:
    """A world at the opening of a turn, as the rules decide for everyone."""
    world = rules.open(1)
    for _ in range(turn):
        rules.step(world)
    rules.open_pace(world)
    return world


def plans_of(rules: Rules, world: World, actor: str) -> list[Plan]:
    """Holding, and each legal option."""
    rates = rules.appraise(world).rates[:, 0]
    own = rules.actor_options[actor]
    return [(), *((rules.options[number],) for number in range(own.start, own.stop) if rates[number] > 0)]


def wait(forecaster: Forecaster, world: World, actor: str, plans: list[Plan]) -> Wait:
    """Ask, and look at the clock."""
    begin = time.perf_counter()
    forecaster.ask(world, actor, plans, most=WANTED)
    first, at_first = 0.0, 0
    while (board := forecaster.next(PATIENCE)) is not None:
        if not at_first:
            first, at_first = time.perf_counter() - begin, board.futures
    return Wait(len(plans), first, at_first, time.perf_counter() - begin)


def report() -> str:
    """A line for each side and turn."""
    rules = Rules(load_scenario("kosovo-2007"))
    lines = [f"{'Live odds, seconds':<26}{'plans':>7}{'first answer':>14}{'of futures':>12}{f'{WANTED} of each':>14}"]
    with Forecaster(rules) as forecaster:
        for turn in TURNS:
            world = opened(rules, turn)
            for side in SIDES:
                plans = plans_of(rules, world, side)
                wait(forecaster, world, side, plans[:2])  # workers are there, and warm
                forecaster.ask(world, side, plans)
                time.sleep(0.5)
                took = wait(forecaster, world, side, plans)
                name = f"{side}, turn {turn}"
                lines.append(f"{name:<26}{took.plans:>7}{took.first:>14.2f}{took.at_first:>12}{took.enough:>14.2f}")
        lines.append(f"{forecaster.crew.size} workers")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
    sys.exit(0)
