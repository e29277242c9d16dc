"""Speech: which actions and questions of a scenario are words between sides, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scenario.models import Scenario
from engine.scenario.words.drafts import amendment, parties_to, signatures
from engine.scenario.words.exchanges import Part, exchanges
from engine.scenario.words.pledges import Warned, warned


@dataclass(frozen=True)
class Offer:
    """An exchange that is offered: what its giver undertakes, and what it wants for that."""

    gives: Part
    wants: Part


@dataclass(frozen=True)
class Warn:
    """A threat to somebody."""

    threat: Warned


@dataclass(frozen=True)
class Amendment:
    """A term of a text that is moved by a step."""

    text: str
    issue: str
    sign: str
    """``up`` or ``down``."""
    parties: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """A draft that is signed as it stands."""

    text: str
    parties: tuple[str, ...]


Speech = Offer | Warn | Amendment | Signature
"""What an action says that is a word."""


def speech(scenario: Scenario) -> dict[str, Speech]:
    """By the name of each action that is a word, what it says."""
    found: dict[str, Speech] = {}
    for exchange in exchanges(scenario):
        one, two = exchange.parts
        found[one.offer], found[two.offer] = Offer(one, two), Offer(two, one)
    for each in warned(scenario):
        found[each.warn] = Warn(each)
    for name, text in scenario.texts.items():
        parties = parties_to(scenario, name)
        for issue in text.terms:
            for sign in ("up", "down"):
                found[amendment(name, issue, sign)] = Amendment(name, issue, sign, parties)
        found.update(dict.fromkeys(signatures(scenario, name), Signature(name, parties)))
    return found


def offers_put(scenario: Scenario) -> dict[str, Offer]:
    """By the name of each question that puts an offer, what is offered."""
    return {one.gives.ask: one for one in speech(scenario).values() if isinstance(one, Offer)}
