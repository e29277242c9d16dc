"""Exchanges in the scenario's own language: an offer is an option, accepting an answer, what is in force a flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.expressions.words import MOST_CHARACTERS
from engine.scenario.fields import in_days
from engine.scenario.models import Action, Ask, Effect, Event, Scenario, Secret, Words
from engine.scenario.models.choices import MOST_ANSWERS
from engine.scenario.words.additions import Spoken, haste_of, opening
from engine.scenario.words.exchanges import Exchange, Part, counters_to, exchanges, part_by, standing_asks, trust_value

ACCEPT = "accept"
"""The answer that takes an offer."""

ASKED_FOR, OFFERED = "what is asked for", "what is offered, as far as it is trusted"
"""What counts for and against taking it."""

MOST_COUNTERS = MOST_ANSWERS - 2
"""Other exchanges that may be offered in answer to an offer: the first, as undertakings are written."""


def add_exchanges(scenario: Scenario, found: Spoken, words: Words) -> None:
    """All that follows from undertakings that may be given for each other."""
    every = list(exchanges(scenario))
    for exchange in every:
        one, two = exchange.parts
        known = _known(exchange)
        found.flags[exchange.agreed] = f"{_named(scenario, one)} and {_named(scenario, two)} have agreed"
        for part, other in ((one, two), (two, one)):
            found.flags[part.given] = f"{_named(scenario, part)} is bound by a word: {part.undertaking.title}"
            for who, whose in part.credits:
                found.trust(scenario, words, who, whose, exchange.sides)
            _bookkeeping(scenario, found, part, other, words, known)
            found.actions[part.offer] = _offer(scenario, part, other, exchange, every, words)
            found.asks[part.ask] = _ask(scenario, part, other, exchange, every, words)
            _weigh(scenario, found, part, other, exchange, words)
        if words.counters:
            found.flags[exchange.countered] = (
                f"An offer between {_named(scenario, one)} and {_named(scenario, two)} counters another"
            )
        if exchange.known_to is not None:
            _hide(found, exchange, exchange.known_to)
    if words.counters:
        _hide_counters(found, every)


def _hide_counters(found: Spoken, every: list[Exchange]) -> None:
    """That an offer counters another is known to the two, where anything that they may offer is a secret."""
    for exchange in every:
        if not exchange.is_public:
            found.secrets[exchange.countered] = Secret(known_to=tuple(part.by for part in exchange.parts))


def _hide(found: Spoken, exchange: Exchange, known_to: tuple[str, ...]) -> None:
    """What is agreed in secret is known to those who learn of it."""
    flags = [flag for part in exchange.parts for flag in (part.bound, part.kept, part.broken)]
    for name in (exchange.agreed, *flags):
        found.secrets[name] = Secret(known_to=known_to)
    for part in exchange.parts:
        found.secrets[part.given] = Secret(known_to=(part.by,))


def _bookkeeping(
    scenario: Scenario, found: Spoken, part: Part, other: Part, words: Words, known: Mapping[str, Any]
) -> None:
    """Whether a side is bound, has kept its word or broken it, and what becomes of the other's trust."""
    giver, promise = scenario.actors[part.by].title, part.undertaking.title
    found.flags[part.bound] = f"{giver} has given its word {promise}"
    found.flags[part.kept] = f"{giver} has kept its word {promise}"
    found.flags[part.broken] = f"{giver} has broken its word {promise}"
    trusts = [trust_value(*pair) for pair in part.credits]
    in_time = f"days_since.{part.bound} >= {part.undertaking.within!r}"
    ends = {
        "keeps": in_time if part.undertaking.refrain else "",
        "breaks": f"{in_time} and possible.{part.name}" if part.undertaking.act is not None else "",
    }
    over = {part.bound: "False", part.given: "False"}
    betrayed = {other.bound: "False", other.given: "False"}
    for name, flag, trusted, released in (
        ("keeps", part.kept, {one: f"{words.kept!r} * (1 - {one})" for one in trusts}, {}),
        ("breaks", part.broken, {one: f"-{words.broken!r} * {one}" for one in trusts}, betrayed),
    ):
        found.events[f"{name}_{part.pair}"] = Event(
            title=f"{giver} {name} its word {promise}"[:120],
            when=f"flag.{flag} or (flag.{part.bound} and {ends[name]})" if ends[name] else f"flag.{flag}",
            once=True,
            effects=(Effect(add=trusted, set={flag: "True", **over, **released}),),
            dispatch=(f"{opening(scenario, part.by)} {name} its word to {scenario.in_text(part.to)} {promise}.",),
            **known,
        )
    if not part.undertaking.refrain:
        _lapse(scenario, found, part, other, in_time, known)


