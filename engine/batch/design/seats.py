"""From the words of an experiment to the seats of an arm: policies, orders by turn or date, votes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from engine.batch.design.experiment import Choice
from engine.batch.design.policies import EVERY_QUESTION, SEATS, OrdersSeat, Seats
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.models import Action, Scenario
from engine.scenario.problems import listed, quoted
from engine.scenario.spelling import instead


class OrderError(ValueError):
    """An order that can't be given; says why in a sentence."""


def seat_plans(scenario: Scenario, choices: Sequence[Choice]) -> Seats:
    """Who does not follow the rule, once all choices are made; a later choice wins over an earlier one."""
    policies: dict[str, str] = {}
    orders: dict[str, dict[int, Option | str]] = {}
    votes: dict[str, dict[str, int]] = {}
    for choice in choices:
        policies.update(choice.policy)
        for actor, by_turn in choice.orders.items():
            told = orders.setdefault(actor, {})
            told.update({turn_of(scenario, when): order_of(scenario, actor, what) for when, what in by_turn.items()})
        for actor, ballots in choice.votes.items():
            votes.setdefault(actor, {}).update({question: BALLOTS[vote] for question, vote in ballots.items()})
    return {
        actor: OrdersSeat(orders.get(actor, {}), SEATS[policies.get(actor, "rule")], votes.get(actor, {}))
        if actor in orders or actor in votes
        else SEATS[policies[actor]]
        for actor in scenario.actors
        if actor in orders or actor in votes or policies.get(actor, "rule") != "rule"
    }


def turn_of(scenario: Scenario, when: object) -> int:
    """The number of a turn, from its number or from a day in it. Raises :class:`OrderError`."""
    if isinstance(when, int):
        turn = when
    elif isinstance(when, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", when):
        try:
            turn = scenario.turn_of(dt.date.fromisoformat(when))
        except ValueError:
            raise OrderError(f"{quoted(when)} is no day of the calendar") from None
    else:
        raise OrderError(f"a turn is a number or a date such as 2007-12-10, not {quoted(when)}")
    if not 0 <= turn < scenario.turns:
        last = scenario.date_of(scenario.turns - 1)
        raise OrderError(
            f"{when} is outside the story, which has turns 0 to {scenario.turns - 1}, {scenario.start} to {last}"
        )
    return turn


def order_of(scenario: Scenario, actor: str, what: str) -> Option | str:
    """An option of an actor, or the name of a policy. Raises :class:`OrderError`."""
    if what in SEATS:
        return what
    name, colon, target = what.partition(":")
    mine = {key: action for key, action in scenario.actions.items() if actor in scenario.members(action.by)}
    if name not in mine:
        hint = instead(name, [*mine, *SEATS], f"it has {listed(mine)}")
        raise OrderError(f"{actor} has no action {quoted(name)}{hint}")
    return Option(actor, name, target_of(scenario, mine[name], actor, target if colon else None))


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


def questions_of(scenario: Scenario) -> list[str]:
    """What an actor may be told how to vote on."""
    return [EVERY_QUESTION, *(name for name, action in scenario.actions.items() if action.vote is not None)]
