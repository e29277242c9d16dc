"""From the words of an experiment to the seats of an arm: policies, orders by turn or date, votes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.batch.design.experiment import Choice
from engine.batch.design.policies import EVERY_QUESTION, SEATS, OrdersSeat, Seats
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.models import Scenario
from engine.scenario.orders import OrderError, move_of, turn_of

__all__ = ["OrderError", "order_of", "questions_of", "seat_plans", "turn_of"]


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


def order_of(scenario: Scenario, actor: str, what: str) -> Option | str:
    """An option of an actor, or the name of a policy. Raises :class:`OrderError`."""
    move = move_of(scenario, actor, what)
    return move if isinstance(move, str) else Option(actor, *move)


def questions_of(scenario: Scenario) -> list[str]:
    """What an actor may be told how to vote on."""
    return [EVERY_QUESTION, *(name for name, action in scenario.actions.items() if action.vote is not None)]
