"""What sides have given their word for, and how far they trust each other, as a seat is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.play.sight.seen import Played
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import Exchange, Part, exchanges, trust_value

Standing = Literal["in force", "kept", "broken", "lapsed"]
"""What has become of a word."""


@dataclass(frozen=True, slots=True)
class Given:
    """A word that was given for another."""

    giver: str
    to: str
    title: str
    """What was undertaken, as it goes on after "offers"."""
    standing: Standing
    until: dt.date
    """The day by which it is to be done, or until which it is not to be."""
    in_return: str
    """What was undertaken for it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a side trusts another's word."""

    who: str
    whose: str
    share: float
    """0 to 1."""


def words_given(game: Played) -> tuple[Given, ...]:
    """Every word that was given, as far as it is told: those in force first, then by the day on which they are due."""
    found = [given for exchange in exchanges(game.rules.scenario) for given in _given(game, exchange)]
    return tuple(sorted(found, key=lambda given: (given.standing != "in force", given.until)))


def trusts(game: Played) -> tuple[Trust, ...]:
    """How far sides trust each other's words, as far as it is told, of those who may give each other any."""
    pairs = dict.fromkeys((part.to, part.by) for exchange in exchanges(game.rules.scenario) for part in exchange.parts)
    places = {pair: Reference("value", trust_value(*pair)) for pair in pairs}
    return tuple(Trust(*pair, game.read(place)) for pair, place in places.items() if game.tells(place))


def _given(game: Played, exchange: Exchange) -> Iterator[Given]:
    agreed = Reference("flag", exchange.agreed)
    if not game.tells(agreed) or not game.read(agreed):
        return
    day = game.read(Reference("since_flag", exchange.agreed))
    for part, other in (exchange.parts, exchange.parts[::-1]):
        until = game.rules.scenario.start + dt.timedelta(days=day + part.undertaking.within)
        yield Given(part.by, part.to, part.undertaking.title, _standing(game, part), until, other.undertaking.title)


def _standing(game: Played, part: Part) -> Standing:
    flags: dict[str, Standing] = {part.bound: "in force", part.kept: "kept", part.broken: "broken"}
    return next((word for flag, word in flags.items() if game.read(Reference("flag", flag))), "lapsed")
