"""Names for the arrays of the rule book; runs are always the last axis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type_of_state = np.float64
"""The precision in which a world is kept."""

Numbers = NDArray[np.float64]
"""Numbers: scalar, (runs,) or (things, runs)."""

YesNo = NDArray[np.bool_]
"""Conditions, of the same shapes."""

Rows = NDArray[np.intp]
"""Indices into the rows of a world's state."""


def sum_in_order(parts: Numbers) -> Numbers:
    """The sum over the first axis, term by term in order.

    ``sum(axis=0)`` adds an (n, 1) array pairwise and an (n, runs) array in order, which differ in the
    last bit; a run alone must be the run among others.
    """
    total: Numbers = np.add.accumulate(parts, axis=0)[-1]
    return total
