"""Replies: what becomes possible because somebody else has done something, for so many days, once for each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.rules.arrays import YesNo
from engine.rules.layout import NEVER
from engine.scenario.replies import Deed, deeds_in_words, is_called

if TYPE_CHECKING:
    from engine.rules.world import World
    from engine.scenario.models import Reply, Scenario


class Calls:
    """Since when each option of a replying action has been called for, and not been taken yet."""

    def __init__(self, scenario: Scenario, reply: Reply, row: int, options: int) -> None:
        """``row`` is where the first option's latest call is kept."""
        self.reply = reply
        self.words = (
            f"that {deeds_in_words(scenario, reply)} was done in the last {reply.within:g} days, with no reply yet"
        )
        """What has to be so before a reply is possible."""
        self.rows = slice(row, row + options)
        """The row of each option's latest call that it has not replied to."""

    def are_open(self, world: World) -> YesNo:
        """Which options may still reply: shape (options, runs)."""
        is_open: YesNo = world.day - world.cells[self.rows] <= self.reply.within
        return is_open

    def answer(self, world: World, taken: YesNo) -> None:
        """Whoever replies has replied to what there was."""
        np.copyto(world.cells[self.rows], NEVER, where=taken)

    def call(self, world: World, option: int, runs: YesNo) -> None:
        """An option is called for in some runs."""
        np.copyto(world.cells[self.rows][option], world.day, where=runs)

    def since(self, world: World, option: int) -> float | None:
        """The day of the latest call of an option, in a world of one run; None where there is none."""
        day = float(world.cells[self.rows][option, 0])
        return None if day == NEVER else day


@dataclass(frozen=True)
class Caller:
    """The options of an action, each with the options of another that it calls for."""

    calls: Calls
    pairs: tuple[tuple[int, int], ...]
    """Options of the action that is done, and of the one that replies."""

    def tell(self, world: World, taken: YesNo) -> None:
        """What was done in some runs, of shape (options, runs), calls for replies."""
        for done, reply in self.pairs:
            if taken[done].any():
                self.calls.call(world, reply, taken[done])


def caller_of(scenario: Scenario, action: str, done: Sequence[Deed], calls: Calls, replies: Sequence[Deed]) -> Caller:
    """What each option of an action calls for among those of another, whose calls these are."""
    pairs = tuple(
        (number, place)
        for number, deed in enumerate(done)
        for place, reply in enumerate(replies)
        if is_called(scenario, action, deed, reply)
    )
    return Caller(calls, pairs)