def _lapse(scenario: Scenario, found: Spoken, part: Part, other: Part, in_time: str, known: Mapping[str, Any]) -> None:
    """A word that can't be kept any more when it is due, or about a vote that was not held, binds nobody any more."""
    free = dict.fromkeys((part.bound, part.given, other.bound, other.given), "False")
    giver, whom, vote = opening(scenario, part.by), scenario.in_text(part.to), part.undertaking.vote
    found.events[f"lapses_{part.pair}"] = Event(
        title=f"The word of {scenario.in_text(part.by)} lapses: {part.undertaking.title}"[:120],
        when=" and ".join((f"flag.{part.bound}", in_time, *([] if vote else [f"not possible.{part.name}"]))),
        once=True,
        effects=(Effect(set=free),),
        dispatch=(f"{giver} can't keep its word to {whom} any more: {part.undertaking.title}.",),
        **known,
    )


def _offer(
    scenario: Scenario, part: Part, other: Part, exchange: Exchange, every: Sequence[Exchange], words: Words
) -> Action:
    """The action by which a side offers its part for the other's."""
    them, their, by_way = scenario.in_text(part.to), other.undertaking.title, _by_way(scenario, exchange)
    return Action.model_validate(
        {
            "title": f"Offer {them} {part.undertaking.title}, it {their}{by_way}"[:120],
            "summary": f"If in return {them} undertakes {their}.",
            "by": (part.by,),
            **_offering(scenario, part, other, exchange, standing_asks(exchange, every)),
            **({} if words.spoken else {"when": "False"}),
            "effects": (Effect(ask=part.ask, of=(part.to,)),),
            "tempo": in_days(words.tempo),
            "cooldown": in_days(words.cooldown),
            "dispatch": (f"{{By}} offers {part.undertaking.title}, if {them} undertakes {their}{by_way}.",),
            **_known(exchange),
        }
    )


def _offering(
    scenario: Scenario, part: Part, other: Part, exchange: Exchange, asks: Mapping[str, str], also: Sequence[str] = ()
) -> dict[str, Any]:
    """When a side may offer its part for the other's, and what it gains by that; none of some questions may stand.

    ``also`` are further conditions.
    """
    them = scenario.in_text(part.to)
    loose = scenario.actors[part.to].temperature or scenario.temperature
    gain, seems = _gain("worth", part, other), _gain("seen", other, part)
    flags = (f"not flag.{flag}" for flag in (exchange.agreed, part.given))
    when, *more = in_pieces([*flags, *(f"not asked.{ask}.{who}" for ask, who in asks.items()), *also])
    return {
        "when": when,
        "needs": {
            **_numbered("that no other offer of it waits for an answer", more),
            **({} if part.undertaking.when == "True" else {"that it may be promised": part.undertaking.when}),
            "that both together are worth more to it than neither": f"{gain} > 0",
            f"that {them} seems to gain as well"[:120]: f"{seems} > 0",
            **_willing(scenario, exchange),
        },
        "appeal": {"the exchange, as likely as it is taken": f"logistic(({seems}) / {float(loose)!r}) * ({gain})"},
    }


def in_pieces(conditions: Sequence[str]) -> list[str]:
    """Conditions that all have to hold, joined to expressions of a length that an expression may have."""
    pieces = [""]
    for condition in conditions:
        longer = f"{pieces[-1]} and {condition}" if pieces[-1] else condition
        pieces[-1:] = [longer] if len(longer) <= MOST_CHARACTERS else [pieces[-1], condition]
    return pieces


def _numbered(words: str, pieces: Sequence[str]) -> dict[str, str]:
    """Pieces of one condition, each under the words for it."""
    return {words if not number else f"{words} ({number + 1})": piece for number, piece in enumerate(pieces)}


def _known(exchange: Exchange) -> dict[str, Any]:
    """Who learns of it."""
    return {} if exchange.known_to is None else {"known_to": exchange.known_to}


def _by_way(scenario: Scenario, exchange: Exchange) -> str:
    return "" if exchange.through is None else f", through {scenario.in_text(exchange.through)}"


def _willing(scenario: Scenario, exchange: Exchange) -> dict[str, str]:
    """That whoever stands between the two does not seem to lose by what it passes on."""
    if exchange.through is None:
        return {}
    seems = " + ".join(f"seen.{exchange.through}.{part.name}" for part in exchange.parts)
    return {f"that {scenario.in_text(exchange.through)} seems to be willing"[:120]: f"{seems} >= 0"}


