"""What is left of some numbers once they are held against facets: waves of history matching, then rejection.

Approximate Bayesian computation by rejection (Pritchard and others, Molecular Biology and Evolution 16(12), 1999), with
the points that history matching leaves as the prior, as McCulloch and others (2022) have it. The distance is the mean
score over facets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.assessment.calibration.matching import match
from engine.assessment.calibration.trial import Facet, Trial
from engine.assessment.scores import Numbers

KEPT = 0.2
"""The share of the points that are left whose distance is smallest, which are kept."""

FEWEST = 20
"""Points that are kept at least, if there are as many."""

SHRINKS = 0.9
"""A wave that leaves more than this share of the space is the last."""


@dataclass(frozen=True)
class Fit:
    """What some facets leave."""

    kept: NDArray[np.intp]
    """The numbers of the points that are kept: the posterior."""
    epsilon: float
    """The largest distance of one that is kept."""
    plausible: int
    """Points that history matching leaves."""
    missed: tuple[Facet, ...]
    """Facets that no point of the first wave brings about, so that they rule nothing out."""


@dataclass(frozen=True)
class Box:
    """Where points are drawn: between two quantiles of each number's prior."""

    low: Numbers
    high: Numbers

    @classmethod
    def whole(cls, numbers: int) -> Box:
        """All that numbers may be."""
        return cls(np.zeros(numbers), np.ones(numbers))

    @property
    def width(self) -> Numbers:
        """How wide it is, number by number."""
        return self.high - self.low

    def around(self, quantiles: Numbers) -> Box:
        """The box in it around some points, wider by the mean gap between as many: shape (points, numbers)."""
        gap = self.width / (len(quantiles) + 1)
        return Box(
            np.maximum(self.low, quantiles.min(axis=0) - gap), np.minimum(self.high, quantiles.max(axis=0) + gap)
        )

    def holds(self, quantiles: Numbers) -> NDArray[np.bool_]:
        """Which points lie in it."""
        within: NDArray[np.bool_] = np.all((quantiles >= self.low) & (quantiles <= self.high), axis=1)
        return within

    def share_of(self, other: Box) -> float:
        """How much of another box it is."""
        return float(np.prod(self.width / other.width))


def fit(
    trials: Sequence[Trial], first: int, within: NDArray[np.bool_] | None = None, without: Facet | None = None
) -> Fit:
    """What facets leave of the points of some crises, each of which counts once.

    ``first`` are the points of the first wave; only points ``within`` count, in shape (points,); ``without`` is a facet
    that is left out.
    """
    matched = match(trials, first)
    use = np.array([facet != without for facet in matched.facets])
    inside = np.ones(len(matched.implausibility), dtype=np.bool_) if within is None else within
    plausible = matched.plausible(use) & inside
    candidates = np.flatnonzero(plausible if plausible.any() else inside)
    distance = distances(trials, without)[candidates]
    many = min(len(candidates), max(FEWEST, int(np.ceil(KEPT * len(candidates)))))
    nearest = np.argsort(distance, kind="stable")[:many]
    missed = tuple(facet for facet, is_missed in zip(matched.facets, matched.missed & use, strict=True) if is_missed)
    return Fit(np.sort(candidates[nearest]), float(distance[nearest[-1]]), int(plausible.sum()), missed)


def plausible_in(trials: Sequence[Trial], first: int, within: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of some points history matching leaves: shape (points,) each."""
    matched = match(trials, first)
    return matched.plausible(np.ones(len(matched.facets), dtype=np.bool_)) & within


def distances(trials: Sequence[Trial], without: Facet | None = None) -> Numbers:
    """The mean over crises of the mean error over their facets: shape (points,)."""
    of_crises = []
    for trial in trials:
        use = [place for place, facet in enumerate(trial.facets) if facet != without]
        if use:
            of_crises.append(trial.errors[:, use].mean(axis=1))
    found: Numbers = np.mean(of_crises, axis=0)
    return found
