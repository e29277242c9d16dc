"""Some runs of a world as executors see them: a memory of slots, as wide as there are lanes, and what was put off."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.rules.arrays import Numbers
from engine.rules.draws import Words
from engine.rules.due import Due
from engine.rules.program.program import ENDING, FIRST_ROW, FREE, OPEN, TICK, Program
from engine.rules.world import OPEN as STILL
from engine.rules.world import World


@dataclass
class State:
    """Up to as many runs as there are lanes, at one moment."""

    program: Program
    memory: Numbers
    """Shape (slots, lanes)."""
    seed: int
    numbers: Words
    """The number of the run in each lane: shape (lanes,)."""
    tick: int
    due: Due = field(default_factory=Due)
    slots: list[Numbers] | None = None
    """Every slot, of shape (lanes,) each, where they are not the rows of the memory."""

    def block(self, first: int, many: int) -> Numbers:
        """So many slots side by side: shape (many, lanes)."""
        return self.memory[first : first + many]

    @property
    def rows(self) -> Numbers:
        """The rows of the world's state: shape (rows, lanes)."""
        return self.memory[FIRST_ROW : FIRST_ROW + self.program.rows]


class Glance(State):
    """A world as it stands, to be read where it is; the memory holds what follows the rows of its state."""

    def __init__(self, program: Program, memory: Numbers, world: World) -> None:
        super().__init__(program, memory, world.draws.seed, world.draws.numbers, world.tick)
        self._base = FIRST_ROW + program.rows
        special = [world.is_open.astype(np.float64), np.full(world.runs, float(world.tick)), world.ending * 1.0]
        self._all = self.slots = [*special, *world.cells, *memory]

    def read(self, slots: list[int]) -> Numbers:
        """What some slots hold: shape (slots, runs)."""
        return np.array([self._all[slot] for slot in slots])

    def block(self, first: int, many: int) -> Numbers:
        """So many slots side by side, of those that follow the rows."""
        return self.memory[first - self._base : first - self._base + many]


def empty_memory(program: Program, lanes: int) -> Numbers:
    """A memory that holds constants, and what is so where nobody says otherwise."""
    memory = np.zeros((program.slots, lanes))
    first = program.first_constant
    memory[first : first + len(program.constants)] = program.constants[:, np.newaxis]
    for name in ("free", "allowed", "told"):
        leave(program, memory, name)
    return memory


def leave(program: Program, memory: Numbers, name: str) -> None:
    """Some sites hold again what is so where nobody says otherwise: the rule decides, and events may happen."""
    first, end = program.sites.span(name)
    memory[first:end] = FREE if name == "told" else 1.0 if name in ("free", "allowed") else 0.0


def load(program: Program, memory: Numbers, world: World, runs: slice) -> State:
    """Some runs of a world, and what waits to fall due in it, in a memory; lanes that are left are closed.

    Nothing is announced, taken, tabled or has happened.
    """
    width, ending = memory.shape[1], world.ending[runs]
    lanes, numbers = len(ending), np.zeros(width, np.uint64)
    numbers[:lanes] = world.draws.numbers[runs]
    state = State(program, memory, world.draws.seed, numbers, world.tick, world.due.among(runs.start, runs.stop))
    state.rows[:, :lanes], state.rows[:, lanes:] = world.cells[:, runs], world.cells[:, -1:]
    memory[ENDING, :lanes], memory[ENDING, lanes:] = ending, 0.0
    memory[OPEN] = memory[ENDING] == STILL
    memory[TICK] = world.tick
    memory[program.sites.news : program.sites.legal] = 0.0
    return state


def store(state: State, world: World, runs: slice) -> None:
    """The lanes of a memory in the runs of a world; what is put off stays with the state."""
    lanes = len(world.ending[runs])
    world.cells[:, runs] = state.rows[:, :lanes]
    world.ending[runs] = state.memory[ENDING, :lanes]
