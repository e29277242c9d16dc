"""The compiled executor of a program: its instructions for all lanes at once, and for one.

For all lanes, finding out what to do is paid once for many runs; for one, where few runs do the same. A division by
zero gives an infinity, as in numpy, so that no check keeps a loop from being vectorised; no program divides by zero.
Arrays are handed on one by one: counting the references of a tuple of arrays takes longer than the work.
"""

# ruff: noqa: C901
# the table of instructions is one chain of branches, which the compiler turns into a jump

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from engine.expressions.ranges import ZERO_BELOW
from engine.rules.layout import NO_STAMP, NOT_ASKED
from engine.rules.machine.arithmetic import exponential, held, logistic, power, uniforms
from engine.rules.options import STEEPEST
from engine.rules.program import program as p
from engine.rules.program.instructions import NUMBER

LANES = 64
"""Runs side by side: operands of so many stay in the processor's nearest cache."""

FEW = 3
"""A region that no more lanes than these need is executed lane by lane."""

ADDED, SET = 1, 2
"""Marks of a slot that is to change."""

ADD, SUB, MUL, DIV, NEG = (NUMBER[n] for n in ("ADD", "SUB", "MUL", "DIV", "NEG"))
LT, LE, GT, GE, EQ, NE = (NUMBER[n] for n in ("LT", "LE", "GT", "GE", "EQ", "NE"))
OR, NOT, PICK, MIN, MAX, HELD = (NUMBER[n] for n in ("OR", "NOT", "PICK", "MIN", "MAX", "HELD"))
ABS, EXP, SQRT, RATIO, SINCE, COPY, POWER = (
    NUMBER[n] for n in ("ABS", "EXP", "SQRT", "RATIO", "SINCE", "COPY", "POWER")
)
JNONE, JTICK, CLEAR = (NUMBER[n] for n in ("JNONE", "JTICK", "CLEAR"))
ISSUE, FAR, NEARER, NEARERP, MIX = (NUMBER[n] for n in ("ISSUE", "FAR", "NEARER", "NEARERP", "MIX"))
LOGISTICS, CHANCE, RATES, CHOOSE, ANSWER = (NUMBER[n] for n in ("LOGISTICS", "CHANCE", "RATES", "CHOOSE", "ANSWER"))
UNIFORM, BALLOT, TALLY, OUTCOME = (NUMBER[n] for n in ("UNIFORM", "BALLOT", "TALLY", "OUTCOME"))
MORE, BECOMES, LATER, DUE, SETTLE, CLOSE = (NUMBER[n] for n in ("MORE", "BECOMES", "LATER", "DUE", "SETTLE", "CLOSE"))


class At(NamedTuple):
    """Where in the memory things stand, and how many there are of some."""

    take: int
    legal: int
    gain: int
    rate: int
    free: int
    day: int
    options: int


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
        member = offset + seat
        gain, loss, blocks = code[member, p.M_GAIN], code[member, p.M_LOSS], code[member, p.M_BLOCKS]
        takes = 0 if blocks else loss
        yes, no = area + 2 * seat, area + 2 * seat + 1
        next_low, next_high = low - takes, high + gain
        for place in range(next_low, next_high + 1):
            has = low <= place <= high
            up, down = gain > 0 and low <= place - gain <= high, takes > 0 and low <= place + takes <= high
            for lane in range(first, last):
                value = 0.0
                if has:
                    stays = max(1.0 - memory[yes, lane] - memory[no, lane], 0.0)
                    stays += memory[yes, lane] if gain == 0 else 0.0
                    stays += memory[no, lane] if loss == 0 and not blocks else 0.0
                    value = memory[now + place, lane] * stays
                if up:
                    value += memory[now + place - gain, lane] * memory[yes, lane]
                if down:
                    value += memory[now + place + takes, lane] * memory[no, lane]
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


