"""Plans: what a seat does in one turn, at once or on a later day of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.rules.options import Option
from engine.scenario.orders import OrderError, moment_in, moment_in_words
from engine.scenario.problems import quoted
from engine.scenario.timeline import Timeline, midnight

AT = "@"
"""Stands between a move and the day for which it is ordered: ``lobby:cyprus@2007-12-06``."""


@dataclass(frozen=True)
class Later(Option):
    """An option that is to be taken on a later day of the turn; if it can't be then, it lapses."""

    on: dt.datetime = field(kw_only=True)
    """The moment at which it is to be done."""

    def __str__(self) -> str:
        return f"{self.now}{AT}{moment_in_words(self.on)}"

    @property
    def now(self) -> Option:
        """The option without its day."""
        return Option(self.actor, self.action, self.target)


Plan = tuple[Option, ...]
"""What an actor does in one turn, each as the turn opens or :class:`Later`; empty to hold."""


def option_in(actor: str, text: str) -> Option:
    """The option of an actor that is written ``action`` or ``action:target``, perhaps with ``@day``.

    Raises :class:`~engine.scenario.orders.OrderError` where the day is none.
    """
    what, at, day = text.partition(AT)
    action, _, target = what.partition(":")
    return ordered(Option(actor, action, target or None), day if at else None)


def ordered(option: Option, day: str | None) -> Option:
    """An option, put off to a day where one is written. Raises :class:`~engine.scenario.orders.OrderError`."""
    if day is None:
        return option
    on = moment_in(day)
    if on is None:
        raise OrderError(f"a day is year-month-day, such as 2007-12-10, not {quoted(day)}")
    return put_off(option, on)


def put_off(option: Option, on: dt.date) -> Later:
    """An option for a later moment."""
    return Later(option.actor, option.action, option.target, on=midnight(on))


def is_for(option: Option, tick: int, timeline: Timeline) -> bool:
    """Whether an option of a plan is to be taken in a pace."""
    if isinstance(option, Later):
        return timeline.pace_of(option.on) == tick
    return timeline.opens_turn(tick)


def is_said(answer: Option, tick: int, timeline: Timeline) -> bool:
    """Whether an answer is to be given in a pace: at its moment or, where it has none, in any."""
    return not isinstance(answer, Later) or timeline.pace_of(answer.on) == tick


def due(plan: Iterable[Option], tick: int, timeline: Timeline) -> Plan:
    """What a plan does in a pace: options without their days."""
    return tuple(now(option) for option in plan if is_for(option, tick, timeline))


def now(option: Option) -> Option:
    """An option without the day for which it was ordered."""
    return option.now if isinstance(option, Later) else option


def later_paces(timeline: Timeline, turn: int) -> Iterator[int]:
    """The paces of a turn after its first."""
    yield from timeline.paces_of(turn)[1:]


def trouble_with(option: Option, turn: int, timeline: Timeline) -> str | None:
    """Why an option can't be ordered for its day in a turn; None where it can."""
    if not isinstance(option, Later):
        return None
    first, last = timeline.date_of(turn), timeline.last_day_of(turn)
    day = moment_in_words(option.on)
    if timeline.pace_of(option.on) not in timeline.paces_of(turn)[1:]:
        if timeline.paces_per_turn == 1:
            return f"the rules take the whole turn at once, so nothing can be put off to {day}"
        return f"{day} is no later day of this turn, which goes from {first} to {last}"
    return None
