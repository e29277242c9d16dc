"""The table of functions: for each its signature, its sentence and its interval.

Documentation is generated from this table. What each comes to stands in ``engine/rules/program/trees.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.expressions import ranges
from engine.expressions.kinds import Kind
from engine.expressions.ranges import Range


@dataclass(frozen=True, slots=True)
class Function:
    """What every function has, whether of numbers or over a group."""

    name: str
    signature: str
    doc: str
    least: int
    "The fewest arguments."
    most: int
    "The most arguments."
    kind: Kind
    "What the result is."


@dataclass(frozen=True, slots=True)
class NumberFunction(Function):
    """A function of numbers."""

    interval: Callable[..., Range]
    "From the interval of each argument to the interval of the result."


@dataclass(frozen=True, slots=True)
class GroupFunction(Function):
    """A function of what each actor of a group has."""

    member: Kind
    "What each actor has."
    interval: Callable[[Range, int], Range]
    "From the interval of one actor's value and the number of actors to the interval of the result."


def _of_numbers(signature: str, doc: str, interval: Callable[..., Range]) -> NumberFunction:
    """Make a table entry; the number of arguments is read from the signature, where `...` allows 2 to 8."""
    name, _, inside = signature.rstrip(")").partition("(")
    arguments = inside.split(", ")
    least, most = (2, 8) if "..." in arguments else (len(arguments), len(arguments))
    return NumberFunction(name, signature, doc, least, most, Kind.NUMBER, interval)


def _over_group(
    name: str,
    doc: str,
    member: Kind,
    kind: Kind,
    interval: Callable[[Range, int], Range],
) -> GroupFunction:
    """Make a table entry; the first argument is called after the kind of thing that each actor has."""
    argument = "flag" if member is Kind.YESNO else "number"
    return GroupFunction(name, f"{name}({argument}, group)", doc, 2, 2, kind, member, interval)


_ENTRIES: tuple[Function, ...] = (
    _of_numbers("abs(x)", "The size of x without its sign.", ranges.size),
    _of_numbers("min(a, b, ...)", "The lowest of 2 to 8 numbers.", ranges.least_of),
    _of_numbers("max(a, b, ...)", "The highest of 2 to 8 numbers.", ranges.most_of),
    _of_numbers(
        "clamp(x, low, high)",
        "x, but not below low, and not above high (which wins if the two cross).",
        ranges.clamped,
    ),
    _of_numbers("exp(x)", "e to the power x, where x is held between -50 and 50.", ranges.power_of_e),
    _of_numbers("sqrt(x)", "The square root of x; 0 if x is below 0.", ranges.root),
    _of_numbers(
        "logistic(x)",
        "1 / (1 + exp(-x)): from 0 for very low x through 0.5 at 0 to 1 for very high x.",
        ranges.logistic,
    ),
    _of_numbers(
        "ratio(a, b, if_zero)",
        "a / b, or if_zero where b is nearer to 0 than 0.000000001.",
        ranges.ratio,
    ),
    _over_group(
        "count",
        "How many actors of the group have the flag.",
        Kind.YESNO,
        Kind.NUMBER,
        ranges.total,
    ),
    _over_group(
        "share",
        "How many actors of the group have the flag, as a share of them all.",
        Kind.YESNO,
        Kind.NUMBER,
        ranges.mean,
    ),
    _over_group(
        "any",
        "Whether at least one actor of the group has the flag.",
        Kind.YESNO,
        Kind.YESNO,
        lambda each, _: each,
    ),
    _over_group(
        "all",
        "Whether every actor of the group has the flag.",
        Kind.YESNO,
        Kind.YESNO,
        lambda each, _: each,
    ),
    _over_group(
        "weight",
        "The share of the group's capability that belongs to actors with the flag; 0 if the group has none.",
        Kind.YESNO,
        Kind.NUMBER,
        lambda each, _: (0.0, each[1]),
    ),
    _over_group(
        "mean",
        "The mean of the number over the actors of the group, each counted the same.",
        Kind.NUMBER,
        Kind.NUMBER,
        ranges.mean,
    ),
    _over_group(
        "lowest",
        "The lowest of the number over the actors of the group.",
        Kind.NUMBER,
        Kind.NUMBER,
        lambda each, _: each,
    ),
    _over_group(
        "highest",
        "The highest of the number over the actors of the group.",
        Kind.NUMBER,
        Kind.NUMBER,
        lambda each, _: each,
    ),
    _over_group(
        "total",
        "The sum of the number over the actors of the group.",
        Kind.NUMBER,
        Kind.NUMBER,
        ranges.total,
    ),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"Every function by its name, in the order in which they are documented."
