"""The machine: a program, executed on the runs of a world, block by block, by whichever executor is the quicker one.

Both executors give the same bits, so that one may take over from the other between two paces.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from engine.executors import BEST, NUMBA, NUMPY
from engine.rules.arrays import Numbers, YesNo
from engine.rules.due import Due, joined
from engine.rules.machine import readiness
from engine.rules.machine.executor import Compiled, Executor, Watching
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import State, empty_memory, leave, load, settle, settled, store
from engine.rules.program.program import APPRAISE, CALENDAR, CLOSE, OPEN, SILENCE, STRETCHES, TICK, Program
from engine.rules.world import World

NO_PUTS: Final[Mapping[str, Numbers]] = {}

WORTH_LOADING: Final = 0.05
"""Seconds of processor time in numpy after which compiled code that is kept is taken up: that takes about as long."""

WORTH_COMPILING: Final = 15.0
"""The same where it is not kept yet, and has to be compiled first."""

IN_NUMPY: Final = 5e-9
"""Seconds that numpy takes for a line of a program in one run and pace, about (measured with Kosovo)."""

A_LINE: Final = 1e-6
"""The same for a line however few the runs are."""

A_BLOCK: Final = 1.5e-4
"""Seconds that it takes to hand a block of runs over to compiled code, and back."""


class Machine:
    """Executes a program on worlds; several threads that ask at once are served one after the other."""

    def __init__(self, program: Program, executor: str = BEST) -> None:
        """``executor`` is one of EXECUTORS."""
        self.program = program
        self._wanted = executor
        self._numpy: NumpyExecutor | None = None
        self._compiled: Compiled | None = None
        self._memories: dict[tuple[bool, int], Numbers] = {}
        self._spent = 0.0
        self._ahead = 0.0
        self._in_use = threading.RLock()
        """Held while something stands in a memory or on a workbench: both are used again and again."""

    @property
    def executor(self) -> str:
        """Which executor works."""
        return NUMBA if self._compiled else NUMPY

    def expect(self, runs: int) -> None:
        """Told that at least so many whole runs are to come, so that it need not find out what is worth loading."""
        lines = len(self.program.code) * self.program.ticks
        self._ahead = max(self._ahead, lines * (A_LINE + IN_NUMPY * runs))

    def side_by_side(self, most: int, is_stopped: bool = False) -> int:
        """How many runs should stand in a world, of at most so many: for compiled code as many as it has lanes.

        Where each pace is stopped in, so that Python may look or decide, as many as can share what that costs.
        """
        self._pick()
        return most if is_stopped or self._compiled is None else min(most, self._compiled.lanes_for(most))

    def settle(self, world: World, gauges: Watching | None = None) -> None:
        """Prepare a world that nobody has played yet to be played to its end, and gauged.

        Where there is room for it, it stands where compiled code works on it from then on: its cells are others, and it
        is not to be copied or pickled any more.
        """
        width = self._pick().lanes_for(world.runs)
        if self._compiled is None or width < world.runs:
            world.gauged = None if gauges is None else gauges.memory(world.runs)
        elif world.memory is None:
            settle(self.program, world, width, np.zeros((0, width)) if gauges is None else gauges.memory(width))

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
        with self._in_use:
            return self._run(world, first, last, put, get)

    def _run(
        self, world: World, first: int, last: int, put: Mapping[str, Numbers], get: Sequence[str]
    ) -> dict[str, Numbers]:
        executor, begun = self._pick_for(world, first, last), time.thread_time()
        found = {name: np.empty((self._many(name), world.runs)) for name in get}
        waiting: list[tuple[int, Due]] = []
        for runs in self._blocks(executor, world):
            if (first, last) == (CALENDAR, CLOSE) and not world.is_open[runs].any():
                continue
            lanes = runs.stop - runs.start
            state = self._state(executor, world, runs)
            self._put(state, put, runs)
            executor.run(state, first, last)
            for name, values in found.items():
                begin, end = self.program.sites.span(name)
                values[:, runs] = state.memory[begin:end, :lanes]
            for name in put:
                leave(self.program, state.memory, name)
            if not _only_looks(first, last):
                store(state, world, runs)
                waiting.append((runs.start, state.due))
        if not _only_looks(first, last) and world.memory is None:
            world.due = joined(waiting)
        if last == CLOSE:
            world.tick += 1
        self._spent += time.thread_time() - begun if executor is self._numpy else 0.0
        return found

    def observe(self, world: World, gauges: Watching, was_open: YesNo) -> None:
        """Let gauges take a pace into account that has just closed; ``was_open`` of shape (runs,)."""
        if world.memory is None or self._compiled is None:
            gauges.observe(world, was_open)
            return
        world.memory[OPEN, : world.runs], world.memory[TICK] = was_open, world.tick
        tick = min(world.tick, self.program.ticks - 1)
        state = State(self.program, world.memory, world.draws.seed, world.draws.numbers, tick, world.due)
        with self._in_use:
            self._compiled.watch(state, gauges)

    def finish(
        self,
        world: World,
        breath: Callable[[], None] | None = None,
        gauges: Watching | None = None,
        paces: int | None = None,
        put: Mapping[str, Numbers] = NO_PUTS,
    ) -> None:
        """Pace after pace until every run has closed, or so many paces; ``gauges`` those for which it was settled.

        ``put`` are sites that hold so in all these paces, as in :meth:`run`; ``breath`` is called now and then, and may
        raise to end it.
        """
        last = self.program.ticks if paces is None else min(self.program.ticks, world.tick + paces)
        while world.tick < last and world.is_open.any():
            if breath is not None:
                breath()
            self._pick()
            if self._compiled is not None and (gauges is None or world.memory is not None):
                self._play_on(self._compiled, world, last - world.tick, gauges, put, breath)
                continue
            was_open = world.is_open
            self.run(world, put=put)
            if gauges is not None:
                gauges.observe(world, was_open)

    def _play_on(
        self,
        executor: Compiled,
        world: World,
        paces: int,
        gauges: Watching | None,
        put: Mapping[str, Numbers],
        breath: Callable[[], None] | None,
    ) -> None:
        """Every block by itself."""
        most, waiting = 0, list[tuple[int, Due]]()
        for runs in self._blocks(executor, world):
            if breath is not None and runs.start:
                breath()
            if not world.is_open[runs].any():
                continue
            with self._in_use:
                state = self._state(executor, world, runs)
                self._put(state, put, runs)
                most = max(most, executor.play(state, paces, gauges))
                for name in put:
                    leave(self.program, state.memory, name)
                store(state, world, runs)
                waiting.append((runs.start, state.due))
        if world.memory is None:
            world.due = joined(waiting)
        world.tick += most

    def _blocks(self, executor: Executor, world: World) -> Iterator[slice]:
        width = executor.lanes_for(world.runs)
        for begin in range(0, world.runs, width):
            yield slice(begin, min(begin + width, world.runs))

    def _state(self, executor: Executor, world: World, runs: slice) -> State:
        """Some runs in a memory: their own, or one into which they are copied."""
        if world.memory is not None:
            return settled(self.program, world)
        return load(self.program, self._memory(executor, world), world, runs)

    def _put(self, state: State, put: Mapping[str, Numbers], runs: slice) -> None:
        """Write sites of some runs."""
        for name, values in put.items():
            begin, end = self.program.sites.span(name)
            state.memory[begin:end, : runs.stop - runs.start] = values if values.shape[1] == 1 else values[:, runs]

    def _many(self, site: str) -> int:
        begin, end = self.program.sites.span(site)
        return end - begin

    def _memory(self, executor: Executor, world: World) -> Numbers:
        """A memory that is used again and again."""
        width = executor.lanes_for(world.runs)
        key = executor is self._compiled, width
        if key not in self._memories:
            if len(self._memories) > MEMORIES:
                self._memories.clear()
            self._memories[key] = empty_memory(self.program, width)
        return self._memories[key]

    def _pick(self) -> Executor:
        if self._compiled is not None:
            return self._compiled
        if self._is_worth_it():
            from engine.rules.machine.numba_executor import NumbaExecutor

            self._compiled = NumbaExecutor(self.program)
            return self._compiled
        return self._in_numpy()

    def _in_numpy(self) -> Executor:
        if self._numpy is None:
            self._numpy = NumpyExecutor(self.program)
        return self._numpy

    def _pick_for(self, world: World, first: int, last: int) -> Executor:
        """The quicker one for some stretches: to hand over block after block may take longer than little work."""
        executor = self._pick()
        if executor is not self._compiled or world.memory is not None or self._wanted != BEST:
            return executor
        lines = int(self.program.stretches[last, 1] - self.program.stretches[first, 0])
        blocks = -(-world.runs // executor.lanes_for(world.runs))
        in_numpy = lines * (A_LINE + IN_NUMPY * world.runs)
        return self._in_numpy() if in_numpy < blocks * A_BLOCK else executor

    def _is_worth_it(self) -> bool:
        if self._wanted != BEST:
            return self._wanted == NUMBA
        work = self._spent + self._ahead
        if work < WORTH_LOADING or not readiness.is_installed():
            return False
        return work >= WORTH_COMPILING or readiness.is_compiled()


MEMORIES: Final = 4
"""Memories of so many widths are kept."""


def _only_looks(first: int, last: int) -> bool:
    """Whether these stretches change nothing in a world."""
    assert first <= last < STRETCHES
    return first >= APPRAISE and last <= SILENCE
