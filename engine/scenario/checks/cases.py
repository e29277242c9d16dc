"""Scripted tests: actors, moves, days, questions and members that there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import Case, Scenario
from engine.scenario.orders import OrderBook, OrderError, move_of, pace_of, paces_before, questions

T = TypeVar("T")


def check_cases(context: Context) -> None:
    """Notes whatever a case orders or asks and the scenario does not have."""
    for name, case in context.scenario.cases.items():
        path: Path = ("cases", name)
        check_seats(context, (*path, "seats"), case)
        for actor in case.policies:
            check_actor(context, (*path, "policies", actor), actor)
        check_votes(context, (*path, "votes"), case)
        for number, claim in enumerate(case.then):
            if claim.at is not None:
                try_out(context, (*path, "then", number, "at"), paces_before, context.scenario, claim.at)


def check_actor(context: Context, path: Path, actor: str) -> bool:
    """Notes an actor that is not there; returns whether it is."""
    is_there = actor in context.scenario.actors
    if not is_there:
        context.unknown(path, "actor", actor, context.scenario.actors, key=True)
    return is_there


def check_seats(context: Context, path: Path, case: Case) -> None:
    """Notes orders that can't be given: to nobody, for no turn, twice at a time, too many, or of something else."""
    for actor, orders in case.seats.items():
        if not check_actor(context, (*path, actor), actor):
            continue
        book = OrderBook(context.scenario, actor)
        for when, what in orders.items():
            place: Path = (*path, actor, when)
            tick = try_out(context, place, pace_of, context.scenario, when, key=True)
            move = try_out(context, place, move_of, context.scenario, actor, what)
            if tick is not None and move is not None:
                try_out(context, place, book.enter, tick, move, key=True)


def check_votes(context: Context, path: Path, case: Case) -> None:
    """Notes votes on what nobody tables, and of those who never sit."""
    known = questions(context.scenario)
    for question, ballots in case.votes.items():
        if question not in known:
            context.unknown((*path, question), "question", question, known, key=True)
            continue
        for actor in ballots:
            place: Path = (*path, question, actor)
            if check_actor(context, place, actor) and not sits(context.scenario, question, actor):
                context.note("E209", place, f"{actor} never sits where this is voted on", key=True)


def sits(scenario: Scenario, question: str, actor: str) -> bool:
    """Whether an actor ever has a seat where a question is decided."""
    vote = scenario.actions[question.partition(":")[0]].vote
    assert vote is not None, "only an action with a vote tables a question"
    institution = scenario.institutions.get(vote.institution)
    return institution is None or any(seat.actor == actor for seat in institution.seats)


def try_out(context: Context, path: Path, read: Callable[..., T], *what: object, key: bool = False) -> T | None:
    """What is read; None after noting at its place why it can't be."""
    try:
        return read(*what)
    except OrderError as error:
        context.note("E209", path, str(error), key)
        return None
