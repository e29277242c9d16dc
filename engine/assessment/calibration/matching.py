"""History matching: which points could not plausibly have brought about what happened.

McCulloch, Ge, Ward, Heppenstall, Polhill and Malleson (JASSS 25(2):1, 2022), after Craig and others (1997): a point is
implausible on a question whose answer was *z* where the mean *f* of its runs lies too far from it for all that is
uncertain,

    I = |z - f| / sqrt(V_s + V_m + V_o)  >  3

(Pukelsheim, The American Statistician 48(2), 1994: of any distribution with one peak at least 95 % lies within three
standard deviations). V_s is the variance of the ensemble, the runs of the point with what came, which is one run more
where the point is right; V_m the discrepancy of the model, the variance over points of |z - f|; V_o that of the
observation: a pace does not tell its days apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.assessment.calibration.trial import Facet, Trial
from engine.assessment.questions import DAY, Question
from engine.assessment.scores import Numbers

THRESHOLD = 3.0
"""A point farther off than this is implausible."""

ENOUGH = 5
"""Of so many facets or more one may be off: the second largest implausibility is looked at."""


@dataclass(frozen=True)
class Matched:
    """How implausible some points are."""

    facets: tuple[Facet, ...]
    implausibility: Numbers
    """Of each point on each facet: shape (points, facets)."""
    missed: NDArray[np.bool_]
    """Facets on which every point of the first wave is implausible, so that they tell none apart: shape (facets,)."""

    def plausible(self, use: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which points are not implausible on some facets: shape (facets,) -> (points,)."""
        looked_at = self.implausibility[:, use & ~self.missed]
        if not looked_at.shape[1]:
            return np.ones(len(looked_at), dtype=np.bool_)
        which = -2 if looked_at.shape[1] >= ENOUGH else -1
        within: NDArray[np.bool_] = np.sort(looked_at, axis=1)[:, which] <= THRESHOLD
        return within


def match(trials: Sequence[Trial], first: int) -> Matched:
    """Of several crises at the same points, of which the ``first`` so many are those of the first wave."""
    found = np.concatenate([_of_crisis(trial, first) for trial in trials], axis=1)
    facets = tuple(facet for trial in trials for facet in trial.facets)
    missed: NDArray[np.bool_] = np.all(found[:first] > THRESHOLD, axis=0)
    return Matched(facets, found, missed)


def _of_crisis(trial: Trial, first: int) -> Numbers:
    """The root of the mean square over the questions of each facet: shape (points, facets)."""
    days = trial.crisis.scenario.timeline.pace_in_days
    squares = np.stack(
        [
            squared(question, values, first, days)
            for question, values in zip(trial.crisis.fit, trial.values, strict=True)
        ]
    )
    found: Numbers = np.sqrt(trial.by_facet(squares))
    return found


def squared(question: Question, values: Numbers, first: int, days: float) -> Numbers:
    """The square of the implausibility on one question: shape (points, runs) -> (points,)."""
    assert question.truth is not None, "only known answers are matched"
    counted = ~np.isnan(values)
    runs = counted.sum(axis=1)
    mean = np.where(counted, values, 0.0).sum(axis=1) / np.maximum(runs, 1)
    far = np.where(runs > 0, np.abs(question.truth - mean), 0.0)
    among = (mean * runs + question.truth) / (runs + 1)
    spread = np.where(counted, (values - among[:, np.newaxis]) ** 2, 0.0).sum(axis=1)
    ensemble = (spread + (question.truth - among) ** 2) / np.maximum(runs, 1)
    discrepancy = float(np.var(far[:first], ddof=1)) if first > 1 else 0.0
    observed = days**2 / 12 if question.kind == DAY else 0.0
    doubt = ensemble + discrepancy + observed
    found: Numbers = far**2 / np.where(doubt > 0, doubt, 1.0)
    return found
