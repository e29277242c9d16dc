"""Interval arithmetic: from the intervals of the parts to an interval that holds every value of the whole.

Rounding never changes the order of two sums, products, quotients or roots, so the ends of those are exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

Range = tuple[float, float]

NEVER: Range = (0.0, 0.0)
ALWAYS: Range = (1.0, 1.0)
MAYBE: Range = (0.0, 1.0)

ZERO_BELOW = 1e-9
"`ratio` takes a divisor nearer to 0 than this for zero."

EXPONENT_LIMIT = 50.0
"`exp` and `logistic` hold their argument between minus this and this."


def hull(ranges: Iterable[Range]) -> Range:
    """Return the smallest interval that holds them all."""
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)


def truth(always: bool, never: bool) -> Range:
    """Return the interval of a yes/no that is known to be always yes, always no, or neither."""
    return ALWAYS if always else NEVER if never else MAYBE


def negated(a: Range) -> Range:
    """Return the interval of -a."""
    return -a[1], -a[0]


def _sum(a: Range, b: Range) -> Range:
    return a[0] + b[0], a[1] + b[1]


def _difference(a: Range, b: Range) -> Range:
    return a[0] - b[1], a[1] - b[0]


def _product(a: Range, b: Range) -> Range:
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)


def quotient(a: Range, b: Range) -> Range:
    """Return the interval of a / b, where b keeps away from zero."""
    corners = [x / y for x in a for y in b]
    return min(corners), max(corners)


ARITHMETIC: dict[str, Callable[[Range, Range], Range]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": quotient,
}


def _below(a: Range, b: Range) -> Range:
    return truth(a[1] < b[0], a[0] >= b[1])


def _not_above(a: Range, b: Range) -> Range:
    return truth(a[1] <= b[0], a[0] > b[1])


def _equal(a: Range, b: Range) -> Range:
    return truth(a[0] == a[1] == b[0] == b[1], a[1] < b[0] or b[1] < a[0])


def opposite(a: Range) -> Range:
    """Return the interval of `not a`."""
    return 1.0 - a[1], 1.0 - a[0]


COMPARISONS: dict[str, Callable[[Range, Range], Range]] = {
    "<": _below,
    "<=": _not_above,
    ">": lambda a, b: _below(b, a),
    ">=": lambda a, b: _not_above(b, a),
    "==": _equal,
    "!=": lambda a, b: opposite(_equal(a, b)),
}


def every(parts: Iterable[Range]) -> Range:
    """Return the interval of `part and part ...`."""
    return least_of(*parts)


def some(parts: Iterable[Range]) -> Range:
    """Return the interval of `part or part ...`."""
    return most_of(*parts)


def chosen(condition: Range, then: Range, otherwise: Range) -> Range:
    """Return the interval of `then if condition else otherwise`."""
    if condition == ALWAYS:
        return then
    return otherwise if condition == NEVER else hull((then, otherwise))


def size(a: Range) -> Range:
    """Return the interval of abs(a)."""
    low, high = sorted((abs(a[0]), abs(a[1])))
    return (0.0 if a[0] <= 0.0 <= a[1] else low), high


def least_of(*ranges: Range) -> Range:
    """Return the interval of min(...)."""
    lows, highs = zip(*ranges, strict=True)
    return min(lows), min(highs)


def most_of(*ranges: Range) -> Range:
    """Return the interval of max(...)."""
    lows, highs = zip(*ranges, strict=True)
    return max(lows), max(highs)


def clamped(a: Range, low: Range, high: Range) -> Range:
    """Return the interval of clamp(a, low, high)."""
    return least_of(most_of(a, low), high)


def root(a: Range) -> Range:
    """Return the interval of sqrt(a), where a below 0 counts as 0."""
    return math.sqrt(max(a[0], 0.0)), math.sqrt(max(a[1], 0.0))


def power_of_e(a: Range) -> Range:
    """Return the interval of exp(a), a little widened because the computed exp is not exact."""
    low, high = (math.exp(min(max(x, -EXPONENT_LIMIT), EXPONENT_LIMIT)) for x in a)
    return low * (1.0 - 1e-14), high * (1.0 + 1e-14)


def logistic(a: Range) -> Range:
    """Return the interval of 1 / (1 + exp(-a))."""
    low, high = power_of_e(negated(a))
    return 1.0 / (1.0 + high), 1.0 / (1.0 + low)


def ratio(a: Range, b: Range, if_zero: Range) -> Range:
    """Return the interval of ratio(a, b, if_zero): the part of b below zero, the part above, and the gap between."""
    pieces = []
    if b[1] >= ZERO_BELOW:
        pieces.append(quotient(a, (max(b[0], ZERO_BELOW), b[1])))
    if b[0] <= -ZERO_BELOW:
        pieces.append(quotient(a, (b[0], min(b[1], -ZERO_BELOW))))
    if b[0] < ZERO_BELOW and b[1] > -ZERO_BELOW:
        pieces.append(if_zero)
    return hull(pieces)


def total(each: Range, number: int) -> Range:
    """Return the interval of a sum of so many values, added one after the other."""
    low = high = 0.0
    for _ in range(number):
        low, high = low + each[0], high + each[1]
    return low, high


def mean(each: Range, number: int) -> Range:
    """Return the interval of the mean of so many values."""
    low, high = total(each, number)
    return low / number, high / number