@njit(error_model="numpy")
def choose(memory, at, options, actors, actor_keys, actor, pace, tick, seed, runs, first, last):
    """An actor takes an option, or none; the sums of its rates stand in the last place of the memory."""
    low, high = actors[actor, p.A_FIRST], actors[actor, p.A_LAST]
    sums = len(memory) - 1
    for lane in range(first, last):
        memory[sums, lane] = memory[at.rate + low, lane]
    for option in range(low + 1, high):
        for lane in range(first, last):
            memory[sums, lane] += memory[at.rate + option, lane]
    for lane in range(first, last):
        total = memory[sums, lane]
        if total > 0.0 and memory[at.free + actor, lane] != 0.0:
            u = uniforms(seed, actor_keys[actor], runs[lane], tick)
            if u[0] < 1.0 - exponential(-pace * total):
                rank, reached = 0, 0.0
                for option in range(low, high):
                    rate = memory[at.rate + option, lane]
                    reached = rate if option == low else reached + rate
                    rank += reached <= u[1] * total
                chosen = low + min(rank, high - low - 1)
                if memory[at.rate + chosen, lane] > 0.0:
                    memory[at.take + options[chosen, p.O_PLACE], lane] = 1.0


@njit(error_model="numpy")
def answer(memory, at, options, low, high, by, first, last):
    """One of some options is taken, in proportion to its rate, where any has one."""
    for lane in range(first, last):
        total = memory[at.rate + low, lane]
        for option in range(low + 1, high):
            total += memory[at.rate + option, lane]
        if total > 0.0:
            rank, reached = 0, 0.0
            for option in range(low, high):
                rate = memory[at.rate + option, lane]
                reached = rate if option == low else reached + rate
                rank += reached <= memory[by, lane] * total
            memory[at.take + options[low + min(rank, high - low - 1), p.O_PLACE], lane] = 1.0


@njit(error_model="numpy")
def rates(memory, at, options, first, last):
    """The rate of each option, where it is legal."""
    for option in range(at.options):
        legal, rate, gain = at.legal + option, at.rate + option, at.gain + option
        some = 0
        for lane in range(first, last):
            some += memory[legal, lane] != 0.0
        if some == 0:
            for lane in range(first, last):
                memory[rate, lane] = 0.0
            continue
        temperature, per_tempo = options[option, p.O_TEMPERATURE], options[option, p.O_PER_TEMPO]
        for lane in range(first, last):
            promised = memory[gain, lane] if memory[legal, lane] != 0.0 else 0.0
            steep = held(promised / memory[temperature, lane], -STEEPEST, STEEPEST)
            memory[rate, lane] = exponential(steep) * memory[per_tempo, lane] * memory[legal, lane]


@njit(error_model="numpy")
def change(more, becomes, marks, touched, touches, slot, lane, amount, sets):
    """A slot is to grow by an amount, or to become it."""
    row = slot - p.FIRST_ROW
    if touched[row, 0] == 0:
        touched[row, 0] = 1
        touched[touches[0], 1] = row
        touches[0] += 1
    mark = marks[row, lane]
    if sets:
        becomes[row, lane] = max(becomes[row, lane], amount) if mark & SET else amount
        marks[row, lane] = mark | SET
    else:
        more[row, lane] = more[row, lane] + amount if mark & ADDED else 0.0 + amount
        marks[row, lane] = mark | ADDED


@njit(error_model="numpy")
def settle(memory, at, limits, stamps, more, becomes, marks, touched, touches, first, last, is_whole):
    """All that is to change changes, in some lanes."""
    for n in range(touches[0]):
        row = touched[n, 1]
        for lane in range(first, last):
            mark = marks[row, lane]
            if mark == 0:
                continue
            marks[row, lane] = 0
            value = memory[p.FIRST_ROW + row, lane]
            if mark & ADDED:
                value += more[row, lane]
            if mark & SET and (stamps[row] != p.ASKED or value == NOT_ASKED):
                value = becomes[row, lane]
            value = held(value, limits[0, row], limits[1, row]) + 0.0
            memory[p.FIRST_ROW + row, lane] = value
            if stamps[row] >= 0:
                if value == 0.0:
                    memory[stamps[row], lane] = NO_STAMP
                elif memory[stamps[row], lane] == NO_STAMP:
                    memory[stamps[row], lane] = memory[at.day, lane]
        if is_whole:
            touched[row, 0] = 0
    if is_whole:
        touches[0] = 0


