"""Who decides for an actor: the rule, a person, a script, or a simple strategy.

One interface serves all: a policy looks at a :class:`View` and names an option, or several where the scenario lets a
seat take them, or None to do nothing, or BY_RULE to leave it to the rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final, Protocol

from engine.errors import ArgumentError
from engine.play.forecast import look_ahead
from engine.play.odds import Explained, explain, questions_to
from engine.play.plans import Plan, is_said, now
from engine.play.sight.state import State
from engine.rules.arrays import sum_in_order
from engine.rules.asks import Asking
from engine.rules.decide import NO_MOVE, Appraisal, chance_to_move
from engine.rules.options import Option
from engine.rules.rulebook import Rules
from engine.rules.world import World
from engine.scenario.names import Reference
from engine.scenario.problems import quoted


class ByRule(Enum):
    """The answer of a policy that leaves a decision to the rule."""

    BY_RULE = "rule"


BY_RULE: Final = ByRule.BY_RULE

Decision = Option | Plan | None | ByRule
"""What a policy decides."""

Answer = Option | None | ByRule
"""What a policy answers to a question that is put to it."""


def plan_of(decision: Decision) -> Plan | ByRule:
    """The options that an answer names, or BY_RULE. Raises :class:`~engine.errors.ArgumentError` for anything else."""
    match decision:
        case None:
            return ()
        case Option():
            return (decision,)
        case ByRule():
            return decision
        case tuple() | list() if all(isinstance(option, Option) for option in decision):
            return tuple(decision)
    told = "a policy answers with an option, a tuple of options, None or BY_RULE"
    raise ArgumentError(f"{told}, not {quoted(decision)}")


class Scene(Protocol):
    """A world at an open pace, as somebody sees it."""

    @property
    def world(self) -> World:
        """The world."""

    @property
    def appraisal(self) -> Appraisal:
        """What everybody may do in it, and what it promises."""

    def tells(self, place: Reference) -> bool:
        """Whether it is told how a value or a flag stands."""

    def is_put(self, asking: Asking) -> bool:
        """Whether a question is put to whoever sees this, and not answered."""


@dataclass(frozen=True)
class Stage:
    """A world that lies open."""

    world: World
    appraisal: Appraisal

    def tells(self, place: Reference) -> bool:
        """Whether it is told how a value or a flag stands: it is."""
        return True

    def is_put(self, asking: Asking) -> bool:
        """Whether a question is put and not answered."""
        return bool(asking.stands(self.world)[0])


@dataclass(frozen=True)
class View:
    """What an actor sees when it decides: the world, its options, and what the rule would do.

    Of the world it holds only what the actor knows: what it can't know stands there as if nothing had come of it.
    """

    rules: Rules
    seen: Scene
    """The game as the actor sees it."""
    actor: str
    rule_choice: int

    @property
    def world(self) -> World:
        """The world, as the actor may take it to be."""
        return self.seen.world

    @property
    def appraisal(self) -> Appraisal:
        """What everybody may do in it, and what it promises."""
        return self.seen.appraisal

    @property
    def state(self) -> Mapping[str, float]:
        """Where issues, values and flags stand, by name, as far as the actor knows; a flag is 0 or 1.

        What it can't know is not among them, and asking for it raises :class:`~engine.play.sight.state.KeptError`.
        """
        return State(self.rules, self.world, self.actor, self.seen.tells)

    @property
    def turn(self) -> int:
        """The number of the turn."""
        return self.rules.timeline.turn_at(self.world.tick)

    @property
    def date(self) -> dt.date:
        """The day of the world as it stands."""
        return self.rules.timeline.day_of(self.world.tick)

    @property
    def by_rule(self) -> Option | None:
        """What the rule does in this pace."""
        return None if self.rule_choice == NO_MOVE else self.rules.options[self.rule_choice]

    @property
    def times_by_rule(self) -> int:
        """In how many paces of this turn the rule would move, should nothing change in it."""
        timeline, world = self.rules.timeline, self.world
        own = self.appraisal.rates[self.rules.actor_options.get(self.actor, slice(0, 0))]
        likely = chance_to_move(sum_in_order(own), timeline.pace_in_days)[0] if len(own) else 0.0
        paces = range(world.tick, timeline.paces_of(self.turn).stop)
        return sum(bool(world.draws.uniforms(f"actor:{self.actor}", tick)[0, 0] < likely) for tick in paces)

    @cached_property
    def options(self) -> tuple[Explained, ...]:
        """Every option of the actor, legal or not, with reasons and gain."""
        return tuple(explain(self.rules, self.world, self.appraisal, self.actor))

    @property
    def legal(self) -> tuple[Explained, ...]:
        """The moves that may be made now."""
        return tuple(option for option in self.options if option.legal and not option.option.answers)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that are put to it and not answered."""
        own = (asking for asking in self.rules.askings if asking.actor == self.actor)
        return tuple(asking.ask for asking in own if self.seen.is_put(asking))

    def answers(self, ask: str) -> tuple[Explained, ...]:
        """What it may answer to a question that is put to it."""
        return tuple(option for option in self.options if option.legal and option.option.answers == ask)

    def rule_answer(self, ask: str) -> Option:
        """What the rule answers to a question that is put to it."""
        asking = next(a for a in questions_to(self.rules, self.world, self.actor) if a.ask == ask)
        choice = self.rules.decide(self.world, self.appraisal)
        return self.rules.options[int(choice[1 + asking.slot, asking.number, 0])]


class Policy(Protocol):
    """Decides for one actor, which is asked once a turn."""

    def decide(self, view: View) -> Decision:
        """The option to take, or several; None to do nothing; BY_RULE to leave it to the rule."""

    def answer(self, view: View, ask: str) -> Answer:
        """The answer to a question that is put to it; None to say nothing yet; BY_RULE to leave it to the rule."""

    def vote(self, view: View, question: str) -> int | ByRule:
        """YES, ABSTAIN or NO on a question that was tabled, or BY_RULE."""


