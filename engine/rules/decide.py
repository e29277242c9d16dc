"""How an actor decides: options compete as hazards.

``rate = exp(G / temperature) / tempo``; in a pace of length D an actor moves with probability
``1 - exp(-D * sum of rates)`` and takes an option in proportion to its rate.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.expressions import exponential
from engine.rules.arrays import Numbers, YesNo

NO_MOVE = -1
"""The option of an actor that does nothing."""


@dataclass(frozen=True)
class Appraisal:
    """What everybody may do at one moment, and what it promises: of every option, shape (options, runs) each."""

    legal: YesNo
    gain: Numbers
    """0 where it is not legal."""
    rates: Numbers
    """In moves a day."""


def chance_to_move(total_rate: Numbers, days: float) -> Numbers:
    """The probability that an actor moves in some days, from the sum of its rates."""
    chance: Numbers = 1.0 - exponential(-days * total_rate)
    return chance
