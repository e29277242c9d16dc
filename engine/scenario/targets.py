"""What a scenario can be held against: datable outcomes as checkable statements over a run.

A target says what is looked at, until when, and what really came of it (left out while that is not known). Which of
them may have shaped the scenario follows from one day, the cut-off of the history: what was known later is held out.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.scenario.fields import Date, Expression, Identifier, Title, Who
from engine.scenario.records import Evidence, Record

NEVER: Literal["never"] = "never"
"""In place of a day: it did not come about while the calendar lasts."""

STATEMENTS = ("done", "day", "value", "range", "who", "which", "order", "ballot")
"""The kinds of statements, of which a target makes one."""

Expressions = Annotated[tuple[Expression, ...], Field(strict=False, min_length=2, max_length=400)]
Actors = Annotated[tuple[Identifier, ...], Field(strict=False)]


class Done(Record):
    """Whether something comes about by a day."""

    what: Expression
    """A yes/no over a run, such as ``declared`` or ``did.appeal_to_council.serbia``."""
    by: Date
    """The last day on which it counts."""
    was: bool | None = None
    """Whether it came about; left out while that is not known."""


class DayOf(Record):
    """On which day something first comes about."""

    of: Expression
    """A yes/no over a run."""
    was: Date | Literal["never"] | None = None
    """The day, or ``never``; left out while that is not known."""


class ValueOn(Record):
    """A number on a day."""

    of: Expression
    """A number over a run, such as ``recognition`` or ``vote.table_ceasefire.yes``."""
    on: Date
    """The day."""
    was: float | None = None
    """What it was; left out while that is not known."""


class RangeOn(Record):
    """Whether a number lies between two bounds on a day."""

    of: Expression
    """A number over a run."""
    on: Date
    """The day."""
    between: Annotated[tuple[float, float], Field(strict=False)]
    """The bounds, which count as inside."""
    was: bool | None = None
    """Whether it lay there; left out while that is not known."""

    @model_validator(mode="after")
    def is_in_order(self) -> RangeOn:
        """The lower bound comes first."""
        if self.between[0] > self.between[1]:
            raise ValueError(f"the lower bound comes first, and {self.between[0]:g} is above {self.between[1]:g}")
        return self


class ByPosition(Record):
    """How coded positions alone would tell who does something, for the baseline that knows nothing else."""

    issue: Identifier
    """The issue that it is about."""
    above: float | None = None
    """A position above this point speaks for it, one below against it."""
    below: float | None = None
    """Or the other way round."""

    @model_validator(mode="after")
    def says_one_side(self) -> ByPosition:
        """One side of one point."""
        if (self.above is None) == (self.below is None):
            raise ValueError("choose one of above, below")
        return self

    @property
    def point(self) -> float:
        """The point on the issue's scale."""
        point = self.above if self.above is not None else self.below
        assert point is not None, "one of the two is there"
        return point


class WhoDid(Record):
    """Which of some actors have done something, or have a flag, by a day."""

    does: Annotated[str, Field(max_length=121)] | None = None
    """An action, or ``ASK.ANSWER``."""
    flag: Identifier | None = None
    """Or a flag that actors have."""
    among: Who
    """Actors and groups, of which all are asked about."""
    by: Date
    """The last day on which it counts."""
    did: Actors | None = None
    """Those who did, perhaps nobody; all others did not. Left out while that is not known."""
    by_position: ByPosition | None = None
    """What the positions that are coded say of it by themselves."""

    @model_validator(mode="after")
    def asks_one_thing(self) -> WhoDid:
        """An action or a flag."""
        if (self.does is None) == (self.flag is None):
            raise ValueError("who did it: either does: an action, or flag: a flag that actors have")
        return self


class WhichWere(Record):
    """Which of several things come about by a day."""

    of: Expressions
    """Yes/no over a run, such as ``did.hint_at_plan.russia`` and ``did.begin_plan.russia``."""
    by: Date
    """The last day on which they count."""
    were: Annotated[tuple[Expression, ...], Field(strict=False)] | None = None
    """Those that came about, written in the same way; left out while that is not known."""


