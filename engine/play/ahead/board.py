"""The odds of every choice, as far as they are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine.batch.analysis.differences import Interval, paired_shares, variance_of_mean
from engine.batch.statistics import Z_95, Share, share_of
from engine.play.ahead.tasks import Block
from engine.play.forecast import Plan
from engine.rules.arrays import Numbers, Rows
from engine.rules.rulebook import Rules

LETTERS = 20
"""Futures that a choice is shown as."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, or a difference of two means, with its 95 % interval; not a number where nothing is known."""

    mean: float
    low: float
    high: float

    @property
    def reach(self) -> float:
        """Half of the interval's width: what stands after the +-."""
        return (self.high - self.low) / 2

    @property
    def is_same(self) -> bool:
        """Whether no difference at all is within the interval."""
        return self.low <= 0.0 <= self.high


@dataclass(frozen=True)
class PlanOdds:
    """What is known of one plan: how its futures close, beside those of the baseline on the same chance."""

    plan: Plan
    endings: tuple[str, ...]
    """All endings of the scenario, in its order."""
    closed: Rows
    """The number of each future's ending: shape (futures,)."""
    scores: Numbers
    """The actor's score in each: shape (futures,)."""
    closed_otherwise: Rows
    """The same of the baseline."""
    scores_otherwise: Numbers

    @property
    def futures(self) -> int:
        """How many futures it rests on."""
        return len(self.closed)

    @cached_property
    def shares(self) -> dict[str, Share]:
        """The share of futures that close with each ending, with Wilson's limits."""
        counts = np.bincount(self.closed, minlength=len(self.endings))
        return {name: share_of(int(count), self.futures) for name, count in zip(self.endings, counts, strict=True)}

    @cached_property
    def changes(self) -> dict[str, Estimate]:
        """By how much each ending's share is above the baseline's, over pairs of futures (Newcombe 1998)."""
        return {name: self._change(number) for number, name in enumerate(self.endings)}

    @cached_property
    def score(self) -> Estimate:
        """The actor's mean score at the end, 0..100."""
        return estimate(self.scores)

    @cached_property
    def score_change(self) -> Estimate:
        """By how much it is above the baseline's, over pairs of futures."""
        return estimate(self.scores - self.scores_otherwise)

    @property
    def is_same(self) -> bool:
        """Whether neither the endings nor the score differ from the baseline by more than the noise."""
        score = self.score_change
        return (math.isnan(score.mean) or score.is_same) and all(change.is_same for change in self.changes.values())

    def twenty(self) -> tuple[str, ...]:
        """Twenty futures as endings, in the order of the scenario, by largest remainder; none of none."""
        counts = np.bincount(self.closed, minlength=len(self.endings))
        shown = largest_remainder([int(count) for count in counts], LETTERS) if self.futures else []
        return tuple(name for name, times in zip(self.endings, shown, strict=False) for _ in range(times))

    def _change(self, ending: int) -> Estimate:
        one, other = self.closed_otherwise == ending, self.closed == ending
        both, first, second = int((one & other).sum()), int((one & ~other).sum()), int((~one & other).sum())
        if not first and not second:
            return Estimate(0.0, 0.0, 0.0) if self.futures else UNKNOWN
        found: Interval = paired_shares(both, first, second, self.futures - both - first - second)
        return Estimate((second - first) / self.futures, found.low, found.high)


UNKNOWN = Estimate(math.nan, -math.inf, math.inf)
"""Of no futures."""


def estimate(values: Numbers) -> Estimate:
    """The mean of independent values with its normal 95 % interval; unknown where one is not a number."""
    if not len(values) or np.isnan(values).any():
        return UNKNOWN
    variance, _ = variance_of_mean(values)
    mean, reach = float(values.mean()), Z_95 * math.sqrt(variance)
    return Estimate(mean, mean - reach, mean + reach)


def largest_remainder(counts: Sequence[int], places: int) -> list[int]:
    """So many places shared out in proportion to counts; the first of equal remainders wins (Hamilton's method)."""
    total = sum(counts)
    whole = [count * places // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda number: -(counts[number] * places % total))
    for number in by_remainder[: places - sum(whole)]:
        whole[number] += 1
    return whole


@dataclass(frozen=True)
class OddsBoard:
    """The futures of every plan of an actor in an open turn, the first plan being what the rest are compared with."""

    generation: int
    """Which question it answers."""
    turn: int
    actor: str
    plans: tuple[Plan, ...]
    endings: tuple[str, ...]
    closed: Rows
    """Shape (plans, futures)."""
    scores: Numbers
    """Shape (plans, futures)."""

    @property
    def futures(self) -> int:
        """How many futures there are of each plan."""
        return int(self.closed.shape[1])

    def with_block(self, block: Block) -> OddsBoard:
        """With the futures that come next."""
        assert block.first == self.futures, "blocks come in order"
        return replace(
            self,
            closed=np.concatenate([self.closed, block.endings], axis=1),
            scores=np.concatenate([self.scores, block.scores], axis=1),
        )

    def __getitem__(self, plan: Plan) -> PlanOdds:
        """What is known of a plan; KeyError where it was not asked for."""
        return self.odds[plan]

    @cached_property
    def odds(self) -> dict[Plan, PlanOdds]:
        """What is known of each plan."""
        return {
            plan: PlanOdds(plan, self.endings, closed, scores, self.closed[0], self.scores[0])
            for plan, closed, scores in zip(self.plans, self.closed, self.scores, strict=True)
        }

    def beside(self, plan: Plan, other: Plan) -> PlanOdds:
        """What is known of a plan, compared with another than the first."""
        own, otherwise = self.odds[plan], self.odds[other]
        return replace(own, closed_otherwise=otherwise.closed, scores_otherwise=otherwise.scores)

    @property
    def baseline(self) -> PlanOdds:
        """What is known of the plan that the rest are compared with."""
        return self.odds[self.plans[0]]

    def ranking(self) -> tuple[PlanOdds, ...]:
        """All plans by the actor's mean score, the best first, and in the order of asking where equal."""
        scored = [odds for odds in self.odds.values() if not math.isnan(odds.score.mean)]
        return tuple(sorted(scored, key=lambda odds: -odds.score.mean)) or tuple(self.odds.values())


def empty_board(rules: Rules, generation: int, turn: int, actor: str, plans: Sequence[Plan]) -> OddsBoard:
    """Before the first future is known."""
    endings = tuple(ending.id for ending in rules.scenario.endings)
    nothing = (len(plans), 0)
    return OddsBoard(
        generation, turn, actor, tuple(plans), endings, np.zeros(nothing, dtype=np.intp), np.zeros(nothing)
    )
