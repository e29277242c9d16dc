"""Choices that are made again in a game of a changed scenario, each as far as it is still possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.play.session import OrderRefused, Session
from engine.play.table import Orders
from engine.prose import counted
from engine.rules import Rules
from engine.rules.world import World
from engine.scenario.problems import quoted
from engine.scenario.spelling import instead

NOTHING = Orders()


@dataclass(frozen=True, slots=True)
class Note:
    """What could not be done again as it was chosen, and why."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a seat chose turn by turn, and what it has chosen in the open turn."""

    turns: tuple[Orders, ...] = ()
    pending: Orders = NOTHING


@dataclass(frozen=True)
class Played:
    """A game in which choices were made again."""

    choices: Choices
    session: Session
    before: World | None
    """The world as it stood when the turn before this one was open."""
    notes: tuple[Note, ...]


def play_again(rules: Rules, seed: int, side: str | None, choices: Choices) -> Played:
    """A new game with the same chance, in which a side chooses what it chose, where it still can."""
    seat = side if side in rules.scenario.actors else None
    session = Session.new(rules, seed, people=() if seat is None else (seat,))
    notes = [] if side == seat else [nobody_called(rules, side or "")]
    before = None
    for orders in choices.turns:
        if session.is_over:
            break
        notes += give(session, seat, orders)
        before = copy_of(session.game.world)
        session.end_turn()
    notes += wait(session, choices) if session.is_over else give(session, seat, choices.pending)
    return Played(choices, session, before, tuple(notes))


def copy_of(world: World) -> World:
    """The world as it stands now, for later comparison."""
    return world.multiplied(world.draws)


def nobody_called(rules: Rules, side: str) -> Note:
    """That a side is no actor any more."""
    return Note(0, f"there is no actor {quoted(side)}{instead(side, rules.scenario.actors)}: nobody sits in that seat")


def wait(session: Session, choices: Choices) -> Iterator[Note]:
    """That a story is over before all choices could be made again."""
    left = len(choices.turns) - len(session.game.turns)
    if left:
        yield Note(session.turn, f"the story is over: the choices of {counted(left, 'later turn')} wait")


def give(session: Session, seat: str | None, orders: Orders) -> Iterator[Note]:
    """Gives the orders of the open turn again, and says which are refused, and what happens instead."""
    if seat is None:
        return
    turn = session.turn
    if orders.by_rule:
        session.leave_to_rule(seat)
    refused = []
    for option in orders.moves:
        try:
            session.choose(seat, option)
        except OrderRefused as refusal:
            refused.append(f"{option}: {refusal}")
    after = "its other moves stand" if session.orders(seat).moves else "held instead"
    yield from (Note(turn, f"{words}; {after}") for words in refused)
    for question, ballot in orders.votes.items():
        try:
            session.vote(seat, question, ballot)
        except OrderRefused as refusal:
            yield Note(turn, f"vote on {question}: {refusal}; left to the rule")
