"""What follows from an act, a vote or an event, and what an actor believes will follow."""

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
    Day,
    Days,
    Expression,
    Identifier,
    Place,
    Texts,
    Who,
    days_in,
)
from engine.scenario.models.quantities import (
    Quantities,
    Quantity,
)
from engine.scenario.records import Record, if_said, without


class Effect(Record):
    """What changes in the world, perhaps only by chance, perhaps later."""

    when: Expression | None = None
    """Only where this holds at the moment."""
    chance: Quantity | None = None
    """Happens with this probability; always where left out."""
    delay: Days | None = None
    """Falls due this much later."""
    on: Day | None = None
    """Falls due on this day, an entry of the calendar or a date: in the first pace that opens on it or later, and after
    the one in which it was caused."""
    add: Quantities = {}
    """Amounts added to issues, values and positions."""
    set: Quantities = {}
    """What issues, values, positions and flags become."""
    ask: Identifier | None = None
    """A question that is put to a side."""
    of: Who | None = None
    """To whom it is put: actors or groups, ``self`` or ``target``; to all whom it may be put to where left out."""
    reveal: dict[Place, Who] = {}
    """What others learn, for good: a secret, or where an actor stands, each with the actors or groups that learn it;
    ``self`` and ``target`` may be among them."""
    unforeseen: bool = False
    """Whether nobody reckons with it: it takes place, and enters no gain."""
    dispatch: Texts | None = None
    """The news when it happens."""

    @model_serializer(mode="wrap")
    def _without_what_is_left_out(self, dumped: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return if_said(without(dumped(self), "on", "ask", "of"), "reveal", "unforeseen")

    @model_validator(mode="after")
    def changes_something(self) -> Effect:
        """An effect adds, sets, asks, reveals or reports something."""
        if not (self.add or self.set or self.ask or self.reveal or self.dispatch):
            raise ValueError("an effect needs add, set, ask, reveal or dispatch")
        if self.of is not None and self.ask is None:
            raise ValueError("of says whom to ask: it goes with ask")
        if self.delay is not None and self.on is not None:
            raise ValueError("choose one of delay, on")
        return self

    def in_force(self, start: str | None) -> Effect:
        """The effect from a day on, or after a duration, unless it says itself when it falls due."""
        if start is None or self.delay is not None or self.on is not None:
            return self
        days = days_in(start)
        return self.model_copy(update={"on": start} if days is None else {"delay": days})


class Belief(Record):
    """What an actor expects to follow: it enters the gain, never the world."""

    when: Expression | None = None
    """Only where this holds at the moment."""
    chance: Quantity | None = None
    """Expected with this probability; for sure where left out."""
    add: Quantities = {}
    """Expected movement of issues."""
    set: Quantities = {}
    """Where issues are expected to end up."""

    @model_validator(mode="after")
    def expects_something(self) -> Belief:
        """A belief moves something."""
        if not self.add and not self.set:
            raise ValueError("a belief needs add or set")
        return self


Effects = Annotated[tuple[Effect, ...], Field(strict=False)]
Beliefs = Annotated[tuple[Belief, ...], Field(strict=False)]
