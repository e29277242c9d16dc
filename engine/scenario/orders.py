"""Moves as they are written down in advance: on which turn, and what; in experiments and in scripted tests."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

from engine.scenario.fields import PolicyName
from engine.scenario.models import Action, Scenario
from engine.scenario.problems import listed, quoted
from engine.scenario.spelling import instead

POLICIES: tuple[str, ...] = get_args(PolicyName)
"""Policies that have a name wherever moves are written down."""

Move = tuple[str, str | None]
"""An action, and at whom it is directed."""


class OrderError(ValueError):
    """An order that can't be given; says why in a sentence."""


def turn_of(scenario: Scenario, when: object) -> int:
    """The number of a turn, from its number or from a day in it. Raises :class:`OrderError`."""
    turn = _turn(scenario, when)
    if not 0 <= turn < scenario.turns:
        last = scenario.date_of(scenario.turns - 1)
        raise OrderError(
            f"{when} is outside the story, which has turns 0 to {scenario.turns - 1}, {scenario.start} to {last}"
        )
    return turn


def turns_before(scenario: Scenario, when: object) -> int:
    """How many turns have ended on a day, from the day or from that number. Raises :class:`OrderError`."""
    turns = _turn(scenario, when)
    if not 0 <= turns <= scenario.turns:
        end = scenario.date_of(scenario.turns)
        raise OrderError(
            f"{when} is outside the story, which begins on {scenario.start} and has ended on {end}, "
            f"after {scenario.turns} turns"
        )
    return turns


def _turn(scenario: Scenario, when: object) -> int:
    if isinstance(when, int):
        return when
    if isinstance(when, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", when):
        try:
            return scenario.turn_of(dt.date.fromisoformat(when))
        except ValueError:
            raise OrderError(f"{quoted(when)} is no day of the calendar") from None
    raise OrderError(f"a turn is a number or a date such as 2007-12-10, not {quoted(when)}")


def move_of(scenario: Scenario, actor: str, what: str) -> Move | str:
    """A move of an actor, or the name of a policy. Raises :class:`OrderError`."""
    if what in POLICIES:
        return what
    name, colon, target = what.partition(":")
    mine = {key: action for key, action in scenario.actions.items() if actor in scenario.members(action.by)}
    if name not in mine:
        hint = instead(name, [*mine, *POLICIES], f"it has {listed(mine)}")
        raise OrderError(f"{actor} has no action {quoted(name)}{hint}")
    return name, target_of(scenario, mine[name], actor, target if colon else None)


def target_of(scenario: Scenario, action: Action, actor: str, target: str | None) -> str | None:
    """At whom an ordered action is directed. Raises :class:`OrderError`."""
    if action.targets is None:
        if target is not None:
            raise OrderError(f"{quoted(action.title)} is directed at nobody: write it without {quoted(target)}")
        return None
    possible = [name for name in scenario.members(action.targets) if name != actor]
    if target not in possible:
        said = "needs a target, after a colon" if target is None else f"can't be directed at {quoted(target)}"
        hint = instead(target or "", possible, f"it may be {listed(possible, last='or')}")
        raise OrderError(f"{quoted(action.title)} {said}{hint}")
    return target


def questions(scenario: Scenario) -> list[str]:
    """What members may be told how to vote on: actions that table a question, and each of their targets."""
    found: list[str] = []
    for name, action in scenario.actions.items():
        if action.vote is not None:
            targets = scenario.members(action.targets) if action.targets is not None else ()
            found += [name, *(f"{name}:{target}" for target in targets)]
    return found
