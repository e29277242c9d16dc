"""Shares over runs of several design points, which share their chance: the one rule by which they are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from engine.batch.analysis.differences import t_95
from engine.batch.statistics import Z_95, Share, share_among, share_of
from engine.rules.arrays import Numbers, YesNo


def clustered_share(had: Numbers, of: Numbers) -> Share:
    """A share with its 95 % interval, where ``had`` of ``of`` design points have it in each run: shape (runs,).

    The same run has the same chance at every point, so that its points are no independent cases. The interval is
    Wilson's for as many independent runs as know the share equally well: ``p (1 - p) / Var(p)``, with the variance of
    a ratio of two totals over runs (Cochran, *Sampling Techniques*, 3rd ed. 1977, 6.3), made smaller by the square of
    Student's t over z since the variance is itself known from these runs (Korn and Graubard, Survey Methodology 24,
    1998, 193-201). It is never less than were all points of a run alike, ``n^2 / sum of of^2``, nor more than all.
    """
    count, total, runs = int(had.sum()), int(of.sum()), len(of)
    if not total or bool((of <= 1).all()):
        return share_of(count, total)
    least = total**2 / float((of**2).sum())
    share = count / total
    if not 0 < count < total or runs < 2:
        return share_among(count, total, least)
    apart = had - share * of
    variance = runs / (runs - 1) * float(apart @ apart) / total**2
    known = share * (1 - share) / variance * (Z_95 / t_95(runs - 1)) ** 2 if variance > 0 else total
    return share_among(count, total, min(total, max(least, known)))


def shares_by_run(runs: np.ndarray[Any, Any], asked: Iterable[YesNo]) -> tuple[Share, ...]:
    """The same of rows, of which each has the number of its run, for several questions: each of shape (rows,)."""
    place = np.unique(runs, return_inverse=True)[1]
    of = np.bincount(place).astype(np.float64)
    return tuple(clustered_share(np.bincount(place, yes, len(of)).astype(np.float64), of) for yes in asked)
