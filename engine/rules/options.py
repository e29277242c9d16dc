"""What may be done: an option is an actor, an action and perhaps a target; a block has all options of one action."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from engine.rules.arrays import Rows
from engine.rules.replies import Calls
from engine.rules.votes import Question
from engine.scenario.models import Action, Each, Effect
from engine.scenario.replies import Deed
from engine.scenario.walk import says_target

STEEPEST = 30.0
"""Gain over temperature is held to this much on either side."""


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
class Spread:
    """An act at each of several: everybody at whom each doer may act."""

    each: Each
    doers: tuple[int, ...]
    """The actor number of each option."""
    everybody: tuple[int, ...]
    """The actor numbers of those among whom it chooses."""

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Each option by its place, with each actor at whom it may be directed: never the doer."""
        return tuple(
            (place, target) for place, doer in enumerate(self.doers) for target in self.everybody if target != doer
        )


@dataclass(frozen=True, eq=False)
class Block:
    """The options of one action, side by side."""

    action_id: str
    action: Action
    options: tuple[Option, ...]
    numbers: Rows = field(repr=False)
    """The options' numbers among all: shape (options,)."""
    names: tuple[str, ...] = field(repr=False)
    """All actors."""
    memory: int | None
    """The row of the first option's last day, if last days are kept."""
    questions: dict[str | None, Question]
    """The question that the action tables, by target, if it tables one."""
    calls: Calls | None
    """Since when replies have been called for, where the action is one."""
    spread: Spread | None
    """At whom each option is directed all at once, where the action is."""

    @property
    def ask(self) -> str:
        """The question that it answers; empty of an action."""
        return self.action_id.rpartition(".")[0]

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """Who does it at whom, option by option; pair by pair where it is directed at several at once."""
        if self.spread is None:
            return tuple((option.actor, option.target) for option in self.options)
        return tuple((self.options[place].actor, self.names[target]) for place, target in self.spread.pairs)

    def at(self, option: Option, effect: Effect, target: int | None) -> Option:
        """Whose effect it is: an option, or what it does at one of several."""
        if self.spread is None or target is None or not says_target(effect):
            return option
        return Option(option.actor, self.action_id, self.names[target])
