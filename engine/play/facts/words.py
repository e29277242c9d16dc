"""What sides have given their word for, and how far they trust each other, as a seat is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.expressions import Kind
from engine.play.sight.seen import Played
from engine.scenario.names import Reference
from engine.scenario.words.drafts import draft_value, parties_to, signed_flag, signs_flag
from engine.scenario.words.exchanges import Exchange, Part, exchanges, trust_value
from engine.scenario.words.pledges import Warned, own_deeds, warned

Standing = Literal["in force", "kept", "broken", "lapsed"]
"""What has become of a word."""

Defiance = Literal["stands", "defied", "carried out", "not carried out"]
"""What has become of a warning."""


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
    acts: tuple[str, ...]
    """The actions that it is about."""
    refrains: bool
    """Whether they are not to be done."""


@dataclass(frozen=True, slots=True)
class Threatened:
    """A warning that was given."""

    giver: str
    to: str
    title: str
    """What is threatened, as it goes on after "threatens"."""
    deeds: tuple[str, ...]
    """What the one who is warned is not to do: the titles of actions."""
    standing: Defiance
    until: dt.date | None
    """Until when it stands, or by when it is to be carried out; None of one that is over."""


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A text that is negotiated, or was signed."""

    title: str
    drafts: dict[str, float]
    """Where it puts each of its issues, as it is drafted."""
    parties: tuple[str, ...]
    signs: tuple[str, ...]
    """Who has signed the draft as it stands."""
    is_signed: bool
    """Whether all have, and it is in force."""
    is_open: bool
    """Whether it lies on the table now."""


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


def warnings_given(game: Played) -> tuple[Threatened, ...]:
    """Every warning of which something is to be told, as far as it is known."""
    found = (_threatened(game, each) for each in warned(game.rules.scenario) if game.tells(_flag(each.stands)))
    return tuple(one for one in found if one is not None)


def texts_on_the_table(game: Played) -> tuple[OnTheTable, ...]:
    """Every text, as far as it is told how it goes."""
    scenario = game.rules.scenario
    found = []
    for name, text in scenario.texts.items():
        if game.tells(_flag(signed_flag(name))):
            drafts = {issue: game.read(Reference("value", draft_value(name, issue))) for issue in text.terms}
            parties = parties_to(scenario, name)
            signs = [a for a in parties if game.read(Reference("actor_flag", signs_flag(name), a))]
            is_signed = bool(game.read(_flag(signed_flag(name))))
            is_open = not is_signed and _holds(game, text.when)
            found.append(OnTheTable(text.title, drafts, parties, tuple(signs), is_signed, is_open))
    return tuple(found)


def trusts(game: Played) -> tuple[Trust, ...]:
    """How far sides trust each other's words, as far as it is told, of those who may give each other any."""
    scenario = game.rules.scenario
    exchanged = [(part.to, part.by) for exchange in exchanges(scenario) for part in exchange.parts]
    pairs = dict.fromkeys([*exchanged, *((each.to, each.threat.by) for each in warned(scenario))])
    places = {pair: Reference("value", trust_value(*pair)) for pair in pairs}
    return tuple(Trust(*pair, game.read(place)) for pair, place in places.items() if game.tells(place))


def _given(game: Played, exchange: Exchange) -> Iterator[Given]:
    agreed = _flag(exchange.agreed)
    if not game.tells(agreed) or not game.read(agreed):
        return
    day = game.read(Reference("since_flag", exchange.agreed))
    for part, other in (exchange.parts, exchange.parts[::-1]):
        until = game.rules.scenario.start + dt.timedelta(days=day + part.undertaking.within)
        one, standing = part.undertaking, _standing(game, part)
        returned = other.undertaking.title
        yield Given(part.by, part.to, one.title, standing, until, returned, one.acts, one.act is None)


def _standing(game: Played, part: Part) -> Standing:
    flags: dict[str, Standing] = {part.bound: "in force", part.kept: "kept", part.broken: "broken"}
    return next((word for flag, word in flags.items() if game.read(_flag(flag))), "lapsed")


def _threatened(game: Played, each: Warned) -> Threatened | None:
    """What is to be told of a warning; None where it was not given, or has lapsed."""
    scenario, threat = game.rules.scenario, each.threat
    flags: dict[str, tuple[Defiance, float]] = {
        each.stands: ("stands", threat.lasts),
        each.defied: ("defied", threat.within),
        each.carried_out: ("carried out", 0.0),
        each.bluffed: ("not carried out", 0.0),
    }
    flag = next((flag for flag in flags if game.read(_flag(flag))), None)
    if flag is None:
        return None
    standing, days = flags[flag]
    day = game.read(Reference("since_flag", flag))
    until = scenario.start + dt.timedelta(days=day + days) if days else None
    titles = tuple(scenario.actions[deed].title for deed in own_deeds(scenario, each))
    return Threatened(threat.by, each.to, threat.title, titles, standing, until)


def _holds(game: Played, condition: str) -> bool:
    """Whether a condition holds, as far as the seat knows."""
    rules = game.rules
    return bool(rules.reading(rules.parser.expression(condition, Kind.YESNO)).read(game.world)[0][0])


def _flag(name: str) -> Reference:
    return Reference("flag", name)
