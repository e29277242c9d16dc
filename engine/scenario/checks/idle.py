"""What changes nothing: effects that leave the world as it is, numbers that can't move, actions done for show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from engine.expressions import Kind, Symbol
from engine.expressions.ranges import Range
from engine.scenario.assumptions import Assumptions
from engine.scenario.attainable import STAGEHANDS, Cast
from engine.scenario.checks.conditions import InPlace
from engine.scenario.checks.context import Context
from engine.scenario.checks.usage import Readers
from engine.scenario.document import Path
from engine.scenario.models import Action, Effect, Scenario
from engine.scenario.names import find_places
from engine.scenario.problems import quoted
from engine.scenario.replies import replies_to
from engine.scenario.walk import MEMBER, NOBODY, ChangeList, Scopes, changes_of_action, path_of_choice

NONE: Range = (0.0, 0.0)
"""The interval of an amount that is always 0."""


def check_idle(context: Context, readers: Readers, in_place: Iterable[InPlace]) -> None:
    """Warns of what changes nothing."""
    for changes, assumed in in_place:
        for path, change in changes.items():
            here = under(context, assumed, change.when, changes.scopes)
            check_added(context, (*path, "add"), change.add, changes.scopes, here)
            if isinstance(change, Effect) and is_at_once(context.scenario, changes, change):
                check_put(context, (*path, "set"), change.set, changes.scopes, here)
    for name, dynamic in context.scenario.dynamics.items():
        scopes, cast = NOBODY, STAGEHANDS
        if dynamic.each is not None:
            scopes, cast = MEMBER, Cast(context.scenario.members(dynamic.each))
        check_added(context, ("dynamics", name, "per_week"), dynamic.per_week, scopes, context.given([], cast))
    check_pinned(context, readers)
    for name, action in context.scenario.actions.items():
        check_show(context, ("actions", name), [action], readers)
    for name, ask in context.scenario.asks.items():
        check_show(context, ("asks", name), [ask.as_action(name, answer) for answer in ask.answers], readers)


def is_at_once(scenario: Scenario, changes: ChangeList, effect: Effect) -> bool:
    """Whether an effect takes place when it is caused."""
    start = scenario.actions[str(changes.owner[1])].in_force if changes.owner[0] == "actions" else None
    timed = effect.in_force(start)
    return timed.delay is None and timed.on is None


def under(context: Context, assumed: Assumptions, when: str | None, scopes: Scopes) -> Assumptions:
    """What is known where an effect's own condition holds as well."""
    here = Assumptions(assumed.known)
    here.narrowed = dict(assumed.narrowed)
    if when is not None:
        here.assume(context.parser.condition(when, scopes).root)
    return here


def check_added(context: Context, path: Path, written: Mapping[str, str], scopes: Scopes, assumed: Assumptions) -> None:
    """Warns of amounts that are always nothing."""
    for place, text in written.items():
        amount = context.parser.number(text, scopes)
        if assumed.interval(amount.root) == NONE:
            context.note("W311", (*path, place), "adds nothing: this is always 0")


def check_put(context: Context, path: Path, written: Mapping[str, str], scopes: Scopes, assumed: Assumptions) -> None:
    """Warns of places that are set to what they are already."""
    for name, text in written.items():
        places = find_places(context.scenario, scopes, name)
        assert places is not None, "the places were checked"
        amount = assumed.interval(context.parser.expression(text, places.kind, scopes).root)
        now = [assumed.of(Symbol(places.kind, -math.inf, math.inf, place)) for place in places.references]
        if amount[0] == amount[1] and all(each == amount for each in now):
            said = ("yes" if amount[0] else "no") if places.kind is Kind.YESNO else f"{amount[0]:g}"
            context.note("W311", (*path, name), f"sets {quoted(name)} to {said}, which it always is already here")


def check_pinned(context: Context, readers: Readers) -> None:
    """Warns of numbers that are changed and can't move all the same."""
    for part, kind in (("issues", "issue"), ("values", "value")):
        for place, (low, high) in context.state.ranges.items():
            if place.kind == kind and low == high and place.id in readers.changed:
                message = (
                    f"never leaves {low:g}: what changes it can't happen, adds nothing, or presses against its end"
                )
                context.note("W612", (part, place.id), message, key=True)


def check_show(context: Context, path: Path, actions: Iterable[Action], readers: Readers) -> None:
    """Hints at an action, or a question with all its answers, from which nothing follows for anybody."""
    if any(path_of_choice(deed)[:2] == path for deed in replies_to(context.scenario)):
        return  # others may reply to it
    touched = {found for action in actions for found in touched_by(context.scenario, path, action)}
    if not any(matters(context.scenario, kind, name, path, readers) for kind, name in touched):
        context.note("I631", path, "changes nothing that a stance, a condition or an amount depends on", key=True)


def touched_by(scenario: Scenario, path: Path, action: Action) -> Iterable[tuple[str, str]]:
    """The kinds and names of what an action, or the vote that it tables, changes, puts as a question, or reveals."""
    for changes in changes_of_action(path, action):
        for _, change in [] if changes.is_belief else list(changes.items()):
            if isinstance(change, Effect) and change.ask is not None:
                yield "asked", change.ask
            if isinstance(change, Effect) and change.reveal:
                yield "knows", ""
            for name in (*change.add, *change.set):
                places = find_places(scenario, changes.scopes, name)
                assert places is not None, "the places were checked"
                yield from ((place.kind, place.id) for place in places.references)


def matters(scenario: Scenario, kind: str, name: str, path: Path, readers: Readers) -> bool:
    """Whether anything but the action itself depends on a place, on a question that is put, or on what is revealed."""
    if kind in ("asked", "knows"):
        return True
    if kind in ("issue", "position") and any(
        name in actor.stances and actor.stances[name].salience > 0 for actor in scenario.actors.values()
    ):
        return True
    return readers.others_read(name, path)