def answer_of(policy: Policy, view: View, ask: str) -> Answer:
    """What a policy answers to a question; the rule, for a policy that knows nothing of questions."""
    answer = getattr(policy, "answer", None)
    if answer is None:
        return BY_RULE
    said: Answer = answer(view, ask)
    if said is None or isinstance(said, (Option, ByRule)):
        return said
    raise ArgumentError(f"a policy answers a question with an option, None or BY_RULE, not {quoted(said)}")


@dataclass(frozen=True)
class RulePolicy:
    """The rule of the scenario: options compete as hazards."""

    def decide(self, view: View) -> Decision:
        """Leave it to the rule."""
        return BY_RULE

    def answer(self, view: View, ask: str) -> Answer:
        """Leave it to the rule."""
        return BY_RULE

    def vote(self, view: View, question: str) -> int | ByRule:
        """Leave it to the rule."""
        return BY_RULE


@dataclass(frozen=True)
class HoldPolicy(RulePolicy):
    """Does nothing, says nothing to questions, and votes by the rule."""

    def decide(self, view: View) -> Decision:
        """Nothing."""
        return None

    def answer(self, view: View, ask: str) -> Answer:
        """Nothing, until the time is out."""
        return None


@dataclass(frozen=True)
class GreedyPolicy(RulePolicy):
    """Takes the legal option that promises most, if it promises anything; answers likewise."""

    def decide(self, view: View) -> Decision:
        """The best option, the first of equals; None where all lose."""
        best = max(view.legal, key=lambda option: option.gain, default=None)
        return best.option if best is not None and best.gain > 0 else None

    def answer(self, view: View, ask: str) -> Answer:
        """The best answer, the first of equals."""
        return max(view.answers(ask), key=lambda option: option.gain).option


@dataclass(frozen=True)
class RandomPolicy(RulePolicy):
    """Takes any legal option, or none, with equal chance; reproducible like every other draw."""

    def decide(self, view: View) -> Decision:
        """One of the legal options or None."""
        choices: list[Option | None] = [None, *(option.option for option in view.legal)]
        u = view.world.draws.uniforms(f"random:{view.actor}", view.world.tick)[0, 0]
        return choices[int(u * len(choices))]

    def answer(self, view: View, ask: str) -> Answer:
        """One of the legal answers."""
        legal = view.answers(ask)
        u = view.world.draws.uniforms(f"random:{ask}:{view.actor}", view.world.tick)[0, 0]
        return legal[int(u * len(legal))].option


@dataclass(frozen=True)
class Order:
    """What a seat does in one turn: a move (or several, or None, or BY_RULE), its votes by question, its answers."""

    move: Decision = None
    votes: Mapping[str, int] | None = None
    answers: Plan = ()
    """What it answers to questions: each at its moment or, where it has none, whenever the question stands."""
    only_answers: bool = False
    """Whether it says nothing of moves, so that these are made as if there was no order."""


@dataclass(frozen=True)
class ScriptPolicy:
    """Follows orders turn by turn; where it has none it does as ``otherwise`` says."""

    orders: Mapping[int, Order]
    otherwise: Policy = HoldPolicy()
    standing: Mapping[str, int] | None = None
    """How to vote on a question whenever it is tabled."""

    def decide(self, view: View) -> Decision:
        """The order for this turn."""
        order = self.orders.get(view.turn)
        return self.otherwise.decide(view) if order is None or order.only_answers else order.move

    def answer(self, view: View, ask: str) -> Answer:
        """As ordered for this turn, else as otherwise."""
        order = self.orders.get(view.turn)
        if order is None:
            return self.otherwise.answer(view, ask)
        said = [o for o in order.answers if o.answers == ask and is_said(o, view.world.tick, view.rules.timeline)]
        return now(said[-1]) if said else BY_RULE if order.move is BY_RULE else None

    def vote(self, view: View, question: str) -> int | ByRule:
        """As ordered for this turn, else as standing orders say, else as otherwise."""
        order = self.orders.get(view.turn)
        for votes in (order.votes if order else None, self.standing):
            if votes and question in votes:
                return votes[question]
        return self.otherwise.vote(view, question)


@dataclass(frozen=True)
class RolloutPolicy(RulePolicy):
    """Looks ahead: plays doing nothing, and each legal option, to the end many times, and takes the best."""

    futures: int = 64
    """How many futures it looks at for each choice; the same chance for all of them."""

    def decide(self, view: View) -> Decision:
        """The choice with the highest mean score at the end; the first of equals, doing nothing first."""
        plans: list[Plan] = [(), *((option.option,) for option in view.legal)]
        ahead = look_ahead(view.rules, view.world, view.actor, plans, self.futures)
        scores = [forecast.mean_score(view.actor) for forecast in ahead]
        return plans[scores.index(max(scores))]

    def answer(self, view: View, ask: str) -> Answer:
        """The answer with the highest mean score at the end, the first of equals."""
        plans: list[Plan] = [(option.option,) for option in view.answers(ask)]
        ahead = look_ahead(view.rules, view.world, view.actor, plans, self.futures)
        scores = [forecast.mean_score(view.actor) for forecast in ahead]
        return plans[scores.index(max(scores))][0]


BUILT_IN: Mapping[str, Policy] = {
    "rule": RulePolicy(),
    "hold": HoldPolicy(),
    "greedy": GreedyPolicy(),
    "random": RandomPolicy(),
    "rollout": RolloutPolicy(),
}
"""Policies that have a name on the command line."""
