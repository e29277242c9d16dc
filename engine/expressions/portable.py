"""exp, log, cos and power with the same bits on every processor, built from exact operations alone.

The platform's own differ in the last bit: numpy's between processors and array layouts, those of the C library between
its variants. These are + - * /, the square root, rounding to a whole number and bits of the exponent, each of which
IEEE 754 fixes to the last bit, in an order that is written down here; a constant is its decimal literal, rounded once.
Whatever computes a run (these functions, or the same statements compiled) must take the same steps in the same order.
"""

from __future__ import annotations

from math import factorial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.expressions.ranges import EXPONENT_LIMIT

Array = NDArray[Any]

LN2_HIGH: Final = 0.693147180369123816490
"""The leading bits of ln 2: few enough that a product with a whole number below 2000 is exact."""
LN2_LOW: Final = 1.90821492927058770002e-10
"""The rest of ln 2."""
PER_LN2: Final = 1.44269504088896338700
TO_WHOLE: Final = 6755399441055744.0
"""1.5 * 2^52: adding it and taking it away again rounds to the nearest whole number, ties to even; in between the low
bits hold that number, so that no conversion to whole numbers is needed, which many processors can't do side by side."""
EXPONENT: Final = 52
"""The exponent of a double stands above so many bits."""
BLOCK: Final = 8192
"""Numbers at a time: so many stay in the processor's cache from step to step."""
EXP_TERMS: Final = tuple(1.0 / factorial(n) for n in range(13, -1, -1))
"""Coefficients of exp, highest power first: enough for full precision within half of ln 2."""

LOG_TERMS: Final = (
    1.479819860511658591e-01,
    1.531383769920937332e-01,
    1.818357216161805012e-01,
    2.222219843214978396e-01,
    2.857142874366239149e-01,
    3.999999999940941908e-01,
    6.666666666666735130e-01,
)
"""Coefficients of log in s^2, s = f / (2 + f), highest power first: the minimax polynomial of Sun's fdlibm, e_log.c."""
HALF_ROOT: Final = 0.7071067811865476
"""Where the mantissa is halved, so that log(1 + f) is taken near 0."""

TWO_PI: Final = 6.283185307179586
SIN_TERMS: Final = tuple((-1) ** k / factorial(2 * k + 1) for k in range(8, -1, -1))
COS_TERMS: Final = tuple((-1) ** k / factorial(2 * k) for k in range(8, -1, -1))
"""Coefficients of sin and cos in x^2, highest power first: full precision within an eighth of a turn."""


def exponential(x: Array) -> Array:
    """e to the power x, x held to [-50, 50], of any shape: within 1.2 units in the last place.

    Cody and Waite (1980): x = n ln 2 + r, a Taylor polynomial in r, and n added to the exponent.
    """
    numbers = np.ascontiguousarray(x, dtype=np.float64).reshape(-1)
    found = np.empty_like(numbers)
    for first in range(0, len(numbers), BLOCK):
        _exponential(numbers[first : first + BLOCK], found[first : first + BLOCK])
    result: Array = found.reshape(np.shape(x))[()]
    return result


def _exponential(x: Array, power: Array) -> None:
    """The same of a row of numbers, into another row."""
    rest = np.maximum(x, -EXPONENT_LIMIT)
    np.minimum(rest, EXPONENT_LIMIT, out=rest)
    shifted = rest * PER_LN2
    shifted += TO_WHOLE
    twos = shifted - TO_WHOLE
    rest -= np.multiply(twos, LN2_HIGH, out=power)
    rest -= np.multiply(twos, LN2_LOW, out=power)
    np.multiply(rest, EXP_TERMS[0], out=power)
    power += EXP_TERMS[1]
    for term in EXP_TERMS[2:]:
        power *= rest
        power += term
    bits = shifted.view(np.int64)
    bits <<= EXPONENT
    power.view(np.int64)[:] += bits


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x)), x held to [-50, 50]."""
    return 1.0 / (1.0 + exponential(-x))


def logarithm(x: Array) -> Array:
    """The natural logarithm of x, above 0 and no denormal number, of any shape: within 1 unit in the last place.

    x = 2^k (1 + f) with 1 + f between the roots of 1/2 and 2, and log(1 + f) as in Sun's fdlibm.
    """
    mantissa, exponent = np.frexp(np.asarray(x, dtype=np.float64))
    is_low = mantissa < HALF_ROOT
    twos = exponent - is_low
    f = np.where(is_low, mantissa * 2.0, mantissa) - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = z * LOG_TERMS[0]
    for term in LOG_TERMS[1:]:
        r = z * (r + term)
    half = 0.5 * f * f
    found: Array = twos * LN2_HIGH - ((half - (s * (half + r) + twos * LN2_LOW)) - f)
    return found


def cosine_of_turns(turns: Array) -> Array:
    """cos(2 pi t) for t in [0, 1], of any shape: within 7e-16.

    The nearest quarter turn is taken away first, exactly, and the rest is a Taylor polynomial.
    """
    quarters = np.rint(4.0 * turns)
    x = (turns - 0.25 * quarters) * TWO_PI
    z = x * x
    sine, cosine = _horner(z, SIN_TERMS) * x, _horner(z, COS_TERMS)
    which = quarters.astype(np.int64) & 3
    return np.where(which == 0, cosine, np.where(which == 1, -sine, np.where(which == 2, -cosine, sine)))


def _horner(z: Array, terms: tuple[float, ...]) -> Array:
    value = np.full_like(z, terms[0])
    for term in terms[1:]:
        value = value * z + term
    return value


def power(base: Array, exponent: float) -> Array:
    """The base, in [0, 1], to an exponent not below 0: its whole part by multiplying, the rest by logarithms."""
    whole = int(exponent)
    result: Array = np.ones_like(base)
    for _ in range(whole):
        result = result * base
    rest = exponent - whole
    if rest > 0.0:
        safe = np.where(base > 0.0, base, 1.0)
        result = result * np.where(base > 0.0, exponential(rest * logarithm(safe)), 0.0)
    return result
