"""Evidence: each quote proved, and each number with a quote or a reason."""

from __future__ import annotations

from engine.scenario.document import Document, Path
from engine.scenario.evidence import EvidenceSummary, doubt, is_stance, needs_support, sourced_records, summarise
from engine.scenario.models import Evidence, Scenario
from engine.scenario.passages import normalised
from engine.scenario.problems import Problems
from engine.scenario.shape import dotted
from engine.scenario.sources import Sources


def check_evidence(scenario: Scenario, document: Document, sources: Sources, problems: Problems) -> EvidenceSummary:
    """Notes what is not proved and what rests on nothing; returns what the scenario rests on."""
    failed: set[Path] = set()
    records = list(sourced_records(scenario))
    for path, record in records:
        failed |= check_quotes((*path, "evidence"), record.evidence, sources, document, problems)
        if is_stance(path):
            check_repeated(path, record.evidence, document, problems)
        if needs_support(path) and not record.evidence and record.assumed is None:
            message = "is without evidence: add a quote, or say assumed: and why"
            problems.note("W704", document.locate(path, key=True), dotted(path), message)
    return summarise(records, failed)


def check_quotes(
    path: Path, evidence: tuple[Evidence, ...], sources: Sources, document: Document, problems: Problems
) -> set[Path]:
    """Notes each quote of a list that is not proved; returns their paths."""
    failed: set[Path] = set()
    for number, quote in enumerate(evidence):
        found = None if problems.full else doubt(quote, sources)
        if found is not None:
            where = (*path, number, found.key)
            problems.note(found.code, document.locate(where), dotted(where), found.message)
            failed.add((*path, number))
    return failed


def check_repeated(path: Path, evidence: tuple[Evidence, ...], document: Document, problems: Problems) -> None:
    """Warns of the same quote twice in one stance."""
    seen: set[tuple[str, str, str | None]] = set()
    for number, quote in enumerate(evidence):
        words = (quote.source, normalised(quote.quote), quote.prefix)
        if words in seen:
            where = (*path, "evidence", number, "quote")
            problems.note("W705", document.locate(where), dotted(where), "is quoted for this stance already")
        seen.add(words)
