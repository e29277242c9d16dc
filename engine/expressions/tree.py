"""The typed tree of an expression: each node knows its kind, its interval of values and its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.expressions.kinds import Kind, Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression whose value always lies in [low, high]; a yes/no counts as 1 or 0."""

    kind: Kind
    low: float
    high: float
    span: tuple[int, int]
    "Where it stands in the text: first character, and one past the last."


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number that is written out."""

    value: float


@dataclass(frozen=True, slots=True)
class YesNo(Node):
    """`True` or `False`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, dots included, and what it stands for."""

    name: str
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left op right`, where op is one of + - * / and the right of / is a number other than zero."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`first op node op node ...`: yes if every neighbouring pair compares so; op is one of < <= > >= == !=."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class All(Node):
    """`part and part and ...`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any(Node):
    """`part or part or ...`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`then if condition else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of numbers, by its name in FUNCTIONS."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Over(Node):
    """A function, by its name in FUNCTIONS, of what each actor of a group has."""

    function: str
    member: Symbol
    group: tuple[str, ...]


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node in the order of its fields."""
    match node:
        case Negate(operand) | Not(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Compare(first, rest):
            return (first, *(right for _, right in rest))
        case All(parts) | Any(parts) | Call(_, parts):
            return parts
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, each before its parts."""
    yield node
    for child in children(node):
        yield from walk(child)


@dataclass(frozen=True)
class Expression:
    """A checked expression: its text and its tree."""

    text: str
    root: Node
    origin: int = 0
    "The spans of the tree count from this many characters before `text`; 0 but for a conjunct."

    @property
    def kind(self) -> Kind:
        """What the value is."""
        return self.root.kind

    @property
    def low(self) -> float:
        """The value is never below this."""
        return self.root.low

    @property
    def high(self) -> float:
        """The value is never above this."""
        return self.root.high

    def conjuncts(self) -> tuple[Expression, ...]:
        """Return the parts of a top-level `and`, flattened, each with its own text; or else itself."""
        if not isinstance(self.root, All):
            return (self,)
        return tuple(inner for part in self.root.parts for inner in self._part(part).conjuncts())

    def _part(self, node: Node) -> Expression:
        start, end = node.span
        return Expression(self.text[start - self.origin : end - self.origin], node, start)

    def symbols(self) -> Iterator[Symbol]:
        """Yield every symbol that the expression reads, in the order of the text, repeats included."""
        for node in walk(self.root):
            if isinstance(node, Name):
                yield node.symbol
            elif isinstance(node, Over):
                yield node.member
