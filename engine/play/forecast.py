"""What may follow: futures of the present world, run side by side under the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers
from engine.rules.decide import NO_MOVE
from engine.rules.draws import stream_key
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World


@dataclass(frozen=True)
class Forecast:
    """The endings and scores of some futures: ``scores`` of shape (actors, futures)."""

    rules: Rules
    world: World
    scores: Numbers

    @property
    def futures(self) -> int:
        """How many futures were looked at."""
        return self.world.runs

    def endings(self) -> Counter[str]:
        """How many futures close with each ending."""
        names = [ending.id for ending in self.rules.scenario.endings]
        return Counter(names[number] for number in self.world.ending)

    def mean_score(self, actor: str) -> float:
        """The mean score of an actor at the end."""
        return float(self.scores[self.rules.layout.actors[actor]].mean())


def look_ahead(rules: Rules, world: World, decided: Mapping[str, Option | None], futures: int) -> Forecast:
    """Futures of a world of one run whose turn has opened, if some actors decide so now and the rule decides the rest.

    The chance of the futures is their own, so that they do not tell what is going to happen, and it is the same
    whatever is decided, so that two decisions are compared on equal terms.
    """
    seed = stream_key(f"futures of run {world.draws.first_run} of seed {world.draws.seed} in turn {world.turn}")
    ahead = world.multiplied(seed, futures)
    appraisal = rules.appraise(ahead)
    choice = rules.choose(ahead, appraisal)
    for actor, option in decided.items():
        choice[rules.layout.actors[actor]] = NO_MOVE if option is None else rules.number_of[option]
    rules.play_turn(ahead, appraisal, choice)
    rules.finish(ahead)
    return Forecast(rules, ahead, np.asarray(rules.scores(ahead)))
