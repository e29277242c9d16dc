"""Older versions of the format, and how a text is brought to that of today: by edits, and nowhere else.

So comments, order and layout stay as their author left them. ``docs/how-to/upgrade.md`` says what each version was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.scenario.document import Document
from engine.scenario.edits import EACH, Edit, edited, records_at
from engine.scenario.models import FORMAT
from engine.scenario.problems import Problems, ScenarioError
from engine.scenario.reader import parse_document
from engine.scenario.retired import without_turns
from engine.scenario.shape import dotted

VERSION_KEY = "scenario_format"


Upgrade = Callable[[Document, Problems], Iterator[Edit]]
"""From a document of one version to the edits that make it one of the next; what can't be edited goes to problems."""


@dataclass(frozen=True)
class Renaming:
    """A key that is called otherwise in the next version."""

    within: tuple[str, ...]
    """The path of the records that have it."""
    old: str
    new: str


FROM_DRAFT = (
    Renaming(("actions", EACH), "when_legal", "when"),
    Renaming(("institutions", EACH), "voting", "pass"),
    Renaming(("actors", EACH, "stances", EACH), "weight", "salience"),
)
"""What the draft, format 0, called otherwise than format 1."""


def from_draft(document: Document, problems: Problems) -> Iterator[Edit]:
    """Format 0 to format 1: some keys are renamed."""
    for renaming in FROM_DRAFT:
        for path, record in records_at(document.root, renaming.within):
            if renaming.old not in record.keys:
                continue
            place = record.keys[renaming.old]
            if renaming.new in record.keys:
                message = f"stands beside {renaming.new}, which it is called in the next format: remove one of them"
                problems.error(place, dotted((*path, renaming.old)), message)
            else:
                yield Edit(place, renaming.old, renaming.new)


UPGRADES: Mapping[int, Upgrade] = {0: from_draft}
"""For each older version, the way to the next."""


def upgraded(text: str, file: str) -> str:
    """The text in the format of today; the same text, where it is that already.

    Raises :class:`~engine.scenario.problems.ScenarioError` where it can't be read, is newer, or can't be edited.
    """
    while True:
        problems = Problems(file)
        document = parse_document(text, problems)
        version = version_of(document, problems) if document and not problems.errors else None
        if version is None or problems.errors:
            raise ScenarioError(problems.in_order(), problems.left_out)
        assert document is not None
        if version == FORMAT:
            edits = list(without_turns(document, problems))
            if problems.errors:
                raise ScenarioError(problems.in_order(), problems.left_out)
            return edited(text, edits)
        edits = list(UPGRADES[version](document, problems))
        if problems.errors:
            raise ScenarioError(problems.in_order(), problems.left_out)
        edits.append(Edit(document.locate((VERSION_KEY,)), str(version), str(version + 1)))
        text = edited(text, edits)


def version_of(document: Document, problems: Problems) -> int | None:
    """The version of a document that can be upgraded; None, with the reason among the problems, for any other."""
    content = document.content
    version = content.get(VERSION_KEY) if isinstance(content, dict) else None
    place = document.locate((VERSION_KEY,))
    if isinstance(version, bool) or not isinstance(version, int):
        problems.error(place, VERSION_KEY, "is no whole number, so it can't be told which format this is")
    elif version > FORMAT:
        message = f"is format {version}, and this version of brink knows formats up to {FORMAT}: it takes a newer brink"
        problems.error(place, VERSION_KEY, message)
    elif version != FORMAT and version not in UPGRADES:
        problems.error(place, VERSION_KEY, f"is format {version}, which there never was")
    else:
        return version
    return None