@njit(error_model="numpy")
def fall_due(memory, more, becomes, marks, touched, touches, lanes, ticks, slots, sets, amounts, many, tick):
    """What was put off until this tick is to be done, in runs that go on; the rest moves up."""
    kept = 0
    for n in range(many[0]):
        if ticks[n] == tick:
            if memory[p.OPEN, lanes[n]] != 0.0:
                change(more, becomes, marks, touched, touches, slots[n], lanes[n], amounts[n], sets[n])
        else:
            lanes[kept], ticks[kept], slots[kept], sets[kept] = lanes[n], ticks[n], slots[n], sets[n]
            amounts[kept] = amounts[n]
            kept += 1
    many[0] = kept


@njit(error_model="numpy")
def tally(memory, into, votes, body, code, where, first, last):
    """Whether a body passes a question, by its members' votes."""
    for lane in range(first, last):
        score, someone, blocked = 0, False, False
        for seat in range(code[body, p.B_MEMBERS]):
            member, vote = body + 1 + seat, memory[votes + seat, lane]
            if vote == -1.0:
                score -= code[member, p.M_LOSS]
                blocked |= code[member, p.M_BLOCKS] != 0
            elif vote == 1.0:
                score += code[member, p.M_GAIN]
                someone |= code[member, p.M_WEIGHS] != 0
        passed = score >= code[body, p.B_NEEDED] and not blocked and (someone or not code[body, p.B_SOMEONE])
        memory[into, lane] = 1.0 if passed and memory[where, lane] != 0.0 else 0.0


@njit(error_model="numpy")
def outcome(memory, into, weights, u, many, first, last):
    """Which outcome an event has."""
    for lane in range(first, last):
        total = 0.0
        for n in range(many):
            total += max(memory[weights + n, lane], 0.0)
        rank, reached = 0, 0.0
        for n in range(many):
            reached += max(memory[weights + n, lane], 0.0)
            rank += reached <= memory[u, lane] * total
        memory[into, lane] = float(rank) if total > 0.0 else -1.0