class OrderOf(Record):
    """Which of two things comes first."""

    first: Expression
    """A yes/no over a run."""
    second: Expression
    """Another."""
    by: Date
    """The day on which it is asked; what has not come about by then comes after everything else."""
    was: Literal["first", "second", "neither"] | None = None
    """Which came first; ``neither`` where both or none of them came on one day. Left out while that is not known."""


class BallotOf(Record):
    """How members vote on a question, given that it is put to the vote."""

    question: Identifier
    """The action that tables it."""
    at: Identifier | None = None
    """At whom it is directed, of an action with targets."""
    on: Date
    """The day of the vote."""
    yes: Actors | None = None
    """Who was for it."""
    abstain: Actors | None = None
    """Who abstained."""
    no: Actors | None = None
    """Who was against it."""
    by_position: ByPosition | None = None
    """What the positions that are coded say of it by themselves."""

    @property
    def cast(self) -> dict[str, str]:
        """How each member voted of whom that is known."""
        said = {"yes": self.yes, "abstain": self.abstain, "no": self.no}
        return {member: word for word, members in said.items() for member in members or ()}


Statement = Done | DayOf | ValueOn | RangeOn | WhoDid | WhichWere | OrderOf | BallotOf


class Target(Record):
    """An outcome that a scenario can be held against: exactly one statement."""

    title: Title
    """What it is, in a line."""
    done: Done | None = None
    """Whether something comes about by a day."""
    day: DayOf | None = None
    """On which day something comes about."""
    value: ValueOn | None = None
    """A number on a day."""
    range: RangeOn | None = None
    """Whether a number lies between two bounds on a day."""
    who: WhoDid | None = None
    """Which actors have done something by a day."""
    which: WhichWere | None = None
    """Which of several things come about by a day."""
    order: OrderOf | None = None
    """Which of two things comes first."""
    ballot: BallotOf | None = None
    """How members vote."""
    given: Expression | None = None
    """Only runs count in which this holds at the end: what really held, such as ``vote.table_ceasefire.held``."""
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = ()
    """Quotes that say what came of it."""
    background: str | None = None
    """Why it is known, where no source of the scenario says so."""

    @model_validator(mode="after")
    def says_one_thing(self) -> Target:
        """Exactly one statement, and what came of it is known from somewhere."""
        found = [kind for kind in STATEMENTS if getattr(self, kind) is not None]
        if len(found) != 1:
            said = " and ".join(found) if found else "none"
            raise ValueError(f"choose one of {', '.join(STATEMENTS)} (found {said})")
        if self.is_known and not self.evidence and self.background is None:
            raise ValueError("what came of it needs evidence, or background: why it is known")
        return self

    @property
    def kind(self) -> str:
        """Which kind of statement it makes."""
        return next(kind for kind in STATEMENTS if getattr(self, kind) is not None)

    @property
    def statement(self) -> Statement:
        """The statement."""
        found: Statement = getattr(self, self.kind)
        return found

    @property
    def is_known(self) -> bool:
        """Whether it says what came of it."""
        match self.statement:
            case WhoDid(did=came) | WhichWere(were=came):
                return came is not None
            case BallotOf() as ballot:
                return bool(ballot.cast)
            case statement:
                return statement.was is not None

    def known_on(self, end: dt.date) -> dt.date:
        """The day on which what came of it was known; ``end`` is the last day of the calendar."""
        match self.statement:
            case Done(by=day) | WhoDid(by=day) | WhichWere(by=day) | OrderOf(by=day):
                return day
            case ValueOn(on=day) | RangeOn(on=day) | BallotOf(on=day):
                return day
            case DayOf(was=dt.date() as day):
                return day
        return end

    def without_answer(self) -> Target:
        """The same question, without what came of it and how that is known."""
        blank = {"was": None, "did": None, "were": None, "yes": None, "abstain": None, "no": None}
        known = {field: None for field in blank if field in type(self.statement).model_fields}
        asked = self.statement.model_copy(update=known)
        return self.model_copy(update={self.kind: asked, "evidence": (), "background": None})
