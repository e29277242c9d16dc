"""The interval of an expression's values, where more is known of its names than their declarations say."""

from __future__ import annotations

from typing import Protocol

from engine.expressions import FUNCTIONS, Kind, Node, Symbol, ranges, tree
from engine.expressions.functions import GroupFunction, NumberFunction
from engine.expressions.ranges import Range


class Knowledge(Protocol):
    """What is known of each name."""

    def of(self, symbol: Symbol) -> Range:
        """The interval of a name's values."""

    def of_member(self, member: Symbol, actor: str) -> Range:
        """The interval of what one actor of a group has."""


def interval_of(node: Node, known: Knowledge) -> Range:
    """The interval that holds every value of a node, given what is known; never wider than declared."""
    match node:
        case tree.Name(_, symbol):
            return known.of(symbol)
        case tree.Negate(operand):
            return ranges.negated(interval_of(operand, known))
        case tree.Not(operand):
            return ranges.opposite(interval_of(operand, known))
        case tree.Binary(op, left, right):
            return ranges.ARITHMETIC[op](interval_of(left, known), interval_of(right, known))
        case tree.Compare():
            return _of_comparison(node, known)
        case tree.All(parts):
            return ranges.every([interval_of(part, known) for part in parts])
        case tree.Any(parts):
            return ranges.some([interval_of(part, known) for part in parts])
        case tree.Choice(condition, then, otherwise):
            parts = (condition, then, otherwise)
            return ranges.chosen(*(interval_of(part, known) for part in parts))
        case tree.Call(function, arguments):
            return _of_call(function, arguments, known)
        case tree.Over():
            return _over_group(node, known)
    return node.low, node.high


def _of_comparison(node: tree.Compare, known: Knowledge) -> Range:
    found = [interval_of(part, known) for part in (node.first, *(right for _, right in node.rest))]
    return ranges.every(
        ranges.COMPARISONS[op](found[number], found[number + 1]) for number, (op, _) in enumerate(node.rest)
    )


def _of_call(name: str, arguments: tuple[Node, ...], known: Knowledge) -> Range:
    function = FUNCTIONS[name]
    assert isinstance(function, NumberFunction)
    return function.interval(*(interval_of(argument, known) for argument in arguments))


def _over_group(node: tree.Over, known: Knowledge) -> Range:
    """A group function; where flags are counted, actors whose flag is certain count as certain."""
    function = FUNCTIONS[node.function]
    assert isinstance(function, GroupFunction)
    each = [known.of_member(node.member, actor) for actor in node.group]
    match node.function:
        case "any":
            return ranges.some(each)
        case "all":
            return ranges.every(each)
        case "count" if node.member.kind is Kind.YESNO:
            return _sum(each)
        case "share" if node.member.kind is Kind.YESNO:
            low, high = _sum(each)
            return low / len(each), high / len(each)
    return function.interval(ranges.hull(each), len(each))


def _sum(each: list[Range]) -> Range:
    """The sum of whole numbers, which is exact."""
    return sum(low for low, _ in each), sum(high for _, high in each)
