"""What nobody chooses: events, the calendar, drift, endings."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from engine.scenario.fields import (
    Date,
    Expression,
    Identifier,
    Knowers,
    Texts,
    Title,
    Who,
)
from engine.scenario.models.effects import Effects
from engine.scenario.models.quantities import (
    Quantities,
    Quantity,
)
from engine.scenario.records import Record, Sourced, if_said, without


class Outcome(Record):
    """One of the ways in which an event may turn out."""

    title: Title
    """What people read."""
    weight: Quantity = "1"
    """Its chance among the outcomes, in proportion; less than nothing counts as nothing."""
    effects: Effects = ()
    """What follows."""
    dispatch: Texts | None = None
    """The news."""


class Event(Sourced):
    """Something that nobody in the scenario chooses."""

    title: Title
    """What people read."""
    on: Date | None = None
    """The day it comes due; happens in the first pace that opens on or after it."""
    when: Expression = "True"
    """Only where this holds."""
    chance: Quantity | None = None
    """The probability that it happens when it comes due, of a dated event."""
    chance_per_week: Quantity | None = None
    """The same for an undated event, per week, whatever the length of a pace; it happens at once where left out."""
    once: bool = False
    """Whether it happens at most once."""
    effects: Effects = ()
    """What follows."""
    outcomes: dict[Identifier, Outcome] = {}
    """Ways in which it may turn out, of which one does."""
    known_to: Who | None = None
    """Actors and groups that learn of it when it happens; everybody where left out."""
    dispatch: Texts | None = None
    """The news."""

    @model_validator(mode="after")
    def has_one_chance(self) -> Event:
        """A chance is given once, and a rate per week only without a date."""
        if self.chance is not None and self.chance_per_week is not None:
            raise ValueError("choose one of chance, chance_per_week")
        if self.on is not None and self.chance_per_week is not None:
            raise ValueError("chance_per_week does not go with a date: use chance")
        if self.on is None and self.chance is not None:
            raise ValueError("chance goes with a date: without one say chance_per_week, which brink upgrade works out")
        return self


class CalendarEntry(Sourced):
    """A day that matters: expressions ask how long since, players see it coming."""

    on: Date
    """The day."""
    title: Title
    """What people read."""
    summary: str | None = None
    """What hangs on it."""
    deadline: bool = False
    """Whether it is a deadline, shown with a count of days."""
    known_to: Knowers | None = None
    """Actors and groups that see it coming; everybody where left out."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without(dumped(self), "known_to")


class Dynamic(Sourced):
    """How something drifts by itself."""

    title: Title
    """What people read."""
    each: Who | None = None
    """For each of these actors, as ``self``; for the world as a whole where left out."""
    when: Expression = "True"
    """Only where this holds."""
    per_week: Annotated[Quantities, Field(min_length=1)]
    """What is added a week."""


class Worth(Sourced):
    """What a way to close is to a side, besides where it leaves the issues."""

    points: Annotated[float, Field(ge=0, le=100)]
    """0 (nothing could be worse for it) to 100 (nothing could be better)."""
    text: str | None = None
    """What it is to it, in words, told to its player."""


class Ending(Record):
    """A way in which the story closes."""

    title: Title
    """What people read."""
    id: Identifier
    """Its name."""
    mark: Annotated[str, Field(pattern=r"^[A-Za-z0-9]$")] | None = None
    """The letter or digit that stands for it where there is little room; chosen from its title where left out."""
    when: Expression | None = None
    """Closes the story where this holds; the last ending has no condition."""
    at_end: bool = False
    """Whether it is looked at only when the calendar runs out."""
    text: str | None = None
    """What is told when it happens."""
    worth: dict[Identifier, Worth] = {}
    """What it is to a side, by actor or group; an actor's own entry goes before those of its groups."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(dumped(self), "worth")
