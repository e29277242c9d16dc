"""What was put off: changes that take place in a later pace, in the order in which they were caused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.rules.arrays import Numbers, Rows, YesNo

Whole = NDArray[np.int32]

COLUMNS = ("lanes", "ticks", "slots", "sets", "amounts")


NO_WHOLE, NO_NUMBERS = np.zeros(0, np.int32), np.zeros(0)
"""No column has anything; these are never written."""


@dataclass
class Due:
    """What was put off, as columns, of whose rows the first ``many`` are used."""

    lanes: Whole = field(default_factory=lambda: NO_WHOLE)
    """In which run, by its place in the world, or in the memory that holds some of its runs."""
    ticks: Whole = field(default_factory=lambda: NO_WHOLE)
    """In which pace it falls due."""
    slots: Whole = field(default_factory=lambda: NO_WHOLE)
    """What changes: a slot of the program's memory."""
    sets: Whole = field(default_factory=lambda: NO_WHOLE)
    """Whether it becomes the amount, or grows by it."""
    amounts: Numbers = field(default_factory=lambda: NO_NUMBERS)
    many: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    """How many, as an array of one number, which executors write."""

    def __len__(self) -> int:
        return int(self.many[0])

    def columns(self) -> tuple[Whole, Whole, Whole, Whole, Numbers]:
        """What is used of each column."""
        used = slice(0, len(self))
        return self.lanes[used], self.ticks[used], self.slots[used], self.sets[used], self.amounts[used]

    def make_room(self, more: int) -> None:
        """Room for so many more."""
        needed = len(self) + more
        if needed > len(self.lanes):
            size = max(64, 2 * len(self.lanes), needed)
            for name in COLUMNS:
                old = getattr(self, name)
                new = np.empty(size, old.dtype)
                new[: len(old)] = old
                setattr(self, name, new)

    def append(self, lanes: Rows | Whole, tick: int, slot: int, sets: int, amounts: Numbers) -> None:
        """The same change in some lanes."""
        self.make_room(len(lanes))
        place = slice(len(self), len(self) + len(lanes))
        self.lanes[place], self.ticks[place], self.slots[place], self.sets[place] = lanes, tick, slot, sets
        self.amounts[place] = amounts
        self.many[0] += len(lanes)

    def keep(self, which: YesNo) -> Due:
        """Some of it."""
        lanes, ticks, slots, sets, amounts = self.columns()
        return _of(lanes[which], ticks[which], slots[which], sets[which], amounts[which])

    def among(self, first: int, last: int) -> Due:
        """What is put off in the lanes from ``first`` to before ``last``, which are numbered anew from 0."""
        if not len(self):
            return Due()
        part = self.keep((self.lanes[: len(self)] >= first) & (self.lanes[: len(self)] < last))
        part.lanes -= first
        return part

    def picked(self, runs: Rows) -> Due:
        """What is put off in some runs, any of them perhaps several times: shape (new runs,)."""
        if not len(self):
            return Due()
        lanes = self.lanes[: len(self)]
        order, many = np.argsort(lanes, kind="stable"), np.bincount(lanes, minlength=int(runs.max()) + 1)
        first, wanted = np.concatenate([[0], np.cumsum(many)]), many[runs]
        within = np.arange(wanted.sum()) - np.repeat(np.cumsum(wanted) - wanted, wanted)
        entries = order[np.repeat(first[runs], wanted) + within]
        _, ticks, slots, sets, amounts = self.columns()
        copies = np.repeat(np.arange(len(runs), dtype=np.int32), wanted)
        return _of(copies, ticks[entries], slots[entries], sets[entries], amounts[entries])

    def repeated(self, times: int) -> Due:
        """The same for so many copies of each run, side by side."""
        lanes, ticks, slots, sets, amounts = self.columns()
        copies = np.repeat(lanes * np.int32(times), times) + np.tile(np.arange(times, dtype=np.int32), len(self))
        ticks, slots, sets = (np.repeat(column, times) for column in (ticks, slots, sets))
        return _of(copies, ticks, slots, sets, np.repeat(amounts, times))


def joined(parts: list[tuple[int, Due]]) -> Due:
    """What is put off in several parts of a world, each with the number of its first run."""
    used = [(first, part.columns()) for first, part in parts if len(part)]
    if not used:
        return Due()
    lanes = np.concatenate([columns[0] + np.int32(first) for first, columns in used])
    ticks = np.concatenate([columns[1] for _, columns in used])
    slots = np.concatenate([columns[2] for _, columns in used])
    sets = np.concatenate([columns[3] for _, columns in used])
    return _of(lanes, ticks, slots, sets, np.concatenate([columns[4] for _, columns in used]))


def _of(lanes: Whole, ticks: Whole, slots: Whole, sets: Whole, amounts: Numbers) -> Due:
    return Due(lanes, ticks, slots, sets, amounts, np.array([len(lanes)], np.int64))
