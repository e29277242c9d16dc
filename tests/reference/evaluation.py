"""What an expression is worth to one actor in one run: a walk of its tree with plain numbers."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.expressions import (
    All,
    Any,
    Binary,
    Call,
    Choice,
    Compare,
    Expression,
    Kind,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Over,
    Symbol,
    YesNo,
)
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from tests.reference.interpreter import ReferenceModel

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

LARGEST_EXPONENT = 50.0
"""What ``exp`` holds its argument to, on either side."""

NEARLY_ZERO = 1e-9
"""A divisor nearer to zero than this is zero."""


class Walker:
    """Evaluates trees in one place: in a run, for the actor who is ``self`` and the one who is ``target``."""

    def __init__(self, model: ReferenceModel, me: str | None = None, target: str | None = None) -> None:
        self.model = model
        self.owners = {"self": me, "target": target}

    def value(self, node: Node) -> float:
        """The value of a node: a number, or a yes/no as True or False."""
        match node:
            case Number() | YesNo():
                return node.value
            case Name():
                return self.name(node.symbol)
            case Negate():
                return -self.value(node.operand)
            case Not():
                return not self.value(node.operand)
            case Binary():
                return ARITHMETIC[node.op](self.value(node.left), self.value(node.right))
            case Compare():
                return self.compare(node)
            case All():
                return all(self.value(part) for part in node.parts)
            case Any():
                return any(self.value(part) for part in node.parts)
            case Choice():
                return self.value(node.then if self.value(node.condition) else node.otherwise)
            case Call():
                return call(node.function, [float(self.value(argument)) for argument in node.arguments])
            case Over():
                return self.over(node)
        raise AssertionError(f"no such node: {node}")

    def compare(self, node: Compare) -> bool:
        """Whether every neighbouring pair compares so."""
        left = self.value(node.first)
        for op, part in node.rest:
            right = self.value(part)
            if not COMPARISONS[op](left, right):
                return False
            left = right
        return True

    def name(self, symbol: Symbol, each: str | None = None) -> float:
        """What a name stands for in the world as it is now; ``each`` is the member of a group in turn."""
        reference, model = symbol.reference, self.model
        assert isinstance(reference, Reference)
        match reference.kind:
            case "issue":
                return model.issues[reference.id]
            case "value":
                return model.values[reference.id]
            case "flag":
                return model.flags[reference.id]
            case "measure":
                return self.measure(reference.id)
            case "since_entry":
                return model.day - model.program.entries[reference.id]
            case "since_flag":
                return since(model.day, model.since[reference.id])
            case "day":
                return model.day
            case "ending":
                return model.ending == reference.id
        return self.name_of_actor(reference, each or self.owners.get(reference.who, reference.who) or "")

    def name_of_actor(self, reference: Reference, who: str) -> float:
        """The same for a name that belongs to an actor."""
        model = self.model
        match reference.kind:
            case "actor_flag":
                return model.actors[who].flags[reference.id]
            case "asked":
                return (reference.id, who) in model.asked
            case "position":
                return model.actors[who].positions[reference.id]
            case "salience":
                return model.actors[who].saliences[reference.id]
            case "capability":
                return model.actors[who].capability
            case "is":
                return who == reference.id
            case "in":
                return who in model.program.groups[reference.id]
            case "coded":
                stance = model.crisis.actors[who].stances.get(reference.id)
                return stance.position if stance else model.crisis.issues[reference.id].start
            case "knows":
                parts = [self.owners.get(part, part) or "" for part in reference.id.split(".")]
                return model.knows(who, ".".join(parts))
            case "since_actor_flag":
                return since(model.day, model.actors[who].since[reference.id])
        raise AssertionError(f"no such name: {reference}")

    def measure(self, name: str) -> float:
        """A measure, worked out once while the world stands still."""
        known = self.model.measures
        if name not in known:
            known[name] = evaluate(self.model.program.measures[name], self.model)
        return known[name]

    def over(self, node: Over) -> float:
        """A function of what each actor of a group has."""
        found = [self.name(node.member, each) for each in node.group]
        match node.function:
            case "count":
                return float(sum(found))
            case "share":
                return sum(found) / len(found)
            case "any":
                return any(found)
            case "all":
                return all(found)
            case "weight":
                return self.weight(node.group, found)
            case "mean":
                return add_up(found) / len(found)
            case "lowest":
                return min(found)
            case "highest":
                return max(found)
            case "total":
                return add_up(found)
        raise AssertionError(f"no such function: {node.function}")

    def weight(self, group: tuple[str, ...], flags: list[float]) -> float:
        """The share of the group's capability that has the flag."""
        total = with_flag = 0.0
        for name, has_flag in zip(group, flags, strict=True):
            total += self.model.actors[name].capability
            if has_flag:
                with_flag += self.model.actors[name].capability
        return with_flag / total if total > 0 else 0.0


def evaluate(expression: Expression, model: ReferenceModel, me: str | None = None, target: str | None = None) -> float:
    """The value of an expression, as a float, or a bool where it is a yes/no."""
    value = Walker(model, me, target).value(expression.root)
    return bool(value) if expression.kind is Kind.YESNO else float(value)


def truth(expression: Expression, model: ReferenceModel, me: str | None = None, target: str | None = None) -> bool:
    """Whether a condition holds."""
    return bool(evaluate(expression, model, me, target))


def since(day: float, stamp: float) -> float:
    """Days since a flag became yes; -1 while it is no."""
    return -1 if stamp < 0 else day - stamp


def add_up(numbers: list[float]) -> float:
    """The sum, one after the other (``sum`` of newer Pythons compensates for rounding)."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def call(function: str, arguments: list[float]) -> float:
    """A function of numbers."""
    match function, arguments:
        case "abs", [x]:
            return abs(x)
        case "min", _:
            return min(arguments)
        case "max", _:
            return max(arguments)
        case "clamp", [x, low, high]:
            return min(max(x, low), high)
        case "exp", [x]:
            return math.exp(min(max(x, -LARGEST_EXPONENT), LARGEST_EXPONENT))
        case "sqrt", [x]:
            return math.sqrt(max(x, 0.0))
        case "logistic", [x]:
            return logistic(x)
        case "ratio", [a, b, if_zero]:
            return if_zero if abs(b) < NEARLY_ZERO else a / b
    raise AssertionError(f"no such function: {function}")


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), also for large x."""
    if x < -700:
        return 0.0
    return 1 / (1 + math.exp(-x))
