"""What ways out are worth to whom, and when a story is as good as over: over many games by the rule.

A catastrophe is no prize where its mean score lies below that of every other way out, for each side that it strikes. A
story that is decided ends: no more than two days running in which all that may follow is one ending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from engine.rules import OPEN, Rules, World
from engine.rules.arrays import Rows
from engine.rules.draws import Draws, stream_key

FEWEST = 15
"""A mean of fewer runs than this says nothing."""


@dataclass(frozen=True)
class Worth:
    """Mean scores by way out, of each side that has stances."""

    rules: Rules
    means: dict[str, dict[str, float]]
    """By ending that enough runs came to, by actor."""

    def prizes(
        self, catastrophe: str, margin: float, sides: Collection[str] = (), but: Collection[str] = ()
    ) -> list[str]:
        """For whom a catastrophe is not the worst by a margin, a sentence each; all sides where none are named.

        ``but`` are ways out that may be as bad.
        """
        if catastrophe not in self.means:
            return [f"too few runs come to {catastrophe} to say what it is worth"]
        worst = self.means[catastrophe]
        return [
            f"{side}: {catastrophe} {worst[side]:.1f}, {ending} {means[side]:.1f}"
            for side in sides or worst
            for ending, means in self.means.items()
            if ending not in (catastrophe, *but) and worst[side] + margin > means[side]
        ]


def worth(rules: Rules, runs: int, seed: int = 1) -> Worth:
    """The mean scores over some runs."""
    world = rules.open(seed, runs=runs)
    rules.finish(world)
    return worth_of(rules, world)


def worth_of(rules: Rules, world: World) -> Worth:
    """The mean scores over runs that have closed."""
    return Worth(rules, dict(_means(rules, world)))


def _means(rules: Rules, world: World) -> Iterator[tuple[str, dict[str, float]]]:
    scores = rules.scores(world)
    scored = {a: row for a, row in zip(rules.scenario.actors, scores, strict=True) if np.isfinite(row[0])}
    for number, ending in enumerate(rules.scenario.endings):
        here = world.ending == number
        if here.sum() >= FEWEST:
            yield ending.id, {actor: float(row[here].mean()) for actor, row in scored.items()}


def foregone(rules: Rules, games: int, most: int = 2, seed: int = 1, futures: int = 100) -> list[str]:
    """The games in which more turns running than ``most`` had one way out alone, a sentence each.

    Futures are counted as a turn opens, as those of the desk are.
    """
    world, only = rules.open(seed, runs=games), []
    while not rules.is_over(world):
        if rules.timeline.opens_turn(world.tick):
            ends = _futures(rules, world, futures)
            certain = (ends == ends[:, :1]).all(axis=1) & world.is_open
            only.append(np.where(certain, ends[:, 0], OPEN))
        rules.step(world)
    return [said for game, row in enumerate(np.array(only).T) for said in _too_long(rules, row, most, seed, game)]


def _futures(rules: Rules, world: World, futures: int) -> Rows:
    """How as many futures of each run of a world close: shape (runs, futures)."""
    chance = Draws(stream_key(f"futures of pace {world.tick}"), 0, world.runs * futures)
    ahead = world.multiplied(chance)
    rules.finish(ahead)
    return ahead.ending.reshape(world.runs, futures)


def _too_long(rules: Rules, row: Rows, most: int, seed: int, game: int) -> Iterator[str]:
    for number, same in groupby(row):
        turns = len(list(same))
        if number != OPEN and turns > most:
            ending = rules.scenario.endings[number].id
            yield f"{turns} turns of {ending}: brink run {rules.scenario.id} --seed {seed} --run {game}"
