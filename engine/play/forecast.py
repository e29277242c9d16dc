"""What may follow: futures of the present world, run side by side under the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, Rows
from engine.rules.decide import NO_MOVE
from engine.rules.draws import Draws, stream_key
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World


@dataclass(frozen=True)
class Forecast:
    """How some futures close: the number of each one's ending, shape (futures,), and scores, (actors, futures)."""

    rules: Rules
    endings: Rows
    scores: Numbers

    @property
    def futures(self) -> int:
        """How many futures were looked at."""
        return len(self.endings)

    def shares(self) -> dict[str, float]:
        """The share of futures that close with each ending."""
        names = [ending.id for ending in self.rules.scenario.endings]
        counts = np.bincount(self.endings, minlength=len(names))
        return {name: float(count) / self.futures for name, count in zip(names, counts, strict=True)}

    def mean_score(self, actor: str) -> float:
        """The mean score of an actor at the end."""
        return float(self.scores[self.rules.layout.actors[actor]].mean())


def look_ahead(
    rules: Rules, world: World, actor: str, plans: Sequence[tuple[Option, ...]], futures: int
) -> list[Forecast]:
    """For each plan of an actor now, futures of a world of one run whose turn has opened; the rule decides the rest.

    A plan is the options that the actor takes this turn; none of them is to hold. All plans are played side by side.
    The chance of the futures is their own, so that they do not tell what is going to happen, and it is the same for
    every plan, so that two of them are compared on equal terms.
    """
    return look_at_plans(rules, world, [(actor, plan) for plan in plans], futures)


def look_at_plans(
    rules: Rules, world: World, plans: Sequence[tuple[str, tuple[Option, ...]]], futures: int
) -> list[Forecast]:
    """The same for plans of several actors, each looked at by itself."""
    seed = stream_key(f"futures of run {world.draws.first_run} of seed {world.draws.seed} in turn {world.turn}")
    ahead = world.multiplied(Draws(seed, 0, futures).repeated(len(plans)))
    appraisal = rules.appraise(ahead)
    moves = in_slots(rules.choose(ahead, appraisal), max((1, *(len(plan) for _, plan in plans))))
    parts = [slice(number * futures, (number + 1) * futures) for number in range(len(plans))]
    for part, (actor, plan) in zip(parts, plans, strict=True):
        moves[:, rules.layout.actors[actor], part] = NO_MOVE
        for slot, option in enumerate(plan):
            moves[slot, rules.layout.actors[actor], part] = rules.number_of[option]
    rules.play_turn(ahead, appraisal, moves)
    rules.finish(ahead)
    scores = rules.scores(ahead)
    return [Forecast(rules, ahead.ending[part], scores[:, part]) for part in parts]


def in_slots(choice: Rows, slots: int) -> Rows:
    """Choices of shape (actors, runs) with room for more: (slots, actors, runs), where the first slot holds them."""
    moves = np.full((slots, *choice.shape), NO_MOVE, dtype=choice.dtype)
    moves[0] = choice
    return moves
