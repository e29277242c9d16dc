"""How much of a score is the luck of the runs, and of which questions happened to be asked: by the bootstrap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.assessment.scores import Numbers
from engine.rules.draws import Draws

TIMES = 400
"""How often runs and targets are drawn anew."""


def drawn_anew(things: int, seed: int, stream: str, times: int = TIMES) -> NDArray[np.intp]:
    """How often each of some things is in each of many samples drawn with replacement: shape (times, things).

    By the engine's own draws, so that intervals have the same digits everywhere.
    """
    draws = Draws(seed, 0, max(1, things))
    counts = np.zeros((times, things), dtype=np.intp)
    for number in range(times):
        picked = (draws.uniforms(stream, number)[0][:things] * things).astype(np.intp)
        counts[number] = np.bincount(picked, minlength=things)
    return counts


def interval(samples: Numbers) -> tuple[float, float]:
    """The middle 95 % of many samples."""
    low, high = np.quantile(samples, (0.025, 0.975))
    return float(low), float(high)
