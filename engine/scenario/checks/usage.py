"""What is declared and never used: flags, values, measures, groups, institutions, sides without a move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from engine.scenario.checks.context import Context
from engine.scenario.checks.in_force import starts
from engine.scenario.document import Path
from engine.scenario.knowledge import drawn_secrets
from engine.scenario.models import EVERYONE, Effect, Scenario
from engine.scenario.walk import change_lists, formulas, formulas_of_change, words_of


@dataclass
class Readers:
    """Which words the expressions of a scenario read, and who reads them; and which words its effects change."""

    by_word: dict[str, set[Path]] = field(default_factory=dict)
    """For each word, the actions, events, measures and so on whose expressions have it."""
    changed: set[str] = field(default_factory=set)

    def others_read(self, word: str, path: Path) -> bool:
        """Whether anything else than what stands at a path reads a word."""
        return bool(self.by_word.get(word, set()) - {path})

    def read(self, word: str) -> bool:
        """Whether anything reads a word."""
        return word in self.by_word


def readers_in(scenario: Scenario) -> Readers:
    """Who reads what in a scenario."""
    readers = Readers(changed=words_of(places_that_change(scenario)))
    for owner, text in texts_that_read(scenario):
        for word in words_of([text]):
            readers.by_word.setdefault(word, set()).add(owner)
    return readers


def check_usage(context: Context, readers: Readers) -> None:
    """Warns of what is declared for nothing."""
    check_flags(context, readers)
    check_numbers(context, readers)
    for name in context.scenario.measures:
        if not readers.others_read(name, ("measures", name)):
            context.note("W626", ("measures", name), "is never read", key=True)
    check_groups(context, readers)
    check_bodies(context)
    check_calendar(context, readers)
    check_people(context, readers)


def texts_that_read(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Every expression, with the thing that it belongs to."""
    yield from ((("measures", name), measure.value) for name, measure in scenario.measures.items())
    yield from ((formula.path[:2], formula.text) for formula in formulas(scenario))
    for changes in change_lists(scenario):
        for path, change in changes.items():
            texts = [formula.text for formula in formulas_of_change(path, change, changes.scopes)]
            yield from ((changes.path[:2], text) for text in (*texts, *change.add.values(), *change.set.values()))
    for name, dynamic in scenario.dynamics.items():
        yield from ((("dynamics", name), text) for text in dynamic.per_week.values())


def places_that_change(scenario: Scenario) -> Iterator[str]:
    """Every place that an effect or a dynamic changes, or chance before the first pace."""
    for changes in change_lists(scenario):
        if not changes.is_belief:
            yield from chain.from_iterable((*change.add, *change.set) for change in changes.changes)
    for dynamic in scenario.dynamics.values():
        yield from dynamic.per_week
    yield from (place.id for place, _ in drawn_secrets(scenario))


def effects_of(scenario: Scenario) -> Iterator[Effect]:
    """Every effect."""
    for changes in change_lists(scenario):
        yield from (change for change in changes.changes if isinstance(change, Effect))


def check_flags(context: Context, readers: Readers) -> None:
    """Warns of flags that are only set, only read, or neither."""
    for part in ("flags", "actor_flags"):
        for name in getattr(context.scenario, part):
            path: Path = (part, name)
            if not readers.read(name):
                is_set = name in readers.changed
                code, what = ("W622", "is set, but never read") if is_set else ("W621", "is never used")
                context.note(code, path, what, key=True)
            elif name not in readers.changed:
                context.note("W623", path, "is read, but never set: it stays at no", key=True)
            elif not can_be_yes(context, part, name):
                context.note("W623", path, "is read, but nothing that can happen sets it to yes", key=True)


def can_be_yes(context: Context, part: str, name: str) -> bool:
    """Whether a flag (of any actor) can ever be yes."""
    kind = part.removesuffix("s")
    return any(high > 0 for place, (_, high) in context.state.ranges.items() if (place.kind, place.id) == (kind, name))


