"""A scenario held against its coders: positions that no coder allows, and claims to be what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.scenario.coding.models import Coding
from engine.scenario.coding.pooling import About, Coded, coded
from engine.scenario.document import Document
from engine.scenario.document import Path as Place
from engine.scenario.models import Scenario, Stance
from engine.scenario.names import scale_of
from engine.scenario.problems import Problems
from engine.scenario.shape import dotted

ROUNDED = 0.005
"""By how much a number may differ from what coders say together, as a share of its scale: numbers are rounded."""


@dataclass(frozen=True)
class Outside:
    """A number of the scenario that no coder allows."""

    stance: Coded
    number: float
    between: tuple[float, float]


def outside(scenario: Scenario, stances: Mapping[About, Coded]) -> Iterator[Outside]:
    """Each position that lies below or above all that coders allow."""
    for (actor, issue), stance in stances.items():
        own = stance_of(scenario, actor, issue)
        if own is not None and stance.between is not None:
            low, high = stance.between
            if not low <= own.position <= high:
                yield Outside(stance, own.position, stance.between)


def saliences_outside(scenario: Scenario, stances: Mapping[About, Coded]) -> list[Outside]:
    """Each salience below or above all that coders gave, the farthest from them first; the numbers are saliences."""
    found = []
    for (actor, issue), stance in stances.items():
        own, coded_so = stance_of(scenario, actor, issue), list(stance.saliences.values())
        if own is not None and coded_so and not min(coded_so) <= own.salience <= max(coded_so):
            found.append(Outside(stance, own.salience, (min(coded_so), max(coded_so))))
    return sorted(found, key=lambda out: -max(out.between[0] - out.number, out.number - out.between[1]))


def stance_of(scenario: Scenario, actor: str, issue: str) -> Stance | None:
    """The scenario's own stance, where it has one."""
    record = scenario.actors.get(actor)
    return None if record is None else record.stances.get(issue)


def check_against_coders(
    scenario: Scenario, coders: Mapping[str, Coding], document: Document, problems: Problems
) -> None:
    """Notes each position that no coder allows, and each that is not what it claims to be."""
    stances = coded(coders)
    for found in outside(scenario, stances) if coders else ():
        low, high = found.between
        where = _path(found.stance.actor, found.stance.issue, "position")
        said = f"{found.number:g} lies outside what {_who(found.stance)}: {low:g} to {high:g}"
        problems.note("I708", document.locate(where), dotted(where), said)
    for actor, record in scenario.actors.items():
        for issue, stance in record.stances.items():
            if stance.coders is not None and issue in scenario.issues:
                _check_claim(scenario, stances.get((actor, issue)), (actor, issue), stance, document, problems)


def _check_claim(
    scenario: Scenario, stance: Coded | None, about: About, own: Stance, document: Document, problems: Problems
) -> None:
    where = _path(*about, "coders")
    if stance is None or own.coders is None:
        problems.note("E709", document.locate(where), dotted(where), "no coder has coded this stance")
        return
    low, high = scale_of(scenario, about[1])
    pooled = stance.pooled(own.coders)
    for key, number, together, span in (
        ("position", own.position, pooled.position, high - low),
        ("salience", own.salience, pooled.salience, 1.0),
    ):
        if together is None or abs(number - together) > ROUNDED * span * (1 + 1e-9):
            where = _path(*about, key)
            is_said = "no coder gives one" if together is None else f"that is {together:g}"
            message = f"{number:g} is not the {own.coders} of the coders, as coders says: {is_said}"
            problems.note("E709", document.locate(where), dotted(where), message)


def _who(stance: Coded) -> str:
    coders = list(stance.positions)
    return f"{coders[0]} allows" if len(coders) == 1 else f"{len(coders)} coders allow"


def _path(actor: str, issue: str, key: str) -> Place:
    return ("actors", actor, "stances", issue, key)
