"""The odds of every choice, as far as they are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from engine.play.ahead.pair import Estimate, Pair, difference
from engine.play.ahead.tasks import Block
from engine.play.plans import Plan
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.rulebook import Rules

__all__ = ["Estimate", "OddsBoard", "PlanOdds", "empty_board"]


@dataclass(frozen=True)
class PlanOdds(Pair):
    """What is known of one plan: how its futures close, beside those of the baseline."""

    plan: Plan
    flags: tuple[str, ...]
    """All flags of the scenario, in its order."""
    came: YesNo
    """Which of them stand at yes as each future closes: shape (flags, futures)."""
    came_otherwise: YesNo
    """The same of what it is compared with."""

    @cached_property
    def flag_changes(self) -> dict[str, Estimate]:
        """By how much each flag is likelier to come about than otherwise, over pairs of futures (Newcombe 1998)."""
        pairs = zip(self.flags, self.came_otherwise, self.came, strict=True)
        return {flag: difference(one, other) for flag, one, other in pairs}


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
    flags: tuple[str, ...]
    came: YesNo
    """Shape (plans, flags, futures)."""

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
            came=np.concatenate([self.came, block.came], axis=2),
        )

    def __getitem__(self, plan: Plan) -> PlanOdds:
        """What is known of a plan; KeyError where it was not asked for."""
        return self.odds[plan]

    @cached_property
    def odds(self) -> dict[Plan, PlanOdds]:
        """What is known of each plan."""
        return {
            plan: PlanOdds(
                self.endings, closed, scores, self.closed[0], self.scores[0], plan, self.flags, came, self.came[0]
            )
            for plan, closed, scores, came in zip(self.plans, self.closed, self.scores, self.came, strict=True)
        }

    def beside(self, plan: Plan, other: Plan) -> PlanOdds:
        """What is known of a plan, compared with another than the first."""
        own, otherwise = self.odds[plan], self.odds[other]
        return replace(
            own,
            closed_otherwise=otherwise.closed,
            scores_otherwise=otherwise.scores,
            came_otherwise=otherwise.came,
        )

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
    flags, many = tuple(rules.scenario.flags), len(plans)
    return OddsBoard(
        generation,
        turn,
        actor,
        tuple(plans),
        endings,
        np.zeros((many, 0), dtype=np.intp),
        np.zeros((many, 0)),
        flags,
        np.zeros((many, len(flags), 0), dtype=np.bool_),
    )