@njit(error_model="numpy")
def execute(
    code,
    start,
    end,
    memory,
    at,
    tick,
    seed,
    runs,
    keys,
    actor_keys,
    options,
    actors,
    limits,
    stamps,
    pace,
    more,
    becomes,
    marks,
    touched,
    touches,
    due_lanes,
    due_ticks,
    due_slots,
    due_sets,
    due_amounts,
    dues,
):
    """Instructions from start to end, in all lanes; a region that few lanes need is executed for each of them."""
    low, high, lanes = 0, memory.shape[1], memory.shape[1]
    again, until, second, third = 0, -1, -1, -1
    now = start
    while now < end or second >= 0:
        if now == until:
            if second >= 0:
                now, low, high = again, second, second + 1
                second, third = third, -1
            else:
                low, high, until = 0, lanes, -1
            continue
        op, i, j, k, m, f = code[now, 0], code[now, 1], code[now, 2], code[now, 3], code[now, 4], code[now, 5]
        now += 1
        if op == JTICK:
            if tick < j or tick > k:
                now += i
            continue
        if op == JNONE:
            some, first, last, middle = 0, -1, -1, -1
            for s in range(i, i + k):
                for n in range(low, high):
                    some += memory[s, n] != 0.0
            if some == 0:
                now += j
            elif k == 1 and some <= FEW and high - low > some and j > 0:
                for n in range(low, high):
                    if memory[i, n] != 0.0:
                        if first < 0:
                            first = n
                        elif middle < 0:
                            middle = n
                        else:
                            last = n
                again, until, second, third = now, now + j, middle, last
                low, high = first, first + 1
            continue
        if op >= LOGISTICS:
            if op == CHANCE:
                foresee(memory, i, j, k, code, low, high)
            elif op == LOGISTICS:
                for s in range(i, i + j):
                    for n in range(low, high):
                        memory[s, n] = logistic(memory[s, n])
            elif op == RATES:
                rates(memory, at, options, low, high)
            elif op == CHOOSE:
                choose(memory, at, options, actors, actor_keys, i, pace, tick, seed, runs, low, high)
            elif op == ANSWER:
                answer(memory, at, options, i, j, k, low, high)
            elif op == UNIFORM:
                which = k & 3
                for n in range(low, high):
                    u = 1.0
                    if memory[m, n] != 0.0:
                        four = uniforms(seed, keys[k >> 2], runs[n], np.int64(memory[j, n]))
                        u = four[0] if which == 0 else four[1] if which == 1 else four[2] if which == 2 else four[3]
                    memory[i, n] = u
            elif op == BALLOT:
                for n in range(low, high):
                    u, told = memory[j, n], memory[m, n]
                    vote = -1.0 if u < memory[k + 1, n] else 1.0 if u >= 1.0 - memory[k, n] else 0.0
                    memory[i, n] = vote if told == p.FREE else told
            elif op == TALLY:
                tally(memory, i, j, k, code, m, low, high)
            elif op == OUTCOME:
                outcome(memory, i, j, k, m, low, high)
            elif op == MORE:
                for n in range(low, high):
                    if memory[k, n] != 0.0:
                        change(more, becomes, marks, touched, touches, i, n, memory[j, n], 0)
            elif op == BECOMES:
                for n in range(low, high):
                    if memory[k, n] != 0.0:
                        change(more, becomes, marks, touched, touches, i, n, memory[j, n], 1)
            elif op == LATER:
                for n in range(low, high):
                    if memory[k, n] != 0.0:
                        place = dues[0]
                        due_lanes[place], due_slots[place], due_sets[place] = n, i, f
                        due_ticks[place] = tick + m if m > 0 else max(-m, tick + 1)
                        due_amounts[place] = memory[j, n]
                        dues[0] = place + 1
            elif op == DUE:
                fall_due(
                    memory,
                    more,
                    becomes,
                    marks,
                    touched,
                    touches,
                    due_lanes,
                    due_ticks,
                    due_slots,
                    due_sets,
                    due_amounts,
                    dues,
                    tick,
                )
            elif op == SETTLE:
                is_whole = high - low == lanes
                settle(memory, at, limits, stamps, more, becomes, marks, touched, touches, low, high, is_whole)
            else:
                for n in range(low, high):
                    if memory[p.OPEN, n] != 0.0 and memory[j, n] != 0.0 and memory[p.ENDING, n] == -1.0:
                        memory[p.ENDING, n] = float(i)
            continue
        if op == CLEAR:
            for s in range(i, i + j):
                for n in range(low, high):
                    memory[s, n] = 0.0
            continue
        d, a, b, c, e = np.uint32(i), np.uint32(j), np.uint32(k), np.uint32(m), np.uint32(f)
        if op == ISSUE:
            for n in range(low, high):
                memory[d, n] += (abs(memory[a, n] - memory[b, n]) - abs(memory[c, n] - memory[b, n])) * memory[e, n]
        elif op == MUL:
            for n in range(low, high):
                memory[d, n] = memory[a, n] * memory[b, n]
        elif op == ADD:
            for n in range(low, high):
                memory[d, n] = memory[a, n] + memory[b, n]
        elif op == SUB:
            for n in range(low, high):
                memory[d, n] = memory[a, n] - memory[b, n]
        elif op == COPY:
            for n in range(low, high):
                memory[d, n] = memory[a, n]
        elif op == HELD:
            for n in range(low, high):
                memory[d, n] = held(memory[a, n], memory[b, n], memory[c, n]) + 0.0
        elif op == GT:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] > memory[b, n] else 0.0
        elif op == GE:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] >= memory[b, n] else 0.0
        elif op == LT:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] < memory[b, n] else 0.0
        elif op == LE:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] <= memory[b, n] else 0.0
        elif op == EQ:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] == memory[b, n] else 0.0
        elif op == NE:
            for n in range(low, high):
                memory[d, n] = 1.0 if memory[a, n] != memory[b, n] else 0.0
        elif op == OR:
            for n in range(low, high):
                memory[d, n] = max(memory[b, n], memory[a, n])
        elif op == NOT:
            for n in range(low, high):
                memory[d, n] = 1.0 - memory[a, n]
        elif op == NEG:
            for n in range(low, high):
                memory[d, n] = -memory[a, n]
        elif op == PICK:
            for n in range(low, high):
                memory[d, n] = memory[b, n] if memory[a, n] != 0.0 else memory[c, n]
        elif op == MIN:
            for n in range(low, high):
                memory[d, n] = (min(memory[b, n], memory[a, n])) + 0.0
        elif op == MAX:
            for n in range(low, high):
                memory[d, n] = (max(memory[b, n], memory[a, n])) + 0.0
        elif op == DIV:
            for n in range(low, high):
                memory[d, n] = memory[a, n] / memory[b, n]
        elif op == ABS:
            for n in range(low, high):
                memory[d, n] = abs(memory[a, n])
        elif op == FAR:
            for n in range(low, high):
                memory[d, n] = abs(memory[a, n] - memory[b, n])
        elif op == NEARER:
            for n in range(low, high):
                memory[d, n] -= abs(memory[a, n] - memory[b, n])
        elif op == NEARERP:
            for n in range(low, high):
                memory[d, n] -= abs(memory[a, n] - memory[b, n]) * memory[c, n]
        elif op == MIX:
            for n in range(low, high):
                memory[d, n] += memory[c, n] * memory[a, n] + (1.0 - memory[c, n]) * memory[b, n]
        elif op == SINCE:
            for n in range(low, high):
                memory[d, n] = -1.0 if memory[a, n] == NO_STAMP else memory[b, n] - memory[a, n]
        elif op == EXP:
            for n in range(low, high):
                memory[d, n] = exponential(memory[a, n])
        elif op == POWER:
            for n in range(low, high):
                memory[d, n] = power(memory[a, n], memory[b, n])
        elif op == SQRT:
            for n in range(low, high):
                memory[d, n] = np.sqrt((max(0.0, memory[a, n])) + 0.0)
        elif op == RATIO:
            for n in range(low, high):
                memory[d, n] = memory[c, n] if abs(memory[b, n]) < ZERO_BELOW else memory[a, n] / memory[b, n]


