"""What chance alone makes of differences between design points, whose runs share their chance.

A point's outcome is a mean over runs, so that two points may differ although neither has more of it in the long run.
How far tells the runs themselves: were the difference nothing, its mean over runs would be as far from 0 as its runs
lie apart. Where an assumption moves no run at all, there is nothing to lie apart, and any index of it is exactly 0.
"""

from __future__ import annotations

import math

import numpy as np

from engine.rules.arrays import Numbers

SEED = 1
"""Of the resampling, so that the same question has the same answer."""

CHANCES = 999
"""How often chance is tried, so that p is known to a thousandth."""

SMALLEST = 1e-9
"""Indices nearer than this, as a part of the largest that chance could make, are told apart by rounding only."""


def by_chance(apart: Numbers, rng: np.random.Generator, number: int = CHANCES) -> Numbers:
    """Mean differences as they could be had nothing an effect: shape (differences, number).

    ``apart`` of shape (differences, runs) says how far each run's difference lies from the mean over runs. All
    differences of a run are moved by the same random number (the multiplier bootstrap: Hansen 1996; van der Vaart and
    Wellner, *Weak Convergence and Empirical Processes*, 2.9), since they share that run's chance; the sums are widened
    as Student's t is, for how far runs lie apart is itself known from them alone. With one run nothing is known of
    chance, and all that differs is taken for an effect.
    """
    runs = apart.shape[1]
    if runs < 2:
        return np.broadcast_to(np.float64(0.0), (len(apart), number))
    widened = np.sqrt((runs - 1) / rng.chisquare(runs - 1, number))
    moved: Numbers = apart @ (rng.standard_normal((runs, number)) * widened / math.sqrt(runs * (runs - 1)))
    return moved


def judged(index: float, by_luck: Numbers) -> tuple[float, float]:
    """Below which 95 % of the indices by chance lie, and how often one is as large as that which was found."""
    least = SMALLEST * max(abs(index), float(by_luck.max(initial=0.0)))
    as_large = int((by_luck >= index - least).sum()) if index > 0.0 else len(by_luck)
    return float(np.quantile(by_luck, 0.95)), (1 + as_large) / (1 + len(by_luck))


def trend(differences: Numbers, apart: Numbers, steps: Numbers) -> float:
    """How often chance would make differences go with an assumption's steps as they do here: Student's t over runs.

    ``differences`` and ``steps`` have shape (differences,), ``apart`` (differences, runs). Where the outcome rises or
    falls with an assumption all along, a few runs tell so, for which an index of squares needs many. 1 with one run.
    """
    runs = apart.shape[1]
    mean, along = float(steps @ differences), steps @ apart
    error = math.sqrt(float(along @ along) / (runs * (runs - 1))) if runs > 1 else math.inf
    if abs(mean) <= SMALLEST * float(np.abs(steps) @ np.abs(differences)) or math.isinf(error):
        return 1.0
    from scipy.special import stdtr  # loaded only for those who ask

    return float(2 * stdtr(runs - 1, -abs(mean) / error)) if error else 0.0


def either(*found: float) -> float:
    """The p of several tests of one thing, any of which may tell: the smallest, times their number (Bonferroni)."""
    return min(1.0, len(found) * min(found))
