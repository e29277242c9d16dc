"""What a game costs beside its run: news, reasons and the record, while the rules decide for everyone."""

from __future__ import annotations

from benchmarks.executors import BEST
from benchmarks.paired import head, line, pairs, timed
from engine.play import Game
from engine.rules import Rules
from engine.scenario.load import load_scenario

GAMES = 3


def report() -> str:
    """A line for whole games beside the same runs, one by one: B is the engine's time of one game."""
    rules = Rules(load_scenario("kosovo-2007"), BEST)

    def told() -> None:
        for run in range(GAMES):
            Game(rules, 1, run).play()

    def untold() -> None:
        for run in range(GAMES):
            rules.finish(rules.open(1, run))

    found = pairs(timed(told, GAMES), timed(untold, GAMES))
    return f"{head('Games, processor ms')}\n{line('a game with news and reasons, and its run', found, 1e3)}"


if __name__ == "__main__":
    print(report())
