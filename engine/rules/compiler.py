"""From the text of an expression to a function over a world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.expressions import Kind, Symbol, to_numpy
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.layout import NO_STAMP, NOT_ASKED, Layout
from engine.rules.world import World
from engine.scenario.names import EACH, SELF, TARGET, Reference
from engine.scenario.parsing import Parser

Function = Callable[[World], Numbers | YesNo]
"""Gives a scalar, or an array of shape (runs,), (doers, 1) or (doers, runs)."""

Number = Callable[[World], Numbers]
Condition = Callable[[World], YesNo]


@dataclass(frozen=True)
class Scope:
    """Who ``self`` and ``target`` are, side by side: actor numbers of shape (doers,) each."""

    doers: Rows | None = None
    targets: Rows | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that mean somebody here."""
        return frozenset(word for word, rows in ((SELF, self.doers), (TARGET, self.targets)) if rows is not None)

    def actors(self, word: str) -> Rows:
        """The actor numbers that a word stands for."""
        rows = self.doers if word == SELF else self.targets
        assert rows is not None, f"the checker lets {word} pass only where it means somebody"
        return rows


WORLD = Scope()
"""Where neither ``self`` nor ``target`` means anybody."""


class Compiler:
    """Compiles the expressions of one scenario."""

    def __init__(self, layout: Layout) -> None:
        """For a scenario that the checker has passed."""
        self.layout = layout
        self.scenario = layout.scenario
        self.parser = Parser(self.scenario)
        self._measures: dict[str, Function] = {}
        for name, expression in self.parser.measures.items():
            self._measures[name] = to_numpy(expression, ScopedLoader(self, WORLD))

    def number(self, text: str, scope: Scope = WORLD) -> Number:
        """A number over a world."""
        parsed = self.parser.expression(text, Kind.NUMBER, scope.names)
        return to_numpy(parsed, ScopedLoader(self, scope))

    def condition(self, text: str, scope: Scope = WORLD, endings: bool = False) -> Condition:
        """A yes/no over a world."""
        parsed = self.parser.expression(text, Kind.YESNO, scope.names, endings)
        return to_numpy(parsed, ScopedLoader(self, scope))

    def conjuncts(self, text: str, scope: Scope = WORLD) -> list[tuple[str, Condition]]:
        """The parts of a condition that must all hold, each with its own text."""
        parsed = self.parser.expression(text, Kind.YESNO, scope.names)
        return [(part.text, to_numpy(part, ScopedLoader(self, scope))) for part in parsed.conjuncts()]

    def measure(self, name: str) -> Function:
        """A measure, worked out once on each state of a world."""
        compute = self._measures[name]

        def recall(world: World) -> Numbers | YesNo:
            if name not in world.known:
                world.known[name] = compute(world)
            return world.known[name]

        return recall


@dataclass(frozen=True)
class ScopedLoader:
    """Finds what a name stands for in a world's state, in one scope."""

    compiler: Compiler
    scope: Scope

    def load(self, symbol: Symbol) -> Function:
        """The function that reads a symbol."""
        reference = symbol.reference
        assert isinstance(reference, Reference)
        match reference.kind:
            case "measure":
                return self.compiler.measure(reference.id)
            case "day":
                return lambda world: world.day
            case "since_entry":
                return self._since_entry(reference)
            case "ending":
                number = [ending.id for ending in self.compiler.scenario.endings].index(reference.id)
                return lambda world: world.ending == number
            case "is" | "in" | "capability" | "salience":
                return self._constant(reference)
            case "since_flag" | "since_actor_flag":
                return self._since_flag(reference)
        return self._cells(reference)

    def load_members(self, member: Symbol, group: tuple[str, ...]) -> Function:
        """The function that reads something of each actor of a group: shape (members, runs)."""
        reference = member.reference
        assert isinstance(reference, Reference)
        assert reference.who == EACH
        members = self._numbers(group)
        return ScopedLoader(self.compiler, Scope(members)).load(
            Symbol(member.kind, member.low, member.high, Reference(reference.kind, reference.id, SELF))
        )

    def weights(self, group: tuple[str, ...]) -> Numbers:
        """The capability of each actor of a group."""
        return self.compiler.layout.capability[self._numbers(group)]

    def _numbers(self, group: tuple[str, ...]) -> Rows:
        return np.array([self.compiler.layout.actors[actor] for actor in group], dtype=np.intp)

    def _rows(self, reference: Reference) -> int | slice | Rows:
        """The row of one thing, or the rows of those whom self or target stand for."""
        layout = self.compiler.layout
        if reference.who in (SELF, TARGET):
            return as_slice(layout.block(reference.kind, reference.id)[self.scope.actors(reference.who)])
        return layout.rows[reference]

    def _cells(self, reference: Reference) -> Function:
        rows = self._rows(reference)
        if reference.kind in ("flag", "actor_flag"):
            return lambda world: world.cells[rows] != 0
        if reference.kind == "asked":
            return lambda world: world.cells[rows] != NOT_ASKED
        return lambda world: world.cells[rows]

    def _since_entry(self, reference: Reference) -> Function:
        scenario = self.compiler.scenario
        day = float((scenario.calendar[reference.id].on - scenario.start).days)
        return lambda world: world.day - day

    def _since_flag(self, reference: Reference) -> Function:
        rows = self._rows(reference)

        def since(world: World) -> Numbers:
            stamp = world.cells[rows]
            since_then: Numbers = np.where(stamp == NO_STAMP, -1.0, world.day - stamp)
            return since_then

        return since

    def _constant(self, reference: Reference) -> Function:
        by_actor = self._of_all_actors(reference)
        if reference.who in (SELF, TARGET):
            column: Numbers | YesNo = by_actor[self.scope.actors(reference.who), np.newaxis]
            return lambda world: column
        value: Numbers | YesNo = by_actor[[self.compiler.layout.actors[reference.who]]]
        return lambda world: value

    def _of_all_actors(self, reference: Reference) -> Numbers | YesNo:
        """What does not change in a run, for every actor: shape (actors,)."""
        layout, scenario = self.compiler.layout, self.compiler.scenario
        match reference.kind:
            case "capability":
                return layout.capability
            case "salience":
                salience: Numbers = layout.salience[list(scenario.issues).index(reference.id)]
                return salience
            case "is":
                return np.array([actor == reference.id for actor in scenario.actors])
        members = set(scenario.members((reference.id,)))
        return np.array([actor in members for actor in scenario.actors])


def as_slice(rows: Rows) -> slice | Rows:
    """Neighbouring rows as a slice, which reads without copying."""
    if len(rows) and np.array_equal(rows, np.arange(rows[0], rows[0] + len(rows))):
        return slice(int(rows[0]), int(rows[0]) + len(rows))
    return rows
