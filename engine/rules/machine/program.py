"""A scenario's rules as numbers: what the machine executes.

Nothing here knows expressions, actors or texts. The tables are whole numbers, one below the other in one array, whose
columns are named below; the workbenches are two arrays whose parts stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

NONE = -1
"""No slot, row or number."""

# the first slots of the memory; the rows of the state follow
OPEN, GAIN, TURN, FIRST_ROW = range(4)

# columns of `effects`
E_START, E_END, E_WHEN, E_CHANCE, E_UNIFORM, E_TURNS, E_FIRST, E_LAST = range(8)
# columns of `changes`
C_ROW, C_SETS, C_AMOUNT = range(3)
# columns of `lists`: effects that happen together
L_FIRST, L_LAST, L_DRAWS = range(3)
# columns of `options`
O_ORDER, O_BLOCK, O_LIST, O_MEMORY, O_QUESTION = range(5)
# columns of `actors`
A_FIRST, A_LAST = range(2)
# columns of `sittings`: a question before those who sit on some day
S_START, S_END, S_AREA, S_MEMBERS, S_KEYS, S_BODY = range(6)
# numbers of a body, which stand as a line of the code, and those of its members behind it
B_MEMBERS, B_NEEDED, B_LOWEST, B_HIGHEST, B_SOMEONE = range(5)
M_GAIN, M_LOSS, M_BLOCKS, M_WEIGHS = range(4)
# columns of `groups`: events that are looked at together
G_START, G_END, G_FIRST, G_LAST = range(4)
# columns of `events`
V_WHEN, V_MEMORY, V_START, V_END, V_CHANCE, V_WEEKLY, V_LIST, V_FIRST, V_LAST = range(9)
# columns of `outcomes`
U_WEIGHT, U_LIST = range(2)
# columns of `endings`
N_HOLDS, N_AT_END = range(2)
# numbers of a delayed change that was caused
D_LANE, D_TURNS, D_ROW, D_SETS = range(4)
DUE_COLUMNS = 4

WIDEST = 9
"""Columns of the widest table."""


class At(NamedTuple):
    """Where each table, each part of a workbench and each part of the memory begins, and how many there are of some."""

    effects: int
    changes: int
    lists: int
    options: int
    actors: int
    sitting_of: int
    """By pace, then by question, the number of the sitting."""
    sittings: int
    decided: int
    """By question, the lists that follow when it passes and when it fails."""
    group_of: int
    """By pace the group of its dated events, or NONE; then that of the undated ones."""
    groups: int
    events: int
    outcomes: int
    endings: int
    stretches: int
    """Start and end of what all lanes execute: appraisal, drift, endings."""
    list_keys: int
    actor_keys: int
    member_keys: int
    event_keys: int
    # of whole numbers
    marks: int
    touched: int
    touches: int
    stamps: int
    takes: int
    possible: int
    moved: int
    moves: int
    tabled: int
    due: int
    dues: int
    # of numbers
    adds: int
    sets: int
    amounts: int
    sums: int
    totals: int
    due_amounts: int
    step: int
    weeks: int
    # of the memory
    clock: int
    rates: int
    # how many
    many_options: int
    many_actors: int
    many_questions: int
    many_paces: int
    many_endings: int


@dataclass(frozen=True)
class Tables:
    """The tables of a program, each of shape (rows, its columns), and the keys of its streams."""

    effects: Ints
    changes: Ints
    lists: Ints
    options: Ints
    actors: Ints
    sitting_of: Ints
    sittings: Ints
    decided: Ints
    group_of: Ints
    groups: Ints
    events: Ints
    outcomes: Ints
    endings: Ints
    stretches: Ints
    list_keys: Keys
    actor_keys: Keys
    member_keys: Keys
    event_keys: Keys


@dataclass(frozen=True)
class Program:
    """A scenario, lowered."""

    code: Ints
    """Instructions, and lines of numbers that instructions name: shape (lines, 5)."""
    tables: Tables
    limits: Floats
    """The lowest and the highest number of each row: shape (2, rows)."""
    stamps: Ints
    """By row, the row of the day on which it became yes, or NONE: shape (rows,)."""
    constants: Floats
    registers: int
    most_due: int
    """Delayed changes that one run can cause in one pace, at most."""
    most_score: int
    """Places of the longest distribution of a vote."""
    step: float
    weeks: float
    paces: int
    day: int
    """The row of the clock."""

    @property
    def rows(self) -> int:
        """The rows of the state."""
        return len(self.stamps)

    @property
    def first_constant(self) -> int:
        """The slot of the first constant; registers follow."""
        return FIRST_ROW + self.rows

    @property
    def first_rate(self) -> int:
        """The slot of the first option's rate."""
        return self.first_constant + len(self.constants) + self.registers

    @property
    def slots(self) -> int:
        """All of the memory; the scores of votes stand last."""
        return self.first_rate + len(self.tables.options) + 2 * self.most_score


def table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    """Rows of whole numbers as an array of shape (rows, columns)."""
    return np.array(rows, dtype=np.int32).reshape(-1, columns)


def keys(numbers: list[int]) -> Keys:
    """Keys of streams as an array."""
    return np.array(numbers, dtype=np.uint64)
