"""Pledges: everything of which it may be asked what it is worth that it is done, or that it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.scenario.models import Scenario, Threat, Words
from engine.scenario.models.words import Cast
from engine.scenario.words.exchanges import exchanges


@dataclass(frozen=True)
class Pledge:
    """Some acts of one side."""

    by: str
    acts: tuple[str, ...]
    at: str | None
    """At whom, of acts with targets; at anybody where that is None."""
    within: float
    """The days within which it is asked how likely they are."""
    refrains: bool = False
    """Whether it is pledged not to do them."""
    ahead: bool = False
    """Whether they count before their conditions hold."""
    vote: str | None = None
    """The action that tables the question, where it is pledged how to vote; then there are no acts."""
    cast: Cast | None = None
    """How."""

    @property
    def about(self) -> tuple[str, ...]:
        """All actions on whose reasons it hangs what it is worth."""
        return self.acts if self.vote is None else (self.vote,)


@dataclass(frozen=True)
class Warned:
    """A threat to one of those who may be warned."""

    name: str
    threat: Threat
    to: str
    known_to: tuple[str, ...] | None
    """Who learns of the warning; None where everybody does."""

    @property
    def pair(self) -> str:
        """What this threat to this side is called."""
        return f"{self.name}_to_{self.to}"

    @property
    def stands(self) -> str:
        """The flag that says that the side is warned."""
        return f"warned_{self.pair}"

    @property
    def defied(self) -> str:
        """The flag that says that it has done so all the same, and that the threat waits to be carried out."""
        return f"defied_{self.pair}"

    @property
    def carried_out(self) -> str:
        """The flag that says that the threat was carried out."""
        return f"carried_out_{self.pair}"

    @property
    def bluffed(self) -> str:
        """The flag that says that it was not."""
        return f"bluffed_{self.pair}"

    @property
    def flags(self) -> tuple[str, str, str, str]:
        """All of them."""
        return self.stands, self.defied, self.carried_out, self.bluffed

    def honour(self, words: Words) -> float:
        """What it costs its giver not to carry it out, more where everybody heard it."""
        return words.honour_of(self.threat.by) * (1.0 + (words.audience if self.known_to is None else 0.0))

    @property
    def warn(self) -> str:
        """The action by which the side is warned."""
        return f"warn_{self.pair}"

    @property
    def deed(self) -> str:
        """The pledge of what the side is warned not to do."""
        return f"{self.pair}_if"


def own_deeds(scenario: Scenario, each: Warned) -> tuple[str, ...]:
    """What the one who is warned may do of the deeds of which it is warned."""
    known = [act for act in each.threat.deeds if act in scenario.actions]
    return tuple(act for act in known if each.to in scenario.members(scenario.actions[act].by))


def warning_of(scenario: Scenario, name: str) -> Warned:
    """The threat to somebody of a name."""
    return next(each for each in warned(scenario) if each.pair == name)


def warned(scenario: Scenario) -> Iterator[Warned]:
    """Every threat, by each of those who may be warned."""
    for name, threat in scenario.threats.items():
        for actor in scenario.members(threat.to):
            if actor != threat.by:
                known = None if threat.known_to is None else scenario.members((*threat.known_to, threat.by, actor))
                yield Warned(name, threat, actor, known)


def pledge_of(scenario: Scenario, name: str) -> Pledge | None:
    """The pledge of a name: an undertaking, a threat to somebody, or what somebody is warned not to do."""
    one = scenario.undertakings.get(name)
    if one is not None:
        return Pledge(one.by, one.acts, one.at, one.within, bool(one.refrain), one.ahead, one.vote, one.cast)
    for each in warned(scenario):
        threat = each.threat
        if name == each.pair:
            action = scenario.actions.get(threat.act)
            at = None if action is None or action.one_of is None else each.to
            return Pledge(threat.by, (threat.act,), at, threat.within)
        if name == each.deed:
            return Pledge(each.to, own_deeds(scenario, each), None, threat.lasts, refrains=True)
    return None


def spellings_of_threats(scenario: Scenario) -> Iterator[str]:
    """What expressions may say of threats."""
    for each in warned(scenario):
        yield from (f"{word}.{each.name}.{each.to}" for word in ("warned", "defied", "carried_out", "bluffed"))
        yield f"trust.{each.to}.{each.threat.by}"


def pledges(scenario: Scenario) -> Iterator[Pledge]:
    """All of them."""
    names = [*scenario.undertakings, *(name for each in warned(scenario) for name in (each.pair, each.deed))]
    yield from filter(None, (pledge_of(scenario, name) for name in names))


def judges(scenario: Scenario, name: str) -> tuple[str, ...]:
    """Who may have to judge a pledge: both sides of it, and whoever stands between them."""
    found: set[str] = set()
    for exchange in exchanges(scenario):
        if name in (part.name for part in exchange.parts):
            found |= {*exchange.sides}
    for each in warned(scenario):
        if name in (each.pair, each.deed):
            found |= {each.threat.by, each.to}
    one = scenario.undertakings.get(name)
    return tuple(actor for actor in scenario.actors if actor in found or (one is not None and one.by == actor))
