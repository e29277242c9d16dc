"""The machine: a program, executed on the runs of a world, block by block, by whichever executor is the quicker one.

Both executors give the same bits, so that one may take over from the other between two paces.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol

import numpy as np

from engine.executors import BEST, NUMBA, NUMPY
from engine.rules.arrays import Numbers
from engine.rules.due import Due, joined
from engine.rules.machine import readiness
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import State, empty_memory, leave, load, store
from engine.rules.program.program import APPRAISE, CALENDAR, CLOSE, SILENCE, STRETCHES, Program
from engine.rules.world import World

NO_PUTS: Final[Mapping[str, Numbers]] = {}

WORTH_LOADING: Final = 0.5
"""Seconds of processor time in numpy after which compiled code that is kept is taken up: that takes about as long."""

WORTH_COMPILING: Final = 15.0
"""The same where it is not kept yet, and has to be compiled first."""


class Executor(Protocol):
    """What executes a program."""

    def lanes_for(self, runs: int) -> int:
        """How wide the memory of so many runs must be."""

    def run(self, state: State, first: int, last: int) -> None:
        """Execute the stretches from the first to the last."""


class Machine:
    """Executes a program on worlds. Not by two threads at once."""

    def __init__(self, program: Program, executor: str = BEST) -> None:
        """``executor`` is one of EXECUTORS."""
        self.program = program
        self._wanted = executor
        self._executor: Executor | None = None
        self._is_compiled = False
        self._memories: dict[tuple[bool, int], Numbers] = {}
        self._spent = 0.0

    @property
    def executor(self) -> str:
        """Which executor works."""
        return NUMBA if self._is_compiled else NUMPY

    def run(
        self,
        world: World,
        first: int = CALENDAR,
        last: int = CLOSE,
        put: Mapping[str, Numbers] = NO_PUTS,
        get: Sequence[str] = (),
    ) -> dict[str, Numbers]:
        """Execute the stretches from the first to the last on a world; with the last one of a pace its tick moves on.

        ``put`` are sites that are written before, of shape (sites, runs) or (sites, 1); ``get`` names those that are
        given back, of shape (sites, runs).
        """
        executor, begun = self._pick(), time.thread_time()
        found = {name: np.empty((self._many(name), world.runs)) for name in get}
        waiting: list[tuple[int, Due]] = []
        for runs in self._blocks(executor, world):
            if (first, last) == (CALENDAR, CLOSE) and not world.is_open[runs].any():
                continue
            lanes = runs.stop - runs.start
            state = load(self.program, self._memory(executor, world), world, runs)
            for name, values in put.items():
                begin, end = self.program.sites.span(name)
                state.memory[begin:end, :lanes] = values if values.shape[1] == 1 else values[:, runs]
            executor.run(state, first, last)
            for name, values in found.items():
                begin, end = self.program.sites.span(name)
                values[:, runs] = state.memory[begin:end, :lanes]
            for name in put:
                leave(self.program, state.memory, name)
            if not _only_looks(first, last):
                store(state, world, runs)
                waiting.append((runs.start, state.due))
        if not _only_looks(first, last):
            world.due = joined(waiting)
        if last == CLOSE:
            world.tick += 1
        self._spent += 0.0 if self._is_compiled else time.thread_time() - begun
        return found

    def finish(self, world: World, breath: Callable[[], None] | None = None) -> None:
        """Pace after pace until every run has closed; ``breath`` is called now and then, and may raise to end it."""
        while world.is_open.any():
            if breath is not None:
                breath()
            executor = self._pick()
            if isinstance(executor, NumpyExecutor):
                self.run(world)
            else:
                self._play_on(executor, world, breath)

    def _play_on(self, executor: Executor, world: World, breath: Callable[[], None] | None) -> None:
        """Every block by itself to its end."""
        most, left = 0, self.program.ticks - world.tick
        for runs in self._blocks(executor, world):
            if breath is not None and runs.start:
                breath()
            if world.is_open[runs].any():
                state = load(self.program, self._memory(executor, world), world, runs)
                most = max(most, executor.play(state, left))  # type: ignore[attr-defined]  # the compiled one
                store(state, world, runs)
        world.due = Due()
        world.tick += most

    def _blocks(self, executor: Executor, world: World) -> Iterator[slice]:
        width = executor.lanes_for(world.runs)
        for begin in range(0, world.runs, width):
            yield slice(begin, min(begin + width, world.runs))

    def _many(self, site: str) -> int:
        begin, end = self.program.sites.span(site)
        return end - begin

    def _memory(self, executor: Executor, world: World) -> Numbers:
        """A memory that is used again and again."""
        width = executor.lanes_for(world.runs)
        key = self._is_compiled, width
        if key not in self._memories:
            if len(self._memories) > MEMORIES:
                self._memories.clear()
            self._memories[key] = empty_memory(self.program, width)
        return self._memories[key]

    def _pick(self) -> Executor:
        if not self._is_compiled and self._is_worth_it():
            from engine.rules.machine.numba_executor import NumbaExecutor

            self._executor, self._is_compiled = NumbaExecutor(self.program), True
        if self._executor is None:
            self._executor = NumpyExecutor(self.program)
        return self._executor

    def _is_worth_it(self) -> bool:
        if self._wanted != BEST:
            return self._wanted == NUMBA
        if self._spent < WORTH_LOADING or not readiness.is_installed():
            return False
        return self._spent >= WORTH_COMPILING or readiness.is_compiled()


MEMORIES: Final = 4
"""Memories of so many widths are kept."""


def _only_looks(first: int, last: int) -> bool:
    """Whether these stretches change nothing in a world."""
    assert first <= last < STRETCHES
    return first >= APPRAISE and last <= SILENCE
