"""What a plan that was sent makes likelier or less likely, beside doing nothing: the cause that a report opens with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.ahead.board import PlanOdds
from engine.scenario.names import Reference
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

LEAST = 0.05
"""By how much something has to be likelier, or less likely, to be told."""

MOST = 2
"""How many changes a sentence tells."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that a plan moves: a flag, or an ending."""

    kind: str
    """``flag`` or ``ending``."""
    id: str
    words: str
    share: float
    """How often it comes about with the plan, 0..1."""
    otherwise: float
    """How often without it."""

    @property
    def change(self) -> float:
        """By how much it is likelier for the plan."""
        return self.share - self.otherwise


def causes(game: Played, odds: PlanOdds) -> tuple[Cause, ...]:
    """What a plan moves beyond noise, the most first; of flags those that a seat is told of and that do not stand yet.

    A flag that moves as an ending does, or another flag before it, says the same once more and is left out.
    """
    found = sorted([*_endings(game, odds), *_flags(game, odds)], key=lambda cause: -abs(cause.change))
    told: dict[tuple[float, float], Cause] = {}
    for cause in found:
        told.setdefault((cause.share, cause.otherwise), cause)
    return tuple(told.values())


def _endings(game: Played, odds: PlanOdds) -> Iterator[Cause]:
    titles = {ending.id: ending.title for ending in game.rules.scenario.endings}
    for name, change in odds.changes.items():
        if not change.is_same and abs(change.mean) >= LEAST:
            share = odds.shares[name].share
            yield Cause("ending", name, titles[name], share, share - change.mean)


def _flags(game: Played, odds: PlanOdds) -> Iterator[Cause]:
    words = game.rules.scenario.flags
    for number, (name, change) in enumerate(odds.flag_changes.items()):
        place = Reference("flag", name)
        is_open = not change.is_same and abs(change.mean) >= LEAST and game.tells(place) and not game.read(place)
        if is_open:
            share = float(odds.came[number].mean())
            yield Cause("flag", name, words[name], share, share - change.mean)


def causes_in_words(found: tuple[Cause, ...]) -> str:
    """*a Radical is president of Serbia, 85% instead of 44%; Contested independence, 30% instead of 12%*."""
    return "; ".join(
        _("{what}, {after} instead of {before}").format(
            what=cause.words, before=f"{100 * cause.otherwise:.0f}%", after=f"{100 * cause.share:.0f}%"
        )
        for cause in found[:MOST]
    )
