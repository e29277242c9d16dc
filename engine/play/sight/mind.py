"""What a seat believes as a game goes on, and the world as it may take it to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.belief.eyes import SeatEyes
from engine.belief.filter import Belief
from engine.play.sight.witness import Pace, Watching
from engine.rules.arrays import Numbers, Rows
from engine.rules.draws import stream_key
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.names import Reference


class Mind:
    """A seat's belief, brought up to date when it is asked for."""

    def __init__(self, rules: Rules, actor: str, is_candid: bool, worlds: int) -> None:
        """``is_candid`` says whether what coders doubt lies open to it."""
        self.rules, self.eyes = rules, SeatEyes(rules, actor, is_candid)
        self.actor, self._worlds = actor, worlds
        self._watching = Watching(rules, self.eyes)
        self._belief: Belief | None = None
        self._taken_in = 0

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from it, so that there is nothing to believe."""
        return self.eyes.sees_all

    def belief(self, world: World, paces: Sequence[Pace], trembles: Mapping[str, float]) -> Belief:
        """What it believes, once the last of some paces has opened; ``world`` says whose chance the game has."""
        if self._belief is None:
            draws = world.draws
            seed = stream_key(f"belief of {self.actor} in run {draws.first_run} of seed {draws.seed}")
            self._belief = Belief(self.rules, self.eyes.eyes, seed, self._worlds, trembles)
        belief = self._belief
        for number in range(self._taken_in, len(paces)):
            before = paces[number - 1] if number else None
            if before is not None:
                belief.go_on(self._watching.done(before, paces[number].cells))
            belief.open(self._watching.opened(paces[number], before))
        self._taken_in = len(paces)
        return belief


def imagined(rules: Rules, world: World, belief: Belief, eyes: SeatEyes) -> World:
    """A world of one run as a seat may take it to be, with its belief for whoever looks ahead from it.

    What it sees is as it is; what it does not see stands at the weighted median of its worlds, so that a flag is yes
    where most of them have it so. What is put off is what the world has that weighs most.
    """
    seen, cells = eyes.rows(world.cells[:, 0]), world.cells.copy()
    hidden = np.flatnonzero(~seen)
    weights, guesses = belief.weights, belief.guesses()
    cells[hidden, 0] = median(belief.world.cells[hidden], weights)
    origin = median(belief.world.origin.reshape(-1, len(weights)), weights).reshape(*world.origin.shape)
    own = rules.layout.actors[eyes.actor]
    origin[:, own] = world.origin[:, own]
    due = belief.world.due.picked(np.array([weights.argmax()], dtype=np.intp))
    return replace(world, cells=cells, origin=origin, due=due, guesses=guesses)


def median(values: Numbers, weights: Numbers) -> Numbers:
    """The weighted median of each row of shape (rows, worlds): the lowest that half of the weight does not exceed."""
    order: Rows = np.argsort(values, axis=1, kind="stable")
    reached = np.add.accumulate(weights[order], axis=1)
    place = (reached < 0.5 * reached[:, -1:]).sum(axis=1)
    found: Numbers = np.take_along_axis(values, np.take_along_axis(order, place[:, np.newaxis], axis=1), axis=1)[:, 0]
    return found


def has_learned(rules: Rules, world: World, thing: str, actor: str) -> bool:
    """Whether an actor has learned something that it did not know from the start, in a world of one run."""
    row = rules.layout.rows.get(Reference("knows", thing, actor))
    return row is not None and bool(world.cells[row, 0])
