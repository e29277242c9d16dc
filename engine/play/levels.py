"""How hard a game is: how well the other sides look ahead, and how much a player may see of their stances."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

import numpy as np

from engine.play.forecast import chance_ahead, forecasts
from engine.play.game import Game
from engine.play.openness import Candour
from engine.play.plans import Plan
from engine.play.policies import (
    Answer,
    Decision,
    GreedyPolicy,
    Order,
    Policy,
    RolloutPolicy,
    RulePolicy,
    ScriptPolicy,
    View,
)
from engine.rules.arrays import Numbers


@dataclass(frozen=True)
class PromisingPolicy(RulePolicy):
    """Moves as often as the rule would, and takes the legal options that promise most."""

    def decide(self, view: View) -> Decision:
        """Nothing where the rule would do nothing, or where all options lose."""
        promising = sorted((option for option in view.legal if option.gain > 0), key=lambda option: -option.gain)
        return tuple(option.option for option in promising[: moves_allowed(view)])

    def answer(self, view: View, ask: str) -> Answer:
        """What promises most."""
        return GreedyPolicy().answer(view, ask)


def moves_allowed(view: View) -> int:
    """How many moves a side makes in a turn that moves as often as the rule would, and keeps to the budget."""
    return min(view.times_by_rule, view.rules.scenario.moves_per_turn)


class Others(Protocol):
    """How the playable sides decide in whose seats nobody sits."""

    def policies(self, game: Game, actors: Sequence[str]) -> Mapping[str, Policy]:
        """Who decides for these actors in the open turn; for one who is left out, the rule."""


@dataclass(frozen=True)
class FollowStances:
    """By the rule."""

    def policies(self, game: Game, actors: Sequence[str]) -> Mapping[str, Policy]:
        """Nobody but the rule."""
        return {}


@dataclass(frozen=True)
class TakePromising:
    """By what promises most now."""

    def policies(self, game: Game, actors: Sequence[str]) -> Mapping[str, Policy]:
        """The same policy for all of them."""
        return dict.fromkeys(actors, PromisingPolicy())


@dataclass(frozen=True)
class Decided(ScriptPolicy):
    """Does what it has decided; what it answers to questions it finds out when they are put."""

    futures: int = 40

    def answer(self, view: View, ask: str) -> Answer:
        """What leads to the best end."""
        return RolloutPolicy(self.futures).answer(view, ask)


class Prospects:
    """How plans of an actor come out: its score in futures of the world as it knows it, the same for all plans."""

    def __init__(self, view: View) -> None:
        self._view, self._scores = view, dict[Plan, Numbers]()

    def look(self, plans: Sequence[Plan], futures: int) -> None:
        """Look at some plans until each is known in so many futures."""
        view, short = self._view, dict[int, list[Plan]]()
        for plan in dict.fromkeys(plans):
            short.setdefault(len(self._scores.get(plan, ())), []).append(plan)
        for begun, lines in short.items():
            if begun < futures:
                chance = chance_ahead(view.world, begun, futures - begun)
                found = forecasts(view.rules, view.world, [{view.actor: plan} for plan in lines], chance)
                for plan, forecast in zip(lines, found, strict=True):
                    more = forecast.scores[view.rules.layout.actors[view.actor]]
                    self._scores[plan] = np.concatenate([self._scores.get(plan, ()), more])

    def scores(self, plan: Plan) -> Numbers:
        """The score in each future in which a plan was looked at: shape (futures,)."""
        return self._scores[plan]

    def mean(self, plan: Plan) -> float:
        """The mean of them."""
        return float(self._scores[plan].mean())

    def is_better(self, plan: Plan, other: Plan) -> bool:
        """Whether one of two plans that were looked at alike is better by more than a standard error."""
        by = self._scores[plan] - self._scores[other]
        return float(by.mean()) > float(by.std(ddof=1)) / math.sqrt(len(by))


@dataclass(frozen=True)
class LookAhead:
    """By what leads to the best end: every option, and holding, is played to the end, again and again.

    Options are looked at in rounds (sequential halving: Karnin, Koren and Somekh 2013): all of them in a few futures,
    the better ones in more. What is better than holding, beyond noise, is done, and what is better still beside it, as
    far as a turn has room; a side does not wait because the rule would.
    """

    futures: tuple[int, ...] = (6, 16, 48)
    """In how many futures an option is known after each round."""
    kept: tuple[int, ...] = (5, 3)
    """How many options are left after each round but the last."""

    def policies(self, game: Game, actors: Sequence[str]) -> Mapping[str, Policy]:
        """For each side with stances to judge by, the order to do what its own score at the end is highest for."""
        judging = [actor for actor in actors if game.rules.scenario.actors[actor].stances]
        plans = {actor: self.plan(game.view(actor)) for actor in judging}
        return {
            actor: Decided({game.turn: Order(plan)}, RulePolicy(), futures=self.futures[-1])
            for actor, plan in plans.items()
        }

    def plan(self, view: View) -> Plan:
        """What an actor does in the open turn, as far as it knows the world."""
        ahead, options = Prospects(view), [(option.option,) for option in view.legal]
        for futures, kept in zip_longest(self.futures, self.kept):
            ahead.look([(), *options], futures)
            options = sorted(options, key=ahead.mean, reverse=True)[:kept]
        best: Plan = ()
        for option in options:
            wider = (*best, *option)
            ahead.look([wider], self.futures[-1])
            if ahead.is_better(wider, best) and len(wider) <= view.rules.scenario.moves_per_turn:
                best = wider
        return best


@dataclass(frozen=True)
class Level:
    """A degree of difficulty."""

    id: str
    title: str
    text: str
    """What it means, for players."""
    looks_ahead: Others
    """How the playable sides decide in whose seats nobody sits; everybody else follows the rule."""
    candour: Candour

    @property
    def goes_by_rule(self) -> bool:
        """Whether the other sides do."""
        return isinstance(self.looks_ahead, FollowStances)


LEVELS: Mapping[str, Level] = {
    level.id: level
    for level in (
        Level(
            "student",
            "Student",
            "The other sides follow their stances, and every stance lies open.",
            FollowStances(),
            Candour.OPEN,
        ),
        Level(
            "attache",
            "Attaché",
            "The other sides follow their stances. You see what has been read out of their words, not what they think.",
            FollowStances(),
            Candour.CODED,
        ),
        Level(
            "envoy",
            "Envoy",
            "The other sides take what promises most when they act. You see only stances that were put into words.",
            TakePromising(),
            Candour.QUOTED,
        ),
        Level(
            "statesman",
            "Statesman",
            "The other sides think all that they may do to the end, every turn. You have their words, and no numbers.",
            LookAhead(),
            Candour.WORDS,
        ),
    )
}
"""From the easiest to the hardest."""

EASIEST = LEVELS["student"]
