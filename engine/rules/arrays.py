"""Names for the arrays of the rule book; runs are always the last axis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
"""Numbers: scalar, (runs,) or (things, runs)."""

YesNo = NDArray[np.bool_]
"""Conditions, of the same shapes."""

Rows = NDArray[np.intp]
"""Indices into the rows of a world's state."""


def sum_in_order(parts: Numbers) -> Numbers:
    """The sum over the first axis of (things, runs), term by term in order.

    ``sum(axis=0)`` adds an (n, 1) array pairwise and an (n, runs) array in order, which differ in the
    last bit; a run alone must be the run among others.
    """
    if parts.shape[1] == 1:
        return np.add.accumulate(parts, axis=0)[-1]  # type: ignore[no-any-return]  # numpy's typing of ufuncs
    return np.add.reduce(parts, axis=0)  # type: ignore[no-any-return]


def sums_in_order(parts: Numbers) -> Numbers:
    """The running sums over the first axis: the same as ``np.add.accumulate``, which is many times slower."""
    sums = np.empty_like(parts)
    sums[0] = parts[0]
    for row in range(1, len(parts)):
        np.add(sums[row - 1], parts[row], out=sums[row])
    return sums


def held(numbers: Numbers, low: Numbers | float, high: Numbers | float) -> Numbers:
    """The numbers, held between two ends."""
    return np.clip(numbers, low, high)
