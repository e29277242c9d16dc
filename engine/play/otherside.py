"""The same game from the other side: what an opponent did turn by turn, why, how likely it was, and what else it might.

Nothing is hidden here; it is for a game that is over.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.play.ahead.story import Story
from engine.play.facts.reasons import Likely, Reason, likely, reason_for, views_of
from engine.play.plans import Later, now

if TYPE_CHECKING:
    from engine.play.game import Game

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
    """Every turn of a game as an actor saw it; the game is played again, which takes as long as playing it took.

    What it did is judged by the world of that moment, later in the turn too.
    """
    rules, story = game.rules, Story.of(game)
    found: list[Revealed] = []
    for world in story.paces(rules):
        here, opens = rules.timeline.moment_of(world.tick), rules.timeline.opens_turn(world.tick)
        turn = len(found) - (not opens)
        by_rule = actor not in game.seat_moves[turn]
        plan = [option for option in story.chapters[turn].moves if option.actor == actor]
        made = [now(option) for option in plan if (option.on == here if isinstance(option, Later) else opens)]
        if not made and not opens:
            continue
        view = views_of(rules, world, actor)[0]
        reasons = tuple(reason_for(view, option, by_rule) for option in made)
        if opens:
            done = [now(option) for option in plan]
            rest = [item for item in likely(view) if item.option not in (done or (None,))]
            reasons = reasons if plan else (reason_for(view, None, by_rule),)
            found.append(Revealed(view.turn, view.date, reasons, tuple(rest[:NEXT_BEST])))
        else:
            found[-1] = replace(found[-1], reasons=(*found[-1].reasons, *reasons))
    return tuple(found)
