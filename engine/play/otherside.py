"""The same game from the other side: what an opponent did turn by turn, why, how likely it was, and what else it might.

Nothing is hidden here; it is for a game that is over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.ahead.story import Story
from engine.play.facts.reasons import Likely, Reason, likely, reason_for, views_of
from engine.rules.options import Option

if TYPE_CHECKING:
    from engine.play.game import Game
    from engine.play.policies import View

NEXT_BEST = 3
"""How many alternatives are told."""


@dataclass(frozen=True)
class Revealed:
    """What an actor did in a turn, and what it might have done."""

    turn: int
    date: dt.date
    reasons: tuple[Reason, ...]
    """Of each move; of doing nothing where it made none."""
    alternatives: tuple[Likely, ...]
    """What else the rule might have done, doing nothing included, the likeliest first."""


def other_side(game: Game, actor: str) -> tuple[Revealed, ...]:
    """Every turn of a game as an actor saw it; the game is played again, which takes as long as playing it took."""
    rules, story = game.rules, Story.of(game)
    worlds = zip(story.worlds(rules), story.chapters, game.seat_moves, strict=False)
    return tuple(
        _revealed(
            views_of(rules, world, actor)[0], tuple(o for o in chapter.moves if o.actor == actor), actor not in seats
        )
        for world, chapter, seats in worlds
    )


def _revealed(view: View, moves: tuple[Option, ...], by_rule: bool) -> Revealed:
    """Said at once, while the turn is open."""
    made: tuple[Option | None, ...] = moves or (None,)
    reasons = tuple(reason_for(view, option, by_rule) for option in made)
    rest = [item for item in likely(view) if item.option not in made]
    return Revealed(view.turn, view.date, reasons, tuple(rest[:NEXT_BEST]))
