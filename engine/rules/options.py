"""What may be done: the options of each action, when they are legal, and what they promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.expressions import exponential
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.compiler import Compiler, Condition, Scope, as_slice
from engine.rules.effects import EffectList
from engine.rules.layout import NEVER
from engine.rules.outlook import Judges, Outlook, compile_outlook
from engine.rules.replies import Calls
from engine.rules.spread import Spread
from engine.rules.votes import Question
from engine.rules.world import World
from engine.scenario.models import Action, Belief, Effect
from engine.scenario.replies import Deed
from engine.scenario.walk import says_target

STEEPEST = 30.0
"""Gain over temperature is held to this much on either side."""


WORTH_PICKING = 0.25
"""Where an action is legal in a smaller share of the runs than this, its gain is worked out in those alone."""

Passing = dict[str, Numbers]
"""The chance of passing of each question, by its id: shape (runs,)."""


@dataclass(frozen=True, order=True)
class Option:
    """An actor, an action, and perhaps a target."""

    actor: str
    action: str
    target: str | None = None

    @property
    def answers(self) -> str:
        """The question that it answers; empty of a move."""
        return self.action.rpartition(".")[0]

    @property
    def said(self) -> str:
        """The id of the answer, of an answer."""
        return self.action.rpartition(".")[2]

    def __str__(self) -> str:
        return f"{self.action}:{self.target}" if self.target else self.action


@dataclass(frozen=True)
class Term:
    """One reason in the gain of a block's options: an issue, ``appeal`` or ``cost``; shape (options, runs)."""

    name: str
    amount: Numbers


@dataclass(frozen=True)
class Offer:
    """The options of one action at one moment: arrays of shape (options, runs)."""

    block: Block
    legal: YesNo
    gain: Numbers
    rate: Numbers


