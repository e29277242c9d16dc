"""What the tree of an expression comes to on a tape, wherever the things that it names may stand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import reduce

from engine.expressions import Symbol, tree
from engine.expressions.tree import Node
from engine.rules.program.tape import CONSTANT, Operand, Tape
from engine.scenario.names import SELF, TARGET

OPERATORS = {"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV"}
COMPARISONS = {"<": "LT", "<=": "LE", ">": "GT", ">=": "GE", "==": "EQ", "!=": "NE"}
FUNCTIONS = {"abs": "ABS", "exp": "EXP", "sqrt": "SQRT", "ratio": "RATIO"}


@dataclass(frozen=True)
class Who:
    """Who ``self`` and ``target`` are: actor numbers, or None."""

    doer: int | None = None
    target: int | None = None

    @property
    def names(self) -> frozenset[str]:
        """The words that mean somebody."""
        return frozenset(word for word, who in ((SELF, self.doer), (TARGET, self.target)) if who is not None)


NOBODY = Who()


class Trees(ABC):
    """What the tree of an expression comes to on one tape, wherever its names stand."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    @abstractmethod
    def named(self, symbol: Symbol, who: Who) -> Operand:
        """The value of a name."""

    def members(self, member: Symbol, group: tuple[str, ...]) -> list[Operand]:
        """The value of a name for each actor of a group; not asked where names know no groups."""
        raise AssertionError(f"there are no groups here, such as {group}")

    def capability(self, group: tuple[str, ...]) -> list[Operand]:
        """The capability of each actor of a group, none below zero; not asked where names know no groups."""
        raise AssertionError(f"there are no groups here, such as {group}")

    def of(self, node: Node, who: Who) -> Operand:
        """The value of a node."""
        return self._value(node, who)

    def _value(self, node: Node, who: Who) -> Operand:
        pure = self.tape.pure
        match node:
            case tree.Number() | tree.YesNo() | tree.Negate(tree.Number()):
                return self.tape.number(float(node.low))
            case tree.Name(_, symbol):
                return self.named(symbol, who)
            case tree.Negate(operand):
                return pure("NEG", self._value(operand, who))
            case tree.Not(operand):
                return pure("NOT", self._value(operand, who))
            case tree.Binary(op, left, right):
                return pure(OPERATORS[op], self._value(left, who), self._value(right, who))
            case tree.Compare(first, rest):
                values = [self._value(part, who) for part in (first, *(right for _, right in rest))]
                pairs = zip(rest, values, values[1:], strict=False)
                return self._fold("MUL", [pure(COMPARISONS[op], left, right) for (op, _), left, right in pairs])
            case tree.All(parts):
                return self._fold("MUL", [self._value(part, who) for part in parts])
            case tree.Any(parts):
                return self._fold("OR", [self._value(part, who) for part in parts])
            case tree.Choice(condition, then, otherwise):
                return pure("PICK", *(self._value(part, who) for part in (condition, then, otherwise)))
            case tree.Call(name, arguments):
                return self._call(name, [self._value(argument, who) for argument in arguments])
            case tree.Over(name, member, group):
                return self._over(name, self.members(member, group), group)
        raise AssertionError(f"no such node: {node}")

    def _fold(self, name: str, values: list[Operand]) -> Operand:
        return reduce(lambda left, right: self.tape.pure(name, left, right), values)

    def _call(self, name: str, arguments: list[Operand]) -> Operand:
        match name:
            case "min" | "max":
                return self._fold(name.upper(), arguments)
            case "clamp":
                low = self.tape.pure("MAX", arguments[0], arguments[1])
                return self.tape.pure("MIN", low, arguments[2])
            case "logistic":
                one = self.tape.number(1.0)
                fallen = self.tape.pure("EXP", self.tape.pure("NEG", arguments[0]))
                return self.tape.pure("DIV", one, self.tape.pure("ADD", one, fallen))
        return self.tape.pure(FUNCTIONS[name], *arguments)

    def _over(self, name: str, values: list[Operand], group: tuple[str, ...]) -> Operand:
        many = self.tape.number(float(len(values)))
        match name:
            case "any":
                return self._fold("OR", values)
            case "all":
                return self._fold("MUL", values)
            case "lowest" | "highest":
                return self._fold("MIN" if name == "lowest" else "MAX", values)
            case "share" | "mean":
                return self.tape.pure("DIV", self._fold("ADD", values), many)
            case "weight":
                return self._weight(values, self.capability(group))
        return self._fold("ADD", values)

    def _weight(self, values: list[Operand], capability: list[Operand]) -> Operand:
        """The share of a group's capability, of which there may be none; a sum of what is known is known."""
        pure, zero = self.tape.pure, self.tape.number(0.0)
        weighed = self._fold("ADD", [pure("MUL", v, c) for v, c in zip(values, capability, strict=True)])
        if all(kind == CONSTANT for kind, _ in capability):
            whole = reduce(lambda total, one: total + one, [self.tape.constants.numbers[n] for _, n in capability])
            return zero if whole == 0.0 else pure("DIV", weighed, self.tape.number(whole))
        total = self._fold("ADD", capability)
        return pure("DIV", weighed, pure("PICK", pure("EQ", total, zero), self.tape.number(1.0), total))
