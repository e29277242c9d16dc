"""Who decides: actors with their stances, and the bodies in which they vote."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from engine.scenario.doubts import MayBeInDoubt
from engine.scenario.fields import (
    Date,
    Identifier,
    Share,
    Title,
)
from engine.scenario.models.quantities import (
    Number,
    Temperature,
    Weight,
)
from engine.scenario.records import Record, Sourced, without


class Stance(Sourced):
    """Where an actor stands on an issue, and how much it cares."""

    position: Number
    """The point on the issue's scale that the actor wants."""
    salience: Weight
    """How much the issue weighs for the actor, 0 to 1."""
    spread: Annotated[float, Field(ge=0), MayBeInDoubt()] = 0.0
    """The coder's doubt in scale points (standard deviation); drawn anew for each run."""
    coders: Literal["median", "mean"] | None = None
    """Says that position and salience are the median or the mean of what the files in ``coders/`` say, which is
    checked; what runs is the number that stands here."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "coders")


class Actor(Sourced):
    """A state, leadership, body or community that decides."""

    title: Title
    """The name in lists."""
    in_text: str | None = None
    """The name inside a sentence, such as "the United States"; the title where left out."""
    summary: str | None = None
    """Who this is and what it wants, for the briefing."""
    wants: str | None = None
    """What this side hopes for, in a sentence, for players."""
    fears: str | None = None
    """What this side dreads, in a sentence, for players."""
    briefing: str | None = None
    """What this side alone is told before the first turn, beside what everybody is told."""
    playable: bool = False
    """Whether a person may take this side."""
    capability: Weight = 0.0
    """Its weight in the world, 0 to 1."""
    temperature: Temperature | None = None
    """How loosely it follows its gain; the scenario's where left out."""
    stances: dict[Identifier, Stance] = {}
    """Issue by issue, what it wants."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "briefing")


class Seat(Record):
    """A place in an institution, held between two dates."""

    actor: Identifier
    """Who sits there."""
    since: Annotated[Date | None, Field(alias="from")] = None
    """First day in the seat; from the beginning where left out."""
    until: Date | None = None
    """Last day in the seat; to the end where left out."""

    def is_held_on(self, day: dt.date) -> bool:
        """Whether the actor sits there on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


WEIGHED = ("quota", "share", "majority")
"""The ways of counting that add up the weights of members."""

MOST_STEPS = 10_000
"""The most that weights may add up to, in steps of the share: the chance of passing is worked out step by step."""


class PassRule(Record):
    """When a question passes: exactly one way of counting, and perhaps vetoes."""

    yes: Annotated[int, Field(ge=1)] | None = None
    """Passes with at least this many votes for it."""
    majority: Literal[True] | None = None
    """Passes with more votes for than against; abstentions count for neither."""
    share: Share | None = None
    """Passes with at least this share of those who vote for or against, such as 2/3."""
    unanimous: Literal[True] | None = None
    """Passes unless somebody votes against; abstention does not block."""
    quota: Annotated[int, Field(ge=1)] | None = None
    """Passes when the weights of those for it reach this sum."""
    weights: dict[Identifier, Annotated[int, Field(ge=0, le=1000)]] = {}
    """How many votes each member casts, all one way, with ``quota``, ``share`` or ``majority``; 1 where left out."""
    veto: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Members whose vote against blocks; their abstention does not."""

    @model_validator(mode="after")
    def counts_one_way(self) -> PassRule:
        """Exactly one of the five ways is chosen, and weights come with one that adds them up."""
        ways = [name for name in ("yes", "majority", "share", "unanimous", "quota") if getattr(self, name)]
        if len(ways) != 1:
            found = " and ".join(ways) if ways else "none"
            raise ValueError(f"choose one of yes, majority, share, unanimous, quota (found {found})")
        if self.weights and ways[0] not in WEIGHED:
            raise ValueError(f"weights go with quota, share or majority, not with {ways[0]}")
        steps = sum(self.weights.values()) * (self.share.denominator if self.share else 1)
        if steps > MOST_STEPS:
            raise ValueError(
                f"the weights add up to too much to count with (at most {MOST_STEPS:,} steps of the share)"
            )
        return self

    def weight_of(self, member: str) -> int:
        """How many votes a member casts."""
        return self.weights.get(member, 1)

    def votes_of(self, members: Iterable[str]) -> int:
        """How many votes some members cast together."""
        return sum(self.weight_of(member) for member in members)


class Institution(Sourced):
    """A body with dated seats and a voting rule."""

    title: Title
    """What people read."""
    in_text: str | None = None
    """The name inside a sentence, such as "the Security Council"; the title where left out."""
    summary: str | None = None
    """What it is and how it decides."""
    seats: Annotated[tuple[Seat, ...], Field(strict=False, min_length=1)]
    """Who sits in it, and when."""
    passes: Annotated[PassRule, Field(alias="pass")]
    """When a question passes."""
    threshold: Annotated[float, Field(ge=0), MayBeInDoubt()] = 0.05
    """How much a member must gain (or lose) before yes (or no) is likelier than abstention."""
    temperature: Temperature | None = None
    """How loosely members follow their gain when they vote; each actor's own where left out."""

    def seated(self, day: dt.date) -> tuple[str, ...]:
        """Who sits in it on a day, in the order of the seats."""
        return tuple(seat.actor for seat in self.seats if seat.is_held_on(day))
