"""How hard a game is: how well the other sides look ahead, and how much a player may see of their stances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.play.forecast import Forecast, look_at_plans
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


@dataclass(frozen=True)
class LookAhead:
    """By what leads to the best end: a few promising options, and holding, are played to the end many times.

    A side waits as long as the rule would. What all of them consider is played side by side, which takes little longer
    than what one of them considers.
    """

    shortlist: int = 3
    """How many options a side looks at, by gain."""
    futures: int = 40
    """How many futures it looks at for each."""

    def policies(self, game: Game, actors: Sequence[str]) -> Mapping[str, Policy]:
        """For each side with stances to judge by, the order to do what its own score at the end is highest for."""
        views = {actor: game.view(actor) for actor in actors if game.rules.scenario.actors[actor].stances}
        plans = [(actor, plan) for actor, view in views.items() for plan in self.plans(view)]
        scored: dict[str, list[tuple[float, Plan]]] = {actor: [] for actor in views}
        for (actor, plan), ahead in zip(plans, self.ahead(game, plans), strict=True):
            scored[actor].append((ahead.mean_score(actor), plan))
        chosen = {actor: _best(scored[actor], moves_allowed(view)) for actor, view in views.items()}
        return {
            actor: Decided({game.turn: Order(plan)}, RulePolicy(), futures=self.futures)
            for actor, plan in chosen.items()
        }

    def plans(self, view: View) -> Sequence[Plan]:
        """Holding, and the most promising options; nothing to consider where the rule would wait."""
        if not view.times_by_rule:
            return []
        promising = sorted(view.legal, key=lambda option: -option.gain)[: self.shortlist]
        return [(), *((option.option,) for option in promising)]

    def ahead(self, game: Game, plans: Sequence[tuple[str, Plan]]) -> Sequence[Forecast]:
        """What each plan leads to, as far as its actor knows the world; those who know as much are played together."""
        worlds = {actor: game.view(actor).world for actor, _plan in plans}
        found: dict[tuple[str, Plan], Forecast] = {}
        for world in {id(world): world for world in worlds.values()}.values():
            together = [one for one in plans if worlds[one[0]] is world]
            found |= zip(together, look_at_plans(game.rules, world, together, self.futures), strict=True)
        return [found[one] for one in plans]


def _best(scored: Sequence[tuple[float, Plan]], most: int) -> Plan:
    """The best of some plans of one move each, as many as are allowed and are better than the first, which holds."""
    better = sorted((one for one in scored if one[0] > scored[0][0]), key=lambda one: -one[0])
    return tuple(option for _score, plan in better[:most] for option in plan)


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
            "The other sides think to the end before they act. You have their words, and no numbers.",
            LookAhead(),
            Candour.WORDS,
        ),
    )
}
"""From the easiest to the hardest."""

EASIEST = LEVELS["student"]
