"""Who decides in a batch where the rule does not: the same few strategies as in a game, over all runs at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.asks import Asking
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.options import Option
from engine.rules.recording import Recorder
from engine.rules.votes import Instructions

BY_RULE = -2
"""In the place of an option's number: left to the rule, in this pace and the others of the turn."""

EVERY_QUESTION = "all"
"""Stands for each question, where somebody says how to vote."""


@dataclass(frozen=True)
class Moment:
    """What the seats see when they decide."""

    rules: Rules
    world: World
    appraisal: Appraisal

    def options_of(self, actor: str) -> slice:
        """The numbers of an actor's moves."""
        return self.rules.actor_options.get(actor, slice(0, 0))

    def legal(self, actor: str) -> YesNo:
        """Which of an actor's moves may be made: shape (own moves, runs)."""
        return self.legal_among(self.options_of(actor))

    def legal_among(self, own: slice) -> YesNo:
        """Which of some options may be taken: shape (these options, runs)."""
        legal: YesNo = self.appraisal.rates[own] > 0
        return legal

    def gain(self, actor: str) -> Numbers:
        """What each move of an actor promises, minus infinity where it is not legal: shape (own moves, runs)."""
        return self.gain_among(self.options_of(actor))

    def gain_among(self, own: slice) -> Numbers:
        """What each of some options promises, minus infinity where it is not legal: shape (these options, runs)."""
        return np.where(self.appraisal.legal[own], self.appraisal.gain[own], -np.inf)


class BatchPolicy(Protocol):
    """Decides for one actor in all runs of a world."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """Asked when a turn opens: the number of the option taken, NO_MOVE, or BY_RULE: shape (runs,)."""

    def later(self, moment: Moment, actor: str) -> Rows | None:
        """The same in a later pace of the turn, for which it has an order; None where it has none."""

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """The number of the answer given where the question stands, or NO_MOVE to say nothing: shape (runs,)."""

    def vote(self, question: str) -> int | None:
        """YES, ABSTAIN or NO on a question of this id, the same in every run; None to leave it to the rule."""


@dataclass(frozen=True)
class RuleSeat:
    """The rule of the scenario."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """What the rule does."""
        return np.full(moment.world.runs, BY_RULE, dtype=np.intp)

    def later(self, moment: Moment, actor: str) -> Rows | None:
        """Nothing that was not said when the turn opened."""
        return None

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """What the rule answers."""
        return np.full(moment.world.runs, BY_RULE, dtype=np.intp)

    def vote(self, question: str) -> int | None:
        """Left to the rule."""
        return None


@dataclass(frozen=True)
class HoldSeat(RuleSeat):
    """Does nothing, says nothing to questions, and votes by the rule."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """Nothing."""
        return nothing(moment)

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """Nothing, until the time is out."""
        return nothing(moment)


@dataclass(frozen=True)
class GreedySeat(RuleSeat):
    """Takes the legal option that promises most, the first of equals, if it promises anything; answers likewise."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The best option; nothing where all lose."""
        return best_of(moment, moment.options_of(actor), 0.0)

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """The best answer, whatever it promises."""
        return best_of(moment, asking.options, -np.inf)


@dataclass(frozen=True)
class RandomSeat(RuleSeat):
    """Takes any legal option, or none, with equal chance; the same draws as the random policy of a game."""

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """One of the legal answers."""
        reached = np.add.accumulate(moment.legal_among(asking.options), axis=0, dtype=np.intp)
        u = moment.world.draws.uniforms(f"random:{asking.ask}:{asking.actor}", moment.world.tick)[0]
        which = (reached <= (u * reached[-1]).astype(np.intp)).sum(axis=0)
        return np.where(reached[-1] > 0, which + asking.options.start, NO_MOVE)

    def decide(self, moment: Moment, actor: str) -> Rows:
        """One of the legal options, or nothing."""
        legal = moment.legal(actor)
        if not len(legal):
            return nothing(moment)
        reached = np.add.accumulate(legal, axis=0, dtype=np.intp)
        u = moment.world.draws.uniforms(f"random:{actor}", moment.world.tick)[0]
        drawn = (u * (reached[-1] + 1)).astype(np.intp)
        which = (reached < drawn).sum(axis=0)
        return np.where(drawn > 0, which + moment.options_of(actor).start, NO_MOVE)


