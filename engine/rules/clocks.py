"""Clocks: each actor, and each event without a date, waits for a time that is spent at the rate of its hazard.

The internal times of the modified next reaction method (Anderson 2007, J. Chem. Phys. 127, 214107): a clock rings when
the hazard that has passed reaches an exponential wait. Between two looks at the world hazards are taken to stand still,
and a clock rings at most once. The time that is left when it rings is not lost: it is added to the next pace, as far as
it is no longer than a pace. What is carried is time and not hazard, since hazards are others once a move is made.
"""

from __future__ import annotations

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Words, uniforms_at, waits


def run_on(
    clock: tuple[Numbers, Numbers, Numbers],
    active: YesNo,
    hazard: Numbers,
    chance: tuple[int, int, Words],
) -> tuple[Rows, Numbers]:
    """A clock runs on by the hazard of a pace, shape (runs,), where it is active and that is above 0.

    ``clock`` is what is left of its wait, the time in paces that it is ahead by, and how often it has rung, shape
    (runs,) each, which are changed; ``chance`` is the seed, the clock's stream and the number of each run. Gives the
    places of the runs in which it rings, and four uniform numbers for each of them, shape (4, ringing), of which the
    first is used up.
    """
    wait, ahead, counts = clock
    time = 1.0 + ahead
    spent = hazard * time
    rings = active & (spent >= wait)
    np.subtract(wait, spent, out=wait, where=active & ~rings)
    np.copyto(ahead, 0.0, where=active)
    runs = rings.nonzero()[0]
    if not len(runs):
        return runs, np.zeros((4, 0))
    counts[runs] += 1.0
    seed, stream, numbers = chance
    u = uniforms_at(seed, stream, numbers[runs], counts[runs].astype(np.uint64))
    ahead[runs] = np.minimum(time[runs] - wait[runs] / hazard[runs], 1.0) + 0.0
    wait[runs] = waits(u[0])
    return runs, u
