"""How an actor decides: options compete as hazards.

``rate = exp(G / temperature) / tempo``; in a pace of length D an actor moves with probability
``1 - exp(-D * sum of rates)`` and takes an option in proportion to its rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.expressions import exponential
from engine.rules.arrays import Numbers, Rows, sum_in_order, sums_in_order
from engine.rules.options import Offer
from engine.rules.world import World

NO_MOVE = -1
"""The option of an actor that does nothing."""


@dataclass(frozen=True)
class Appraisal:
    """What everybody may do at one moment, and what it promises."""

    offers: tuple[Offer, ...]
    rates: Numbers
    """Of every option, in moves a day: shape (options, runs)."""


def chance_to_move(total_rate: Numbers, days: float) -> Numbers:
    """The probability that an actor moves in some days, from the sum of its rates."""
    chance: Numbers = 1.0 - exponential(-days * total_rate)
    return chance


def choose(world: World, actor: str, numbers: slice, rates: Numbers, pace: float) -> Rows:
    """What one actor does in each run, in a pace of some days: an option number or NO_MOVE, of shape (runs,)."""
    own = rates[numbers]
    total = sum_in_order(own)
    choice = np.full(world.runs, NO_MOVE, dtype=np.intp)
    if not total.any():
        return choice
    moves, which, *_ = world.draws.uniforms(f"actor:{actor}", world.tick)
    moving = (moves < chance_to_move(total, pace)).nonzero()[0]
    if len(moving):
        ranks = (sums_in_order(own[:, moving]) <= which[moving] * total[moving]).sum(axis=0)
        choice[moving] = numbers.start + np.minimum(ranks, len(own) - 1)
    return choice
