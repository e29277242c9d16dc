"""How an actor decides: options compete as hazards.

``rate = exp(G / temperature) / tempo``; in a time of length D an actor moves with probability
``1 - exp(-D * sum of rates)``, which its clock decides, and takes an option in proportion to its rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.expressions import exponential
from engine.rules.arrays import Numbers, Rows, sum_in_order, sums_in_order
from engine.rules.clocks import run_on
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
    days: Numbers
    """For how long each actor's rates count, with the time that its clock is ahead by: shape (actors, runs)."""


def chance_to_move(total_rate: Numbers, time: Numbers | float) -> Numbers:
    """The probability that an actor moves in a time of some days, from the sum of its rates."""
    chance: Numbers = 1.0 - exponential(-time * total_rate)
    return chance


def choose(world: World, actor: str, numbers: slice, rates: Numbers, pace: float) -> Rows:
    """What one actor does in each run: an option number or NO_MOVE, of shape (runs,). Its clock runs on."""
    own, stream = rates[numbers], f"actor:{actor}"
    total = sum_in_order(own)
    choice = np.full(world.runs, NO_MOVE, dtype=np.intp)
    active = (total > 0.0) & world.is_open
    if active.any():
        moving, u = run_on(world.clock(stream), active, total * pace, world.chance_of(stream))
        if len(moving):
            ranks = (sums_in_order(own[:, moving]) <= u[1] * total[moving]).sum(axis=0)
            places = np.minimum(ranks, len(own) - 1)
            choice[moving] = np.where(own[places, moving] > 0.0, numbers.start + places, NO_MOVE)
    return choice