@dataclass(frozen=True)
class OrdersSeat:
    """Follows orders, does as ``otherwise`` says in turns without any, and votes as it is told.

    An ordered option that is not legal in a run, or was taken out of the scenario, is not taken, and nothing else is.
    An order that is an answer says nothing of moves, and is given as soon as the question stands, until the turn ends.
    """

    orders: Mapping[int, Option | str] = field(default_factory=dict)
    """By pace: an option, or the name of a policy from then on, until the turn ends."""
    otherwise: BatchPolicy = RuleSeat()
    votes: Mapping[str, int] = field(default_factory=dict)
    """By question, or by EVERY_QUESTION."""

    def decide(self, moment: Moment, actor: str) -> Rows:
        """As ordered; as otherwise in a turn without orders, and nothing before the first order of another."""
        ordered = self.later(moment, actor)
        if ordered is not None:
            return ordered
        is_ordered = any(self._moves(tick) is not None for tick in self._turn(moment))
        return nothing(moment) if is_ordered else self.otherwise.decide(moment, actor)

    def later(self, moment: Moment, actor: str) -> Rows | None:
        """As ordered for this pace."""
        order = self._moves(moment.world.tick)
        if order is None:
            return None
        return SEATS[order].decide(moment, actor) if isinstance(order, str) else where_legal(moment, order)

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """As last ordered in this turn, from the day of the order on; else as otherwise."""
        for tick in reversed(self._turn(moment)):
            order = self.orders.get(tick) if tick <= moment.world.tick else None
            if isinstance(order, str):
                return SEATS[order].answer(moment, asking)
            if order is not None and order.answers == asking.ask:
                return where_legal(moment, order)
        return self.otherwise.answer(moment, asking)

    def _moves(self, tick: int) -> Option | str | None:
        """The order for a pace, if it is not an answer."""
        order = self.orders.get(tick)
        return None if isinstance(order, Option) and order.answers else order

    @staticmethod
    def _turn(moment: Moment) -> range:
        timeline = moment.rules.timeline
        return timeline.paces_of(timeline.turn_at(moment.world.tick))

    def vote(self, question: str) -> int | None:
        """As told for this question, else as told for all, else by the rule."""
        told = self.votes.get(question, self.votes.get(question.partition(":")[0]))
        return self.votes.get(EVERY_QUESTION) if told is None else told


SEATS: Mapping[str, BatchPolicy] = {
    "rule": RuleSeat(),
    "hold": HoldSeat(),
    "greedy": GreedySeat(),
    "random": RandomSeat(),
}
"""Policies that have a name in an experiment."""

Seats = Mapping[str, BatchPolicy]
"""Who does not follow the rule, by actor."""


def nothing(moment: Moment) -> Rows:
    """Doing nothing in every run."""
    return np.full(moment.world.runs, NO_MOVE, dtype=np.intp)


def where_legal(moment: Moment, option: Option) -> Rows:
    """An option where it may be taken, or NO_MOVE: shape (runs,)."""
    number = moment.rules.number_of.get(option)
    return nothing(moment) if number is None else np.where(moment.appraisal.rates[number] > 0, number, NO_MOVE)


def best_of(moment: Moment, own: slice, more_than: float) -> Rows:
    """The legal one of some options that promises most, and more than this; NO_MOVE where none does: shape (runs,)."""
    gain = moment.gain_among(own)
    if not len(gain):
        return nothing(moment)
    best = np.argmax(gain, axis=0)
    promises = np.take_along_axis(gain, best[np.newaxis], axis=0)[0] > more_than
    return np.where(promises, best + own.start, NO_MOVE)


class Seating:
    """The seats of some worlds of one kind, which are asked once a turn while the rule decides in every pace."""

    def __init__(self, rules: Rules, seats: Seats) -> None:
        """The rule decides for everybody who has no seat."""
        self.rules, self.seats = rules, seats
        self._instructions = instructions(rules, seats)
        self._told: dict[str, Rows] = {}
        """What each seat said last: it stands for the other paces of the turn only where it is BY_RULE."""

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One pace."""
        rules = self.rules
        if not self.seats:
            rules.step(world, recorder)
            return
        appraisal, choice = rules.begin_pace(world, recorder)
        moment = Moment(rules, world, appraisal)
        for actor, seat in self.seats.items():
            told, row = self._answer(actor, seat, moment), rules.layout.actors[actor]
            choice[0, row] = np.where(told == BY_RULE, choice[0, row], told)
        for asking in rules.askings:
            if asking.actor in self.seats and asking.stands(world).any():
                given = self.seats[asking.actor].answer(moment, asking)
                answer = choice[1 + asking.slot, asking.number]
                answer[:] = np.where(given == BY_RULE, answer, given)
        rules.play_pace(world, appraisal, choice, recorder, self._instructions)

    def _answer(self, actor: str, seat: BatchPolicy, moment: Moment) -> Rows:
        """What a seat does in a pace."""
        if self.rules.timeline.opens_turn(moment.world.tick) or actor not in self._told:
            self._told[actor] = seat.decide(moment, actor)
            return self._told[actor]
        later = seat.later(moment, actor)
        if later is not None:
            self._told[actor] = later
            return later
        return np.where(self._told[actor] == BY_RULE, BY_RULE, NO_MOVE)


def instructions(rules: Rules, seats: Seats) -> dict[str, Instructions]:
    """How the seats vote, by question."""
    told = {
        question.id: {actor: vote for actor, seat in seats.items() if (vote := seat.vote(question.id)) is not None}
        for question in rules.questions
    }
    return {question: votes for question, votes in told.items() if votes}
