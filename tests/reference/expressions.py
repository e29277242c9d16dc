"""Section 4 of the design: what an expression comes to on the world as it stands."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.expressions import Kind, tree
from engine.scenario.names import Places, Reference, find_places
from tests.reference.arithmetic import exponential, held, logistic
from tests.reference.world import World

OPERATORS: dict[str, Callable[[float, float], float]] = {
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

FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "min": lambda *numbers: min(numbers) + 0.0,
    "max": lambda *numbers: max(numbers) + 0.0,
    "clamp": held,
    "exp": exponential,
    "sqrt": lambda x: math.sqrt(max(x, 0.0)),
    "logistic": logistic,
    "ratio": lambda a, b, if_zero: if_zero if abs(b) < 1e-9 else a / b,
}

OVER_GROUP: dict[str, Callable[[list[float], list[float]], float]] = {
    "count": lambda has, _: total(has),
    "share": lambda has, _: total(has) / len(has),
    "any": lambda has, _: any(has),
    "all": lambda has, _: all(has),
    "weight": lambda has, capability: (
        total([c * h for h, c in zip(has, capability, strict=True)]) / total(capability) if total(capability) else 0.0
    ),
    "mean": lambda has, _: total(has) / len(has),
    "lowest": lambda has, _: min(has) + 0.0,
    "highest": lambda has, _: max(has) + 0.0,
    "total": lambda has, _: total(has),
}
"""Of what each of a group has, and of each one's capability."""


def total(numbers: Sequence[float]) -> float:
    """The sum in order, which starts from its first term."""
    result = numbers[0]
    for number in numbers[1:]:
        result += number
    return result


@dataclass(frozen=True)
class Standpoint:
    """The world as it stands, and who is ``self`` and ``target`` in it."""

    world: World
    me: str | None = None
    target: str | None = None

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Which of the two words mean somebody."""
        return frozenset(word for word, who in (("self", self.me), ("target", self.target)) if who is not None)

    def holds(self, text: str | None) -> bool:
        """Whether a condition holds; it does where there is none."""
        return text is None or bool(self.value(self.world.story.parser.condition(text, self.scopes).root))

    def number(self, text: str) -> float:
        """What an amount comes to."""
        return float(self.value(self.world.story.parser.number(text, self.scopes).root))

    def probability(self, text: str | None) -> float:
        """What a chance comes to, held to 0..1; for sure where there is none."""
        return 1.0 if text is None else held(self.number(text), 0.0, 1.0)

    def places(self, name: str) -> list[Reference]:
        """The places that a name stands for, of which there are several where it names a group."""
        found = self.found(name)
        return [place._replace(who=self.somebody(place.who)) for place in found.references]

    def amount(self, name: str, text: str) -> float:
        """What a place is to become, or to get: a yes/no for a flag, and else a number."""
        return float(self.holds(text)) if self.found(name).kind is Kind.YESNO else self.number(text)

    def found(self, name: str) -> Places:
        """What a name of a place stands for."""
        found = find_places(self.world.scenario, self.scopes, name)
        assert found is not None, name
        return found

    def somebody(self, who: str) -> str:
        """The actor that a word stands for."""
        found = {"self": self.me, "target": self.target}.get(who, who)
        assert found is not None, who
        return found

    def value(self, node: tree.Node) -> float:
        """What a part of an expression comes to."""
        match node:
            case tree.Name(_, symbol):
                return self.read(symbol.reference)  # type: ignore[arg-type]
            case tree.Number(value) | tree.YesNo(value):
                return value
            case tree.Compare(first, rest):
                values = [self.value(first), *(self.value(right) for _, right in rest)]
                return all(OPERATORS[op](*values[at : at + 2]) for at, (op, _) in enumerate(rest))
            case tree.All(parts):
                return all(self.value(part) for part in parts)
            case tree.Any(parts):
                return any(self.value(part) for part in parts)
            case tree.Not(operand):
                return not self.value(operand)
            case tree.Choice(condition, then, otherwise):
                return self.value(then) if self.value(condition) else self.value(otherwise)
            case tree.Binary(op, left, right):
                return OPERATORS[op](self.value(left), self.value(right))
            case tree.Negate(operand):
                return -self.value(operand)
            case tree.Call(function, arguments):
                return FUNCTIONS[function](*(float(self.value(argument)) for argument in arguments))
            case tree.Over(function, member, group):
                return self.over(function, member.reference, group)  # type: ignore[arg-type]
        raise AssertionError(node)

    def over(self, function: str, member: Reference, group: tuple[str, ...]) -> float:
        """A function of what each of a group has."""
        has = [float(self.read(Reference(member.kind, member.id, actor))) for actor in group]
        return OVER_GROUP[function](has, [self.world.scenario.actors[actor].capability for actor in group])

    def read(self, name: Reference) -> float:
        """What a name stands for."""
        if name.who in ("self", "target"):
            name = Reference(name.kind, name.id, self.somebody(name.who))
        if name in self.world.state:
            return self.world.state[name]
        match name.kind:
            case "measure":
                return Standpoint(self.world).value(self.world.story.parser.measures[name.id].root)
            case "asked":
                return name in self.world.put
            case "worth" | "seen" | "possible" | "dread" | "threat" | "signing" | "amends_up" | "amends_down":
                return self.world.judge(self.world, name)
            case "day" | "since_entry" | "since_flag" | "since_actor_flag":
                return self.days(name)
        return self.of_actor(name)

    def days(self, name: Reference) -> float:
        """Days since something: whole hours, divided once; -1 of a flag that is no."""
        world, scenario = self.world, self.world.scenario
        if name.kind == "day":
            return world.day
        if name.kind == "since_entry":
            hours = world.tick * scenario.timeline.hours_in_pace
            return (hours - 24 * (scenario.calendar[name.id].on - scenario.start).days) / 24
        flag = Reference(name.kind.removeprefix("since_"), name.id, name.who)
        return world.days_since(world.since[flag]) if flag in world.since else -1.0

    def of_actor(self, name: Reference) -> float:
        """What an actor is, wants and knows, as it is written."""
        scenario, actor = self.world.scenario, self.world.scenario.actors[name.who]
        stance = actor.stances.get(name.id)
        match name.kind:
            case "capability":
                return actor.capability
            case "salience":
                return 0.0 if stance is None else stance.salience
            case "coded":
                return scenario.issues[name.id].start if stance is None else stance.position
            case "is":
                return name.who == name.id
            case "in":
                return name.who in scenario.groups[name.id]
            case "knows":
                return self.world.knows(name.who, ".".join(self.somebody(part) for part in name.id.split(".")))
        raise AssertionError(name)
