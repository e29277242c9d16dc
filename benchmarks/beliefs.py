"""What a belief costs a turn, and how much better than its prior it knows what is done in secret.

``python -m benchmarks.beliefs [GAMES] [SCENARIO ...]``. Flags that a seat does not see are forecast at the opening of
every turn of games that go by the rule: by its belief, and by how often they stand so at that moment over runs of which
nothing is seen. The logarithmic score is that of the truth, 0 where it was certain; chances are held to .001.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import numpy as np

from engine.play.game import Game
from engine.rules import Rules
from engine.rules.arrays import Numbers
from engine.scenario.load import load_scenario

SEATS = {"kosovo-2007": "serbia", "cuba-1962": "ussr", "suez-1956": "us"}
GAMES, RUNS, SEED = 200, 1000, 30_000
LEAST = 1e-3


def priors(rules: Rules, rows: list[int]) -> Numbers:
    """How often each of some flags is yes as each pace opens: shape (paces, flags)."""
    world, found = rules.open(SEED - 1, 0, RUNS), []
    for _ in range(rules.timeline.paces):
        rules.open_pace(world)
        found.append(world.cells[rows].mean(axis=1))
        appraisal = rules.appraise(world)
        rules.play_pace(world, appraisal, rules.decide(world, appraisal))
    return np.array(found)


def surprise(chance: Numbers, is_so: Numbers) -> Numbers:
    """The logarithmic score of what was, 0 where it was certain."""
    scores: Numbers = -np.log(np.clip(np.where(is_so != 0.0, chance, 1.0 - chance), LEAST, 1.0 - LEAST))
    return scores


def measured(name: str, games: int) -> str:
    """A line of the report."""
    rules, seat = Rules(load_scenario(name)), SEATS[name]
    rules.machine.expect(RUNS)
    took, left, by_belief, by_prior = list[float](), list[float](), list[float](), list[float]()
    before: Numbers | None = None
    rows: list[int] = []
    for number in range(games):
        game = Game(rules, SEED + number)
        game.is_candid, game.free_sides = False, frozenset({seat})
        while not game.is_over:
            begin = time.thread_time()
            belief = game.believe(seat)
            took.append(time.thread_time() - begin)
            assert belief is not None
            left.append(belief.moments[-1].effective)
            if before is None:
                rows = [row for place, row in belief.hidden.items() if place.kind in ("flag", "actor_flag")]
                before = priors(rules, rows)
            if rows:
                truth = game.world.cells[rows, 0]
                by_belief += surprise(belief.world.cells[rows] @ belief.weights, truth).tolist()
                by_prior += surprise(before[game.world.tick], truth).tolist()
            game.step()
    cost = f"{statistics.median(took):.2f} s, at most {max(took):.2f}"
    told = f"worlds that count: median {statistics.median(left):.0f}, least {min(left):.0f}"
    scores = f"{statistics.fmean(by_belief):.3f} against {statistics.fmean(by_prior):.3f}" if rows else "no secret flag"
    return f"{name}, {seat}: {len(rows)} flags; a turn {cost}; {told}; log score {scores}"


def report(games: int = GAMES, names: tuple[str, ...] = tuple(SEATS)) -> Iterator[str]:
    """A line for each scenario."""
    yield f"Beliefs of 512 worlds, {games} games each; seconds of one thread"
    yield from (measured(name, games) for name in names)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    wanted = tuple(word for word in sys.argv[1:] if not word.isdigit()) or tuple(SEATS)
    for text in report(numbers[0] if numbers else GAMES, wanted):
        print(text, flush=True)
