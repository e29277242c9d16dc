"""From the words of an experiment to the seats of an arm: policies, orders by turn or day, agendas, votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.batch.design.agenda import Agenda, Wishes
from engine.batch.design.experiment import Choice
from engine.batch.design.policies import EVERY_QUESTION, SEATS, BatchPolicy, OrdersSeat, Seats
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.models import Scenario
from engine.scenario.orders import OrderBook, OrderError, move_of, pace_of
from engine.scenario.problems import quoted

__all__ = ["OrderError", "order_of", "orders_of", "questions_of", "pace_of", "seat_plans", "wish_of"]


def seat_plans(scenario: Scenario, choices: Sequence[Choice]) -> Seats:
    """Who does not follow the rule, once all choices are made; a later choice wins over an earlier one."""
    policies: dict[str, str] = {}
    agendas: dict[str, Wishes] = {}
    orders: dict[str, dict[int, Option | str]] = {}
    votes: dict[str, dict[str, int]] = {}
    for choice in choices:
        policies.update(choice.policy)
        agendas.update({actor: wishes_of(scenario, actor, by_time) for actor, by_time in choice.agenda.items()})
        for actor, by_time in choice.orders.items():
            orders.setdefault(actor, {}).update(orders_of(scenario, actor, by_time))
        for actor, ballots in choice.votes.items():
            votes.setdefault(actor, {}).update({question: BALLOTS[vote] for question, vote in ballots.items()})
    seats: dict[str, BatchPolicy] = {}
    for actor in scenario.actors:
        policy = SEATS[policies.get(actor, "hold" if actor in agendas else "rule")]
        seat = Agenda(agendas[actor], policy) if actor in agendas else policy
        if actor in orders or actor in votes:
            seats[actor] = OrdersSeat(orders.get(actor, {}), seat, votes.get(actor, {}))
        elif seat != SEATS["rule"]:
            seats[actor] = seat
    return seats


def orders_of(scenario: Scenario, actor: str, by_time: Mapping[Any, str]) -> dict[int, Option | str]:
    """The orders of an actor by the pace at which they are followed. Raises :class:`OrderError`."""
    book, found = OrderBook(scenario, actor), dict[int, Option | str]()
    for when, what in by_time.items():
        order = order_of(scenario, actor, what)
        found[book.enter(pace_of(scenario, when), order)] = order
    return found


def wishes_of(scenario: Scenario, actor: str, by_time: Mapping[object, Sequence[str]]) -> Wishes:
    """The wishes of an actor by the pace from which on they hold. Raises :class:`OrderError`."""
    return {
        pace_of(scenario, when): tuple(wish_of(scenario, actor, what) for what in wishes)
        for when, wishes in by_time.items()
    }


def wish_of(scenario: Scenario, actor: str, what: str) -> str:
    """A wish, once it is certain that the actor may have it. Raises :class:`OrderError`."""
    if what in SEATS:
        raise OrderError(f"{quoted(what)} is a policy and no wish: write policy: {{{actor}: {what}}} beside the agenda")
    action = scenario.choices.get(what)
    is_aimed_at_any = action is not None and action.one_of is not None and actor in scenario.members(action.by)
    if not is_aimed_at_any:
        order_of(scenario, actor, what)
    return what


def order_of(scenario: Scenario, actor: str, what: str) -> Option | str:
    """An option of an actor, or the name of a policy. Raises :class:`OrderError`."""
    move = move_of(scenario, actor, what)
    return move if isinstance(move, str) else Option(actor, *move)


def questions_of(scenario: Scenario) -> list[str]:
    """What an actor may be told how to vote on."""
    return [EVERY_QUESTION, *(name for name, action in scenario.actions.items() if action.vote is not None)]
