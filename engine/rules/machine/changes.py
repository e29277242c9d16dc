"""What is to change in a memory, gathered and then made together, as compiled code does it.

Of a row that is to change there are two words with a bit for each lane: whether it is to grow, and whether it is to
become something. The rows with any bit are listed in the order in which they came.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from engine.rules.layout import NO_STAMP, NOT_ASKED
from engine.rules.machine.lanes import ALL, NONE, ONE, first_of
from engine.rules.program import program as p


@njit(error_model="numpy")
def change(more, becomes, grows, is_set, touched, touches, slot, lane, amount, sets):
    """A slot is to grow by an amount, or to become it."""
    row, bit = slot - p.FIRST_ROW, ONE << np.uint64(lane)
    if grows[row] | is_set[row] == NONE:
        touched[touches[0]] = row
        touches[0] += 1
    if sets:
        becomes[row, lane] = max(becomes[row, lane], amount) if is_set[row] & bit else amount
        is_set[row] |= bit
    else:
        more[row, lane] = (more[row, lane] if grows[row] & bit else 0.0) + amount
        grows[row] |= bit


@njit(error_model="numpy")
def settle(memory, day, limits, stamps, more, becomes, grows, is_set, touched, touches, lane):
    """All that is to change changes, in all lanes or in one."""
    which = ~NONE if lane == ALL else ONE << np.uint64(lane)
    left = 0
    for n in range(touches[0]):
        row = touched[n]
        lanes, slot = (grows[row] | is_set[row]) & which, row + p.FIRST_ROW
        while lanes != NONE:
            one = first_of(lanes)
            bit = ONE << np.uint64(one)
            lanes &= ~bit
            value = memory[slot, one]
            if grows[row] & bit:
                value += more[row, one]
            if is_set[row] & bit and (stamps[row] != p.ASKED or value == NOT_ASKED):
                value = becomes[row, one]
            value = min(max(value, limits[0, row]), limits[1, row]) + 0.0
            memory[slot, one] = value
            if stamps[row] >= 0:
                if value == 0.0:
                    memory[stamps[row], one] = NO_STAMP
                elif memory[stamps[row], one] == NO_STAMP:
                    memory[stamps[row], one] = memory[day, one]
        grows[row] &= ~which
        is_set[row] &= ~which
        if grows[row] | is_set[row] != NONE:
            touched[left] = row
            left += 1
    touches[0] = left


@njit(error_model="numpy")
def fall_due(memory, more, becomes, grows, is_set, touched, touches, lanes, ticks, slots, sets, amounts, many, tick):
    """What was put off until this tick is to be done, in runs that go on; the rest moves up."""
    kept = 0
    for n in range(many[0]):
        if ticks[n] == tick:
            if memory[p.OPEN, lanes[n]] != 0.0:
                change(more, becomes, grows, is_set, touched, touches, slots[n], lanes[n], amounts[n], sets[n])
        else:
            lanes[kept], ticks[kept], slots[kept], sets[kept] = lanes[n], ticks[n], slots[n], sets[n]
            amounts[kept] = amounts[n]
            kept += 1
    many[0] = kept
