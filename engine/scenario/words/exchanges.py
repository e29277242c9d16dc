"""Exchanges: which undertakings of two sides may be given for each other, and how what belongs to them is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from engine.scenario.models import Scenario, Undertaking

MOST_WORTH = 10.0
"""No undertaking is worth more than this, either way: far beyond any gain, and a bound for whoever reads it."""


@dataclass(frozen=True)
class Part:
    """One side of an exchange: an undertaking, and what is undertaken for it."""

    name: str
    undertaking: Undertaking
    other: str
    """The name of the undertaking that is given for it."""
    to: str
    """Who gives that one."""

    @property
    def by(self) -> str:
        """Who gives this one."""
        return self.undertaking.by

    @property
    def pair(self) -> str:
        """What this part is called: one undertaking, given for another."""
        return f"{self.name}_for_{self.other}"

    @property
    def kept(self) -> str:
        """The flag that says that it was kept."""
        return part_flag("kept", self.name, self.other)

    @property
    def broken(self) -> str:
        """The flag that says that it was broken."""
        return part_flag("broken", self.name, self.other)

    @property
    def bound(self) -> str:
        """The flag that says that its giver is bound by it."""
        return part_flag("bound", self.name, self.other)

    @property
    def given(self) -> str:
        """The flag that says that the undertaking is given now, in this exchange or another."""
        return given_flag(self.name)

    @property
    def offer(self) -> str:
        """The action by which the giver offers it."""
        return f"offer_{self.pair}"

    @property
    def ask(self) -> str:
        """The question that the offer puts to the other side."""
        return f"take_{self.pair}"


@dataclass(frozen=True)
class Exchange:
    """Two undertakings of two sides that may be given for each other; the one that is written first comes first."""

    parts: tuple[Part, Part]
    known_to: tuple[str, ...] | None
    """Who learns of it besides the two; None where everybody does."""

    @property
    def agreed(self) -> str:
        """The flag that says that it was agreed."""
        return agreed_flag(*(part.name for part in self.parts))

    @property
    def is_public(self) -> bool:
        """Whether everybody hears of it."""
        return self.known_to is None


def agreed_flag(first: str, second: str) -> str:
    """The flag that says that two undertakings were exchanged; the one that is written first comes first."""
    return f"agreed_{first}_for_{second}"


def part_flag(word: str, name: str, other: str) -> str:
    """The flag that says that an undertaking, given for another, is ``bound``, ``kept`` or ``broken``."""
    return f"{word}_{name}_for_{other}"


def given_flag(name: str) -> str:
    """The flag that says that an undertaking is given now, for whatever it may be."""
    return f"given_{name}"


def trust_value(who: str, whose: str) -> str:
    """The value that says how far a side trusts another's word."""
    return f"trust_{who}_{whose}"


def exchanges(scenario: Scenario) -> Iterator[Exchange]:
    """Every exchange that may be offered: two undertakings of two sides, each of which may be given to the other."""
    may_hear = {name: frozenset(scenario.members(one.to)) for name, one in scenario.undertakings.items()}
    for (first, one), (second, two) in combinations(scenario.undertakings.items(), 2):
        if one.by != two.by and two.by in may_hear[first] and one.by in may_hear[second]:
            parts = Part(first, one, second, two.by), Part(second, two, first, one.by)
            yield Exchange(parts, _known_to(scenario, one, two))


def spellings(scenario: Scenario) -> Iterator[str]:
    """What expressions may say of exchanges."""
    for exchange in exchanges(scenario):
        yield "agreed." + ".".join(part.name for part in exchange.parts)
        for part in exchange.parts:
            yield from (f"{word}.{part.name}.{part.other}" for word in ("bound", "kept", "broken"))
            yield f"trust.{part.to}.{part.by}"


def _known_to(scenario: Scenario, one: Undertaking, two: Undertaking) -> tuple[str, ...] | None:
    """Who learns of both."""
    told = [scenario.members(each.known_to) for each in (one, two) if each.known_to is not None]
    if not told:
        return None
    both = frozenset(told[0]).intersection(*told[1:]) | {one.by, two.by}
    return tuple(actor for actor in scenario.actors if actor in both)
