"""Some runs of a world as executors see them: a memory of slots, as wide as there are lanes, and what was put off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Words
from engine.rules.program.program import ENDING, FIRST_ROW, FREE, OPEN, TICK, Program
from engine.rules.world import OPEN as STILL
from engine.rules.world import Changes, World

Whole = NDArray[np.int32]


@dataclass
class Due:
    """What was put off, in the order in which it was caused: columns, of whose rows the first ``many`` are used."""

    lanes: Whole = field(default_factory=lambda: np.zeros(0, np.int32))
    ticks: Whole = field(default_factory=lambda: np.zeros(0, np.int32))
    slots: Whole = field(default_factory=lambda: np.zeros(0, np.int32))
    """What changes."""
    sets: Whole = field(default_factory=lambda: np.zeros(0, np.int32))
    """Whether it becomes the amount, or grows by it."""
    amounts: Numbers = field(default_factory=lambda: np.zeros(0))
    many: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    """How many, as an array of one number, which executors write."""

    def columns(self) -> tuple[Whole, Whole, Whole, Whole, Numbers]:
        """What is used of each column."""
        used = slice(0, int(self.many[0]))
        return self.lanes[used], self.ticks[used], self.slots[used], self.sets[used], self.amounts[used]

    def make_room(self, more: int) -> None:
        """Room for so many more."""
        needed = int(self.many[0]) + more
        if needed > len(self.lanes):
            size = max(64, 2 * len(self.lanes), needed)
            for name in ("lanes", "ticks", "slots", "sets", "amounts"):
                setattr(self, name, np.resize(getattr(self, name), size) if len(self.lanes) else _empty(name, size))

    def append(self, lanes: Rows, tick: int, slot: int, sets: int, amounts: Numbers) -> None:
        """The same change in some lanes."""
        self.make_room(len(lanes))
        place = slice(int(self.many[0]), int(self.many[0]) + len(lanes))
        self.lanes[place], self.ticks[place], self.slots[place], self.sets[place] = lanes, tick, slot, sets
        self.amounts[place] = amounts
        self.many[0] += len(lanes)

    def keep(self, which: YesNo) -> Due:
        """Some of it."""
        lanes, ticks, slots, sets, amounts = (column[which] for column in self.columns())
        return Due(lanes, ticks, slots, sets, amounts, np.array([int(which.sum())]))


def _empty(name: str, size: int) -> Whole | Numbers:
    return np.zeros(size) if name == "amounts" else np.zeros(size, np.int32)


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

    @cached_property
    def slots(self) -> list[Numbers]:
        """Every slot of the memory: shape (lanes,) each."""
        return list(self.memory)

    @property
    def rows(self) -> Numbers:
        """The rows of the world's state: shape (rows, lanes)."""
        return self.memory[FIRST_ROW : FIRST_ROW + self.program.rows]


def empty_memory(program: Program, lanes: int) -> Numbers:
    """A memory that holds constants, and what is so where nobody says otherwise."""
    memory = np.zeros((program.slots, lanes))
    first, sites = program.first_constant, program.sites
    memory[first : first + len(program.constants)] = program.constants[:, np.newaxis]
    memory[sites.free : sites.ballots] = 1.0
    memory[sites.told : sites.end] = FREE
    return memory


def load(program: Program, memory: Numbers, world: World, runs: slice, waiting: Mapping[int, Changes]) -> State:
    """Some runs of a world, and what waits to fall due in it, in a memory; lanes that are left are closed."""
    width, ending = memory.shape[1], world.ending[runs]
    lanes, numbers = len(ending), np.zeros(width, np.uint64)
    numbers[:lanes] = world.draws.numbers[runs]
    state = State(program, memory, world.draws.seed, numbers, world.turn)
    state.rows[:, :lanes], state.rows[:, lanes:] = world.cells[:, runs], world.cells[:, -1:]
    memory[ENDING, :lanes], memory[ENDING, lanes:] = ending, 0.0
    memory[OPEN] = memory[ENDING] == STILL
    memory[TICK] = world.turn
    for tick, changes in waiting.items():
        _put_off(state.due, tick, changes, runs)
    return state


def store(state: State, world: World, runs: slice) -> None:
    """The lanes of a memory in the runs of a world, and what is put off among what falls due there."""
    lanes = len(world.ending[runs])
    world.cells[:, runs] = state.rows[:, :lanes]
    world.ending[runs] = state.memory[ENDING, :lanes]
    for lane, tick, slot, sets, amount in zip(*(column.tolist() for column in state.due.columns()), strict=True):
        if slot < FIRST_ROW + state.program.rows:  # the rest are news, which nobody reads here
            _take_up(
                world.due.setdefault(tick, Changes()), slot - FIRST_ROW, runs.start + lane, sets, amount, world.runs
            )


def _put_off(due: Due, tick: int, changes: Changes, runs: slice) -> None:
    for row, amount in changes.adds.items():
        lanes = amount[runs].nonzero()[0]
        due.append(lanes, tick, FIRST_ROW + row, 0, amount[runs][lanes])
    for row, (value, where) in changes.sets.items():
        lanes = where[runs].nonzero()[0]
        due.append(lanes, tick, FIRST_ROW + row, 1, value[runs][lanes])


def _take_up(changes: Changes, row: int, run: int, sets: int, amount: float, runs: int) -> None:
    if not sets:
        changes.adds.setdefault(row, np.zeros(runs))[run] += amount
        return
    values, where = changes.sets.setdefault(row, (np.zeros(runs), np.zeros(runs, dtype=np.bool_)))
    values[run] = max(values[run], amount) if where[run] else amount
    where[run] = True
