"""Coders side by side: agreement issue by issue, and the stances on which they differ most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.scenario.coding.agreement import Agreement, agreement
from engine.scenario.coding.holding import Outside, outside, saliences_outside, stance_of
from engine.scenario.coding.models import Coding
from engine.scenario.coding.pooling import Coded, coded
from engine.scenario.models import Scenario
from engine.scenario.names import scale_of


@dataclass(frozen=True)
class Agreed:
    """How far coders agree on an issue, or on all of them."""

    issue: str | None
    """None for all issues together, positions being shares of their scales."""
    position: Agreement
    salience: Agreement


@dataclass(frozen=True)
class Apart:
    """A stance on which coders differ."""

    stance: Coded
    of: str
    """``position`` or ``salience``."""
    values: Mapping[str, float]
    """By coder."""
    distance: float
    """Between the lowest and the highest, as a share of the scale."""


@dataclass(frozen=True)
class Compared:
    """What coders say of a scenario, side by side."""

    stances: tuple[Coded, ...]
    """Each stance that somebody has coded."""
    agreed: tuple[Agreed, ...]
    """All issues together first, then each in the scenario's order."""
    apart: tuple[Apart, ...]
    """Where they differ, the widest first, positions and saliences mixed."""
    outside: tuple[Outside, ...]
    """Positions of the scenario that no coder allows."""
    saliences_outside: tuple[Outside, ...]
    """Saliences of the scenario below or above all that coders gave, the farthest from them first."""
    not_in_scenario: tuple[Coded, ...]
    """Stances that somebody has coded and the scenario does not have."""
    uncoded: Mapping[str, int]
    """By issue, how many of the scenario's stances nobody has coded."""


def overall(scenario: Scenario, coders: Mapping[str, Coding]) -> Agreed:
    """The agreement on all issues together."""
    return _agreed(scenario, None, tuple(coded(coders).values()))


def compare(scenario: Scenario, coders: Mapping[str, Coding]) -> Compared:
    """Coders against each other and against the scenario."""
    by_about = coded(coders)
    stances = tuple(by_about.values())
    issues = [issue for issue in scenario.issues if any(stance.issue == issue for stance in stances)]
    own = [(actor, issue) for actor, record in scenario.actors.items() for issue in record.stances]
    return Compared(
        stances,
        tuple(_agreed(scenario, issue, stances) for issue in (None, *issues)),
        _apart(scenario, stances),
        tuple(outside(scenario, by_about)),
        tuple(saliences_outside(scenario, by_about)),
        tuple(stance for stance in stances if stance_of(scenario, stance.actor, stance.issue) is None),
        {
            issue: sum(about[1] == issue and about not in by_about for about in own)
            for issue in scenario.issues
            if any(about[1] == issue for about in own)
        },
    )


def _agreed(scenario: Scenario, issue: str | None, stances: tuple[Coded, ...]) -> Agreed:
    chosen = [stance for stance in stances if issue in (None, stance.issue)]
    positions = [[_share(scenario, stance, value) for value in stance.positions.values()] for stance in chosen]
    return Agreed(issue, agreement(positions), agreement(list(stance.saliences.values()) for stance in chosen))


def _share(scenario: Scenario, stance: Coded, position: float) -> float:
    low, high = scale_of(scenario, stance.issue)
    return (position - low) / (high - low)


def _apart(scenario: Scenario, stances: tuple[Coded, ...]) -> tuple[Apart, ...]:
    found = []
    for stance in stances:
        low, high = scale_of(scenario, stance.issue)
        for of, values, span in (("position", stance.positions, high - low), ("salience", stance.saliences, 1.0)):
            if len(values) > 1 and (distance := (max(values.values()) - min(values.values())) / span) > 0:
                found.append(Apart(stance, of, values, distance))
    return tuple(sorted(found, key=lambda apart: -apart.distance))
