"""Vows: words about a vote, each with the flags that say whether it binds, was kept, or was broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.scenario.models import Scenario
from engine.scenario.models.words import Cast
from engine.scenario.words.exchanges import exchanges


@dataclass(frozen=True)
class Vow:
    """What a member has given its word to vote, in return for something."""

    action: str
    """The action that tables the question."""
    at: str | None
    """At whom it is directed, where it has targets."""
    member: str
    cast: Cast
    bound: str
    kept: str
    broken: str


def vows(scenario: Scenario) -> Iterator[Vow]:
    """Every vow that may be given."""
    for exchange in exchanges(scenario):
        for part in exchange.parts:
            one = part.undertaking
            if one.vote is not None and one.cast is not None:
                yield Vow(one.vote, one.at, one.by, one.cast, part.bound, part.kept, part.broken)


def members_ever(scenario: Scenario, action: str) -> tuple[str, ...]:
    """Who sits, on any day, where the question of an action is voted on; nobody where it tables none."""
    vote = scenario.actions[action].vote
    institution = None if vote is None else scenario.institutions.get(vote.institution)
    return () if institution is None else tuple(dict.fromkeys(seat.actor for seat in institution.seats))
