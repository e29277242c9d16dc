"""Replies: what becomes possible because somebody else has done something, for so many days, once for each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def caller_of(scenario: Scenario, action: str, done: Sequence[Deed], calls: Calls, replies: Sequence[Deed]) -> Caller:
    """What each option of an action calls for among those of another, whose calls these are."""
    pairs = tuple(
        (number, place)
        for number, deed in enumerate(done)
        for place, reply in enumerate(replies)
        if is_called(scenario, action, deed, reply)
    )
    return Caller(calls, pairs)
