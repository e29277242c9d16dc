"""The compiled executor of instructions, for all lanes at once and for one.

For all lanes, finding out what to do is paid once for many runs; for one, where few runs do the same. A division by
zero gives an infinity, as in numpy, so that no check keeps a loop from being vectorised; no program divides by zero.
"""

# ruff: noqa: C901
# the table of instructions is one chain of branches, which the compiler turns into a jump

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from engine.expressions.ranges import ZERO_BELOW
from engine.rules.layout import NO_STAMP
from engine.rules.machine import program as p
from engine.rules.machine.arithmetic import exponential, held, logistic
from engine.rules.machine.instructions import NUMBER
from engine.rules.options import STEEPEST

LANES = 64
"""Runs side by side: operands of so many stay in the processor's nearest cache."""

ADD, SUB, MUL, DIV, NEG = (NUMBER[n] for n in ("ADD", "SUB", "MUL", "DIV", "NEG"))
LT, LE, GT, GE, EQ, NE = (NUMBER[n] for n in ("LT", "LE", "GT", "GE", "EQ", "NE"))
OR, NOT, PICK, MIN, MAX, HELD = (NUMBER[n] for n in ("OR", "NOT", "PICK", "MIN", "MAX", "HELD"))
ABS, EXP, SQRT, LOGISTIC, RATIO = (NUMBER[n] for n in ("ABS", "EXP", "SQRT", "LOGISTIC", "RATIO"))
SINCE, COPY, JNONE, JTURN = (NUMBER[n] for n in ("SINCE", "COPY", "JNONE", "JTURN"))
ISSUE, FAR, NEARER, NEARERP, MIX = (NUMBER[n] for n in ("ISSUE", "FAR", "NEARER", "NEARERP", "MIX"))
CHANCE, RATE = (NUMBER[n] for n in ("CHANCE", "RATE"))


@njit(error_model="numpy")
def foresee(memory, into, area, body, code, first, last):
    """The chance that a body lets a text pass, from its members' chances, in the lanes from first to last.

    The distribution of the score stands in the last places of the memory, twice over.
    """
    many, needed = code[body, p.B_MEMBERS], code[body, p.B_NEEDED]
    lowest, highest = code[body, p.B_LOWEST], code[body, p.B_HIGHEST]
    offset, size = body + 1, highest - lowest + 1
    now, then = len(memory) - size, len(memory) - 2 * size
    for lane in range(first, last):
        memory[now - lowest, lane] = 1.0
    low = high = -lowest
    for seat in range(many):
        member = code[offset + seat]
        gain, loss, blocks = member[p.M_GAIN], member[p.M_LOSS], member[p.M_BLOCKS]
        takes = 0 if blocks else loss
        yes, no = memory[area + 2 * seat], memory[area + 2 * seat + 1]
        next_low, next_high = low - takes, high + gain
        for place in range(next_low, next_high + 1):
            has = low <= place <= high
            up, down = gain > 0 and low <= place - gain <= high, takes > 0 and low <= place + takes <= high
            for lane in range(first, last):
                value = 0.0
                if has:
                    stays = max(1.0 - yes[lane] - no[lane], 0.0)
                    stays += yes[lane] if gain == 0 else 0.0
                    stays += no[lane] if loss == 0 and not blocks else 0.0
                    value = memory[now + place, lane] * stays
                if up:
                    value += memory[now + place - gain, lane] * yes[lane]
                if down:
                    value += memory[now + place + takes, lane] * no[lane]
                memory[then + place, lane] = value
        low, high = next_low, next_high
        now, then = then, now
    for lane in range(first, last):
        passing = 0.0
        for place in range(needed - lowest, size):
            passing += memory[now + place, lane] if low <= place <= high else 0.0
        if code[body, p.B_SOMEONE] and needed <= 0:
            nobody = 1.0
            for seat in range(many):
                yes, no = memory[area + 2 * seat, lane], memory[area + 2 * seat + 1, lane]
                if code[offset + seat, p.M_WEIGHS]:
                    nobody *= max(1.0 - yes - no, 0.0)
                elif code[offset + seat, p.M_BLOCKS]:
                    nobody *= 1.0 - no
            passing = passing - nobody
        memory[into, lane] = held(passing, 0.0, 1.0)


