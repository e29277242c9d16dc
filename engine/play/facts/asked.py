"""Questions that are put to a side: what is asked, until when it may be thought over, and what may be said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.play.odds import Explained, questions_to
from engine.play.wording import long_moment
from engine.rules.options import Option
from engine.words import _

if TYPE_CHECKING:
    from engine.play.sight.seen import Played


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that is put to an actor and not answered."""

    actor: str
    ask: str
    title: str
    summary: str | None
    until: dt.datetime
    """The moment by which it is to be answered, or at which the story ends, where that comes before."""
    is_never_due: bool
    """Whether the story ends before."""
    is_last: bool
    """Whether what takes place in silence does so now, unless something is said."""
    silence: Option
    """The answer that takes place if nothing is said."""
    answers: tuple[Explained, ...]
    """What may be said, legal or not, in the order of the scenario."""

    @property
    def legal(self) -> tuple[Explained, ...]:
        """What may be said now."""
        return tuple(answer for answer in self.answers if answer.legal)


def standing_with(game: Played, *actors: str) -> tuple[Standing, ...]:
    """The questions that some actors have to answer, actor by actor."""
    return () if game.is_over else tuple(one for actor in actors for one in _standing(game, actor))


def _standing(game: Played, actor: str) -> tuple[Standing, ...]:
    rules, world, found = game.rules, game.world, []
    timeline = rules.timeline
    end = timeline.moment_of(timeline.paces)
    for asking in questions_to(rules, world, actor):
        ask = rules.scenario.asks[asking.ask]
        until = timeline.moment_of(0) + dt.timedelta(days=float(world.cells[asking.row, 0]))
        found.append(
            Standing(
                actor,
                asking.ask,
                ask.title,
                ask.summary,
                min(until, end),
                until >= end,
                bool(asking.is_out_of_time(world)[0]),
                rules.options[asking.silence],
                tuple(e for e in game.view(actor).options if e.option.answers == asking.ask),
            )
        )
    return tuple(found)


def time_in_words(standing: Standing, otherwise: str) -> str:
    """Until when it may be thought over, and what happens then."""
    if standing.is_last:
        return _("It wants an answer now. If nothing is said: {answer}.").format(answer=otherwise)
    day = long_moment(standing.until)
    if standing.is_never_due:
        return _("It may be thought over until the story ends: {day}.").format(day=day)
    return _("It may be thought over until {day}. If nothing is said by then: {answer}.").format(
        day=day, answer=otherwise
    )
