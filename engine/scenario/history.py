"""What really happened: ``history.yaml`` beside a scenario, each entry quoted or marked as background."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.scenario.fields import Date, Title
from engine.scenario.models import Evidence, Record


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

    @model_validator(mode="after")
    def is_in_order(self) -> History:
        """No entry stands before an earlier day."""
        for earlier, later in pairwise(self.entries):
            if later.on < earlier.on:
                raise ValueError(f'entries are in the order of their days: "{later.title}" is before "{earlier.title}"')
        return self
