"""What a side may say to others and how that would be taken, and what others have put to it, as far as it is told.

How likely an offer is taken is what its own rule says of the other side, in the world as the seat may take it to be:
so nothing of it rests on what the seat can't know. Where a level tells no chances of others' answers, there is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from engine.play.facts.asked import Standing
from engine.play.facts.words import words_given
from engine.play.odds import Explained
from engine.play.openness import Candour
from engine.rules.options import Option
from engine.scenario.models.choices import ASKED
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import trust_value
from engine.scenario.words.speech import Amendment, Offer, Signature, Speech, Warn, offers_put

if TYPE_CHECKING:
    from engine.play.sight.seen import Played

__all__ = [
    "ACCEPT",
    "COUNTER",
    "MUCH",
    "SOMETHING",
    "Amendment",
    "Letter",
    "Offer",
    "Sayable",
    "Signature",
    "Warn",
    "letter_in",
    "record_of",
    "sayables",
    "temperature",
    "trust_between",
]
"""With the kinds of words that whoever shows them needs to tell apart."""

TOLD = (Candour.OPEN, Candour.CODED)
"""At which levels it is told how likely others take an offer."""

ACCEPT = "accept"
"""The answer that takes an offer."""

COUNTER = "counter"
"""What the answers begin with that ask for something else instead."""

MUCH, SOMETHING = 1.0, 0.25
"""From how many temperatures of its own on a side is much moved by a gain, and moved at all."""


@dataclass(frozen=True)
class Sayable:
    """Something that a side may say, now or once what is missing holds."""

    game: Played
    explained: Explained
    speech: Speech
    candour: Candour

    @property
    def option(self) -> Option:
        """The option that says it."""
        return self.explained.option

    @property
    def by(self) -> str:
        """Who says it."""
        return self.option.actor

    @property
    def to(self) -> tuple[str, ...]:
        """To whom it is said."""
        match self.speech:
            case Offer(wants=wants):
                return (wants.by,)
            case Warn(threat=threat):
                return (threat.to,)
            case Amendment(parties=parties) | Signature(parties=parties):
                return tuple(party for party in parties if party != self.by)

    @cached_property
    def worth(self) -> float:
        """What it is worth to who says it, in its own units of gain: of an offer, if it is taken."""
        if isinstance(self.speech, Offer):
            return self._account(self.speech.wants.ask, self.by)[0]
        return self.explained.gain

    @cached_property
    def chance(self) -> float | None:
        """How likely the other side takes an offer; None of anything else, and where that is not told."""
        if not isinstance(self.speech, Offer) or self.candour not in TOLD:
            return None
        to = self.speech.wants.by
        gain, is_possible = self._account(self.speech.gives.ask, to)
        return 1.0 / (1.0 + math.exp(-gain / temperature(self.game, to))) if is_possible else 0.0

    def _account(self, ask: str, actor: str) -> tuple[float, bool]:
        """What taking an offer promises, and whether nothing stands against it but that it is not made."""
        account = self.game.rules.account(self.game.world, Option(actor, f"{ask}.{ACCEPT}"))
        return account.gain, all(holds for words, holds in account.conditions if words != ASKED)


@dataclass(frozen=True)
class Letter:
    """An offer that is put to a side."""

    offer: Offer
    worth: float
    """What taking it is worth to whom it is put, in its own units of gain."""
    temperature: float
    """The unit in which that is much or little."""
    trust: float | None
    """How far the word of who offers is trusted, 0 to 1; None where that is not told."""
    kept: int
    """How many words of who offers were kept, as far as it is told."""
    broken: int


def sayables(game: Played, actor: str, candour: Candour) -> tuple[Sayable, ...]:
    """Everything that a side may say, possible or not, in the order of the scenario."""
    speech = game.rules.speech
    options = game.view(actor).options
    return tuple(Sayable(game, e, speech[e.option.action], candour) for e in options if e.option.action in speech)


def letter_in(game: Played, standing: Standing) -> Letter | None:
    """The offer that a question puts; None where it puts none."""
    offer = offers_put(game.rules.scenario).get(standing.ask)
    if offer is None:
        return None
    giver, own = offer.gives.by, standing.actor
    taking = next((e.gain for e in standing.answers if e.option.action == f"{standing.ask}.{ACCEPT}"), 0.0)
    return Letter(offer, taking, temperature(game, own), trust_between(game, own, giver), *record_of(game, giver))


def trust_between(game: Played, who: str, whose: str) -> float | None:
    """How far a side trusts another's word, 0 to 1; None where that is not told, or neither gives the other any."""
    place = Reference("value", trust_value(who, whose))
    return game.read(place) if place in game.rules.layout.rows and game.tells(place) else None


def record_of(game: Played, actor: str) -> tuple[int, int]:
    """How many words an actor has kept, and how many it has broken, as far as it is told."""
    standings = [given.standing for given in words_given(game) if given.giver == actor]
    return standings.count("kept"), standings.count("broken")


def temperature(game: Played, actor: str) -> float:
    """How loosely an actor chooses: the unit in which a gain is much or little to it."""
    scenario = game.rules.scenario
    return float(scenario.actors[actor].temperature or scenario.temperature)
