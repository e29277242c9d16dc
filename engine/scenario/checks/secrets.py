"""Secrets: they are of things that there are, drawn as such things are, and revealed to somebody who does not know."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.checks.lists import check_list
from engine.scenario.document import Path
from engine.scenario.knowledge import Knowledge, Parts
from engine.scenario.models import EVERYONE, Effect
from engine.scenario.names import SELF, TARGET, find_places, known_places
from engine.scenario.noticing import name_of
from engine.scenario.problems import listed, quoted
from engine.scenario.walk import Scopes, change_lists, choices


def check_secrets(context: Context) -> None:
    """Notes secrets of nothing, draws that don't fit, and effects that reveal nothing to anybody."""
    s = context.scenario
    known = [*s.flags, *s.actor_flags, *s.values]
    for name, secret in s.secrets.items():
        path: Path = ("secrets", name)
        if name not in known:
            context.unknown(path, "flag or value", name, known, key=True)
            continue
        check_list(context, (*path, "known_to"), secret.known_to, "actor or group", [*s.actors, *s.groups, EVERYONE])
        check_draw(context, name)
        check_noticed(context, name)
    check_revealing(context)


def check_draw(context: Context, name: str) -> None:
    """Notes a chance of a value, numbers of a flag, and numbers that the value can't be."""
    s, secret = context.scenario, context.scenario.secrets[name]
    if secret.chance is not None and name in s.values:
        message = f"{quoted(name)} is a value: say among which numbers it is drawn, as among: {{0: 1, 1: 1}}"
        context.note("E319", ("secrets", name, "chance"), message)
    if secret.among and name not in s.values:
        message = f"{quoted(name)} is a flag: say how likely it is, as chance: 0.5"
        context.note("E319", ("secrets", name, "among"), message, key=True)
        return
    for number in secret.among:
        low, high = s.values[name].range
        if not low <= number <= high:
            message = f"{number:g} is outside the range of {quoted(name)}, {low:g} to {high:g}"
            context.note("E319", ("secrets", name, "among"), message, key=True)


def check_noticed(context: Context, name: str) -> None:
    """Notes who there is not that may notice a secret, or who knows it anyway; and names that events have already."""
    s, knowledge = context.scenario, Knowledge(context.scenario)
    people = [*s.actors, *s.groups, EVERYONE]
    noticing = [(place, actor) for place, actor, _chance in knowledge.noticing() if place.id == name]
    for who in s.secrets[name].noticed:
        path: Path = ("secrets", name, "noticed", who)
        if who not in people:
            context.unknown(path, "actor or group", who, people, key=True)
        elif not any(actor in s.members((who,)) for _place, actor in noticing):
            context.note("E320", path, f"{quoted(who)} knows {quoted(name)} anyway: name others", key=True)
    for place, actor in noticing:
        if (event := name_of(place, actor)) in s.events:
            message = f"an event is called {quoted(event)}, as is the one by which {actor} notices it: rename yours"
            context.note("E320", ("secrets", name, "noticed"), message, key=True)


def check_revealing(context: Context) -> None:
    """Notes what is revealed by a name that nothing has, to nobody there is, or to those who know it anyway."""
    s, knowledge = context.scenario, Knowledge(context.scenario)
    doers = {path: (s.members(action.by), s.members(action.aims or ())) for path, action in choices(s)}
    for changes in change_lists(s):
        by, at = doers.get(changes.owner, ((), ()))
        parts = {word: who for word, who in ((SELF, by), (TARGET, at)) if word in changes.scopes}
        for path, effect in changes.items():
            if isinstance(effect, Effect):
                for name, who in effect.reveal.items():
                    check_reveal(context, knowledge, (*path, "reveal", name), who, changes.scopes, parts)


def check_reveal(
    context: Context, knowledge: Knowledge, path: Path, who: tuple[str, ...], scopes: Scopes, parts: Parts
) -> None:
    """Notes what is wrong with one thing that is revealed."""
    s, name = context.scenario, str(path[-1])
    if find_places(s, scopes, name) is None:
        context.unknown(path, "secret", name, sorted(set(known_places(s, scopes)) - s.issues.keys()), key=True)
        return
    people = [*s.actors, *s.groups, EVERYONE, *parts]
    check_list(context, path, who, "actor or group", people)
    if not set(who) <= set(people):
        return
    places, learners = tuple(knowledge.places(name, scopes, parts)), knowledge.learners(who, parts)
    if all(knowledge.holders(place) is None for place in places):
        message = f"{quoted(name)} is no secret: name it under secrets, with those who know it, or take this out"
        context.note("E320", path, message, key=True)
    elif all(knowledge.knows(actor, place) for place in places for actor in learners):
        context.note("E320", path, f"{listed(learners)} know {quoted(name)} anyway: reveal it to others", key=True)
