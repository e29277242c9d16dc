"""Exchanges: which undertakings of two sides may be given for each other, and how what belongs to them is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    through: str | None
    """By way of whom both are given; None where the two deal with each other."""

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
    def trust(self) -> str:
        """How far its giver trusts the other's word: an expression."""
        return trust_in(self.by, self.to, self.through)

    @property
    def credits(self) -> tuple[tuple[str, str], ...]:
        """Who trusts whom more or less as it is kept or broken: the other its giver, and with both the third party."""
        between = () if self.through is None else ((self.through, self.by), (self.to, self.through))
        return (self.to, self.by), *between

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
    through: str | None
    """By way of whom it is agreed; None where the two deal with each other."""
    known_to: tuple[str, ...] | None
    """Who learns of it besides the two; None where everybody does."""

    @property
    def agreed(self) -> str:
        """The flag that says that it was agreed."""
        return agreed_flag(*(part.name for part in self.parts))

    @property
    def countered(self) -> str:
        """The flag that says that an offer between the two, of this exchange or another, counters one."""
        return "countered_" + "_".join(sorted(part.by for part in self.parts))

    @property
    def sides(self) -> tuple[str, ...]:
        """Those who have to judge it: the two, and whoever stands between them."""
        return *(part.by for part in self.parts), *(() if self.through is None else (self.through,))

    @property
    def is_public(self) -> bool:
        """Whether everybody hears of it."""
        return self.known_to is None


def part_by(exchange: Exchange, who: str) -> Part:
    """The part that a side gives."""
    return next(part for part in exchange.parts if part.by == who)


def standing_asks(exchange: Exchange, every: Iterable[Exchange]) -> dict[str, str]:
    """The questions between the same two in which a part of an exchange is at stake, and who is asked each."""
    names, sides = {part.name for part in exchange.parts}, {part.by for part in exchange.parts}
    same = (one for one in every if {part.by for part in one.parts} == sides)
    return {part.ask: part.to for one in same if names & {each.name for each in one.parts} for part in one.parts}


def counters_to(part: Part, every: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """The exchanges between the same two that may be offered instead of that of a part: those that share one part."""
    offered, sides = {part.name, part.other}, {part.by, part.to}
    return tuple(
        one
        for one in every
        if {each.by for each in one.parts} == sides and len(offered & {each.name for each in one.parts}) == 1
    )


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


def trust_in(who: str, whose: str, through: str | None) -> str:
    """How far a side trusts another's word: its own trust, or that which it puts in a third party that vouches."""
    own = trust_value(who, whose)
    return own if through is None else f"max({own}, {trust_value(who, through)} * {trust_value(through, whose)})"


def exchanges(scenario: Scenario) -> Iterator[Exchange]:
    """Every exchange that may be offered: two undertakings of two sides, each of which may be given to the other.

    Not if each is given by way of somebody else, or one of them for others alone.
    """
    may_hear = {name: frozenset(scenario.members(one.to)) for name, one in scenario.undertakings.items()}
    for (first, one), (second, two) in combinations(scenario.undertakings.items(), 2):
        meant = (not one.in_return or second in one.in_return) and (not two.in_return or first in two.in_return)
        if meant and one.by != two.by and two.by in may_hear[first] and one.by in may_hear[second]:
            between = dict.fromkeys(each.through for each in (one, two) if each.through not in (None, one.by, two.by))
            if len(between) < 2:
                through = next(iter(between), None)
                parts = Part(first, one, second, two.by, through), Part(second, two, first, one.by, through)
                yield Exchange(parts, through, _known_to(scenario, one, two, through))


def spellings(scenario: Scenario) -> Iterator[str]:
    """What expressions may say of exchanges."""
    for exchange in exchanges(scenario):
        yield "agreed." + ".".join(part.name for part in exchange.parts)
        for part in exchange.parts:
            yield from (f"{word}.{part.name}.{part.other}" for word in ("bound", "kept", "broken"))
            yield from (f"trust.{who}.{whose}" for who, whose in part.credits)


def _known_to(scenario: Scenario, one: Undertaking, two: Undertaking, through: str | None) -> tuple[str, ...] | None:
    """Who learns of both."""
    told = [scenario.members(each.known_to) for each in (one, two) if each.known_to is not None]
    if not told:
        return None
    both = frozenset(told[0]).intersection(*told[1:]) | {one.by, two.by, through}
    return tuple(actor for actor in scenario.actors if actor in both)
