"""How soon there are odds: for three sides of Kosovo early and late, from a belief, with this machine's workers.

Timed as a player meets it: all legal options and holding are asked for while another question is being worked on.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from engine.play.ahead.forecaster import Forecaster
from engine.play.game import Game
from engine.play.plans import Plan
from engine.rules import Rules, World
from engine.scenario.load import load_scenario

SIDES, TURNS = ("serbia", "kosovo", "eu"), (0, 10)

WANTED = 200
"""Futures of every option, which should be there within two seconds."""

TIMES, BEFORE = 3, 0.5
"""How often each is asked, and seconds of another question before."""

PATIENCE = 60.0
"""Seconds after which nobody would wait any more."""


@dataclass(frozen=True)
class Wait:
    """Seconds from the question to its first answer, and to enough futures."""

    first: float
    enough: float


def opened(rules: Rules, turn: int, side: str) -> World:
    """The world as a side may take it to be at the opening of a turn, as the rules decide for everyone.

    Where others stand is hidden from it, as it is from an attaché, so that futures start from its belief.
    """
    game = Game(rules, 1)
    game.is_candid, game.free_sides = False, frozenset({side})
    for _ in range(turn):
        game.step()
    return game.view(side).world


def plans_of(rules: Rules, world: World, actor: str) -> list[Plan]:
    """Holding, and each legal option."""
    rates = rules.appraise(world).rates[:, 0]
    own = rules.actor_options[actor]
    return [(), *((rules.options[number],) for number in range(own.start, own.stop) if rates[number] > 0)]


def wait(forecaster: Forecaster, world: World, actor: str, plans: list[Plan]) -> Wait:
    """Ask, and look at the clock."""
    begin = time.perf_counter()
    forecaster.ask(world, actor, plans, most=WANTED)
    first = 0.0
    while forecaster.next(PATIENCE) is not None:
        first = first or time.perf_counter() - begin
    return Wait(first, time.perf_counter() - begin)


def asked(forecaster: Forecaster, world: World, actor: str, plans: list[Plan]) -> Wait:
    """As a player asks, while another question is being worked on."""
    forecaster.ask(world, actor, plans)
    time.sleep(BEFORE)
    return wait(forecaster, world, actor, plans)


def report() -> str:
    """A line for each side and turn."""
    rules = Rules(load_scenario("kosovo-2007"))
    with Forecaster(rules) as forecaster:
        size = forecaster.crew.size
        first, enough = "first answer", f"{WANTED} of each"
        title = f"Live odds, {size} workers, seconds on the clock"
        lines = [f"{title:<50}{'plans':>7}{first:>14}{enough + ': lowest':>22}{'median':>9}{'highest':>9}"]
        for turn in TURNS:
            for side in SIDES:
                world = opened(rules, turn, side)
                plans = plans_of(rules, world, side)
                wait(forecaster, world, side, plans[:2])  # workers are there, and warm
                took = [asked(forecaster, world, side, plans) for _ in range(TIMES)]
                spread = sorted(one.enough for one in took)
                soon = statistics.median(one.first for one in took)
                told = f"{spread[0]:>22.2f}{statistics.median(spread):>9.2f}{spread[-1]:>9.2f}"
                lines.append(f"{f'{side}, turn {turn}':<50}{len(plans):>7}{soon:>14.2f}{told}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