@njit(nogil=True, cache=True, error_model="numpy")
def execute_lanes(
    code,
    start,
    end,
    memory,
    at,
    tick,
    seed,
    runs,
    keys,
    actor_keys,
    options,
    actors,
    limits,
    stamps,
    pace,
    more,
    becomes,
    marks,
    touched,
    touches,
    due_lanes,
    due_ticks,
    due_slots,
    due_sets,
    due_amounts,
    dues,
    paces,
):
    """Execute some instructions; or, where ``paces`` is above 0, so many whole paces, as long as a run goes on.

    Gives the number of paces that were taken.
    """
    for taken in range(max(paces, 1)):
        if paces:
            memory[p.TICK] = float(tick + taken)
        execute(
            code,
            start,
            end,
            memory,
            at,
            tick + taken,
            seed,
            runs,
            keys,
            actor_keys,
            options,
            actors,
            limits,
            stamps,
            pace,
            more,
            becomes,
            marks,
            touched,
            touches,
            due_lanes,
            due_ticks,
            due_slots,
            due_sets,
            due_amounts,
            dues,
        )
        if not paces:
            return 0
        goes_on = False
        for lane in range(memory.shape[1]):
            is_open = memory[p.ENDING, lane] == -1.0
            memory[p.OPEN, lane] = 1.0 if is_open else 0.0
            goes_on |= is_open
        if not goes_on:
            return taken + 1
    return paces
