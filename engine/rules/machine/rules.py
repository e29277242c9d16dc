"""The rule book with paces played by the machine."""

from __future__ import annotations

from functools import cached_property

from engine.rules.machine.beyond import is_beyond
from engine.rules.machine.lowering import lower
from engine.rules.machine.machine import Machine
from engine.rules.rulebook import Recorder, Rules
from engine.rules.world import World


class CompiledRules(Rules):
    """The same rules, whose paces the machine executes where nobody watches or plays: the same bits."""

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One pace in which the rules decide for everyone."""
        if recorder is None and not self._is_beyond:
            self._machine.step(world)
        else:
            super().step(world, recorder)

    @cached_property
    def _is_beyond(self) -> bool:
        return is_beyond(self.scenario)

    @cached_property
    def _machine(self) -> Machine:
        return Machine(lower(self))
