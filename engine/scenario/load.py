"""Loading a scenario: read, shape, references, evidence, in that order; every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.expressions import nearest
from engine.scenario.canon import scenario_hash
from engine.scenario.checks.context import Context
from engine.scenario.checks.history import check_history_names, check_history_quotes
from engine.scenario.checks.sourcing import check_evidence
from engine.scenario.checks.words import check_words
from engine.scenario.coding.holding import check_against_coders
from engine.scenario.coding.models import Coding
from engine.scenario.coding.reading import codings, read_coders
from engine.scenario.document import Document
from engine.scenario.evidence import EvidenceSummary
from engine.scenario.files import read_beside, read_text
from engine.scenario.history import History
from engine.scenario.models import FORMAT, Scenario
from engine.scenario.noticing import with_notices
from engine.scenario.places import HISTORY_FILE, SEEDS, SOURCES_FOLDER, ScenarioPlace, find_scenario, list_scenarios
from engine.scenario.problems import Problem, Problems, ScenarioError, report_lines
from engine.scenario.reader import Read, read_document
from engine.scenario.reasons import Reasons, stated_reasons
from engine.scenario.references import check_references
from engine.scenario.salvage import salvage
from engine.scenario.shape import dotted, validate
from engine.scenario.silencers import silence
from engine.scenario.sources import Shelf, Source, Sources, read_sources
from engine.scenario.words.spoken import OWN, generated, with_words

__all__ = ["Report", "check_scenario", "list_scenarios", "load_scenario", "scenario_hash"]


NO_CODERS: Mapping[str, Coding] = {}


@dataclass(frozen=True)
class Report:
    """What a check of a scenario found."""

    file: str
    """The scenario's file, as messages call it."""
    problems: tuple[Problem, ...]
    """Every problem, in the order of the files."""
    scenario: Scenario | None
    """The scenario, where its shape at least is right; fit for use only where there is no error."""
    evidence: EvidenceSummary = field(default_factory=EvidenceSummary)
    """What its numbers rest on."""
    sources: Sources = field(default_factory=dict)
    """The sources that it may quote."""
    history: History | None = None
    """What really happened, where the scenario's folder says so."""
    coders: Mapping[str, Coding] = field(default_factory=dict)
    """What each coder read, where files in the scenario's folder say so, by the names of these files."""
    left_out: int = 0
    """How many problems were only counted."""
    silenced: tuple[Problem, ...] = ()
    """What the author has accepted by a comment."""
    reasons: Reasons = field(default_factory=Reasons)
    """Why some things never happen, or do their side no good."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the scenario can't be used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def hints(self) -> tuple[Problem, ...]:
        """The problems that may be meant so."""
        return tuple(problem for problem in self.problems if problem.severity == "hint")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that an author should look at."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def lines(self) -> Iterator[str]:
        """One line a problem, at most a hundred, then how many more there are."""
        return report_lines(self.problems, self.left_out)


def load_scenario(path_or_name: str | Path, sources: Sources | None = None) -> Scenario:
    """The scenario of a bundled name, a folder or a file.

    Raises :class:`~engine.scenario.problems.ScenarioError`, with every error, where it can't be used.
    """
    report = check_scenario(path_or_name, sources)
    if report.scenario is None or report.errors:
        raise ScenarioError(report.errors, report.left_out)
    return report.scenario


def check_scenario(path_or_name: str | Path, sources: Sources | None = None) -> Report:
    """Everything that is wrong with a scenario; ``sources`` stand in for the seeds and come after its own.

    Raises :class:`~engine.scenario.problems.ScenarioError` only where no scenario is called so.
    """
    place = find_scenario(path_or_name)
    problems = Problems(place.shown_as, coded=True)
    known, trouble = sources_for(place, sources)
    document = read_document(place.file, problems, read_beside if place.is_found else read_text)
    coders = read_coders(place, known)
    report = check_document(document, known, problems, codings(coders))
    history, in_history = read_history(place, known, report.scenario)
    in_coders = tuple(problem for coder in coders for problem in coder.checked(report.scenario))
    return replace(report, problems=(*trouble, *report.problems, *in_history, *in_coders), history=history)


def check_document(
    document: Document | None, sources: Sources, problems: Problems, coders: Mapping[str, Coding] = NO_CODERS
) -> Report:
    """The same for a scenario that has been read; ``problems`` are those that reading it made."""
    if document is not None and not is_this_format(document, problems):
        document = None
    scenario = validate(Scenario, document, problems) if document else None
    evidence = EvidenceSummary()
    rest = scenario if scenario or not document or problems.full else salvage(Scenario, document)
    if document is not None and rest is not None:
        evidence = check_parts(rest, document, sources, problems)
        check_against_coders(rest, coders, document, problems)
    reasons = stated_reasons(scenario, document) if scenario and document else Reasons()
    silenced = silence(problems, document.silencers) if document else ()
    return Report(
        problems.file,
        problems.in_order(),
        None if scenario is None else with_notices(scenario if problems.errors else with_words(scenario)),
        evidence,
        sources,
        coders=coders,
        left_out=problems.left_out,
        silenced=silenced,
        reasons=reasons,
    )


def check_parts(scenario: Scenario, document: Document, sources: Sources, problems: Problems) -> EvidenceSummary:
    """Notes where the parts of a scenario don't fit each other, words between sides written out; gives its evidence."""
    if check_words(Context(scenario, document, problems)):
        problems.unwritten, problems.alone = frozenset(generated(scenario)), f".{OWN}"
        check_references(with_words(scenario), document, problems)
        problems.unwritten, problems.alone = frozenset(), ""
    else:
        check_references(scenario, document, problems)
    return check_evidence(scenario, document, sources, problems)


