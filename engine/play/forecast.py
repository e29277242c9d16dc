"""What may follow: futures of the present world, run side by side under the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, Rows
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.draws import Draws, stream_key
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World

Plan = tuple[Option, ...]
"""What an actor does in one turn; empty to hold."""

Moves = Mapping[str, Plan]
"""What some actors do in one turn; the rule decides for all others."""

Breath = Callable[[], None]
"""Called between two turns; may raise to end the work."""


def go_on() -> None:
    """A breath after which work always goes on."""


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


def look_ahead(rules: Rules, world: World, actor: str, plans: Sequence[Plan], futures: int) -> list[Forecast]:
    """For each plan of an actor now, futures of a world of one run whose turn has opened; the rule decides the rest."""
    return forecasts(rules, world, [{actor: plan} for plan in plans], chance_ahead(world, 0, futures))


def look_at_plans(
    rules: Rules, world: World, plans: Sequence[tuple[str, Plan]], futures: int
) -> list[Forecast]:
    """The same for plans of several actors, each looked at by itself."""
    return forecasts(rules, world, [{actor: plan} for actor, plan in plans], chance_ahead(world, 0, futures))


def chance_ahead(world: World, first: int, futures: int) -> Draws:
    """The chance of futures ``first`` to ``first + futures - 1`` of a world of one run.

    It is their own, so that they do not tell what is going to happen.
    """
    seed = stream_key(f"futures of run {world.draws.first_run} of seed {world.draws.seed} in turn {world.turn}")
    return Draws(seed, first, futures)


def forecasts(
    rules: Rules, world: World, lines: Sequence[Moves], chance: Draws, breath: Breath = go_on
) -> list[Forecast]:
    """The futures that follow from each line of moves in the open turn of a world of one run.

    All lines are played side by side on the same chance, so that two of them are compared on equal terms.
    """
    appraisal, moves = _decided(rules, world, lines, chance)
    ahead = world.multiplied(chance.repeated(len(lines)))
    rules.play_turn(ahead, appraisal, moves)
    while not rules.is_over(ahead):
        breath()
        rules.step(ahead)
    scores = rules.scores(ahead)
    parts = [slice(number * chance.runs, (number + 1) * chance.runs) for number in range(len(lines))]
    return [Forecast(rules, ahead.ending[part], scores[:, part]) for part in parts]


def _decided(rules: Rules, world: World, lines: Sequence[Moves], chance: Draws) -> tuple[Appraisal, Rows]:
    """What everybody does in the open turn, line after line: before anybody moves, all futures are the same world."""
    alone = rules.appraise(world)
    rates = np.broadcast_to(alone.rates, (len(alone.rates), chance.runs))
    by_rule = rules.choose(world.multiplied(chance), Appraisal(alone.offers, rates))
    slots = max((1, *(len(plan) for line in lines for plan in line.values())))
    moves = in_slots(np.tile(by_rule, len(lines)), slots)
    for number, line in enumerate(lines):
        futures = slice(number * chance.runs, (number + 1) * chance.runs)
        for actor, plan in line.items():
            taken = [rules.number_of[option] for option in plan] + [NO_MOVE] * (slots - len(plan))
            moves[:, rules.layout.actors[actor], futures] = np.array(taken)[:, np.newaxis]
    return alone, moves


def in_slots(choice: Rows, slots: int) -> Rows:
    """Choices of shape (actors, runs) with room for more: (slots, actors, runs), where the first slot holds them."""
    moves = np.full((slots, *choice.shape), NO_MOVE, dtype=choice.dtype)
    moves[0] = choice
    return moves
