"""Who knew what, and when: what a game that is over has kept from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.belief.kept import SECRETS
from engine.play.facts.ghost import flag_in_words
from engine.play.wording import named, nearest_point, short_date
from engine.prose import capital
from engine.rules.layout import NO_STAMP
from engine.scenario.names import Reference, place_of, thing_of
from engine.words import _

if TYPE_CHECKING:
    from engine.play.record import Turn
    from engine.play.sight.seen import Played


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that not everybody knew, and how it stands."""

    words: str
    """What it is: a sentence of a flag, the name of a value."""
    stands: str
    """How it stands, in words."""
    holders: tuple[str, ...]
    """Who has known it from the start."""
    learned: tuple[tuple[dt.date, str], ...]
    """Who has learned of it since, each with the day on which the turn began."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A secret, or where another stands, of which a side has learned, and how it stands."""

    words: str
    stands: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something that was done or told and of which a side did not learn at the time."""

    on: dt.date
    words: str
    known_to: tuple[str, ...]


def secrets_of(game: Played) -> tuple[Secret, ...]:
    """The secrets that a scenario declares; of the flags of actors, those that came true or that somebody learned."""
    return tuple(_secrets(game))


def learned_in(game: Played, turn: Turn, actor: str) -> tuple[Learned, ...]:
    """What an actor has learned in a turn of what it did not know before, as it stands now."""
    before = game.turns[turn.turn - 1].knows if turn.turn else {}
    things = (thing for thing, who in turn.knows.items() if actor in who and actor not in before.get(thing, ()))
    places = (place_of(game.rules.scenario, thing) for thing in things)
    return tuple(Learned(_words(game, place), _stands(game, place)) for place in places)


def _secrets(game: Played) -> Iterator[Secret]:
    scenario, knowledge = game.rules.scenario, game.rules.layout.knowledge
    for place in knowledge.state():
        if place.kind not in SECRETS or place.id not in scenario.secrets:
            continue
        learned = tuple(_learned(game, thing_of(place)))
        if place.kind != "actor_flag" or learned or game.read(place):
            holders = knowledge.holders(place) or frozenset()
            known = tuple(actor for actor in scenario.actors if actor in holders)
            yield Secret(_words(game, place), _stands(game, place), known, learned)


def _words(game: Played, place: Reference) -> str:
    scenario = game.rules.scenario
    if place.kind == "position":
        return f"{scenario.actors[place.who].title}, {scenario.issues[place.id].title}"
    return (
        scenario.values[place.id].title
        if place.kind == "value"
        else capital(flag_in_words(scenario, place.id, place.who))
    )


def _stands(game: Played, place: Reference) -> str:
    if place.kind == "value":
        return f"{game.read(place):g}"
    if place.kind == "position":
        return f"{game.read(place):.0f}, {nearest_point(game.rules.scenario, place.id, game.read(place))}"
    days = game.read(Reference(f"since_{place.kind}", place.id, place.who))
    if days == NO_STAMP:
        return _("not so")
    if not days and game.rules.scenario.secrets[place.id].chance is not None:
        return _("so from the start")
    since = game.rules.scenario.start + dt.timedelta(days=int(days))
    return _("so since {day}").format(day=short_date(since))


def _learned(game: Played, thing: str) -> Iterator[tuple[dt.date, str]]:
    known: set[str] = set()
    for turn in game.turns:
        for actor in turn.knows.get(thing, ()):
            if actor not in known:
                known.add(actor)
                yield turn.date, actor


def unheard_by(game: Played, actor: str) -> tuple[Unheard, ...]:
    """What an actor did not learn when it was done, in the order of the days."""
    return tuple(found for turn in game.turns for found in _unheard(game, turn, actor))


def _unheard(game: Played, turn: Turn, actor: str) -> list[Unheard]:
    scenario = game.rules.scenario
    found = [Unheard(news.date, news.text, news.known_to) for news in turn.dispatches if news.known_to is not None]
    for move in turn.moves:
        if move.known_to is not None and not scenario.choice(move.option.action).dispatch:
            words = f"{scenario.actors[move.option.actor].title}: {named(scenario, move.option)}"
            found.append(Unheard(move.when.date(), words, move.known_to))
    return sorted((one for one in found if actor not in one.known_to), key=lambda one: one.on)
