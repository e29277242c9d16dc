"""What is declared and never used: flags, values, groups, sides without a move."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import EVERYONE, Scenario
from engine.scenario.walk import change_lists, formulas, texts_of_changes, words_of


def check_usage(context: Context) -> None:
    """Warns of what is declared for nothing."""
    read = words_of(texts_that_read(context.scenario))
    changed = words_of(places_that_change(context.scenario))
    check_flags(context, read, changed)
    for name in context.scenario.values:
        if name not in read:
            context.note(
                "W624", ("values", name), "is never read: no condition, amount or chance depends on it", key=True
            )
    check_groups(context, read | changed)
    check_sides(context)


def texts_that_read(scenario: Scenario) -> Iterator[str]:
    """Every expression."""
    yield from (measure.value for measure in scenario.measures.values())
    yield from (formula.text for formula in formulas(scenario))
    yield from texts_of_changes(change_lists(scenario))
    for dynamic in scenario.dynamics.values():
        yield from dynamic.per_week.values()


def places_that_change(scenario: Scenario) -> Iterator[str]:
    """Every place that an effect or a dynamic changes."""
    for changes in change_lists(scenario):
        if not changes.is_belief:
            yield from chain.from_iterable((*change.add, *change.set) for change in changes.changes)
    for dynamic in scenario.dynamics.values():
        yield from dynamic.per_week


def check_flags(context: Context, read: set[str], changed: set[str]) -> None:
    """Warns of flags that are only set, only read, or neither."""
    for part in ("flags", "actor_flags"):
        for name in getattr(context.scenario, part):
            path: Path = (part, name)
            if name not in read:
                code, what = ("W622", "is set, but never read") if name in changed else ("W621", "is never used")
                context.note(code, path, what, key=True)
            elif name not in changed:
                context.note("W623", path, "is read, but never set: it stays at no", key=True)


def check_groups(context: Context, named: set[str]) -> None:
    """Warns of groups that nothing names."""
    s = context.scenario
    lists = [*(action.by for action in s.actions.values()), *(a.targets or () for a in s.actions.values())]
    lists += [dynamic.each or () for dynamic in s.dynamics.values()]
    used = named | set(chain.from_iterable(lists)) | {EVERYONE}
    for name in s.groups:
        if name not in used:
            context.note("W627", ("groups", name), "is never used", key=True)


def check_sides(context: Context) -> None:
    """Warns of sides that a person may take and that can do nothing."""
    s = context.scenario
    busy = set(chain.from_iterable(s.members(action.by) for action in s.actions.values()))
    for name, actor in s.actors.items():
        if actor.playable and name not in busy:
            context.note("W628", ("actors", name, "playable"), "has no action to take", key=True)
