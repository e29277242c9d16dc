"""What the functions do to numpy arrays: the same bits for one run alone as for that run among many.

Sums go one after the other (numpy's own sum pairs differently by shape), and `exp` is the portable one. Lowest and
highest add 0.0, because which of 0.0 and -0.0 numpy calls the lower depends on the length of the array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.expressions.portable import exponential, logistic
from engine.expressions.ranges import ZERO_BELOW

Array = NDArray[Any]

_FEW = 16
"With fewer values in a row than this, numpy's running sum is quicker than a loop over the rows."


def lowest_of(*numbers: Array) -> Array:
    """Return the lowest, element by element."""
    return reduce(np.minimum, numbers) + 0.0


def highest_of(*numbers: Array) -> Array:
    """Return the highest, element by element."""
    return reduce(np.maximum, numbers) + 0.0


def clamp(x: Array, low: Array, high: Array) -> Array:
    """Return x held from below, then from above."""
    return np.minimum(np.maximum(x, low), high) + 0.0


def root(x: Array) -> Array:
    """Return the square root of x, of 0 where x is below 0."""
    return np.sqrt(np.maximum(x, 0.0) + 0.0)


def ratio(a: Array, b: Array, if_zero: Array) -> Array:
    """Return a / b, or if_zero where b is all but zero."""
    is_zero = np.abs(b) < ZERO_BELOW
    return np.where(is_zero, if_zero, a / np.where(is_zero, 1.0, b))


def count(flags: Array) -> Array:
    """Return how many flags of the first axis are yes, as a float."""
    counted: Array = np.add.reduce(flags, axis=0, dtype=np.float64)
    return counted


def total(numbers: Array) -> Array:
    """Return the sum over the first axis, added in order either way: in one call if small, or else row by row."""
    whole: Array
    if numbers[0].size < _FEW:
        whole = np.add.accumulate(numbers, axis=0)[-1]
        return whole
    whole = numbers[0].copy()
    for row in numbers[1:]:
        whole += row
    return whole


def weight(flags: Array, capability: Array) -> Array:
    """Return the share of the capability, shape (actors,), of those whose flag, shape (actors, ...), is yes."""
    whole = total(capability)
    if whole == 0.0:
        return np.zeros(flags.shape[1:])
    column = capability.reshape(-1, *(1,) * (flags.ndim - 1))
    return total(flags * column) / whole


OF_NUMBERS: Mapping[str, Callable[..., Array]] = {
    "abs": np.abs,
    "min": lowest_of,
    "max": highest_of,
    "clamp": clamp,
    "exp": exponential,
    "sqrt": root,
    "logistic": logistic,
    "ratio": ratio,
}
"What each function of numbers does to float arrays that broadcast together."

OVER_GROUP: Mapping[str, Callable[[Array, Array], Array]] = {
    "count": lambda flags, _: count(flags),
    "share": lambda flags, _: count(flags) / len(flags),
    "any": lambda flags, _: np.logical_or.reduce(flags, axis=0),
    "all": lambda flags, _: np.logical_and.reduce(flags, axis=0),
    "weight": weight,
    "mean": lambda numbers, _: total(numbers) / len(numbers),
    "lowest": lambda numbers, _: np.minimum.reduce(numbers, axis=0) + 0.0,
    "highest": lambda numbers, _: np.maximum.reduce(numbers, axis=0) + 0.0,
    "total": lambda numbers, _: total(numbers),
}
"What each function over a group does to the actors' values, (actors, ...), and their capability, (actors,)."
