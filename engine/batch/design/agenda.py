"""Agendas: what a side does whenever it may, in the order of its wishes, with another list from each day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.batch.design.policies import SEATS, BatchPolicy, Moment, RuleSeat, best_of, nothing, where_legal
from engine.rules.arrays import Rows
from engine.rules.asks import Asking
from engine.rules.decide import NO_MOVE
from engine.rules.options import Option

Wishes = Mapping[int, tuple[str, ...]]
"""By the pace from which on they hold, actions or ``action:target``, the dearest first."""


@dataclass(frozen=True)
class Whenever(RuleSeat):
    """Takes the first of some wishes that is legal; else does as otherwise.

    A wish is an action, which is aimed at the target that promises most, or ``action:target``.
    """

    wishes: tuple[str, ...]
    otherwise: BatchPolicy

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The first that is legal."""
        choice = self.otherwise.decide(moment, actor)
        for wish in reversed(self.wishes):
            number = fulfilled(moment, actor, wish)
            choice = np.where(number == NO_MOVE, choice, number)
        return choice

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """The first wish that answers it."""
        answer = self.otherwise.answer(moment, asking)
        for wish in reversed(self.wishes):
            option = Option(asking.actor, wish)
            if option.answers == asking.ask:
                given = where_legal(moment, option)
                answer = np.where(given == NO_MOVE, answer, given)
        return answer


@dataclass(frozen=True)
class Agenda(RuleSeat):
    """Wishes by the pace from which on they hold; before the first of these it does as otherwise."""

    phases: Wishes
    otherwise: BatchPolicy = SEATS["hold"]

    def decide(self, moment: Moment, actor: str) -> Rows:
        """The first wish of the present phase that is legal."""
        return self._now(moment).decide(moment, actor)

    def answer(self, moment: Moment, asking: Asking) -> Rows:
        """The first wish of the present phase that answers it."""
        return self._now(moment).answer(moment, asking)

    def _now(self, moment: Moment) -> Whenever:
        begun = [tick for tick in self.phases if tick <= moment.world.tick]
        return Whenever(self.phases[max(begun)] if begun else (), self.otherwise)


def fulfilled(moment: Moment, actor: str, wish: str) -> Rows:
    """The option that a wish means, or NO_MOVE where it is not legal: shape (runs,)."""
    action, _, target = wish.partition(":")
    if not target:
        return most_promising(moment, actor, action)
    return where_legal(moment, Option(actor, action, target))


def most_promising(moment: Moment, actor: str, action: str) -> Rows:
    """The option of an action with the largest gain, or NO_MOVE where none is legal: shape (runs,)."""
    own = moment.options_of(actor)
    mine = [number for number in range(own.start, own.stop) if moment.rules.options[number].action == action]
    return best_of(moment, slice(mine[0], mine[-1] + 1), -np.inf) if mine else nothing(moment)