class Block:
    """The options of one action, side by side."""

    def __init__(
        self,
        compiler: Compiler,
        action_id: str,
        options: Sequence[Option],
        numbers: Rows,
        memory: int | None,
        questions: Mapping[str | None, Question],
        calls: Calls | None = None,
    ) -> None:
        """``numbers`` are the options' numbers among all; ``memory`` is the row of the first one's last day, if kept;
        ``questions`` are what the action tables, by target; ``calls`` say since when replies have been called for."""
        layout, action = compiler.layout, compiler.scenario.choice(action_id).when_in_force()
        self.action_id, self.action = action_id, action
        self.ask, _, _ = action_id.rpartition(".")
        """The question that it answers; empty of an action."""
        self.options, self.numbers, self._names = tuple(options), numbers, tuple(compiler.scenario.actors)
        self.doers = np.array([layout.actors[option.actor] for option in options], dtype=np.intp)
        self.doer_rows = as_slice(self.doers)
        """The same, to read the rows of an array by."""
        self.scope = Scope(self.doers, self._targets(compiler))
        self.spread = None if action.each is None else Spread(compiler, action.each, self.doers)
        """At whom each option is directed all at once, where the action is."""
        self.questions = dict(questions)
        """The question that the action tables, by target, if it tables one."""
        self.memory = memory
        """The row of the first option's last day, if last days are kept."""
        self.calls = calls
        """Since when replies have been called for, where the action is one."""
        self._last_days = slice(memory or 0, (memory or 0) + len(self.options))
        self._conditions = _conditions(compiler, action, self.scope)
        self._judges = Judges(compiler, self.doers)
        self._outlook, self._outlook_if_passed, self._outlook_if_failed = _outlooks(
            compiler, action, self.scope, self.spread
        )
        self._appeal = None if action.appeal == "0" else compiler.number(action.appeal, self.scope)
        self._cost = None if action.cost == "0" else compiler.number(action.cost, self.scope)
        asked = compiler.scenario.asks[self.ask].temperature if self.ask else None
        temperature = layout.temperature[self.doers] if asked is None else np.full(len(self.doers), asked)
        self._temperature = np.ascontiguousarray(temperature[:, np.newaxis])
        streams = [_effect_stream(option) for option in options]
        self.effects = EffectList(compiler, action.effects, self.scope, streams, self.spread)

    def _targets(self, compiler: Compiler) -> Rows | None:
        if self.action.one_of is None:
            return None
        return np.array([compiler.layout.actors[option.target or ""] for option in self.options], dtype=np.intp)

    def legal(self, world: World) -> YesNo:
        """Which options may be taken: shape (options, runs)."""
        legal: YesNo = np.empty((len(self.options), world.runs), dtype=np.bool_)
        legal[:] = world.is_open
        for _, condition in self._conditions:
            legal &= condition(world)
        if self.memory is not None:
            legal &= self._is_rested(world)
        if self.calls is not None:
            legal &= self.calls.are_open(world)
        if self.spread is not None:
            legal &= self.spread.any_of(world)
        return legal

    def failing(self, world: World) -> Iterator[tuple[str, YesNo]]:
        """Each part of the conditions, as words or text, and where it fails: shape (options, runs)."""
        shape = (len(self.options), world.runs)
        for text, condition in self._conditions:
            yield text, ~np.broadcast_to(condition(world), shape)
        if self.memory is not None:
            days = f"{self.action.cooldown or 0:g} days since it was done last"
            yield "that it was never done" if self.action.once else days, ~self._is_rested(world)
        if self.calls is not None:
            yield self.calls.words, ~self.calls.are_open(world)
        if self.spread is not None:
            yield f"somebody for whom it holds that {self.spread.each.each}", ~self.spread.any_of(world)

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Who does it at whom, option by option; pair by pair where it is directed at several at once."""
        if self.spread is None:
            return tuple((option.actor, option.target) for option in self.options)
        return tuple((option.actor, option.target) for option in map(self.pair, range(len(self.spread.owners))))

    def pair(self, number: int) -> Option:
        """What is done at one of several, as an option at that one alone."""
        assert self.spread is not None
        target = self._names[self.spread.targets[number]]
        return Option(self.options[self.spread.owners[number]].actor, self.action_id, target)

    def doer_of(self, effect: Effect, number: int) -> Option:
        """Whose effect it is, of its doers by number: an option, or what it does at one of several."""
        return self.pair(number) if self.spread is not None and says_target(effect) else self.options[number]

    def targets(self, world: World, option: Option) -> tuple[str, ...]:
        """At whom an option is directed in a world of one run, where it is directed at several at once."""
        return () if self.spread is None else self.spread.names(world, self.options.index(option))

    def _is_rested(self, world: World) -> YesNo:
        last = world.cells[self._last_days]
        if self.action.once:
            fresh: YesNo = last == NEVER
            return fresh
        assert self.action.cooldown is not None
        rested: YesNo = world.day - last >= self.action.cooldown
        return rested

    def remember(self, world: World, taken: YesNo) -> None:
        """Keep the day on which options were taken, and that replies have been made."""
        if self.memory is not None:
            last = world.cells[self._last_days]
            np.copyto(last, np.broadcast_to(world.day, last.shape), where=taken)
        if self.calls is not None:
            self.calls.answer(world, taken)

    def terms(self, world: World, passing: Passing) -> list[Term]:
        """The reasons for and against, of which the gain is the sum.

        ``passing`` holds the chance of each question that this block tables.
        """
        terms = [Term(issue, amount) for issue, amount in self._relief(world, passing).items()]
        if self._appeal is not None:
            terms.append(Term("appeal", self._appeal(world)))
        if self._cost is not None:
            terms.append(Term("cost", -self._cost(world)))
        return terms

    def _relief(self, world: World, passing: Passing) -> dict[str, Numbers]:
        """By issue, how much smaller each actor's loss is expected to be: shape (options, runs)."""
        if not self.questions:
            return self._judges.relief(world, self._outlook)
        chance = np.stack([passing[self.questions[option.target].id] for option in self.options])
        passed = self._judges.relief(world, self._outlook_if_passed)
        failed = self._judges.relief(world, self._outlook_if_failed)
        return {
            issue: chance * passed.get(issue, 0.0) + (1.0 - chance) * failed.get(issue, 0.0)
            for issue in dict.fromkeys((*passed, *failed))
        }

    def gain(self, world: World, passing: Passing) -> Numbers:
        """What each option promises its actor: shape (options, runs)."""
        gain = np.zeros((len(self.options), world.runs))
        for term in self.terms(world, passing):
            gain += term.amount
        return gain

    def offer(self, world: World) -> Offer | None:
        """The options as they stand, or None where none is legal in any run."""
        legal = self.legal(world)
        if not legal.any():
            return None
        gain = self._gain_where(world, np.flatnonzero(legal.any(axis=0)))
        rate = gain / self._temperature
        rate.clip(-STEEPEST, STEEPEST, out=rate)
        rate = exponential(rate)
        rate *= legal / self.action.tempo
        return Offer(self, legal, gain, rate)

    def _gain_where(self, world: World, columns: Rows) -> Numbers:
        """The gain in some runs, and nothing in the others: shape (options, runs)."""
        if len(columns) > world.runs * WORTH_PICKING:
            return self.gain(world, self.foresee(world))
        part = world.part(columns)
        gain = np.zeros((len(self.options), world.runs))
        gain[:, columns] = self.gain(part, self.foresee(part))
        return gain

    def foresee(self, world: World) -> Passing:
        """The chance of passing of each question that this block may table."""
        return {question.id: question.chance(world) for question in self.questions.values()}


def _effect_stream(option: Option) -> str:
    parts = ("effect", option.action, option.actor, option.target)
    return ":".join(part for part in parts if part)


def _outlooks(
    compiler: Compiler, action: Action, scope: Scope, spread: Spread | None
) -> tuple[Outlook, Outlook, Outlook]:
    """What is expected of an action by itself, with its question passed, and with its question failed."""
    alone: list[Effect | Belief] = [*action.effects, *action.expects]
    passed: list[Effect | Belief] = [*action.vote.passes, *action.vote.pass_expects] if action.vote else []
    failed: list[Effect | Belief] = [*action.vote.fails, *action.vote.fail_expects] if action.vote else []
    return (
        compile_outlook(compiler, alone, scope, spread),
        compile_outlook(compiler, [*alone, *passed], scope, spread),
        compile_outlook(compiler, [*alone, *failed], scope, spread),
    )


def _conditions(compiler: Compiler, action: Action, scope: Scope) -> list[tuple[str, Condition]]:
    """Each condition of an action under the words, or the text, that say it."""
    needs = [(words, compiler.condition(text, scope)) for words, text in action.needs.items()]
    return [*compiler.conjuncts(action.when, scope), *needs]
