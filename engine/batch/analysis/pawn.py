"""PAWN: how far the distribution of an outcome moves when one assumption is known.

Pianosi and Wagener, "Distribution-based sensitivity analysis from a generic input-output sample", Environmental
Modelling & Software 108 (2018), 197-207: the largest distance between the distribution of the outcome at the points
of a slice of one assumption and that at all points (Kolmogorov and Smirnov); the index is the median over the slices.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from engine.rules.arrays import Numbers

SLICES = 10
"""Slices of a number; fewer where there are few points."""

FEWEST = 8
"""Points that a slice should have."""


def slices(values: Numbers, number: int) -> list[np.ndarray[Any, Any]]:
    """The points of each slice, bounded by quantiles as SALib does: the largest number is in none of them."""
    edges = np.nanquantile(values, np.linspace(0.0, 1.0, number + 1))
    found = [(values >= low) & (values < high) for low, high in pairwise(edges)]
    return [slice_ for slice_ in found if slice_.any()]


def choices(values: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    """The points at each choice of a lever: each choice is a slice."""
    return [values == choice for choice in np.unique(values)]


def index(groups: list[np.ndarray[Any, Any]], outcome: Numbers) -> float:
    """The median over slices of the distance of Kolmogorov and Smirnov; 0 where there are no slices."""
    return float(np.median([distance(outcome[group], outcome) for group in groups])) if groups else 0.0


def distance(part: Numbers, whole: Numbers) -> float:
    """The largest difference between two empirical distributions."""
    grid = np.concatenate([part, whole])
    below = np.searchsorted(np.sort(part), grid, side="right") / len(part)
    below_all = np.searchsorted(np.sort(whole), grid, side="right") / len(whole)
    return float(np.abs(below - below_all).max())


def interval(
    groups: list[np.ndarray[Any, Any]], outcome: Numbers, rng: np.random.Generator, resamples: int
) -> tuple[float, float]:
    """Where 95 % of the indices of resampled points lie, moved by the bootstrap's estimate of bias.

    A sample drawn again has fewer different points, and so larger distances: Efron and Tibshirani, *An Introduction
    to the Bootstrap* (1993), chapter 10.
    """
    n, own = len(outcome), index(groups, outcome)
    found = []
    for _ in range(resamples):
        again = rng.integers(0, n, n)
        found.append(index([group[again] for group in groups if group[again].any()], outcome[again]))
    bias = float(np.mean(found)) - own
    low, high = np.quantile(found, (0.025, 0.975)) - bias
    return max(0.0, float(low)), min(1.0, float(high))


def by_chance(groups: list[np.ndarray[Any, Any]], outcome: Numbers, rng: np.random.Generator, resamples: int) -> float:
    """Below what 95 % of the indices lie once the outcomes are shuffled, so that nothing hangs on anything."""
    return float(np.quantile([index(groups, rng.permutation(outcome)) for _ in range(resamples)], 0.95))
