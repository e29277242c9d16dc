"""What all parts of a program under construction share: constants, tapes, tables, and lists of effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.rules.draws import stream_key
from engine.rules.machine import program as p
from engine.rules.machine.expressions import Lowering, Who
from engine.rules.machine.instructions import NUMBER
from engine.rules.machine.program import NONE, Ints, table
from engine.rules.machine.tape import Constants, Operand, Places, Tape
from engine.scenario.names import find_places

if TYPE_CHECKING:
    from engine.rules.rulebook import Rules
    from engine.scenario.models import Effect

Row = Callable[[], tuple[int, ...]]
"""A row of a table, known once every tape has been assembled."""


@dataclass
class Stretch:
    """A tape, where its instructions stand in the code, and whose registers it leaves alone."""

    tape: Tape
    after: Stretch | None = None
    start: int = 0
    end: int = 0
    free: int = 0
    """The first register after those that it uses."""

    def slot(self, operand: Operand | None) -> int:
        """Where in the memory an operand stands, or NONE."""
        return NONE if operand is None else self.tape.slot(operand)


@dataclass
class Pending:
    """A table whose rows are worked out when everything has its place."""

    rows: list[Row] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, row: Row) -> int:
        """The number of a new row."""
        self.rows.append(row)
        return len(self.rows) - 1

    def array(self, columns: int) -> Ints:
        """The table."""
        return table([row() for row in self.rows], columns)


class Draft:
    """A program under construction."""

    def __init__(self, rules: Rules) -> None:
        """Empty, for a compiled scenario."""
        self.rules, self.layout, self.scenario = rules, rules.layout, rules.scenario
        self.parser = rules.compiler.parser
        self.constants = Constants()
        self.lines: list[list[int]] = []
        """The code; what instructions name by its line comes first."""
        self.effects, self.changes, self.lists = Pending(), Pending(), Pending()
        self.list_keys: list[int] = []
        self.most_due = 0
        self._stretches: list[Stretch] = []

    def stretch(self, after: Stretch | None = None) -> Stretch:
        """A new stretch of code."""
        self._stretches.append(Stretch(Tape(self.constants), after))
        return self._stretches[-1]

    def on(self, tape: Tape) -> Lowering:
        """What writes expressions on a tape."""
        return Lowering(self.layout, self.parser, tape)

    def list(self, effects: Iterable[Effect], who: Who, stream: str, after: Stretch | None = None) -> int:
        """The number of a list of effects that happen together; ``stream`` names their chance."""
        first, uniform = len(self.effects), 0
        for effect in effects:
            self._effect(effect, who, uniform, self.stretch(after))
            uniform += effect.chance is not None
        last = len(self.effects)
        self.list_keys.append(stream_key(stream))
        return self.lists.add(lambda: (first, last, int(uniform > 0)))

    def _effect(self, effect: Effect, who: Who, uniform: int, at: Stretch) -> None:
        on, keep = self.on(at.tape), at.tape.keep
        when = keep(on.condition(effect.when, who)) if effect.when else None
        chance = keep(on.number(effect.chance, who)) if effect.chance else None
        paces = self.scenario.timeline.paces_in(effect.delay) if effect.delay else 0
        first = len(self.changes)
        for sets, changes in enumerate((effect.add, effect.set)):
            for place, text in changes.items():
                self._change(place, keep(on.number(text, who)), sets, who, at)
        last = len(self.changes)
        self.most_due += (last - first) if paces else 0
        self.effects.add(lambda: (at.start, at.end, at.slot(when), at.slot(chance), uniform, paces, first, last))

    def _change(self, place: str, amount: Operand, sets: int, who: Who, at: Stretch) -> None:
        places = find_places(self.scenario, who.names, place)
        assert places is not None, f"the checker refuses {place}"
        for row in [self.on(at.tape).row(reference, who) for reference in places.references]:
            self.changes.add(lambda row=row: (row, sets, at.slot(amount)))  # type: ignore[misc]

    def assemble(self) -> int:
        """Give everything its place in the code and the memory; the number of registers that are used."""
        constants = p.FIRST_ROW + self.layout.size
        first, most = constants + len(self.constants.numbers), 0
        for one in self._stretches:
            places = Places(p.FIRST_ROW, constants, first, one.after.free if one.after else 0)
            lines, one.free = one.tape.assemble(places)
            one.start, one.end = len(self.lines), len(self.lines) + len(lines)
            self.lines += lines
            most = max(most, one.free)
        self._place_rates(first + most)
        return most

    def _place_rates(self, first: int) -> None:
        """Rates stand behind the registers, whose number is known last."""
        for line in self.lines:
            if line[0] == NUMBER["RATE"] and line[1] < first:
                line[1] += first
