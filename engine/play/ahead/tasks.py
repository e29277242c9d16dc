"""What a worker can be asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from engine.play.ahead.present import Present
from engine.play.forecast import Afterwards, Ballots, Breath, Forecast, Moves, forecasts
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws
from engine.rules.rulebook import Rules


class StoppedError(Exception):
    """Nobody wants the result any more."""


class Task(Protocol):
    """A piece of work of a second or less, the same wherever it is done."""

    def work(self, rules: Rules, breath: Breath) -> Any:
        """The result; ``breath`` is called now and then, and raises StoppedError where it is no longer wanted."""


@dataclass(frozen=True)
class Block:
    """How futures ``first`` to ``first + futures - 1`` of each line close, for one actor: shape (lines, futures)."""

    first: int
    endings: Rows
    scores: Numbers
    came: YesNo
    """Which flags stand at yes then: shape (lines, flags, futures)."""

    @property
    def futures(self) -> int:
        """How many futures of each line it has."""
        return int(self.endings.shape[1])


@dataclass(frozen=True)
class Futures:
    """Some futures of each line of moves in an open turn."""

    present: Present
    lines: tuple[Moves, ...]
    actor: str | None
    """Whose scores are wanted, if anybody's."""
    seed: int
    """Of the chance of the futures."""
    first: int
    futures: int
    ballots: Ballots = field(default_factory=dict)
    """How members vote in the open turn, where they are told to."""
    afterwards: Afterwards = Afterwards.RULE
    """Who plays the sides of the lines after it."""

    def work(self, rules: Rules, breath: Breath) -> Block:
        """The block."""
        chance = Draws(self.seed, self.first, self.futures)
        found = forecasts(rules, self.present.world(rules), self.lines, chance, breath, self.ballots, self.afterwards)
        return block_of(rules, self.first, found, self.actor)


def block_of(rules: Rules, first: int, found: Sequence[Forecast], actor: str | None) -> Block:
    """Forecasts as a block."""
    endings, came = (np.stack([getattr(forecast, name) for forecast in found]) for name in ("endings", "came"))
    if actor is None:
        return Block(first, endings, np.full(endings.shape, np.nan), came)
    row = rules.layout.actors[actor]
    return Block(first, endings, np.stack([forecast.scores[row] for forecast in found]), came)
