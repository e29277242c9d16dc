"""News that give a secret away: they are told only where it is so, to some who can't know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.expressions import Expression
from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.leaks import Sight
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import thing_of
from engine.scenario.problems import listed
from engine.scenario.walk import ChangeList, Scopes, changes_of_action, changes_of_event, choices


@dataclass(frozen=True)
class News:
    """A dispatch, a condition under which alone it is told, who hears it, and what they learn with it."""

    path: Path
    """Where the condition stands."""
    text: str
    scopes: Scopes
    audience: tuple[str, ...]
    revealed: frozenset[str]
    """The names of what is revealed with it."""
    parts: tuple[tuple[str | None, str | None], ...] = ((None, None),)
    """Whom ``self`` and ``target`` may mean."""


def check_news(context: Context, sight: Sight) -> None:
    """Warns of news by which somebody learns for sure what it can't know."""
    for news in (*news_of_events(context.scenario), *news_of_choices(context.scenario)):
        condition = context.parser.condition(news.text, news.scopes)
        for conjunct in condition.conjuncts():
            if sight.is_wholly_private(conjunct):
                tell(context, sight, news, conjunct)


def tell(context: Context, sight: Sight, news: News, conjunct: Expression) -> None:
    """Notes what a part of a condition gives away, and to whom."""
    listeners: dict[str, None] = {}
    things: dict[str, None] = {}
    for listener in news.audience:
        for me, target in news.parts:
            for leak in sight.reader(listener, me, target).leaks(conjunct.root, news.revealed):
                things[thing_of(leak.place)] = None
                listeners[listener] = None
    if things:
        named, who = listed(things, 3), listed(listeners, 4)
        message = (
            f"gives {named} away: its news is told only where this holds, and reaches {who}, who can't know it: reveal "
            f"it with the news, name in known_to those who hear them, or make a rumour of it, with a chance"
        )
        context.note("W804", news.path, message)


def news_of_events(scenario: Scenario) -> Iterator[News]:
    """The conditions under which events, and their effects, bring news."""
    for name, event in scenario.events.items():
        path: Path = ("events", name)
        audience = scenario.audience(event.known_to) or tuple(scenario.actors)
        lists = list(changes_of_event(path, event))
        always = revealed_by(lists)
        speaks = event.dispatch or any(outcome.dispatch for outcome in event.outcomes.values())
        if speaks or any(effect.dispatch for effect in effects_of(lists)):
            yield News((*path, "when"), event.when, frozenset(), audience, always)
        yield from news_of_effects(lists, audience, always, ((None, None),))


def news_of_choices(scenario: Scenario) -> Iterator[News]:
    """The conditions under which effects of actions and answers, and of votes, bring news."""
    for path, action in choices(scenario):
        doers, targets = scenario.members(action.by), scenario.members(action.aims or ()) or (None,)
        parts = tuple((doer, target) for doer in doers for target in targets if doer != target)
        lists = list(changes_of_action(path, action))
        told = None if action.known_to is None else scenario.members((*action.known_to, *action.by))
        own = [changes for changes in lists if changes.path[-2] != "vote"]
        yield from news_of_effects(own, told or tuple(scenario.actors), revealed_by(own), parts)
        votes = [changes for changes in lists if changes.path[-2] == "vote"]
        yield from news_of_effects(votes, tuple(scenario.actors), frozenset(), parts)


def news_of_effects(
    lists: Sequence[ChangeList],
    audience: tuple[str, ...],
    always: frozenset[str],
    parts: tuple[tuple[str | None, str | None], ...],
) -> Iterator[News]:
    """The conditions of effects that bring news."""
    for changes in lists:
        for path, effect in changes.items():
            if isinstance(effect, Effect) and effect.dispatch and effect.when is not None:
                revealed = always | frozenset(effect.reveal)
                yield News((*path, "when"), effect.when, changes.scopes, audience, revealed, parts)


def effects_of(lists: Sequence[ChangeList]) -> Iterator[Effect]:
    """The effects of some lists."""
    for changes in lists:
        yield from (change for change in changes.changes if isinstance(change, Effect))


def revealed_by(lists: Sequence[ChangeList]) -> frozenset[str]:
    """What is revealed for sure, by the names that it has there."""
    sure = (effect for effect in effects_of(lists) if effect.when is None and effect.chance is None)
    return frozenset(name for effect in sure for name in effect.reveal)
