"""What the executor in numpy works on: some runs, and what is to change in them together."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Source
from engine.rules.due import Whole
from engine.rules.layout import NO_STAMP, NOT_ASKED
from engine.rules.machine.state import Slots, State
from engine.rules.program import program as p
from engine.rules.tally import Count


@dataclass
class Changes:
    """Cells of a memory that are to change, by their numbers, and by how much, in the order in which it was caused."""

    cells: list[Rows] = field(default_factory=list)
    amounts: list[Numbers] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.cells)

    def add(self, cells: Rows, amounts: Numbers) -> None:
        """More of them."""
        self.cells.append(cells)
        self.amounts.append(amounts)

    def taken(self) -> tuple[Rows, Numbers]:
        """All of them, which are gone after this."""
        if not self.cells:
            return np.zeros(0, np.intp), np.zeros(0)
        found = np.concatenate(self.cells), np.concatenate(self.amounts)
        self.cells.clear()
        self.amounts.clear()
        return found


class Bench:
    """Some runs, and what changes in them together."""

    def __init__(self, state: State, slots: list[Numbers] | Slots, bodies: dict[int, Count], chance: Source) -> None:
        """The runs as they stand; ``slots`` are those of their memory, one by one."""
        self.program, self.state, self.slots, self.bodies = state.program, state, slots, bodies
        self.memory, self.block, self.tick, self.chance = state.memory, state.block, state.tick, chance
        self.spare: Numbers = np.empty(state.memory.shape[1])
        """A slot more, for what an instruction works out on its way."""
        self._grow, self._become = Changes(), Changes()

    def change(self, sets: bool | int, slot: int, lanes: Rows, amounts: Numbers) -> None:
        """A slot is to become something, or to grow, in some lanes."""
        if len(lanes):
            (self._become if sets else self._grow).add(lanes + slot * self.memory.shape[1], amounts)

    def fall_due(self, which: YesNo, lanes: Whole, slots: Whole, sets: Whole, amounts: Numbers) -> None:
        """Some of what was put off."""
        cells = slots.astype(np.intp) * self.memory.shape[1] + lanes
        for changes, kind in ((self._grow, sets == 0), (self._become, sets != 0)):
            changes.add(cells[which & kind], amounts[which & kind])

    def settle(self) -> None:
        """All of it is done."""
        if not len(self._grow) and not len(self._become):
            return
        growing, amounts = self._grow.taken()
        becoming, becomes = self._become.taken()
        cells, places = np.unique(np.concatenate((growing, becoming)), return_inverse=True)
        rows, lanes = np.divmod(cells, self.memory.shape[1])
        rows -= p.FIRST_ROW
        stamps, everything = self.program.stamps[rows], self.memory.reshape(-1)
        before = everything[cells]
        value = np.where(_met(places[: len(growing)], len(cells)), before + _sums(places, amounts, len(cells)), before)
        sets = _met(places[len(growing) :], len(cells)) & ((stamps != p.ASKED) | (value == NOT_ASKED))
        largest = np.full(len(cells), -np.inf)
        np.maximum.at(largest, places[len(growing) :], becomes)
        value = np.where(sets, largest, value)
        value = np.minimum(np.maximum(value, self.program.limits[0, rows]), self.program.limits[1, rows]) + 0.0
        everything[cells] = value
        stamped = stamps >= 0
        self._stamp(stamps[stamped], lanes[stamped], value[stamped] != 0.0)

    def _stamp(self, stamps: Whole, lanes: Rows, is_up: YesNo) -> None:
        """A flag remembers the day on which it became yes, until it becomes no."""
        since, today = self.memory[stamps, lanes], self.memory[self.program.day, lanes]
        self.memory[stamps, lanes] = np.where(is_up, np.where(since == NO_STAMP, today, since), NO_STAMP)


def _met(places: Rows, many: int) -> YesNo:
    """Which of so many places are among some."""
    met: YesNo = np.zeros(many, dtype=np.bool_)
    met[places] = True
    return met


def _sums(places: Rows, amounts: Numbers, many: int) -> Numbers:
    """By place, the sum of its amounts, added in their order."""
    sums = np.zeros(many)
    np.add.at(sums, places[: len(amounts)], amounts)
    return sums
