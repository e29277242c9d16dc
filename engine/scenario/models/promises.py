"""What an author promises of a scenario: shares of many runs, and scripted tests."""

# ruff: noqa: RUF012
# pydantic gives each record a default of its own

from __future__ import annotations

from typing import Annotated

from pydantic import (
    Field,
    model_validator,
)

from engine.scenario.fields import (
    Ballot,
    Expression,
    Identifier,
    Moment,
    PolicyName,
    Title,
    Unit,
)
from engine.scenario.records import Record


class Expectation(Record):
    """A promise about many runs that the scenario keeps, or an invariant of every pace."""

    chance: Expression | None = None
    """What is to hold at the end of a run, in the share of runs that follows."""
    given: Expression | None = None
    """Only among the runs where this holds."""
    between: Annotated[tuple[Unit, Unit], Field(strict=False)] | None = None
    """The share lies between these two."""
    at_least: Unit | None = None
    """The share is at least this."""
    at_most: Unit | None = None
    """The share is at most this."""
    never: Expression | None = None
    """What must not hold in any turn of any run."""
    because: str
    """Why it is to be expected."""

    @model_validator(mode="after")
    def is_one_promise(self) -> Expectation:
        """Either never, or a chance with exactly one bound."""
        bounds = [b for b in (self.between, self.at_least, self.at_most) if b is not None]
        if (self.never is None) == (self.chance is None):
            raise ValueError("choose one of chance, never")
        if self.chance is not None and len(bounds) != 1:
            raise ValueError("a chance needs one of between, at_least, at_most")
        if self.never is not None and (bounds or self.given is not None):
            raise ValueError("never stands alone: without given, between, at_least, at_most")
        return self


class Claim(Record):
    """What is to hold in a case: in every run of it, or in a share of them."""

    at: Moment | None = None
    """The day, or after how many turns, it is to hold; when the run has closed where left out. A day is looked at
    as its turn opens, before its dated events."""
    holds: Expression | None = None
    """What is to hold then."""
    ever: Expression | None = None
    """What is to hold after some turn."""
    never: Expression | None = None
    """What must not hold after any turn."""
    between: Annotated[tuple[Unit, Unit], Field(strict=False)] | None = None
    """In a share of the runs between these two; in every run where no share is given."""
    at_least: Unit | None = None
    """In at least this share of the runs."""
    at_most: Unit | None = None
    """In at most this share of the runs."""

    @model_validator(mode="after")
    def claims_one_thing(self) -> Claim:
        """Exactly one of holds, ever, never, with at most one bound, and a moment only where something holds then."""
        claimed = [key for key in ("holds", "ever", "never") if getattr(self, key) is not None]
        bounds = [key for key in ("between", "at_least", "at_most") if getattr(self, key) is not None]
        if len(claimed) != 1:
            raise ValueError(f"choose one of holds, ever, never (found {' and '.join(claimed) or 'none'})")
        if len(bounds) > 1:
            raise ValueError(f"choose one of between, at_least, at_most (found {' and '.join(bounds)})")
        if self.at is not None and self.holds is None:
            raise ValueError("at goes with holds: ever and never look at every turn")
        return self

    @property
    def kind(self) -> str:
        """Which of holds, ever and never it says."""
        return next(key for key in ("holds", "ever", "never") if getattr(self, key) is not None)

    @property
    def text(self) -> str:
        """The condition."""
        text: str = getattr(self, self.kind)
        return text


class Case(Record):
    """A scripted test: these moves on these days, these votes, and what is to hold then."""

    title: Title
    """What it shows, in a line."""
    seats: dict[Identifier, dict[Moment, str]] = {}
    """By actor, what it does on a day (or in a turn, 0 first): an action, ``action:target``, or a policy's name."""
    policies: dict[Identifier, PolicyName] = {}
    """By actor, what it does in turns for which ``seats`` orders nothing."""
    otherwise: PolicyName = "rule"
    """What everybody else does, and those in ``seats`` in other turns; ``hold`` for a game in which nothing stirs."""
    votes: dict[str, dict[Identifier, Ballot]] = {}
    """By question (the action that tables it, or ``action:target``), how members vote; by the rule where left out."""
    then: Annotated[tuple[Claim, ...], Field(strict=False, min_length=1)]
    """What is to hold."""
    runs: Annotated[int, Field(ge=1, le=10_000)] = 20
    """In how many runs it is tried: run 0 and those after it."""
    because: str | None = None
    """Why it is to be so."""