def check_numbers(context: Context, readers: Readers) -> None:
    """Warns of values that nothing depends on, and hints at numbers that nothing moves or nobody cares about."""
    s = context.scenario
    for name in s.values:
        if not readers.read(name):
            message = "is never read: no condition, amount or chance depends on it"
            context.note("W624", ("values", name), message, key=True)
        elif name not in readers.changed:
            context.note("I625", ("values", name), "never changes: nothing adds to it or sets it", key=True)
    for name in s.issues:
        if not any(name in actor.stances for actor in s.actors.values()):
            context.note("I632", ("issues", name), "is of no concern to anybody: no actor has a stance on it", key=True)
        elif name not in readers.changed:
            context.note("I632", ("issues", name), "never moves: nothing adds to it or sets it", key=True)


def check_groups(context: Context, readers: Readers) -> None:
    """Warns of groups that nothing names."""
    s = context.scenario
    lists = [*(action.by for action in s.actions.values()), *(a.aims or () for a in s.actions.values())]
    lists += [dynamic.each or () for dynamic in s.dynamics.values()]
    lists += [action.known_to or () for action in s.choices.values()]
    lists += [who for ask in s.asks.values() for who in (ask.to, ask.known_to or ())]
    lists += [effect.of for effect in effects_of(s) if effect.of is not None]
    lists += [event.known_to or () for event in s.events.values()]
    lists += [entry.known_to or () for entry in s.calendar.values()]
    lists += [(*secret.known_to, *secret.noticed) for secret in s.secrets.values()]
    lists += [who for effect in effects_of(s) for who in effect.reveal.values()]
    lists += [tuple(ending.worth) for ending in s.endings]
    lists += [who for word in s.undertakings.values() for who in (word.to, word.known_to or ())]
    lists += [who for word in s.threats.values() for who in (word.to, word.known_to or ())]
    lists += [who for text in s.texts.values() for who in (text.parties, text.assent, text.known_to or ())]
    used = {*readers.by_word, *readers.changed, *chain.from_iterable(lists), EVERYONE}
    for name in s.groups:
        if name not in used:
            context.note("W627", ("groups", name), "is never used", key=True)


def check_bodies(context: Context) -> None:
    """Warns of institutions in which nothing is ever voted on."""
    used = {action.vote.institution for action in context.scenario.actions.values() if action.vote}
    for name in context.scenario.institutions:
        if name not in used:
            context.note("W504", ("institutions", name), "never votes: no action tables a question in it", key=True)


def check_calendar(context: Context, readers: Readers) -> None:
    """Hints at days that nothing asks for and of which players are told nothing but the name."""
    begins = {start for _, start in starts(context.scenario)}
    for name, entry in context.scenario.calendar.items():
        if not (readers.read(name) or name in begins or entry.deadline or entry.summary):
            message = "is of no consequence: no expression asks for it, nothing begins on it, and it has no summary"
            context.note("I630", ("calendar", name), message, key=True)


def check_people(context: Context, readers: Readers) -> None:
    """Warns of sides that a person may take and that can do nothing; hints at actors without any part."""
    s = context.scenario
    busy = set(chain.from_iterable(s.members(action.by) for action in s.choices.values()))
    involved = busy | set(chain.from_iterable(s.members(action.aims or ()) for action in s.actions.values()))
    involved |= {seat.actor for institution in s.institutions.values() for seat in institution.seats}
    words = readers.by_word.keys() | readers.changed
    involved |= set(s.members(tuple(group for group in (*s.groups, EVERYONE) if group in words))) | words
    for name, actor in s.actors.items():
        if actor.playable and name not in busy:
            context.note("W628", ("actors", name, "playable"), "has no action to take", key=True)
        elif name not in involved:
            message = "has no part: no action, no seat, nobody's target, and nothing depends on it"
            context.note("I629", ("actors", name), message, key=True)
