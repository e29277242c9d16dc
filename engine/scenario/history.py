"""What really happened: ``history.yaml`` beside a scenario, each entry quoted or marked as background."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.scenario.fields import Date, Deed, Identifier, Place, Title
from engine.scenario.records import Evidence, Record, Sourced
from engine.scenario.targets import Target


class Standing(Sourced):
    """Where the world really stood on an issue, as the author reads it."""

    at: float
    """The point on the issue's scale."""

    @model_validator(mode="after")
    def is_read_from_something(self) -> Standing:
        """A reading has a quote, or says why it is assumed."""
        if not self.evidence and self.assumed is None:
            raise ValueError("a reading needs evidence, or assumed: and why")
        return self


class HistoryEntry(Record):
    """Something that happened on a day."""

    on: Date
    """The day."""
    title: Title
    """What happened, in a line."""
    text: str | None = None
    """What happened, in a few sentences."""
    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = ()
    """Quotes that say so."""
    background: str | None = None
    """Why it is known, where no source of the scenario says so."""
    actors: Annotated[tuple[Identifier, ...], Field(strict=False)] = ()
    """Who acted: actors of the scenario."""
    does: Annotated[tuple[Deed, ...], Field(strict=False)] = ()
    """The actions of the scenario that this corresponds to, each of which one of the actors may take; an answer to a
    question is called ``ASK.ANSWER``."""
    sets: Annotated[tuple[Place, ...], Field(strict=False)] = ()
    """The flags that became true by it, such as ``declared`` or ``recognised.us``."""
    stands: Annotated[dict[Identifier, Standing], Field(default_factory=dict)]
    """Where the world stood afterwards, by issue."""

    @model_validator(mode="after")
    def is_known(self) -> HistoryEntry:
        """An entry has a quote, or says that it is background knowledge."""
        if not self.evidence and self.background is None:
            raise ValueError("an entry needs evidence, or background: why it is known")
        return self


class History(Record):
    """What really happened, in the order of the days."""

    history_format: Literal[1]
    """The version of this format: 1."""
    entries: Annotated[tuple[HistoryEntry, ...], Field(strict=False, max_length=1000)]
    """What happened, day by day."""
    never: Annotated[tuple[Place, ...], Field(strict=False)] = ()
    """Flags that might have become true and did not, as far as this history goes."""
    cut_off: Date | None = None
    """The last day of what the scenario's author has used: targets that were known later are held out. Where it is left
    out, all may have been used."""
    targets: Annotated[dict[Identifier, Target], Field(default_factory=dict, max_length=400)]
    """What runs can be held against, by a name."""
    remarks: str | None = None
    """What its author says of how well the scenario does, for its calibration card."""

    @model_validator(mode="after")
    def is_in_order(self) -> History:
        """No entry stands before an earlier day."""
        for earlier, later in pairwise(self.entries):
            if later.on < earlier.on:
                raise ValueError(f'entries are in the order of their days: "{later.title}" is before "{earlier.title}"')
        return self
