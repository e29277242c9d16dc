"""The rule book with turns played by the compiled executor."""

from __future__ import annotations

from functools import cached_property

from engine.rules.arrays import Numbers
from engine.rules.machine.numba_executor import NumbaExecutor
from engine.rules.machine.state import empty_memory, load, store
from engine.rules.program.lowering import lower
from engine.rules.program.program import CALENDAR, CLOSE, Program
from engine.rules.rulebook import Recorder, Rules
from engine.rules.world import World


class CompiledRules(Rules):
    """The same rules, whose turns are executed as a program where nobody watches or plays: the same bits."""

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One turn in which the rules decide for everyone."""
        if recorder is not None:
            super().step(world, recorder)
            return
        width = NumbaExecutor.lanes_for(world.runs)
        waiting, world.due = world.due, {}
        for first in range(0, world.runs, width):
            runs = slice(first, first + width)
            state = load(self.program, self._memory(width), world, runs, waiting)
            self._executor.run(state, CALENDAR, CLOSE)
            store(state, world, runs)
        world.known.clear()
        world.turn += 1

    @cached_property
    def program(self) -> Program:
        """The scenario, lowered."""
        return lower(self)

    @cached_property
    def _executor(self) -> NumbaExecutor:
        return NumbaExecutor(self.program)

    def _memory(self, width: int) -> Numbers:
        """A memory that is used again and again."""
        memories: dict[int, Numbers] = self.__dict__.setdefault("_memories", {})
        if width not in memories:
            memories[width] = empty_memory(self.program, width)
        return memories[width]