def _executor(width: int) -> Any:
    """The executor of instructions over so many lanes side by side."""

    is_wide = width > 1

    @njit(error_model="numpy")
    def execute(code, start, end, memory, lane):
        low = 0 if is_wide else lane
        high = low + width
        at = start
        while at < end:
            op, i, j, k, m = code[at, 0], code[at, 1], code[at, 2], code[at, 3], code[at, 4]
            at += 1
            if op == JTURN:
                if memory[p.TURN, low] < j or memory[p.TURN, low] > k:
                    at += i
                continue
            d = memory[i]
            if op == JNONE:
                some = False
                for n in range(low, high):
                    some |= d[n] != 0.0
                if not some:
                    at += j
                continue
            a = memory[j]
            if op == CHANCE:
                foresee(memory, i, j, k, code, low, high)
                continue
            b, c = memory[k], memory[m]
            if op == MUL:
                for n in range(low, high):
                    d[n] = a[n] * b[n]
            elif op == ISSUE:
                g = memory[p.GAIN]
                for n in range(low, high):
                    g[n] += (abs(a[n] - b[n]) - abs(c[n] - b[n])) * d[n]
            elif op == ADD:
                for n in range(low, high):
                    d[n] = a[n] + b[n]
            elif op == SUB:
                for n in range(low, high):
                    d[n] = a[n] - b[n]
            elif op == COPY:
                for n in range(low, high):
                    d[n] = a[n]
            elif op == HELD:
                for n in range(low, high):
                    d[n] = held(a[n], b[n], c[n])
            elif op == GT:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] > b[n] else 0.0
            elif op == GE:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] >= b[n] else 0.0
            elif op == LT:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] < b[n] else 0.0
            elif op == LE:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] <= b[n] else 0.0
            elif op == EQ:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] == b[n] else 0.0
            elif op == NE:
                for n in range(low, high):
                    d[n] = 1.0 if a[n] != b[n] else 0.0
            elif op == OR:
                for n in range(low, high):
                    d[n] = max(b[n], a[n])
            elif op == NOT:
                for n in range(low, high):
                    d[n] = 1.0 - a[n]
            elif op == NEG:
                for n in range(low, high):
                    d[n] = -a[n]
            elif op == PICK:
                for n in range(low, high):
                    d[n] = b[n] if a[n] != 0.0 else c[n]
            elif op == MIN:
                for n in range(low, high):
                    d[n] = (min(b[n], a[n])) + 0.0
            elif op == MAX:
                for n in range(low, high):
                    d[n] = (max(b[n], a[n])) + 0.0
            elif op == DIV:
                for n in range(low, high):
                    d[n] = a[n] / b[n]
            elif op == ABS:
                for n in range(low, high):
                    d[n] = abs(a[n])
            elif op == FAR:
                for n in range(low, high):
                    d[n] = abs(a[n] - b[n])
            elif op == NEARER:
                for n in range(low, high):
                    d[n] -= abs(a[n] - b[n])
            elif op == NEARERP:
                for n in range(low, high):
                    d[n] -= abs(a[n] - b[n]) * c[n]
            elif op == MIX:
                for n in range(low, high):
                    d[n] += c[n] * a[n] + (1.0 - c[n]) * b[n]
            elif op == SINCE:
                for n in range(low, high):
                    d[n] = -1.0 if a[n] == NO_STAMP else b[n] - a[n]
            elif op == RATE:
                for n in range(low, high):
                    d[n] = exponential(held(a[n] / c[n], -STEEPEST, STEEPEST)) * b[n]
            elif op == EXP:
                for n in range(low, high):
                    d[n] = exponential(a[n])
            elif op == LOGISTIC:
                for n in range(low, high):
                    d[n] = logistic(a[n])
            elif op == SQRT:
                for n in range(low, high):
                    d[n] = np.sqrt((max(0.0, a[n])) + 0.0)
            elif op == RATIO:
                for n in range(low, high):
                    d[n] = c[n] if abs(b[n]) < ZERO_BELOW else a[n] / b[n]

    return execute


execute_all = _executor(LANES)
execute_one = _executor(1)
