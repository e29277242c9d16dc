"""The compiled executor, as the rules use it: memories of one lane or of 64, and what it works with."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.rules.machine.compiling import LANES, At, execute_lanes
from engine.rules.machine.executor import Watching
from engine.rules.machine.state import State
from engine.rules.program.program import Program

NOBODY_WATCHES: Final = (0, 0)
"""No instructions follow those of a pace."""


class NumbaExecutor:
    """Executes a program by numba: one run, or up to 64 side by side. Not for two threads at once."""

    def __init__(self, program: Program) -> None:
        """The workbenches are made once."""
        self.program, sites = program, program.sites
        self._at = At(
            sites.take,
            sites.legal,
            sites.gain,
            sites.rate,
            sites.free,
            program.day,
            len(program.options),
        )
        self._benches: dict[int, tuple[np.ndarray, ...]] = {}

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

    def _execute(self, state: State, start: int, end: int, paces: int, gauges: Watching | None = None) -> int:
        one, lanes, due = self.program, state.memory.shape[1], state.due
        code, watch = (one.code, NOBODY_WATCHES) if gauges is None else (gauges.code, gauges.span)
        due.make_room(one.most_due * lanes * max(1, paces))
        return int(
            execute_lanes(
                code,
                start,
                end,
                state.memory,
                self._at,
                state.tick,
                np.uint64(state.seed),
                state.numbers,
                one.keys,
                one.actor_keys,
                one.options,
                one.actors,
                one.limits,
                one.stamps,
                one.pace,
                *self._bench(lanes),
                due.lanes,
                due.ticks,
                due.slots,
                due.sets,
                due.amounts,
                due.many,
                paces,
                *watch,
                one.ticks,
            )
        )

    def _bench(self, lanes: int) -> tuple[np.ndarray, ...]:
        """What rows grow by, what they become, in which lanes they do either, and the rows that are to change."""
        if lanes not in self._benches:
            rows = len(self.program.stamps)
            self._benches[lanes] = (
                np.zeros((rows, lanes)),
                np.zeros((rows, lanes)),
                np.zeros(rows, np.uint64),
                np.zeros(rows, np.uint64),
                np.zeros(rows, np.int32),
                np.zeros(1, np.int64),
            )
        return self._benches[lanes]