def _ask(
    scenario: Scenario, part: Part, other: Part, exchange: Exchange, every: Sequence[Exchange], words: Words
) -> Ask:
    """The question that an offer puts: take it, leave it, or offer something else.

    Of two offers that cross, and in which one thing is at stake, the one that is written later can't be taken.
    """
    known, standing = _known(exchange), standing_asks(exchange, every)
    before = [ask for ask in list(standing)[: list(standing).index(part.ask)] if ask != other.ask]
    first = [f"not asked.{ask}.{part.by}" for ask in before if standing[ask] == part.by]
    secret = {each.name for one in every if not one.is_public for each in one.parts}
    free = [other.given, *([] if part.name in secret else [part.given])]
    needs = {} if other.undertaking.when == "True" else {"that it may be promised": other.undertaking.when}
    if first:
        needs |= _numbered("that no offer the other way is answered first", in_pieces(first))
    giver = scenario.actors[part.by].title
    agreed = dict.fromkeys((exchange.agreed, part.bound, part.given, other.bound, other.given), "True")
    effects = (Effect(set={exchange.countered: "False"}),) if words.counters else ()
    terms = {
        ASKED_FOR: f"worth.{part.to}.{other.name}",
        OFFERED: f"{other.trust} * worth.{part.to}.{part.name}",
    }
    accept = {
        "title": f"Accept: undertake {other.undertaking.title}"[:120],
        "when": " and ".join(f"not flag.{flag}" for flag in (exchange.agreed, *free)),
        "needs": needs,
        "appeal": terms,
        "effects": (Effect(when=f"not flag.{part.given}", set=agreed), *effects),
        "dispatch": (f"{{By}} accepts, and undertakes {other.undertaking.title}.",),
        **known,
    }
    refused = f"{{By}} does not give the word that {scenario.in_text(part.by)} asks for: {other.undertaking.title}."
    refuse = {"title": "Refuse", "effects": effects, "dispatch": (refused,), **known}
    counters = counters_to(part, every)[:MOST_COUNTERS] if words.counters else ()
    instead = {f"counter_{part_by(one, part.to).pair}": _counter(scenario, one, part, every) for one in counters}
    return Ask.model_validate(
        {
            "title": f"{giver} offers {part.undertaking.title}. Will you undertake {other.undertaking.title}?"[:120],
            "to": (part.to,),
            "within": in_days(words.within),
            "otherwise": "refuse",
            "answers": {ACCEPT: accept, **instead, "refuse": refuse},
            **known,
        }
    )


def _counter(scenario: Scenario, exchange: Exchange, offered: Part, every: Sequence[Exchange]) -> dict[str, Any]:
    """The answer by which a side offers another exchange instead; nobody counters a counter-offer."""
    part, other = part_by(exchange, offered.to), part_by(exchange, offered.by)
    asks = {ask: who for ask, who in standing_asks(exchange, every).items() if ask != offered.ask}
    offering = _offering(scenario, part, other, exchange, asks, [f"not flag.{exchange.countered}"])
    them, mine, their = scenario.in_text(part.to), part.undertaking.title, other.undertaking.title
    by_way = _by_way(scenario, exchange)
    return {
        **offering,
        "title": f"Offer instead {mine}, if {them} undertakes {their}{by_way}"[:120],
        "effects": (Effect(ask=part.ask, of=(part.to,), set={exchange.countered: "True"}),),
        "dispatch": (f"{{By}} offers instead {mine}, if {them} undertakes {their}{by_way}.",),
        **_known(exchange),
    }


def _weigh(scenario: Scenario, found: Spoken, part: Part, other: Part, exchange: Exchange, words: Words) -> None:
    """What the word adds to the acts that it is about: what draws to those that are to be done, the cost of others."""
    undertaking = part.undertaking
    loud = 1.0 + (words.audience if exchange.is_public else 0.0)
    lost = f"0 if flag.{other.kept} else {part.trust} * max(worth.{part.by}.{other.name}, 0)"
    at = "" if undertaking.at is None else f" and target.is.{undertaking.at}"
    whose = f"self.is.{part.by}{at}"
    holds = f"flag.{part.bound} and {whose}"
    worth = f"({words.honour_of(part.by) * loud!r} + ({lost})) if {holds} else 0"
    if undertaking.vote is not None:
        sign = "" if undertaking.cast in ("for", "not against") else "-"
        found.leans.setdefault(undertaking.vote, {})[f"its word to {part.to} ({other.name})"] = f"{sign}({worth})"
        return
    becomes = part.kept if undertaking.act is not None else part.broken
    terms = found.appeals if undertaking.act is not None else found.costs
    for act in undertaking.acts:
        terms.setdefault(act, {})[f"its word to {part.to} ({other.name})"] = worth
        if undertaking.act is not None and (haste := haste_of(scenario, part.by, act, undertaking.within)) > 0:
            terms[act][f"that it is due ({part.name})"] = f"{haste!r} if flag.{part.given} and {whose} else 0"
        found.add_effect(act, Effect(when=holds, set={becomes: "True"}))


def _gain(kind: str, part: Part, other: Part) -> str:
    """What a side gains by an exchange, or seems to: its own part, and the other's as far as it is trusted."""
    return f"{kind}.{part.by}.{part.name} + {part.trust} * {kind}.{part.by}.{other.name}"


def _named(scenario: Scenario, part: Part) -> str:
    return scenario.actors[part.by].title
