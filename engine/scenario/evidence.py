"""Proving that quoted words stand in their source, and counting what a scenario's numbers rest on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from engine.scenario.document import Path
from engine.scenario.doubts import NumberInDoubt, doubts_in
from engine.scenario.models import Scenario
from engine.scenario.passages import normalised
from engine.scenario.problems import listed, quoted
from engine.scenario.records import Evidence, Sourced
from engine.scenario.sources import Shelf, Source, Sources
from engine.scenario.spelling import instead

LONGEST_PASSAGE = 240
"""How much of a passage a message shows."""


@dataclass(frozen=True)
class EvidenceSummary:
    """What a scenario's numbers and rules rest on."""

    quotes: int = 0
    """Quotes that were proved."""
    distinct_quotes: int = 0
    """How many different quotes these are."""
    stances: int = 0
    """Stances in the scenario."""
    stances_with_quotes: int = 0
    """Stances that a proved quote supports."""
    assumed: int = 0
    """Records that give a reason for an assumption."""
    unsupported: int = 0
    """Records with neither a quote nor a reason."""


def sourced_records(scenario: Scenario) -> Iterator[tuple[Path, Sourced]]:
    """Everything that may carry evidence, with its path."""
    for kind in ("issues", "values", "actors", "institutions", "calendar", "actions", "asks", "dynamics", "events"):
        for name, record in getattr(scenario, kind).items():
            yield (kind, name), record
            if kind == "asks":
                yield from ((("asks", name, "answers", answer), said) for answer, said in record.answers.items())
            if kind == "actors":
                yield from ((("actors", name, "stances", issue), stance) for issue, stance in record.stances.items())
    for number, ending in enumerate(scenario.endings):
        yield from ((("endings", number, "worth", who), worth) for who, worth in ending.worth.items())
    yield from ((path, number.record) for path, number in doubts_in(scenario))


def is_stance(path: Path) -> bool:
    """Whether the record at this path is a stance."""
    return len(path) == 4 and path[2] == "stances"


def needs_support(path: Path, record: Sourced) -> bool:
    """Whether a record must rest on something; of an actor only its stances must, no answer and no doubt."""
    is_held = (path[0] != "actors" or is_stance(path)) and path[2:3] != ("answers",)
    return is_held and not isinstance(record, NumberInDoubt)


def summarise(records: Iterable[tuple[Path, Sourced]], failed: Container[Path]) -> EvidenceSummary:
    """Counts the evidence; ``failed`` holds the paths of quotes that were not proved."""
    proved: list[tuple[str, str]] = []
    stances = with_quotes = assumed = unsupported = 0
    for path, record in records:
        good = [e for i, e in enumerate(record.evidence) if (*path, "evidence", i) not in failed]
        proved += [(e.source, normalised(e.quote)) for e in good]
        stances += is_stance(path)
        with_quotes += is_stance(path) and bool(good)
        assumed += record.assumed is not None
        unsupported += needs_support(path, record) and not record.evidence and record.assumed is None
    return EvidenceSummary(len(proved), len(set(proved)), stances, with_quotes, assumed, unsupported)


@dataclass(frozen=True)
class Doubt:
    """Why a quote is not proved, which key of the evidence is at fault, and which finding that is."""

    key: str
    code: str
    message: str


def is_open(evidence: Evidence, sources: Sources) -> bool:
    """Whether nothing can be said of a quote, since what is wrong with its source is told there."""
    source = sources.get(evidence.source)
    return not source.is_read if source else isinstance(sources, Shelf) and sources.trouble is None


def doubt(evidence: Evidence, sources: Sources) -> Doubt | None:
    """What speaks against a quote; None where its words stand in its source, in one place."""
    source = sources.get(evidence.source)
    if source is None:
        return Doubt("source", "E701", unknown_source(evidence.source, sources))
    quote = normalised(evidence.quote)
    places = source.passages.occurrences(quote)
    if not places:
        return Doubt("quote", "E702", misquoted(quote, source, sources))
    if evidence.prefix is None:
        more = f"the quote stands {len(places)} times in {source.id}: add prefix, the words just before it"
        return Doubt("quote", "E703", more) if len(places) > 1 else None
    return doubt_prefix(normalised(evidence.prefix), places, source)


def doubt_prefix(prefix: str, places: list[int], source: Source) -> Doubt | None:
    """What speaks against the words before a quote."""
    fitting = [place for place in places if source.passages.follows(prefix, place)]
    if len(fitting) == 1:
        return None
    if fitting:
        return Doubt("prefix", "E703", f"with this prefix the quote still stands {len(fitting)} times in {source.id}")
    text = source.passages.text
    before = ["..." + text[max(0, place - len(prefix) - 10) : place].rstrip() for place in places[:3]]
    said = listed((quoted(words, 100) for words in before), last="or")
    return Doubt(
        "prefix", "E703", f"these words do not stand just before the quote in {source.id}: there stands {said}"
    )


def unknown_source(name: str, sources: Sources) -> str:
    """Which sources there are instead, the scenario's own first."""
    own = sources.own if isinstance(sources, Shelf) and sources.own else tuple(sources)
    trouble = sources.trouble if isinstance(sources, Shelf) else ""
    return f"unknown source {quoted(name)}{instead(name, sources, trouble or f'the sources are {listed(own)}')}"


def misquoted(quote: str, source: Source, sources: Sources) -> str:
    """Where the words stand instead, or what stands there in their place."""
    elsewhere = [other.id for other in sources.values() if other.passages.occurrences(quote)]
    if elsewhere:
        return f"the quote does not stand in {source.id}, but in {listed(elsewhere, last='and in')}"
    near = source.passages.nearest(quote)
    if near:
        return f"the quote does not stand in {source.id}: the nearest words there are {quoted(near, LONGEST_PASSAGE)}"
    return f"the quote does not stand in {source.id}, and nothing like it does"
