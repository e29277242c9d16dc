"""The files of coders beside a scenario: read, checked against it, each problem at its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.scenario.checks.context import Context
from engine.scenario.coding.models import Code, Coding
from engine.scenario.document import Document
from engine.scenario.document import Path as Place
from engine.scenario.evidence import doubt, is_open
from engine.scenario.files import read_beside
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of
from engine.scenario.places import CODERS_FOLDER, ScenarioPlace
from engine.scenario.problems import Problem, Problems
from engine.scenario.reader import read_document
from engine.scenario.shape import dotted, validate
from engine.scenario.silencers import silence
from engine.scenario.sources import Sources


@dataclass(frozen=True)
class CoderFile:
    """A coder's file, as far as it could be read."""

    name: str
    coding: Coding | None
    document: Document | None
    problems: Problems

    def checked(self, scenario: Scenario | None) -> tuple[Problem, ...]:
        """What is wrong with it, its names and numbers held against a scenario where there is one."""
        if self.coding is not None and self.document is not None:
            if scenario is not None:
                _check_names(self.coding, Context(scenario, self.document, self.problems))
            silence(self.problems, self.document.silencers)
        return self.problems.in_order()


def files_of_coders(folder: Path) -> Iterator[Path]:
    """The files of coders in the folder of a scenario, in the order of their names."""
    yield from sorted(path for path in (folder / CODERS_FOLDER).glob("*") if path.suffix in (".yaml", ".yml"))


def read_coders(place: ScenarioPlace, sources: Sources) -> tuple[CoderFile, ...]:
    """The coders beside a scenario, if there are any; their quotes are proved."""
    folder = place.beside(CODERS_FOLDER)
    return tuple(read_coder(path, f"{folder}/{path.name}", sources) for path in files_of_coders(place.folder))


def read_coder(path: Path, shown_as: str, sources: Sources) -> CoderFile:
    """One coder's file; its quotes are proved."""
    problems = Problems(shown_as, coded=True)
    document = read_document(path, problems, read_beside)
    coding = validate(Coding, document, problems) if document else None
    if coding is not None and document is not None:
        _check_quotes(coding, sources, document, problems)
    return CoderFile(path.stem, coding, document, problems)


def codings(files: Iterable[CoderFile]) -> dict[str, Coding]:
    """What each coder read, by the name of its file; those that can't be read are left out."""
    return {file.name: file.coding for file in files if file.coding is not None}


def _check_quotes(coding: Coding, sources: Sources, document: Document, problems: Problems) -> None:
    """Notes each quote that is not proved."""
    for number, code in enumerate(coding.codes):
        if problems.full or is_open(code.evidence, sources):
            continue
        found = doubt(code.evidence, sources)
        if found is not None:
            where: Place = ("codes", number, found.key)
            problems.note(found.code, document.locate(where), dotted(where), found.message)


def _check_names(coding: Coding, context: Context) -> None:
    """Notes each name that the scenario does not know, each number off its scale, and what is coded twice."""
    first: dict[tuple[str, str], int] = {}
    for number, code in enumerate(coding.codes):
        path: Place = ("codes", number)
        for kind, word, known in (
            ("actor", code.actor, context.scenario.actors),
            ("issue", code.issue, context.scenario.issues),
        ):
            if word not in known:
                context.unknown((*path, kind), kind, word, known)
        if code.issue in context.scenario.issues:
            _check_scale(code, path, context)
        if code.about in first:
            line = context.document.locate(("codes", first[code.about], "actor"))[0]
            context.note("E204", (*path, "actor"), f"{code.actor} on {code.issue} is coded in line {line} already")
        first.setdefault(code.about, number)


def _check_scale(code: Code, path: Place, context: Context) -> None:
    low, high = scale_of(context.scenario, code.issue)
    for key, number in (("position", code.position), ("low", code.low), ("high", code.high)):
        if number is not None and not low <= number <= high:
            context.note("E402", (*path, key), f"{number:g} is off the scale of {code.issue}, {low:g} to {high:g}")
