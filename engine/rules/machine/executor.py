"""What a machine asks of an executor, and an executor of gauges."""

from __future__ import annotations

from typing import Protocol

from engine.rules.arrays import Numbers, YesNo
from engine.rules.machine.state import State
from engine.rules.program.program import Ints
from engine.rules.world import World


class Watching(Protocol):
    """Gauges, as a machine knows them (see ``engine/rules/gauges.py``)."""

    @property
    def code(self) -> Ints:
        """The code of the rules, with that of the gauges behind it."""

    @property
    def span(self) -> tuple[int, int]:
        """Where their instructions begin and end in it."""

    def memory(self, lanes: int) -> Numbers:
        """What they work on before the first pace, behind the memory of the rules: shape (slots, lanes)."""

    def observe(self, world: World, was_open: YesNo) -> None:
        """Take the state after a pace into account, in numpy."""


class Executor(Protocol):
    """What executes a program."""

    def lanes_for(self, runs: int) -> int:
        """How wide the memory of so many runs must be."""

    def run(self, state: State, first: int, last: int) -> None:
        """Execute the stretches from the first to the last."""


class Compiled(Executor, Protocol):
    """One that plays on by itself."""

    def play(self, state: State, paces: int, gauges: Watching | None) -> int:
        """So many whole paces, as long as a run goes on; gives the number of those taken."""

    def watch(self, state: State, gauges: Watching) -> None:
        """Let gauges take the state into account."""
