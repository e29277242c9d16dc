"""Gauges: numbers that are kept of each run while it goes on, pace by pace, such as the largest that something was.

They are lowered by the same functions as the rules. What they work on stands in one array with a column for each run,
or behind the memory of a machine in which a world stands: then the compiled executor keeps them as it plays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from engine.expressions import Expression
from engine.rules.arrays import Numbers, YesNo
from engine.rules.layout import NO_STAMP
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import Glance
from engine.rules.program.draft import IS_OPEN, TICK, Draft
from engine.rules.program.instructions import NUMBER
from engine.rules.program.program import CALENDAR, Ints, Program
from engine.rules.program.tape import SITE, Operand, Tape
from engine.rules.program.trees import NOBODY
from engine.rules.roster import Roster
from engine.rules.world import World
from engine.scenario.names import Reference

NEVER: Final = np.inf
"""A day, or a pace, that never came."""

NAMING_BODIES: Final = (NUMBER["CHANCE"], NUMBER["TALLY"])
"""Instructions whose third operand is a line of the code."""


@dataclass(frozen=True)
class Gauge(ABC):
    """What is kept of each run, in the paces in which it is open; each kind says what its number is in the end."""

    of: Expression

    def start(self) -> float:
        """The number before the first pace."""
        return NEVER

    @abstractmethod
    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """What becomes of its own number after a pace, given what its expression is now."""


@dataclass(frozen=True)
class First(Gauge):
    """The day on which the first pace opened after which a condition holds, or NEVER."""

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """The earliest of all."""
        return _earliest(tape, own, now, _opened_on(draft, tape))


@dataclass(frozen=True)
class FirstPace(Gauge):
    """The number of the first pace after which a condition holds, or NEVER."""

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """The earliest of all."""
        return _earliest(tape, own, now, tape.pure("SUB", TICK, tape.number(1.0)))


@dataclass(frozen=True)
class Maximum(Gauge):
    """The largest number."""

    def start(self) -> float:
        """Nothing is less."""
        return -np.inf

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """The larger."""
        return tape.pure("PICK", IS_OPEN, tape.pure("MAX", own, now), own)


@dataclass(frozen=True)
class Minimum(Gauge):
    """The smallest number."""

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """The smaller."""
        return tape.pure("PICK", IS_OPEN, tape.pure("MIN", own, now), own)


@dataclass(frozen=True)
class Sum(Gauge):
    """The sum over the paces; of a condition, after how many it holds."""

    def start(self) -> float:
        """Nothing."""
        return 0.0

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """More."""
        return tape.pure("PICK", IS_OPEN, tape.pure("ADD", own, now), own)


@dataclass(frozen=True)
class Until(Gauge):
    """What it is after the last pace that opens on a day or before it."""

    day: float

    def start(self) -> float:
        """Not a number."""
        return np.nan

    def write(self, draft: Draft, tape: Tape, own: Operand, now: Operand) -> Operand:
        """What it is now, if it is not too late."""
        early = tape.pure("LT", _opened_on(draft, tape), tape.number(self.day + 1.0))
        return tape.pure("PICK", tape.pure("MUL", IS_OPEN, early), now, own)


@dataclass(frozen=True)
class Since:
    """The first day of all on which a flag was found to have become yes, or NEVER; it may be no again later."""

    flag: str

    def start(self) -> float:
        """Not yet."""
        return NEVER

    def write(self, draft: Draft, tape: Tape, own: Operand) -> Operand:
        """The earliest day."""
        stamp = draft.on(tape).cell(draft.layout.rows[Reference("since_flag", self.flag)])
        return _earliest(tape, own, tape.pure("NE", stamp, tape.number(NO_STAMP)), stamp)


AnyGauge = Gauge | Since


def _earliest(tape: Tape, own: Operand, holds: Operand, day: Operand) -> Operand:
    """A day where something holds in an open run, if there is no earlier one yet."""
    found = tape.pure("PICK", tape.pure("MUL", IS_OPEN, holds), day, tape.number(NEVER))
    return tape.pure("MIN", own, found)


def _opened_on(draft: Draft, tape: Tape) -> Operand:
    """The day on which the pace opened that has closed now."""
    today = draft.on(tape).cell(draft.layout.day)
    return tape.pure("SUB", today, tape.number(draft.scenario.timeline.pace_in_days))


class Gauges:
    """Some gauges of a scenario, for any number of worlds."""

    def __init__(
        self, roster: Roster, main: Program, gauges: Sequence[AnyGauge], beside: Sequence[Hashable] = ()
    ) -> None:
        """``main`` is the program of the rules; ``beside`` are what expressions may refer to besides the state."""
        draft = Draft(roster, is_whole=False, beside=tuple(beside), behind=main.slots, gauges=len(gauges))
        tape = draft.tape(CALENDAR)
        for number, gauge in enumerate(gauges):
            own = SITE, number
            if isinstance(gauge, Since):
                becomes = gauge.write(draft, tape, own)
            else:
                becomes = gauge.write(draft, tape, own, draft.on(tape).of(gauge.of.root, NOBODY))
            tape.root.body.append(tape.line("COPY", own, becomes))
        self.program = draft.program(main.most_score)
        self._main, self._starts = main, np.array([gauge.start() for gauge in gauges])
        self._first = len(beside)

    @cached_property
    def _executor(self) -> NumpyExecutor:
        """What keeps them where no compiled code does."""
        return NumpyExecutor(self.program)

    @cached_property
    def code(self) -> Ints:
        """The code of the rules, with that of the gauges behind it."""
        own = self.program.code.copy()
        start, end = self.program.stretches[CALENDAR]
        lines = own[start:end]
        lines[np.isin(lines[:, 0], NAMING_BODIES), 3] += len(self._main.code)
        return np.ascontiguousarray(np.concatenate((self._main.code, own)))

    @property
    def span(self) -> tuple[int, int]:
        """Where their instructions begin and end in all code."""
        start, end = self.program.stretches[CALENDAR].tolist()
        return len(self._main.code) + start, len(self._main.code) + end

    def __len__(self) -> int:
        return len(self._starts)

    def memory(self, lanes: int) -> Numbers:
        """What they work on before the first pace: shape (slots of their own, lanes)."""
        memory = np.zeros((self.program.slots - self.program.sites.news, lanes))
        first, end = self._first, self._first + len(self._starts)
        memory[first:end] = self._starts[:, np.newaxis]
        memory[end : end + len(self.program.constants)] = self.program.constants[:, np.newaxis]
        return memory

    def set_beside(self, world: World, beside: Sequence[Numbers]) -> None:
        """Write what stands in no row of the state."""
        assert world.gauged is not None
        for row, numbers in enumerate(beside):
            world.gauged[row] = numbers

    def observe(self, world: World, was_open: YesNo) -> None:
        """Take the state after a pace into account, in the runs that were open in it: shape (runs,)."""
        assert world.gauged is not None
        self._executor.run(Glance(self.program, world.gauged, world, was_open), CALENDAR, CALENDAR)

    def found(self, world: World) -> Numbers:
        """What they have come to: shape (gauges, runs)."""
        assert world.gauged is not None
        found: Numbers = world.gauged[self._first : self._first + len(self._starts)]
        return found
