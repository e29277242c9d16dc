"""Sizes and signs that are out of scale: what is always held to an end, hardly moves anything, or decides alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from statistics import median

from engine.expressions import Kind
from engine.expressions.ranges import Range
from engine.scenario.checks.conditions import InPlace
from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import Action
from engine.scenario.names import Reference, find_places
from engine.scenario.walk import Formula, Scopes, choices, formulas_of_amount, scopes_of

HARDLY = 0.001
"""The share of a scale below which an effect hardly moves anything."""

SIBLINGS = 0.01
"""The share of what others add to the same place below which an effect is out of scale."""

FEWEST_SIBLINGS = 3
"""Other effects on a place that make a scale."""

TEMPERATURES = 30
"""A constant gain of so many temperatures decides alone: the rule counts no more than that."""

TRUTHS = ("True", "False")
"""What flags are mostly set to."""

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
"""A number that is written out."""

Added = tuple[Path, float, Range]
"""A constant amount in its place, and the ends of what it is added to."""


def check_sizes(context: Context, in_place: Iterable[InPlace]) -> None:
    """Warns of constants outside the scale that they are for, and hints at those far below it."""
    added: dict[Reference, list[Added]] = {}
    for changes, _ in in_place:
        for path, change in changes.items():
            check_put(context, (*path, "set"), change.set, changes.scopes)
            for reference, one in amounts(context, (*path, "add"), change.add):
                added.setdefault(reference, []).append(one)
    for same in added.values():
        check_added(context, same)
    for path, action in choices(context.scenario):
        check_gain(context, path, action)


def check_put(context: Context, path: Path, written: Mapping[str, str], scopes: Scopes) -> None:
    """Warns of what is set to a number outside its scale."""
    for name, text in written.items():
        places = None if text in TRUTHS else find_places(context.scenario, scopes, name)
        if places is None or places.kind is Kind.YESNO:
            continue
        bounds = context.state.bounds.get(places.references[0])
        low, high = context.parser.number(text, scopes).low, context.parser.number(text, scopes).high
        if bounds is not None and (high < bounds[0] or low > bounds[1]):
            end = bounds[0] if high < bounds[0] else bounds[1]
            said = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            message = (
                f"is {said}, outside {bounds[0]:g} to {bounds[1]:g}, so it always sets {end:g}: perhaps add was meant"
            )
            context.note("W315", (*path, name), message)


def amounts(context: Context, path: Path, written: Mapping[str, str]) -> Iterable[tuple[Reference, Added]]:
    """Each constant that is added to an issue or value."""
    for name, text in written.items():
        if not NUMBER.fullmatch(text) or float(text) == 0:
            continue
        place = Reference("issue" if name in context.scenario.issues else "value", name)
        bounds = context.state.bounds.get(place)
        if bounds is not None:
            yield place, ((*path, name), float(text), bounds)


def check_added(context: Context, same: list[Added]) -> None:
    """Judges what is added to one place, each by the scale and by the others."""
    for number, (path, amount, (low, high)) in enumerate(same):
        others = [abs(other) for at, (_, other, _) in enumerate(same) if at != number]
        share = abs(amount) / (high - low)
        if share > 1:
            end = high if amount > 0 else low
            message = f"adds {amount:g} to what reaches from {low:g} to {high:g}, so it always ends at {end:g}"
            context.note("W315", path, message)
        elif share < HARDLY:
            context.note(
                "I316", path, f"adds {amount:g} to what reaches from {low:g} to {high:g}, which hardly moves it"
            )
        elif len(others) >= FEWEST_SIBLINGS and abs(amount) < SIBLINGS * median(others):
            context.note("I316", path, f"adds {amount:g}, and other effects on it mostly {median(others):g}")


def check_gain(context: Context, path: Path, action: Action) -> None:
    """Hints at an appeal or cost that no stance can weigh up, and at a cost that draws."""
    warmest = max(actor.temperature or context.scenario.temperature for actor in context.scenario.actors.values())
    for key in ("appeal", "cost"):
        for formula in formulas_of_amount((*path, key), getattr(action, key), scopes_of(action)):
            check_amount(context, formula, warmest, is_cost=key == "cost")


def check_amount(context: Context, formula: Formula, warmest: float, is_cost: bool) -> None:
    """The same of one amount."""
    amount = context.parser.number(formula.text, formula.scopes)
    if is_cost and amount.high < 0:
        message = "is below 0, so it draws the actor to the action"
        instead = f": write appeal: {-amount.low:g}" if amount.low == amount.high else ""
        context.note("I317", formula.path, message + instead)
    elif amount.low > TEMPERATURES * warmest or amount.high < -TEMPERATURES * warmest:
        nearest = amount.low if amount.low > 0 else amount.high
        times = abs(nearest) / warmest
        message = f"is {nearest:g}, {times:.0f} temperatures of {warmest:g}: no stance can outweigh it"
        context.note("I317", formula.path, message)
