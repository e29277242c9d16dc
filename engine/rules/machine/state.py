"""Some runs of a world as executors see them: a memory of slots, as wide as there are lanes, and what was put off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from engine.rules.arrays import Numbers, YesNo
from engine.rules.draws import Words
from engine.rules.due import Due
from engine.rules.program.program import ENDING, FIRST_ROW, FREE, OPEN, TICK, Program
from engine.rules.world import OPEN as STILL
from engine.rules.world import World

LINE: Final = 8
"""Numbers in a line of the cache: a vector that lies across two of them is read twice."""

PAGE: Final = 2**18
"""Numbers in a large page of the memory (2 MB), of which there are few to look up."""

LARGE: Final = 2**19
"""Numbers of an array for which numpy asks for large pages (4 MB)."""


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
    slots: Slots | None = None
    """Every slot, of shape (lanes,) each, where they are not the rows of the memory."""

    def block(self, first: int, many: int) -> Numbers:
        """So many slots side by side: shape (many, lanes)."""
        return self.memory[first : first + many]

    @property
    def rows(self) -> Numbers:
        """The rows of the world's state: shape (rows, lanes)."""
        return self.memory[FIRST_ROW : FIRST_ROW + self.program.rows]


class Slots(dict[int, Numbers]):
    """The slots of a world as it stands, and of a memory that holds what follows the rows of its state.

    One is looked up when it is first asked for: of thousands, whoever reads a world asks for a few.
    """

    def __init__(self, world: World, memory: Numbers, base: int, is_open: YesNo) -> None:
        """``base`` is the slot that the first row of the memory is."""
        self[OPEN], self[TICK] = is_open.astype(np.float64), np.full(world.runs, float(world.tick))
        self[ENDING] = world.ending.astype(np.float64)
        self._cells, self._memory, self._base = world.cells, memory, base

    def __missing__(self, slot: int) -> Numbers:
        row = slot - FIRST_ROW
        found: Numbers = self._cells[row] if row < len(self._cells) else self._memory[slot - self._base]
        self[slot] = found
        return found


class Glance(State):
    """A world as it stands, to be read where it is; the memory holds what follows the rows of its state."""

    def __init__(self, program: Program, memory: Numbers, world: World, is_open: YesNo | None = None) -> None:
        """``is_open`` says which runs count as open, where those that go on don't: shape (runs,)."""
        tick = min(world.tick, program.ticks - 1)  # after the end, whoever sat in the last pace sits
        super().__init__(program, memory, world.draws.seed, world.draws.numbers, tick)
        self._base = program.sites.news
        self._all = self.slots = Slots(world, memory, self._base, world.is_open if is_open is None else is_open)

    def read(self, slots: list[int]) -> Numbers:
        """What some slots hold: shape (slots, runs)."""
        return np.array([self._all[slot] for slot in slots])

    def block(self, first: int, many: int) -> Numbers:
        """So many slots side by side, of those that follow the rows."""
        return self.memory[first - self._base : first - self._base + many]


def empty_memory(program: Program, lanes: int) -> Numbers:
    """A memory that holds constants, and what is so where nobody says otherwise."""
    memory = aligned(program.slots, lanes)
    first = program.first_constant
    memory[first : first + len(program.constants)] = program.constants[:, np.newaxis]
    for name in ("free", "allowed", "told"):
        leave(program, memory, name)
    return memory


def aligned(slots: int, lanes: int) -> Numbers:
    """A memory of zeros that begins where a line of the processor's cache does, or a large page where it fills some."""
    size = slots * lanes
    start = PAGE if size >= PAGE else LINE
    room = np.zeros(max(size + start, LARGE if start == PAGE else 0))
    first = -(room.ctypes.data // room.itemsize) % start
    return room[first : first + size].reshape(slots, lanes)


def leave(program: Program, memory: Numbers, name: str) -> None:
    """Some sites hold again what is so where nobody says otherwise: the rule decides, and events may happen."""
    first, end = program.sites.span(name)
    memory[first:end] = FREE if name == "told" else 1.0 if name in ("free", "allowed") else 0.0


def load(program: Program, memory: Numbers, world: World, runs: slice) -> State:
    """Some runs of a world, and what waits to fall due in it, in a memory; lanes that are left are closed.

    Nothing is announced, taken, tabled or has happened.
    """
    state = _state(program, memory, world, runs, world.due.among(runs.start, runs.stop))
    lanes = len(world.ending[runs])
    state.rows[:, :lanes], state.rows[:, lanes:] = world.cells[:, runs], world.cells[:, -1:]
    return state


def store(state: State, world: World, runs: slice) -> None:
    """The lanes of a memory in the runs of a world; what is put off stays with the state."""
    lanes = len(world.ending[runs])
    if world.memory is None:
        world.cells[:, runs] = state.rows[:, :lanes]
    world.ending[runs] = state.memory[ENDING, :lanes]


def settle(program: Program, world: World, width: int, more: Numbers) -> None:
    """Let a world of at most so many runs stand in a memory of its own: nothing is copied between two paces.

    ``more`` stands behind all else in the memory, and is what is gauged of the world: shape (slots, width).
    """
    memory = aligned(program.slots + len(more), width)
    memory[: program.slots], memory[program.slots :] = empty_memory(program, width), more
    world.cells = load(program, memory, world, slice(0, world.runs)).rows[:, : world.runs]
    world.memory, world.gauged = memory, memory[program.slots :, : world.runs]


def settled(program: Program, world: World) -> State:
    """A world that stands in a memory of its own, as :func:`load` leaves it there."""
    assert world.memory is not None
    return _state(program, world.memory, world, slice(0, world.runs), world.due)


def _state(program: Program, memory: Numbers, world: World, runs: slice, due: Due) -> State:
    """All but the rows."""
    width, ending = memory.shape[1], world.ending[runs]
    lanes, numbers = len(ending), np.zeros(width, np.uint64)
    numbers[:lanes] = world.draws.numbers[runs]
    memory[ENDING, :lanes], memory[ENDING, lanes:] = ending, 0.0
    memory[OPEN] = memory[ENDING] == STILL
    memory[TICK] = world.tick
    memory[program.sites.news : program.sites.legal] = 0.0
    return State(program, memory, world.draws.seed, numbers, world.tick, due)
