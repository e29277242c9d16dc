"""From a typed tree to a numpy function that works along the last axis, as nested closures."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.expressions import tree
from engine.expressions.functions import FUNCTIONS, GroupFunction, NumberFunction
from engine.expressions.kinds import Kind, Symbol
from engine.expressions.tree import Expression, Node

F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)
Array = NDArray[Any]
Run = Callable[[F], Array]


class Loader(Protocol[F_contra]):
    """Where values come from: for each symbol a function of the frame, which the rules layer supplies."""

    def load(self, symbol: Symbol) -> Callable[[F_contra], Array]:
        """Return how to read a symbol: floats for a number, bools for a yes/no, of any shapes that broadcast."""

    def load_members(self, member: Symbol, group: tuple[str, ...]) -> Callable[[F_contra], Array]:
        """Return how to read a symbol for each actor of a group, shape (actors, ...)."""

    def weights(self, group: tuple[str, ...]) -> Array:
        """Return the capability of each actor of a group, shape (actors,), none below zero."""


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
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


def to_numpy(expression: Expression, loader: Loader[F]) -> Run[F]:
    """Return the function from a frame to the value: float64 for a number, bool for a yes/no, array or numpy scalar."""
    return _value(expression.root, loader)


def _value(node: Node, loader: Loader[F]) -> Run[F]:
    """Return the function for a node, of the node's own kind."""
    match node:
        case tree.Number() | tree.YesNo() | tree.Negate(tree.Number()):
            return _written(node)
        case tree.Name(_, symbol):
            return loader.load(symbol)
        case tree.Negate(operand):
            return _apply(operator.neg, [_number(operand, loader)])
        case tree.Not(operand):
            return _apply(np.logical_not, [_value(operand, loader)])
        case tree.Binary(op, left, right):
            return _pair(_OPERATORS[op], left, right, loader)
        case tree.Compare(first, rest):
            return _compare(first, rest, loader)
        case tree.All(parts):
            return _fold(operator.and_, [_value(part, loader) for part in parts])
        case tree.Any(parts):
            return _fold(operator.or_, [_value(part, loader) for part in parts])
        case tree.Choice(condition, then, otherwise):
            read = _number if node.kind is Kind.NUMBER else _value
            return _apply(np.where, [_value(condition, loader), read(then, loader), read(otherwise, loader)])
        case tree.Call(name, arguments):
            function = FUNCTIONS[name]
            assert isinstance(function, NumberFunction)
            return _apply(function.run, [_number(argument, loader) for argument in arguments])
        case tree.Over(name, member, group):
            return _over(name, member, group, loader)
        case _:
            raise AssertionError(f"no such node: {node}")


def _number(node: Node, loader: Loader[F]) -> Run[F]:
    """Return the function for a node as a number: a yes/no becomes 1.0 or 0.0."""
    value = _value(node, loader)
    if node.kind is Kind.NUMBER:
        return value
    return lambda frame: value(frame).astype(np.float64)


def _written(node: Node) -> Run[F]:
    """Return the function for a node that is written out: always the same numpy scalar."""
    constant: Any = np.float64(node.low) if node.kind is Kind.NUMBER else np.bool_(node.low)
    return lambda _: constant


def _pair(operation: Callable[[Any, Any], Any], left: Node, right: Node, loader: Loader[F]) -> Run[F]:
    """Return the function for two numbers, quicker if one of them is written out."""
    first, second = _number(left, loader), _number(right, loader)
    if isinstance(right, tree.Number):
        written = np.float64(right.value)
        return lambda frame: operation(first(frame), written)
    return lambda frame: operation(first(frame), second(frame))


def _compare(first: Node, rest: tuple[tuple[str, Node], ...], loader: Loader[F]) -> Run[F]:
    if len(rest) == 1:
        op, right = rest[0]
        return _pair(_OPERATORS[op], first, right, loader)
    values = [_number(node, loader) for node in (first, *(node for _, node in rest))]
    operations = [_OPERATORS[op] for op, _ in rest]

    def compare(frame: F) -> Array:
        found = [value(frame) for value in values]
        pairs = zip(operations, found, found[1:], strict=False)
        return reduce(operator.and_, [operation(left, right) for operation, left, right in pairs])

    return compare


def _fold(operation: Callable[[Any, Any], Any], parts: Sequence[Run[F]]) -> Run[F]:
    """Return the function that joins two or more yes/no values."""
    if len(parts) == 2:
        first, second = parts
        return lambda frame: operation(first(frame), second(frame))
    return lambda frame: reduce(operation, [part(frame) for part in parts])


def _apply(function: Callable[..., Any], arguments: Sequence[Run[F]]) -> Run[F]:
    """Return the function of the arguments, without a loop for one and for three of them."""
    if len(arguments) == 1:
        only = arguments[0]
        return lambda frame: function(only(frame))
    if len(arguments) == 3:
        first, second, third = arguments
        return lambda frame: function(first(frame), second(frame), third(frame))
    return lambda frame: function(*[argument(frame) for argument in arguments])


def _over(name: str, member: Symbol, group: tuple[str, ...], loader: Loader[F]) -> Run[F]:
    function = FUNCTIONS[name]
    assert isinstance(function, GroupFunction)
    run, members = function.run, loader.load_members(member, group)
    capability = np.asarray(loader.weights(group), dtype=np.float64)
    return lambda frame: run(members(frame), capability)
