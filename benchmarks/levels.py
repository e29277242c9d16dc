"""Whether each level is harder than the one before: ``python -m benchmarks.levels [GAMES] [SCENARIO ...] [SIDE ...]``.

A side is played as its level has it, and the rule decides for all others; games of all levels are on the same chance.
Shown are mean scores and the difference to the level before, with the normal 95 % interval of paired games.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.play import SCENARIOS
from engine.batch.analysis.strategies import sides
from engine.play.game import Game
from engine.play.levels import LEVELS, Level
from engine.rules import Rules
from engine.rules.arrays import Numbers
from engine.scenario.load import load_scenario

GAMES, SEED = 500, 60_000

SHOWN = ("student", "envoy", "statesman")
"""An attaché is an opponent as a student is."""


def played(rules: Rules, actor: str, level: Level, games: int) -> tuple[Numbers, float]:
    """The score of each game, of shape (games,), and the processor's seconds a turn."""
    scores, turns, begin = [], 0, time.process_time()
    for number in range(games):
        game = Game(rules, SEED + number)
        game.is_candid, game.free_sides = level.goes_by_rule, frozenset(() if level.goes_by_rule else {actor})
        while not game.is_over:
            game.seat(actor, level.looks_ahead.policies(game, [actor]).get(actor))
            game.step()
            turns += 1
        scores.append(game.scores()[actor])
    return np.array(scores), (time.process_time() - begin) / turns


def report(games: int, names: Sequence[str], chosen: Sequence[str]) -> Iterator[str]:
    """A line for each side."""
    yield f"Scores by level, {games} games each, and how much better than the level before"
    for name in names:
        rules = Rules(load_scenario(name))
        rules.machine.expect(games)
        for actor in [side for side in sides(rules) if not chosen or side in chosen]:
            told, before = [], None
            for level in SHOWN:
                scores, cost = played(rules, actor, LEVELS[level], games)
                part = f"{level} {scores.mean():.1f}"
                if before is not None:
                    better = scores - before
                    reach = 1.96 * better.std(ddof=1) / math.sqrt(games)
                    part += f" ({better.mean():+.1f} ±{reach:.1f})"
                told.append(f"{part}, {cost:.2f} s a turn")
                before = scores
            yield f"{name}, {actor}: {'; '.join(told)}"


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    words = [word for word in sys.argv[1:] if not word.isdigit()]
    scenarios = tuple(word for word in words if word in SCENARIOS) or SCENARIOS
    for text in report(numbers[0] if numbers else GAMES, scenarios, [word for word in words if word not in SCENARIOS]):
        print(text, flush=True)
