"""Conditions that say nothing: those that always hold, and those under which nothing can happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.expressions import Expression, Kind, YesNo
from engine.expressions.ranges import ALWAYS, NEVER
from engine.scenario.assumptions import Assumptions
from engine.scenario.attainable import STAGEHANDS, Cast
from engine.scenario.checks.context import Context
from engine.scenario.checks.reach import conditions_of
from engine.scenario.document import Path
from engine.scenario.models import Belief, Effect
from engine.scenario.problems import quoted
from engine.scenario.walk import (
    MEMBER,
    NOBODY,
    ChangeList,
    News,
    Scopes,
    changes_of_action,
    changes_of_event,
    choices,
    scopes_of,
    scopes_of_effects,
)

InPlace = tuple[ChangeList, Assumptions]
"""A list of effects or beliefs that can take place, and what is known when it does."""


def check_conditions(context: Context, in_place: Iterable[InPlace]) -> None:
    """Warns of conditions that say nothing."""
    check_actions(context)
    for name, event in context.scenario.events.items():
        check_always(context, ("events", name, "when"), event.when, NOBODY, STAGEHANDS)
    for number, ending in enumerate(context.scenario.endings):
        if ending.when is not None:
            check_always(context, ("endings", number, "when"), ending.when, NOBODY, STAGEHANDS)
    for name, dynamic in context.scenario.dynamics.items():
        scopes, cast = NOBODY, STAGEHANDS
        if dynamic.each is not None:
            scopes, cast = MEMBER, Cast(context.scenario.members(dynamic.each))
        condition = context.parser.condition(dynamic.when, scopes)
        if context.given([condition], cast).is_contradicted:
            context.note("W312", ("dynamics", name, "when"), "never holds, so nothing ever drifts by it")
        else:
            check_always(context, ("dynamics", name, "when"), dynamic.when, scopes, cast)
    for changes, assumed in in_place:
        for path, change in changes.items():
            check_change(context, path, change, changes.scopes, assumed)


def check_actions(context: Context) -> None:
    """Warns of conditions of actions and answers that always hold."""
    for path, action in choices(context.scenario):
        cast = context.state.cast_of(action)
        for where, text in conditions_of(path, action).items():
            check_always(context, where, text, scopes_of(action), cast)


def check_always(context: Context, path: Path, text: str, scopes: Scopes, cast: Cast) -> None:
    """Warns of a condition, or a part of one, that holds whatever happens."""
    condition = context.parser.condition(text, scopes)
    for part in condition.conjuncts():
        if not isinstance(part.root, YesNo) and context.state.interval(part, cast) == ALWAYS:
            context.note("W611", path, f"{quoted(part.text.strip())} always holds, so it asks for nothing")
            return


def change_lists_in_place(context: Context) -> Iterator[InPlace]:
    """Every list of effects and beliefs that can take place; what is known is only to be read, or copied."""
    for path, action in choices(context.scenario):
        cast = context.state.cast_of(action)
        texts = conditions_of(path, action).values()
        legal = [context.parser.condition(text, scopes_of(action)) for text in texts]
        if action.each is not None:
            legal.append(context.parser.condition(action.each.each, scopes_of_effects(action)))
        when_taken, when_voted = context.given(legal, cast), context.given([], cast)
        if not when_taken.is_contradicted:
            for changes in changes_of_action(path, action):
                yield changes, when_voted if changes.news is News.VOTE else when_taken
    for name, event in context.scenario.events.items():
        when_it_happens = context.given([context.parser.condition(event.when)])
        if not when_it_happens.is_contradicted:
            for changes in changes_of_event(("events", name), event):
                yield changes, when_it_happens


def check_change(context: Context, path: Path, change: Effect | Belief, scopes: Scopes, assumed: Assumptions) -> None:
    """Warns of an effect that can't take place, or whose condition says nothing there."""
    if change.when is not None:
        condition = context.parser.condition(change.when, scopes)
        found = interval_under(assumed, condition)
        if found == NEVER:
            context.note("W312", (*path, "when"), "can't hold when this is asked, so this never takes place")
        elif found == ALWAYS and not isinstance(condition.root, YesNo):
            context.note("I313", (*path, "when"), "always holds when this is asked, so it can be left out")
    if change.chance is not None:
        chance = context.parser.expression(change.chance, Kind.NUMBER, scopes)
        if assumed.interval(chance.root)[1] <= 0:
            context.note("W312", (*path, "chance"), "is always 0, so this never takes place")


def interval_under(assumed: Assumptions, condition: Expression) -> tuple[float, float]:
    """What a condition can be; also no where its parts contradict each other."""
    trial = Assumptions(assumed.known)
    trial.narrowed = dict(assumed.narrowed)
    trial.assume(condition.root)
    return NEVER if trial.is_contradicted else assumed.interval(condition.root)
