"""exp, log, cos and powers of a single number, step for step as section 5 of the design has them.

The constants are those of ``engine/expressions/portable.py``, which the page names; the steps are written here again.
"""

from __future__ import annotations

import math

from engine.expressions.portable import (
    COS_TERMS,
    EXP_TERMS,
    HALF_ROOT,
    LN2_HIGH,
    LN2_LOW,
    LOG_TERMS,
    PER_LN2,
    SIN_TERMS,
    TWO_PI,
)


def held(x: float, low: float, high: float) -> float:
    """A number, not below low and not above high; never -0."""
    return min(max(x, low), high) + 0.0


def polynomial(x: float, terms: tuple[float, ...]) -> float:
    """Coefficients from the highest power down, by Horner's rule."""
    result = terms[0]
    for term in terms[1:]:
        result = result * x + term
    return result


def exponential(x: float) -> float:
    """e to the power x, x held to -50..50."""
    x = min(max(x, -50.0), 50.0)
    twos = round(x * PER_LN2)
    return math.ldexp(polynomial((x - twos * LN2_HIGH) - twos * LN2_LOW, EXP_TERMS), twos)


def logistic(x: float) -> float:
    """1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + exponential(-x))


def logarithm(x: float) -> float:
    """The natural logarithm of x > 0."""
    mantissa, twos = math.frexp(x)
    if mantissa < HALF_ROOT:
        mantissa, twos = mantissa * 2.0, twos - 1
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = z * polynomial(z, LOG_TERMS)
    half = 0.5 * f * f
    return twos * LN2_HIGH - ((half - (s * (half + r) + twos * LN2_LOW)) - f)


def cosine_of_turns(turns: float) -> float:
    """cos(2 pi t) for t in 0..1."""
    quarters = round(4.0 * turns)
    x = (turns - 0.25 * quarters) * TWO_PI
    z = x * x
    sine, cosine = polynomial(z, SIN_TERMS) * x, polynomial(z, COS_TERMS)
    return (cosine, -sine, -cosine, sine)[quarters % 4]


def power(base: float, exponent: float) -> float:
    """The base, in 0..1, to an exponent of at least 0: its whole part by multiplying, the rest by logarithms."""
    result = 1.0
    for _ in range(int(exponent)):
        result *= base
    rest = exponent - int(exponent)
    if rest > 0.0:
        result *= exponential(rest * logarithm(base)) if base > 0.0 else 0.0
    return result
