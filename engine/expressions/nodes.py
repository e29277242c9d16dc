"""How each node is made: the types of its parts are checked, and its interval is worked out."""

from __future__ import annotations

from engine.expressions import ranges, tree
from engine.expressions.errors import ExpressionError, Fault
from engine.expressions.functions import GroupFunction, NumberFunction
from engine.expressions.kinds import Kind, Symbol
from engine.expressions.ranges import Range
from engine.expressions.tree import Node

Span = tuple[int, int]

LARGEST_NUMBER = 1e9
"The largest number that may be written out."
LARGEST_VALUE = 1e100
"No part of an expression may be able to exceed this."


def range_of(node: Node) -> Range:
    """Return the interval of a node."""
    return node.low, node.high


def need_yes_no(node: Node) -> Node:
    """Return the node if it is a yes/no."""
    if node.kind is Kind.NUMBER:
        message = "this is a number where a yes/no is needed: compare it with something"
        raise ExpressionError(message, node.span[0], Fault.KIND)
    return node


def as_number(node: Node) -> Node:
    """Return the node, or `1 if node else 0` for a yes/no."""
    if node.kind is Kind.NUMBER:
        return node
    return choice(node, number(1.0, node.span), number(0.0, node.span), node.span)


def _bounded(interval: Range, span: Span) -> Range:
    if not (interval[0] >= -LARGEST_VALUE and interval[1] <= LARGEST_VALUE):
        raise ExpressionError("this value could grow beyond 1e100: clamp its parts", span[0], Fault.SIZE)
    return interval


def number(value: float, span: Span) -> Node:
    """Make a number that is written out."""
    if not abs(value) <= LARGEST_NUMBER:
        raise ExpressionError("this number is too large: at most 1e9 may be written", span[0], Fault.SIZE)
    return tree.Number(value, kind=Kind.NUMBER, low=value, high=value, span=span)


def yes_no(value: bool, span: Span) -> Node:
    """Make `True` or `False`."""
    return tree.YesNo(value, kind=Kind.YESNO, low=float(value), high=float(value), span=span)


def name(text: str, symbol: Symbol, span: Span) -> Node:
    """Make a name."""
    low, high = _bounded((float(symbol.low), float(symbol.high)), span)
    return tree.Name(text, symbol, kind=symbol.kind, low=low, high=high, span=span)


def negate(operand: Node, span: Span) -> Node:
    """Make `-operand`."""
    low, high = ranges.negated(range_of(operand))
    return tree.Negate(operand, kind=Kind.NUMBER, low=low, high=high, span=span)


def deny(operand: Node, span: Span) -> Node:
    """Make `not operand`."""
    low, high = ranges.opposite(range_of(need_yes_no(operand)))
    return tree.Not(operand, kind=Kind.YESNO, low=low, high=high, span=span)


def binary(op: str, left: Node, right: Node, span: Span) -> Node:
    """Make `left op right` for one of + - * /."""
    if op == "/":
        _check_divisor(right)
    low, high = _bounded(ranges.ARITHMETIC[op](range_of(left), range_of(right)), span)
    return tree.Binary(op, left, right, kind=Kind.NUMBER, low=low, high=high, span=span)


def _check_divisor(node: Node) -> None:
    literal = node.operand if isinstance(node, tree.Negate) else node
    if not isinstance(literal, tree.Number):
        message = "divide only by a number that is written out; otherwise use ratio(a, b, if_zero)"
        raise ExpressionError(message, node.span[0], Fault.SIZE)
    if abs(literal.value) < 1.0 / LARGEST_VALUE:
        raise ExpressionError("this divides by zero: divide by another number", node.span[0], Fault.SIZE)


def compare(first: Node, rest: tuple[tuple[str, Node], ...], span: Span) -> Node:
    """Make `first op node op node ...`."""
    results, left = [], first
    for op, right in rest:
        _check_comparison(op, left, right)
        results.append(ranges.COMPARISONS[op](range_of(left), range_of(right)))
        left = right
    low, high = ranges.every(results)
    return tree.Compare(first, rest, kind=Kind.YESNO, low=low, high=high, span=span)


def _check_comparison(op: str, left: Node, right: Node) -> None:
    if left.kind is right.kind is Kind.YESNO and op not in ("==", "!="):
        message = f"two yes/no values have no order, so {op} is not allowed between them: use == or !="
        raise ExpressionError(message, left.span[0], Fault.KIND)


def both(parts: tuple[Node, ...], span: Span) -> Node:
    """Make `part and part ...`."""
    low, high = ranges.every(range_of(need_yes_no(part)) for part in parts)
    return tree.All(parts, kind=Kind.YESNO, low=low, high=high, span=span)


def either(parts: tuple[Node, ...], span: Span) -> Node:
    """Make `part or part ...`."""
    low, high = ranges.some(range_of(need_yes_no(part)) for part in parts)
    return tree.Any(parts, kind=Kind.YESNO, low=low, high=high, span=span)


def choice(condition: Node, then: Node, otherwise: Node, span: Span) -> Node:
    """Make `then if condition else otherwise`: a yes/no if both arms are, or else a number."""
    kind = then.kind if then.kind is otherwise.kind else Kind.NUMBER
    low, high = ranges.chosen(range_of(need_yes_no(condition)), range_of(then), range_of(otherwise))
    return tree.Choice(condition, then, otherwise, kind=kind, low=low, high=high, span=span)


def call(function: NumberFunction, arguments: tuple[Node, ...], span: Span) -> Node:
    """Make the call of a function of numbers."""
    low, high = _bounded(function.interval(*map(range_of, arguments)), span)
    return tree.Call(function.name, arguments, kind=function.kind, low=low, high=high, span=span)


def over(function: GroupFunction, member: Symbol, group: tuple[str, ...], span: Span) -> Node:
    """Make a function over a group."""
    each = _bounded((float(member.low), float(member.high)), span)
    low, high = _bounded(function.interval(each, len(group)), span)
    return tree.Over(function.name, member, group, kind=function.kind, low=low, high=high, span=span)
