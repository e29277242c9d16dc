"""Soundings: how likely the other side would take an offer if it were made now, and for which reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.rules.options import Option
from engine.scenario.models.choices import ASKED
from engine.scenario.words.bargains import ACCEPT, ASKED_FOR, OFFERED
from engine.scenario.words.speech import Offer
from engine.words import _

if TYPE_CHECKING:
    from engine.play.game import Game


@dataclass(frozen=True)
class Sounding:
    """What the other side would say to an offer."""

    to: str
    accepts: float
    """Its chance of accepting, 0 to 1, among all that it may answer."""
    gets: float
    """What it gains by what is offered, as far as it trusts that."""
    gives: float
    """What it gains by what it is asked for: less than nothing where that costs it something."""
    trust: float
    """How far it trusts the word of who offers, 0 to 1; of a third party too, where that vouches."""


def sounding(game: Game, offer: Option) -> Sounding | None:
    """What the other side would say to an offer, in a game of which all is known; None of what is no offer."""
    said = game.rules.speech.get(offer.action)
    if not isinstance(said, Offer):
        return None
    to, ask = said.wants.by, game.rules.scenario.asks[said.gives.ask]
    loose = float(ask.temperature or game.rules.scenario.actors[to].temperature or game.rules.scenario.temperature)
    answers = {name: Option(to, f"{said.gives.ask}.{name}") for name in ask.answers}
    accounts = {name: game.rules.account(game.world, option) for name, option in answers.items()}
    possible = {name: all(holds for words, holds in one.conditions if words != ASKED) for name, one in accounts.items()}
    best = max((one.gain for name, one in accounts.items() if possible[name]), default=0.0)
    rates = {name: math.exp((one.gain - best) / loose) if possible[name] else 0.0 for name, one in accounts.items()}
    terms = accounts[ACCEPT].terms
    trust = game.rules.reading(game.rules.parser.number(said.wants.trust)).read(game.world)[0]
    gets, gives = (terms[f"appeal.{words}"] for words in (OFFERED, ASKED_FOR))
    return Sounding(to, rates[ACCEPT] / math.fsum(rates.values()), gets, gives, float(trust[0]))


def sounding_in_words(game: Game, offer: Option) -> str | None:
    """The same in a sentence."""
    found = sounding(game, offer)
    if found is None:
        return None
    name = game.rules.scenario.in_text(found.to)
    text = _("{Whom} would accept with {chance}: {gets} from what it gets, {gives} from what it gives, trusts {trust}.")
    return text.format(
        Whom=name[:1].upper() + name[1:],
        chance=f"{found.accepts:.0%}",
        gets=f"{found.gets:+.3f}",
        gives=f"{found.gives:+.3f}",
        trust=f"{found.trust:.2f}",
    )