def is_this_format(document: Document, problems: Problems) -> bool:
    """Whether a scenario is written in the format that is read here; anything else in one sentence."""
    version = document.content.get("scenario_format") if isinstance(document.content, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version == FORMAT:
        return True
    path = ("scenario_format",)
    newer = f"is format {version}, and this version of brink reads format {FORMAT}: it takes a newer brink"
    older = f"is format {version}, an old one: `brink upgrade` makes it format {FORMAT}"
    problems.note("E110", document.locate(path), dotted(path), newer if version > FORMAT else older)
    return False


def sources_for(place: ScenarioPlace, others: Sources | None) -> tuple[Sources, tuple[Problem, ...]]:
    """The sources that a scenario may quote, its own first; and what is wrong with them."""
    found: dict[str, Source] = {}
    problems: tuple[Problem, ...] = ()
    trouble: str | None = ""
    if (place.folder / SOURCES_FOLDER).is_dir():
        own = read_sources(place.folder / SOURCES_FOLDER, place.beside(SOURCES_FOLDER))
        found, problems = own.sources, own.problems
        trouble = None if problems and not found else ""
    else:
        trouble = without_folder(place)
    if others is None and SEEDS.is_dir():
        seeds = read_sources(SEEDS, SEEDS.name)
        others, problems = seeds.sources, (*problems, *seeds.problems)
    return Shelf(found, others or {}, trouble), problems


def without_folder(place: ScenarioPlace) -> str:
    """What is said of a scenario without sources of its own, where a neighbour looks as if it were meant for them."""
    try:
        names = [path.name for path in place.folder.iterdir() if path.name != place.file.name]
    except OSError:
        return ""
    near = nearest(SOURCES_FOLDER, [name for name in names if SOURCES_FOLDER[:-1] in name.lower()])
    return f"its own sources stand in a folder called {SOURCES_FOLDER}, and here is one called {near}" if near else ""


def read_history(
    place: ScenarioPlace, sources: Sources, scenario: Scenario | None
) -> tuple[History | None, tuple[Problem, ...]]:
    """The history beside a scenario, if there is one, and what is wrong with it."""
    path = place.folder / HISTORY_FILE
    if not path.is_file():
        return None, ()
    return read_history_at(path, place.beside(HISTORY_FILE), sources, scenario, read_beside)


def read_history_at(
    path: Path, shown_as: str, sources: Sources, scenario: Scenario | None, read: Read = read_text
) -> tuple[History | None, tuple[Problem, ...]]:
    """The history in a file, and what is wrong with it; messages call the file ``shown_as``."""
    problems = Problems(shown_as, coded=True)
    document = read_document(path, problems, read)
    history = validate(History, document, problems) if document else None
    if history is not None and document is not None:
        check_history_quotes(history, sources, document, problems)
        if scenario is not None:
            check_history_names(history, scenario, document, problems)
        silence(problems, document.silencers)
    return history, problems.in_order()
