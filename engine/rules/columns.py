"""Expressions over columns of numbers, worked out by the same instructions as the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.expressions import Expression
from engine.rules.arrays import Numbers
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import State
from engine.rules.program.assembly import assemble
from engine.rules.program.program import CALENDAR, FIRST_ROW, Program
from engine.rules.program.tape import Constants, Places, Tape
from engine.rules.program.trees import NOBODY, Trees


class Columns:
    """An expression over columns."""

    def __init__(self, expression: Expression, names: Callable[[Tape], Trees], columns: int) -> None:
        """``names`` finds, on a tape, what names stand for: columns are its rows."""
        tape = Tape(Constants())
        tape.keep(names(tape).of(expression.root, NOBODY))
        first = FIRST_ROW + columns
        done = assemble(tape, Places(FIRST_ROW, first, first, first, first + len(tape.constants.numbers)))
        self._program = Program.to_read(done.code, tape.constants.numbers, columns, done.registers)
        self._slot, self._executor = done.kept[0], NumpyExecutor(self._program)

    def values(self, columns: Sequence[Numbers], runs: int) -> Numbers:
        """Its value in each run, from each column, of shape (runs,); a yes/no is 1.0 or 0.0."""
        memory = np.zeros((self._program.slots, runs))
        memory[FIRST_ROW : FIRST_ROW + len(columns)] = columns
        first = self._program.first_constant
        memory[first : first + len(self._program.constants)] = self._program.constants[:, np.newaxis]
        self._executor.run(State(self._program, memory, 0, np.zeros(runs, np.uint64), 0), CALENDAR, CALENDAR)
        values: Numbers = memory[self._slot].copy()
        return values
