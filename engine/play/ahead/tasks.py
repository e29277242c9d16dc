"""What a worker can be asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from engine.play.ahead.present import Present
from engine.play.forecast import Breath, Moves, chance_ahead, forecasts
from engine.rules.arrays import Numbers, Rows
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

    @property
    def futures(self) -> int:
        """How many futures of each line it has."""
        return int(self.endings.shape[1])


@dataclass(frozen=True)
class Futures:
    """Some futures of each line of moves in an open turn."""

    present: Present
    lines: tuple[Moves, ...]
    actor: str
    first: int
    futures: int

    def work(self, rules: Rules, breath: Breath) -> Block:
        """The block."""
        world = self.present.world(rules)
        found = forecasts(rules, world, self.lines, chance_ahead(world, self.first, self.futures), breath)
        row = rules.layout.actors[self.actor]
        return Block(
            self.first,
            np.stack([forecast.endings for forecast in found]),
            np.stack([forecast.scores[row] for forecast in found]),
        )
