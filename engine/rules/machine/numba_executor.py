"""The compiled executor, as the rules use it: memories of one lane or of 64, and what it works with."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.rules.machine import handover as h
from engine.rules.machine.executor import Watching
from engine.rules.machine.handover import LANES
from engine.rules.machine.kernel import paces
from engine.rules.machine.state import State
from engine.rules.program.program import Program

NOBODY_WATCHES: Final = (0, 0)
"""No instructions follow those of a pace."""

SIGN: Final = 2**63
"""A seed from here on is a number below 0 in the words of a table."""


class NumbaExecutor:
    """Executes a program by numba: one run, or up to 64 side by side. Not for two threads at once."""

    def __init__(self, program: Program) -> None:
        """The workbenches are made once."""
        self.program, self._paces = program, paces()
        self._benches: dict[int, Workbench] = {}

    @staticmethod
    def lanes_for(runs: int) -> int:
        """How wide the memory of so many runs must be."""
        return 1 if runs == 1 else LANES

    def run(self, state: State, first: int, last: int) -> None:
        """Execute the stretches from the first to the last."""
        start, end = int(self.program.stretches[first, 0]), int(self.program.stretches[last, 1])
        self._execute(state, start, end, 0)

    def play(self, state: State, paces: int, gauges: Watching | None) -> int:
        """So many whole paces, as long as a run goes on; gives the number of those taken."""
        first, last = int(self.program.stretches[0, 0]), int(self.program.stretches[-1, 1])
        return self._execute(state, first, last, paces, gauges)

    def watch(self, state: State, gauges: Watching) -> None:
        """Let gauges take the state into account."""
        self._execute(state, *gauges.span, 0, gauges)

    def _execute(self, state: State, start: int, end: int, most: int, gauges: Watching | None = None) -> int:
        one, lanes, due = self.program, state.memory.shape[1], state.due
        code, watch = (one.code, NOBODY_WATCHES) if gauges is None else (gauges.code, gauges.span)
        due.make_room(one.most_due * lanes * max(1, most))
        if lanes not in self._benches:
            self._benches[lanes] = Workbench(one, lanes)
        bench = self._benches[lanes]
        bench.words[: h.WIDE] = (
            start,
            end,
            state.tick,
            most,
            *watch,
            state.seed if state.seed < SIGN else state.seed - 2 * SIGN,
            len(code),
            len(due.lanes),
            place(code),
            place(state.memory),
            len(state.memory),
            place(state.numbers),
            place(due.lanes),
            place(due.ticks),
            place(due.slots),
            place(due.sets),
            place(due.amounts),
            place(due.many),
        )
        return self._paces(bench.place, one.pace)


class Workbench:
    """A table of words for a program and a number of lanes, and what stands where it says."""

    def __init__(self, program: Program, lanes: int) -> None:
        """What rows grow by, what they become, in which lanes they do either, and the rows that are to change."""
        one, sites, rows = program, program.sites, len(program.stamps)
        arrays = (
            one.keys,
            one.actor_keys,
            one.options,
            one.actors,
            one.limits,
            one.stamps,
            np.zeros((rows, lanes)),
            np.zeros((rows, lanes)),
            np.zeros(rows, np.uint64),
            np.zeros(rows, np.uint64),
            np.zeros(rows, np.int32),
            np.zeros(1, np.int64),
        )
        self._arrays = [np.ascontiguousarray(array) for array in arrays]
        self.words = np.zeros(h.WORDS, np.int64)
        self.words[h.WIDE : h.KEYS] = (
            lanes,
            one.ticks,
            rows,
            sites.take,
            sites.legal,
            sites.gain,
            sites.rate,
            sites.free,
            one.day,
            len(one.options),
            len(one.actors),
            len(one.keys),
        )
        self.words[h.KEYS :] = [place(array) for array in self._arrays]
        self.place = place(self.words)


def place(array: np.ndarray[Any, Any]) -> int:
    """Where an array stands, which compiled code takes as it is: row after row."""
    assert array.flags.c_contiguous
    found: int = array.ctypes.data
    return found
