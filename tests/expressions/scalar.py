"""A plain interpreter of the tree for one run, which knows nothing of numpy and little of the engine."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from engine.expressions import tree

Value = float | bool

_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: tree.Node, values: Mapping[str, Value], capability: Mapping[str, float]) -> Value:
    """Return the value of a node in one run."""
    match node:
        case tree.Number(value) | tree.YesNo(value):
            return value
        case tree.Name(_, symbol):
            return values[str(symbol.reference)]
        case tree.Over(name, member, group):
            found = [values[f"{member.reference}/{actor}"] for actor in group]
            return _over(name, found, [capability[actor] for actor in group])
        case _:
            return _combine(node, lambda part: evaluate(part, values, capability))


def _combine(node: tree.Node, ask: Callable[[tree.Node], Value]) -> Value:
    """Return the value of a node that has parts."""
    match node:
        case tree.Negate(operand):
            return -float(ask(operand))
        case tree.Not(operand):
            return not ask(operand)
        case tree.Binary(op, left, right):
            return float(_OPERATORS[op](float(ask(left)), float(ask(right))))
        case tree.Compare(first, rest):
            found = [ask(first), *(ask(right) for _, right in rest)]
            return all(_OPERATORS[op](found[i], found[i + 1]) for i, (op, _) in enumerate(rest))
        case tree.All(parts):
            return all(ask(part) for part in parts)
        case tree.Any(parts):
            return any(ask(part) for part in parts)
        case tree.Choice(condition, then, otherwise):
            return ask(then) if ask(condition) else ask(otherwise)
        case tree.Call(name, arguments):
            return _call(name, [float(ask(argument)) for argument in arguments])
    raise AssertionError(node)


def _call(name: str, arguments: list[float]) -> float:
    match name, arguments:
        case "abs", [x]:
            return abs(x)
        case "min", _:
            return min(arguments)
        case "max", _:
            return max(arguments)
        case "clamp", [x, low, high]:
            return min(max(x, low), high)
        case "exp", [x]:
            return math.exp(min(max(x, -50.0), 50.0))
        case "sqrt", [x]:
            return math.sqrt(max(x, 0.0))
        case "logistic", [x]:
            return 1.0 / (1.0 + math.exp(min(max(-x, -50.0), 50.0)))
        case "ratio", [a, b, if_zero]:
            return if_zero if abs(b) < 1e-9 else a / b
    raise AssertionError(name)


def _sum(numbers: list[float]) -> float:
    whole = 0.0
    for number in numbers:
        whole = whole + number
    return whole


def _over(name: str, found: list[Value], weights: list[float]) -> Value:
    match name:
        case "count":
            return float(found.count(True))
        case "share":
            return found.count(True) / len(found)
        case "any":
            return any(found)
        case "all":
            return all(found)
        case "weight":
            whole = _sum(weights)
            return _sum([w for w, flag in zip(weights, found, strict=True) if flag]) / whole if whole else 0.0
        case "mean":
            return _sum([float(x) for x in found]) / len(found)
        case "lowest":
            return min(found)
        case "highest":
            return max(found)
        case "total":
            return _sum([float(x) for x in found])
    raise AssertionError(name)
