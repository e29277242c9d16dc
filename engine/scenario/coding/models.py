"""The format of a coder's file, ``coders/NAME.yaml`` beside a scenario, version 1."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.scenario.fields import Identifier, Unit
from engine.scenario.records import Evidence, Record


class Code(Record):
    """Where an actor stands on an issue, and how much it cares, as one coder reads it."""

    actor: Identifier
    """Who: an actor of the scenario."""
    issue: Identifier
    """On what: an issue of the scenario."""
    position: float | None = None
    """The point on the issue's scale that the actor wants; none where the coder can't tell."""
    low: float | None = None
    """The lowest position that the coder thinks the words allow."""
    high: float | None = None
    """The highest position that the coder thinks the words allow."""
    salience: Unit | None = None
    """How much the issue weighs for the actor, 0 to 1; none where the coder can't tell."""
    source: str
    """The id of a source in the index of sources."""
    quote: Annotated[str, Field(min_length=8, max_length=600)]
    """The exact words on which the coder rests it, as they stand in the source."""
    prefix: str | None = None
    """The words just before the quote, where the quote occurs more than once."""
    note: str | None = None
    """Why these words mean these numbers."""

    @model_validator(mode="after")
    def says_something(self) -> Code:
        """A code has a position or a salience, and its position lies within its own bounds."""
        if self.position is None and self.salience is None:
            raise ValueError("a code needs a position or a salience")
        if self.position is None and (self.low is not None or self.high is not None):
            raise ValueError("low and high are the bounds of a position: add position")
        bounds = [number for number in (self.low, self.position, self.high) if number is not None]
        if bounds != sorted(bounds):
            raise ValueError("position lies between low and high")
        return self

    @property
    def about(self) -> tuple[str, str]:
        """What is coded: the actor and the issue."""
        return self.actor, self.issue

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and the highest position that the coder allows; None where there is no position."""
        if self.position is None:
            return None
        low = self.position if self.low is None else self.low
        return low, self.position if self.high is None else self.high

    @property
    def evidence(self) -> Evidence:
        """The quote, as stances have it."""
        return Evidence(source=self.source, quote=self.quote, prefix=self.prefix)


class Coding(Record):
    """What one coder read in the sources."""

    coding_format: Literal[1]
    """The version of this format: 1."""
    how: Annotated[str, Field(min_length=1, max_length=600)]
    """How this was coded: by whom or what, from which texts, and what the coder did not know."""
    codes: Annotated[tuple[Code, ...], Field(strict=False, max_length=10_000)]
    """Each stance that the coder could tell; what is left out is a missing value."""
