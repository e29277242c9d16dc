"""Names: no reserved word, no name for two things, and each name that is used is there."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping, Sequence

from engine.scenario.checks.context import Context
from engine.scenario.checks.lists import check_list
from engine.scenario.document import Path
from engine.scenario.models import EVERYONE, Effect
from engine.scenario.names import RESERVED, SELF, TARGET
from engine.scenario.problems import listed, quoted
from engine.scenario.walk import change_lists, choices

SHARING = {
    "issues": "an issue",
    "values": "a value",
    "flags": "a flag",
    "actor_flags": "an actor flag",
    "measures": "a measure",
    "groups": "a group",
    "actors": "an actor",
}
"""Kinds of thing that share one set of names."""

SHARING_SINCE = {"flags": "a flag", "calendar": "a calendar entry"}
"""Kinds of thing that share the names after ``days_since``."""

OTHERS = ("institutions", "actions", "asks", "dynamics", "events")
"""Kinds of thing whose names are their own affair, but for reserved words."""


def check_identifiers(context: Context) -> None:
    """Notes names that are reserved, taken or unknown."""
    check_reserved(context)
    check_shared(context, SHARING)
    check_shared(context, SHARING_SINCE)
    check_actors(context)
    check_asks(context)
    for name, action in context.scenario.actions.items():
        if action.vote is not None and action.vote.institution not in context.scenario.institutions:
            path = ("actions", name, "vote", "in")
            context.unknown(path, "institution", action.vote.institution, context.scenario.institutions)


def check_reserved(context: Context) -> None:
    """Notes identifiers that mean something else already."""
    for path in identifiers(context):
        name = str(path[-1])
        if name in RESERVED or keyword.iskeyword(name):
            context.note("E201", path, f"{quoted(name)} is a word of the format: choose another name", key=True)
    for number, ending in enumerate(context.scenario.endings):
        if ending.id in RESERVED:
            context.note(
                "E201", ("endings", number, "id"), f"{quoted(ending.id)} is a word of the format: choose another name"
            )


def identifiers(context: Context) -> Iterator[Path]:
    """The path of every key that names something new."""
    for part in (*SHARING, "calendar", *OTHERS):
        yield from ((part, name) for name in getattr(context.scenario, part))
    for name, ask in context.scenario.asks.items():
        yield from (("asks", name, "answers", answer) for answer in ask.answers)
    for name, event in context.scenario.events.items():
        yield from (("events", name, "outcomes", outcome) for outcome in event.outcomes)


def check_shared(context: Context, kinds: dict[str, str]) -> None:
    """Notes a name that is used for things of two kinds."""
    owners: dict[str, str] = {}
    for part, noun in kinds.items():
        for name in getattr(context.scenario, part):
            first = owners.setdefault(name, part)
            if first != part:
                line = context.document.locate((first, name), key=True)[0]
                message = f"{quoted(name)} is {kinds[first]} already, in line {line}, so it can't be {noun} too"
                context.note("E202", (part, name), message, key=True)


def check_actors(context: Context) -> None:
    """Notes actors, groups and issues that are not there, and actors that stand twice in one list."""
    s = context.scenario
    for group, members in s.groups.items():
        check_list(context, ("groups", group), members, "actor", s.actors)
    for actor, record in s.actors.items():
        for issue in record.stances:
            if issue not in s.issues:
                context.unknown(("actors", actor, "stances", issue), "issue", issue, s.issues, key=True)
    people = [*s.actors, *s.groups, EVERYONE]
    for name, action in s.actions.items():
        check_list(context, ("actions", name, "by"), action.by, "actor or group", people)
        aimed = ("actions", name, "targets") if action.each is None else ("actions", name, "targets", "of")
        check_list(context, aimed, action.aims or (), "actor or group", people)
        if action.reply_to is not None:
            check_list(context, ("actions", name, "reply_to", "action"), action.reply_to.action, "action", s.choices)
    for name, event in s.events.items():
        check_list(context, ("events", name, "known_to"), event.known_to or (), "actor or group", people)
    for name, dynamic in s.dynamics.items():
        check_list(context, ("dynamics", name, "each"), dynamic.each or (), "actor or group", people)
    for name, institution in s.institutions.items():
        for number, seat in enumerate(institution.seats):
            if seat.actor not in s.actors:
                context.unknown(("institutions", name, "seats", number, "actor"), "actor", seat.actor, s.actors)


def check_asks(context: Context) -> None:
    """Notes actors and groups that are not there where questions are put or somebody learns of a deed."""
    s = context.scenario
    people = [*s.actors, *s.groups, EVERYONE]
    for path, action in choices(s):
        check_list(context, (*path, "known_to"), action.known_to or (), "actor or group", people)
    for name, ask in s.asks.items():
        check_list(context, ("asks", name, "to"), ask.to, "actor or group", people)
        check_list(context, ("asks", name, "known_to"), ask.known_to or (), "actor or group", people)
    for name, entry in s.calendar.items():
        check_list(context, ("calendar", name, "known_to"), entry.known_to or (), "actor or group", people)
    doers = {path: {SELF: action.by, TARGET: action.aims or ()} for path, action in choices(s)}
    for changes in change_lists(s):
        parts = {word: doers[changes.owner][word] for word in sorted(changes.scopes)}
        for path, effect in changes.items():
            if isinstance(effect, Effect) and effect.ask is not None:
                check_asking(context, path, effect, parts)


def check_asking(context: Context, path: Path, effect: Effect, parts: Mapping[str, Sequence[str]]) -> None:
    """Notes an effect that puts a question which is not there, or to somebody to whom it can't be put."""
    s = context.scenario
    ask = s.asks.get(effect.ask or "")
    if ask is None:
        context.unknown((*path, "ask"), "question to a side", effect.ask or "", s.asks)
        return
    people = [*s.actors, *s.groups, EVERYONE, *parts]
    check_list(context, (*path, "of"), effect.of or (), "actor or group", people)
    to = s.members(ask.to)
    for number, name in enumerate(effect.of or ()):
        meant = tuple(parts.get(name, (name,)))
        if name in people and not set(s.members(meant)) & set(to):
            message = f"{quoted(effect.ask or '')} can't be put to {name}: it is for {listed(to)}"
            context.note("E210", (*path, "of", number), message)
