"""A small vocabulary for these tests: names with intervals, one group, and what reads a plain dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.expressions import Expression, Kind, Symbol
from engine.rules.columns import Columns
from engine.rules.program.tape import ROW, Operand, Tape
from engine.rules.program.trees import Trees, Who

Frame = Mapping[str, Any]

NUMBERS = {"tension": (0.0, 100.0), "position.serbia.status": (-10.0, 10.0), "day": (0.0, 60.0), "tiny": (-1e-8, 1e-8)}
FLAGS = ("declared", "self.is.serbia", "self.in.great_powers")
MEMBER_FLAGS = ("mobilised", "recognised")
MEMBER_NUMBERS = {"position.status": (-10.0, 10.0), "capability": (0.0, 5.0)}
GROUPS = {"powers": ("austria", "russia", "serbia"), "alone": ("serbia",), "nobody": ()}
CAPABILITY = {"austria": 4.0, "russia": 5.0, "serbia": 0.5}


class Vocabulary:
    """The names of these tests."""

    def find(self, name: str) -> Symbol | None:
        """Return a number or a flag of the world."""
        if name in NUMBERS:
            return Symbol(Kind.NUMBER, *NUMBERS[name], name)
        return Symbol(Kind.YESNO, 0.0, 1.0, name) if name in FLAGS else None

    def find_member(self, name: str) -> Symbol | None:
        """Return a number or a flag of each actor."""
        if name in MEMBER_NUMBERS:
            return Symbol(Kind.NUMBER, *MEMBER_NUMBERS[name], name)
        return Symbol(Kind.YESNO, 0.0, 1.0, name) if name in MEMBER_FLAGS else None

    def find_group(self, name: str) -> tuple[str, ...] | None:
        """Return a group."""
        return GROUPS.get(name)

    def gone(self, name: str) -> str | None:
        """One name there once was."""
        return "write budget" if name == "purse" else None

    def known(self) -> Iterable[str]:
        """List what `find` knows."""
        return [*NUMBERS, *FLAGS]

    def known_members(self) -> Iterable[str]:
        """List what `find_member` knows."""
        return [*MEMBER_NUMBERS, *MEMBER_FLAGS]

    def known_groups(self) -> Iterable[str]:
        """List what `find_group` knows."""
        return list(GROUPS)


class _Dictionary(Trees):
    """Finds each name in a column, what each actor has as `member/actor`."""

    def __init__(self, tape: Tape, columns: Sequence[str], capability: Mapping[str, float]) -> None:
        super().__init__(tape)
        self._columns, self._capability = columns, capability

    def named(self, symbol: Symbol, who: Who) -> Operand:
        """Its column."""
        return ROW, self._columns.index(str(symbol.reference))

    def members(self, member: Symbol, group: tuple[str, ...]) -> list[Operand]:
        """The column of each actor."""
        return [(ROW, self._columns.index(f"{member.reference}/{actor}")) for actor in group]

    def capability(self, group: tuple[str, ...]) -> list[Operand]:
        """The capability of each actor."""
        return [self.tape.number(self._capability[actor]) for actor in group]


def values_of(expression: Expression, frame: Frame, capability: Mapping[str, float] = CAPABILITY) -> Any:
    """The value in each run, from arrays of shape (runs,) by name: numbers, or yes/noes."""
    columns, runs = list(frame), len(next(iter(frame.values())))
    written = Columns(expression, lambda tape: _Dictionary(tape, columns, capability), len(columns))
    found = written.values([np.asarray(frame[name], dtype=np.float64) for name in columns], runs)
    return found != 0.0 if expression.kind is Kind.YESNO else found


def frame_of(values: Mapping[str, float | bool]) -> dict[str, Any]:
    """Turn the values of one run into a frame of one run."""
    return {name: np.array([value]) for name, value in values.items()}
