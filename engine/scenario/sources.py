"""The texts that a scenario may quote: an index that names them, and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from engine.scenario.fields import Date
from engine.scenario.files import read_beside
from engine.scenario.limits import MOST_SOURCE_CHARACTERS, MOST_SOURCES
from engine.scenario.passages import Passages
from engine.scenario.problems import Problem, Problems
from engine.scenario.reader import read_document
from engine.scenario.records import Record
from engine.scenario.shape import validate

INDEX = "index.yaml"
"""The name of an index of sources."""

SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=120)]


class SourceEntry(Record):
    """What an index says of one source; an index may say more than is read here."""

    model_config = ConfigDict(extra="ignore")

    file: FileName
    """The name of the text file, in the folder of the index."""
    publisher: str = ""
    """Who published it."""
    date: Date
    """When."""
    title: str
    """Under which title."""


class SourceIndex(Record):
    """The sources that may be quoted, by the ids under which scenarios know them."""

    sources: Annotated[dict[SourceName, SourceEntry], Field(max_length=MOST_SOURCES)]
    """Each source by its id."""


@dataclass(frozen=True)
class Source:
    """A text that may be quoted."""

    id: str
    entry: SourceEntry
    text: str
    is_read: bool = True
    """Whether the text could be read; of one that could not, nothing can be said, and that is told where it stands."""

    @cached_property
    def passages(self) -> Passages:
        """The text, ready to be searched for quotes."""
        return Passages(self.text)


Sources = Mapping[str, Source]
"""Sources by id."""


class Shelf(dict[str, Source]):
    """The sources that one scenario may quote, and what is known of those that are not among them."""

    def __init__(self, own: Mapping[str, Source], others: Mapping[str, Source], trouble: str | None = "") -> None:
        super().__init__({**others, **own})
        self.own = tuple(own)
        """The ids of the scenario's own."""
        self.trouble = trouble
        """Why its own can't be found, in words; None where that is told already, at their index."""


@dataclass(frozen=True)
class SourcesRead:
    """What a folder of sources holds, and what is wrong with it."""

    sources: dict[str, Source]
    problems: tuple[Problem, ...]


def read_sources(folder: Path, shown_as: str | None = None) -> SourcesRead:
    """The sources of one folder, by its ``index.yaml``; ``shown_as`` is the folder's name in messages."""
    name = shown_as or str(folder)
    problems = Problems(f"{name}/{INDEX}", coded=True)
    document = read_document(folder / INDEX, problems, read_beside)
    index = validate(SourceIndex, document, problems) if document and not problems.errors else None
    found = list(problems.in_order())
    sources: dict[str, Source] = {}
    left = MOST_SOURCE_CHARACTERS
    for id_, entry in (index.sources if index else {}).items():
        trouble = Problems(f"{name}/{entry.file}", coded=True)
        text = read_beside(folder / entry.file, trouble)
        left -= len(text or "")
        if left < 0:
            trouble.note(
                "E002",
                (0, 0),
                "",
                f"the sources of one index have at most {MOST_SOURCE_CHARACTERS:,} characters together",
            )
        found += trouble.in_order()
        if left < 0:
            break
        sources[id_] = Source(id_, entry, text or "", is_read=text is not None)
    return SourcesRead(sources, tuple(found))
