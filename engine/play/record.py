"""What happened in a game, turn by turn, as small immutable values."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field, replace
from math import isnan
from typing import Any

from engine.rules.options import Option
from engine.scenario.orders import moment_in_words
from engine.scenario.timeline import Timeline

Audience = tuple[str, ...] | None
"""The actors that learn of something when it happens; None where everybody does."""

UNDATED = dt.datetime(1, 1, 1)  # noqa: DTZ001 # moments of a story are those of its own calendar


@dataclass(frozen=True, slots=True)
class Move:
    """An option that was taken, what it promised, and how likely it was under the rule (0..1)."""

    option: Option
    gain: float
    chance: float
    terms: dict[str, float] = field(default_factory=dict)
    """The reasons of which the gain is the sum: issues, ``appeal``, ``cost``."""
    known_to: Audience = None
    when: dt.datetime = UNDATED
    """The opening of the pace in which it was made."""
    targets: tuple[str, ...] = ()
    """At whom it was directed, where it was at several at once."""

    @property
    def is_explained(self) -> bool:
        """Whether it is told why it was made, and how likely it was; a seat is not told where secrets bear on that."""
        return not isnan(self.chance)


@dataclass(frozen=True, slots=True)
class VoteResult:
    """A question that was decided, and who voted how."""

    institution: str
    question: str
    sponsors: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    vetoed_by: tuple[str, ...]
    passed: bool
    when: dt.datetime = UNDATED
    """The opening of the pace in which it was taken."""


@dataclass(frozen=True, slots=True)
class EventResult:
    """An event that happened, and how it turned out."""

    event: str
    outcome: str | None
    when: dt.datetime = UNDATED
    """The opening of the pace in which it happened."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A move that was ordered for a day on which it could not be made."""

    when: dt.datetime
    option: Option
    missing: tuple[str, ...]
    """The conditions that failed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put to some actors."""

    ask: str
    actors: tuple[str, ...]
    known_to: Audience = None
    when: dt.datetime = UNDATED
    """The opening of the pace in which it was put."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The news of a move, a vote or an event: its day, its text, and the thing it tells of."""

    date: dt.date
    text: str
    kind: str
    """``move``, ``vote``, ``event``, ``ask`` or ``effect``."""
    about: str
    """The id of the action, question or event; an answer is ``ASK.ANSWER``."""
    actor: str | None = None
    """Who did what it tells of; None for events, and for votes with several sponsors."""
    target: str | None = None
    """At whom that was directed, if at one."""
    known_to: Audience = None
    targets: tuple[str, ...] = ()
    """At whom that was directed, where it was at several at once."""

    def is_directed_at(self, actor: str) -> bool:
        """Whether what it tells of was done to an actor, alone or with others."""
        return actor == self.target or actor in self.targets

    def is_known_to(self, actor: str) -> bool:
        """Whether an actor reads it when it is written."""
        return self.known_to is None or actor in self.known_to


@dataclass(frozen=True, slots=True)
class Turn:
    """A whole turn, with the state of the world at its end."""

    turn: int
    date: dt.date
    moves: tuple[Move, ...]
    votes: tuple[VoteResult, ...]
    events: tuple[EventResult, ...]
    dispatches: tuple[Dispatch, ...]
    values: dict[str, float] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    actor_flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    """What was ordered for a later day of the turn and could not be done on it."""
    knows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By secret, or stance, who had learned of it by the end of the turn, of those who did not know it at the start."""

    def days(self) -> tuple[dt.date, ...]:
        """The days on which something was done or told, in their order."""
        done = [*(one.when for one in self.moves), *(one.when for one in self.votes)]
        moments = [*done, *(one.when for one in self.asked), *(one.when for one in self.lapses)]
        return tuple(sorted({*(dispatch.date for dispatch in self.dispatches), *(when.date() for when in moments)}))

    def day_by_day(self, timeline: Timeline) -> tuple[Turn, ...]:
        """The turn in one part a day on which something is told; whole where it is a day, or one pace of the rules."""
        if timeline.paces_per_turn == 1 or timeline.last_day_of(self.turn) == self.date:
            return (self,)
        return tuple(self.on(day) for day in self.days())

    def on(self, day: dt.date) -> Turn:
        """What was done and told on one of its days."""
        return replace(
            self,
            date=day,
            moves=tuple(move for move in self.moves if move.when.date() == day),
            votes=tuple(vote for vote in self.votes if vote.when.date() == day),
            events=tuple(event for event in self.events if event.when.date() == day),
            dispatches=tuple(dispatch for dispatch in self.dispatches if dispatch.date == day),
            asked=tuple(put for put in self.asked if put.when.date() == day),
            lapses=tuple(lapse for lapse in self.lapses if lapse.when.date() == day),
        )

    def as_json(self) -> dict[str, Any]:
        """The turn in plain dictionaries and lists."""
        return {
            "turn": self.turn,
            "date": self.date.isoformat(),
            "moves": [
                {
                    "actor": move.option.actor,
                    "action": move.option.action,
                    "target": move.option.target,
                    "targets": list(move.targets),
                    "gain": move.gain if move.is_explained else None,
                    "chance": move.chance if move.is_explained else None,
                    "terms": move.terms,
                    "known_to": _members(move.known_to),
                    "date": moment_in_words(move.when),
                }
                for move in self.moves
            ],
            "votes": [_listed(_dated(asdict(vote))) for vote in self.votes],
            "events": [_dated(asdict(event)) for event in self.events],
            "asked": [
                {"ask": put.ask, "actors": list(put.actors), "known_to": _members(put.known_to)} for put in self.asked
            ],
            "dispatches": [dispatch.text for dispatch in self.dispatches],
            "known_to": [_members(dispatch.known_to) for dispatch in self.dispatches],
            "values": self.values,
            "flags": self.flags,
            "actor_flags": _listed(self.actor_flags),
            "lapsed": [_lapsed(lapse) for lapse in self.lapses],
            **({"knows": _listed(self.knows)} if self.knows else {}),
        }


def _members(audience: Audience) -> list[str] | None:
    return None if audience is None else list(audience)


def _lapsed(lapse: Lapse) -> dict[str, Any]:
    what = {"actor": lapse.option.actor, "move": str(lapse.option), "missing": list(lapse.missing)}
    return {**what, "date": moment_in_words(lapse.when)}


def _dated(result: dict[str, Any]) -> dict[str, Any]:
    """A result with its moment in words, under ``date``."""
    when = result.pop("when")
    return {**result, "date": moment_in_words(when)}


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
