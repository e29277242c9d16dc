"""Evidence: each quote proved, and each number with a quote or a reason."""

from __future__ import annotations

from engine.scenario.document import Document, Path
from engine.scenario.evidence import EvidenceSummary, doubt, is_open, needs_support, sourced_records, summarise
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of
from engine.scenario.passages import normalised
from engine.scenario.problems import Problems
from engine.scenario.records import Evidence
from engine.scenario.shape import dotted
from engine.scenario.sources import Sources

OPPOSITE = 0.5
"""Two positions are opposite that are farther apart than this share of the scale."""


def check_evidence(scenario: Scenario, document: Document, sources: Sources, problems: Problems) -> EvidenceSummary:
    """Notes what is not proved and what rests on nothing; returns what the scenario rests on."""
    failed: set[Path] = set()
    records = list(sourced_records(scenario))
    for path, record in records:
        failed |= check_quotes((*path, "evidence"), record.evidence, sources, document, problems)
        check_repeated(path, record.evidence, document, problems)
        if needs_support(path, record) and not record.evidence and record.assumed is None:
            message = "is without evidence: add a quote, or say assumed: and why"
            problems.note("W704", document.locate(path, key=True), dotted(path), message)
    check_opposites(scenario, document, problems)
    return summarise(records, failed)


def check_quotes(
    path: Path, evidence: tuple[Evidence, ...], sources: Sources, document: Document, problems: Problems
) -> set[Path]:
    """Notes each quote of a list that is not proved; returns their paths."""
    failed: set[Path] = set()
    for number, quote in enumerate(evidence):
        if is_open(quote, sources):
            failed.add((*path, number))
            continue
        found = None if problems.full else doubt(quote, sources)
        if found is not None:
            where = (*path, number, found.key)
            problems.note(found.code, document.locate(where), dotted(where), found.message)
            failed.add((*path, number))
    return failed


def check_repeated(path: Path, evidence: tuple[Evidence, ...], document: Document, problems: Problems) -> None:
    """Warns of the same quote twice in one record."""
    seen: set[tuple[str, str, str | None]] = set()
    for number, quote in enumerate(evidence):
        words = (quote.source, normalised(quote.quote), quote.prefix)
        if words in seen:
            where = (*path, "evidence", number, "quote")
            problems.note("W705", document.locate(where), dotted(where), "is quoted here already")
        seen.add(words)


def check_opposites(scenario: Scenario, document: Document, problems: Problems) -> None:
    """Warns where the same words support opposite positions and nobody says how they are read."""
    first_of: dict[tuple[str, str, str], tuple[Path, float, str | None]] = {}
    for actor, record in scenario.actors.items():
        for issue, stance in record.stances.items():
            if issue not in scenario.issues:
                continue
            low, high = scale_of(scenario, issue)
            for number, quote in enumerate(stance.evidence):
                path: Path = ("actors", actor, "stances", issue, "evidence", number, "quote")
                words = (issue, quote.source, normalised(quote.quote))
                first, position, reading = first_of.setdefault(words, (path, stance.position, quote.reading))
                is_read_apart = quote.reading is not None and reading is not None and quote.reading != reading
                if abs(stance.position - position) > OPPOSITE * (high - low) and not is_read_apart:
                    line = document.locate(first)[0]
                    message = f"supports {stance.position:g} here and {position:g} in line {line}: say in reading how"
                    problems.note("W706", document.locate(path), dotted(path), message)
