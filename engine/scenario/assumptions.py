"""What more is known of the state where a condition holds: the intervals of its names, drawn narrower.

So a condition that contradicts itself is found, and one that holds wherever another does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from engine.expressions import Kind, Node, Symbol, tree
from engine.expressions.ranges import ALWAYS, NEVER, Range
from engine.scenario.intervals import Knowledge, interval_of
from engine.scenario.names import Reference

OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""What holds where a comparison does not."""

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""The same comparison, read from the right."""


class Assumptions:
    """Knowledge under some conditions that are taken to hold, one after the other."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.narrowed: dict[Hashable, Range] = {}
        self.is_contradicted = False
        """Whether the conditions can't all hold at once."""

    def of(self, symbol: Symbol) -> Range:
        """The interval of a name's values."""
        found = self.narrowed.get(symbol.reference)
        return self.known.of(symbol) if found is None else found

    def of_member(self, member: Symbol, actor: str) -> Range:
        """The interval of what one actor of a group has."""
        assert isinstance(member.reference, Reference)
        found = self.narrowed.get(Reference(member.reference.kind, member.reference.id, actor))
        return self.known.of_member(member, actor) if found is None else found

    def interval(self, node: Node) -> Range:
        """What a node can be under all this."""
        return interval_of(node, self)

    def assume(self, node: Node, holds: bool = True) -> None:
        """Takes a yes/no to hold (or not to)."""
        if self.interval(node) == (NEVER if holds else ALWAYS):
            self.is_contradicted = True
            return
        match node:
            case tree.Not(operand):
                self.assume(operand, not holds)
            case tree.Name(_, symbol) if symbol.kind is Kind.YESNO:
                self.narrow(node, ALWAYS if holds else NEVER)
            case tree.All(parts) if holds:
                self.assume_each(parts, holds)
            case tree.Any(parts) if not holds:
                self.assume_each(parts, holds)
            case tree.Any(parts):
                self.assume_only(parts)
            case tree.Compare():
                self.assume_comparison(node, holds)

    def assume_each(self, parts: tuple[Node, ...], holds: bool) -> None:
        """Takes each of these to hold (or not to)."""
        for part in parts:
            self.assume(part, holds)

    def assume_only(self, parts: tuple[Node, ...]) -> None:
        """Takes one of these to hold: the one that can, where no other can."""
        possible = [part for part in parts if self.interval(part) != NEVER]
        if len(possible) == 1:
            self.assume(possible[0])

    def assume_comparison(self, node: tree.Compare, holds: bool) -> None:
        """Takes a comparison to hold; of a chain that does not, nothing is known of its links."""
        if not holds and len(node.rest) > 1:
            return
        left = node.first
        for op, right in node.rest:
            op = op if holds else OPPOSITES[op]
            self.compare(left, op, right)
            self.compare(right, MIRRORED[op], left)
            left = right

    def compare(self, node: Node, op: str, other: Node) -> None:
        """Narrows a name that stands so to another value."""
        if isinstance(node, tree.Name) and op in BOUNDS:
            self.narrow(node, BOUNDS[op](self.interval(other)))

    def narrow(self, name: tree.Name, bounds: Range) -> None:
        """Holds what is known of a name to these bounds."""
        low, high = self.of(name.symbol)
        new = max(low, bounds[0]), min(high, bounds[1])
        if new[0] > new[1]:
            self.is_contradicted = True
        else:
            self.narrowed[name.symbol.reference] = new


BOUNDS: dict[str, Callable[[Range], Range]] = {
    "<": lambda other: (-math.inf, math.nextafter(other[1], -math.inf)),
    "<=": lambda other: (-math.inf, other[1]),
    ">": lambda other: (math.nextafter(other[0], math.inf), math.inf),
    ">=": lambda other: (other[0], math.inf),
    "==": lambda other: other,
}
"""What a value is held to that stands so to one of an interval."""
