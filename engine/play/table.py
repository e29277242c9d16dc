"""The table: who sits at it, and what each has ordered for the open turn, as immutable values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.play.plans import Later, Plan, put_off
from engine.play.policies import BY_RULE, Order
from engine.rules.options import Option


@dataclass(frozen=True)
class Orders:
    """What a seat is going to do when the turn ends; without orders it holds."""

    moves: Plan = ()
    votes: Mapping[str, int] = field(default_factory=dict)
    """How it votes on a question if it is tabled; where nothing is said, the rule decides."""
    by_rule: bool = False
    """Whether its move is left to the rule."""

    @property
    def acts(self) -> Plan:
        """Its moves without its answers."""
        return tuple(option for option in self.moves if not option.answers)

    @property
    def answers(self) -> Plan:
        """Its answers to questions."""
        return tuple(option for option in self.moves if option.answers)

    def and_answer(self, ask: str, option: Option | None, spared: Plan = ()) -> Orders:
        """The same with another answer to a question, or none; answers that are ``spared`` were given before."""
        others = tuple(move for move in self.moves if move.answers != ask or move in spared)
        return replace(self, moves=others if option is None else (*others, option))

    def and_move(self, option: Option) -> Orders:
        """The same, and one more move."""
        return replace(self, moves=(*self.moves, option), by_rule=False)

    def without_move(self, option: Option) -> Orders:
        """The same without a move."""
        return replace(self, moves=tuple(move for move in self.moves if move != option))

    def and_vote(self, question: str, ballot: int | None) -> Orders:
        """The same with another vote, or none."""
        others = {key: value for key, value in self.votes.items() if key != question}
        return replace(self, votes=others if ballot is None else {**others, question: ballot})

    def as_order(self, opening: dt.datetime) -> Order:
        """What a script does that follows them in a turn; what is answered as it opens is said once."""
        answers = tuple(option if isinstance(option, Later) else put_off(option, opening) for option in self.answers)
        return Order(BY_RULE if self.by_rule else self.acts, self.votes, answers)


@dataclass(frozen=True)
class Table:
    """The people, in the order in which they sat down, and their orders."""

    people: tuple[str, ...] = ()
    orders: Mapping[str, Orders] = field(default_factory=dict)

    def of(self, actor: str) -> Orders:
        """The orders of a seat."""
        return self.orders.get(actor, Orders())

    def with_orders(self, actor: str, orders: Orders) -> Table:
        """The table with other orders of one seat."""
        return replace(self, orders={**self.orders, actor: orders})

    def joined_by(self, actor: str) -> Table:
        """The table with one more person."""
        return replace(self, people=(*self.people, actor))

    def left_by(self, actor: str) -> Table:
        """The table without a person, and without the orders of that seat."""
        people = tuple(other for other in self.people if other != actor)
        return Table(people, {other: orders for other, orders in self.orders.items() if other != actor})
