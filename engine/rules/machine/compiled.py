"""The compiled executor of a program: its instructions for all lanes at once, and for one.

For all lanes, finding out what to do is paid once for many runs; for one, where few runs do the same. A division by
zero gives an infinity, as in numpy, so that nothing keeps vectors from being used; no program divides by zero. Arrays
are handed on one by one: counting the references of a tuple of arrays takes longer than the work.
"""

# ruff: noqa: C901
# the table of instructions is one chain of branches, which the compiler turns into a jump

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from engine.rules.machine.arithmetic import power
from engine.rules.machine.changes import change, fall_due, settle
from engine.rules.machine.choices import answer, cast, choose, draw, foresee, logistic, outcome, rates, tally
from engine.rules.machine.handover import LANES
from engine.rules.machine.lanes import ALL, NONE, ONE, among, fill, first_of, in_all, in_one, many_of
from engine.rules.program import program as p
from engine.rules.program.instructions import FIRST_APART, NUMBER

FEW = 2
"""A region that no more lanes than these need is executed lane by lane."""

JNONE, JTICK, CLEAR, POWER = (NUMBER[n] for n in ("JNONE", "JTICK", "CLEAR", "POWER"))
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
    grows,
    is_set,
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
    every = ALL if memory.shape[1] == LANES else 0
    lane, waiting, again, until, now = every, NONE, 0, -1, start
    while now < end or waiting != NONE:
        if now == until:
            if waiting != NONE:
                now, lane = again, first_of(waiting)
                waiting &= waiting - ONE
            else:
                lane, until = every, -1
            continue
        op = code[now, 0]
        if op < FIRST_APART:
            stop = end if until < now else until
            now = in_all(memory, code, now, stop, lane) if lane == ALL else in_one(memory, code, now, stop, lane)
            continue
        d, a, b, c, e = code[now, 1], code[now, 2], code[now, 3], code[now, 4], code[now, 5]
        now += 1
        if op == JNONE:
            lanes, slot = among(memory, d, lane), d + 1
            while lanes == NONE and slot < d + b:
                lanes = among(memory, slot, lane)
                slot += 1
            if lanes == NONE:
                now += a
            elif b == 1 and a > 0 and lane == ALL and many_of(lanes) <= FEW:
                again, until, lane, waiting = now, now + a, first_of(lanes), lanes & (lanes - ONE)
        elif op in (MORE, BECOMES):
            lanes = among(memory, b, lane)
            while lanes != NONE:
                one = first_of(lanes)
                lanes &= lanes - ONE
                change(more, becomes, grows, is_set, touched, touches, d, one, memory[a, one], op == BECOMES)
        elif op == JTICK:
            if tick < a or tick > b:
                now += d
        elif op == CHOOSE:
            choose(memory, at, options, actors, actor_keys, d, pace, tick, seed, runs, lane)
        elif op == CHANCE:
            foresee(memory, d, a, b, code, lane)
        elif op == LOGISTICS:
            for slot in range(d, d + a):
                logistic(memory, lane, slot, slot, 0, 0, 0)
        elif op == RATES:
            rates(memory, at, options, lane)
        elif op == ANSWER:
            answer(memory, at, options, d, a, b, lane)
        elif op == UNIFORM:
            draw(memory, d, a, keys[b >> 2], b & 3, c, seed, runs, lane)
        elif op == BALLOT:
            cast(memory, lane, d, a, b, b + 1, c)
        elif op == TALLY:
            tally(memory, d, a, b, code, c, lane)
        elif op == OUTCOME:
            outcome(memory, d, a, b, c, lane)
        elif op == LATER:
            lanes = among(memory, b, lane)
            while lanes != NONE:
                one, place = first_of(lanes), dues[0]
                lanes &= lanes - ONE
                due_lanes[place], due_slots[place], due_sets[place] = one, d, e
                due_ticks[place] = tick + c if c > 0 else max(-c, tick + 1)
                due_amounts[place] = memory[a, one]
                dues[0] = place + 1
        elif op == DUE:
            fall_due(
                memory,
                more,
                becomes,
                grows,
                is_set,
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
            settle(memory, at.day, limits, stamps, more, becomes, grows, is_set, touched, touches, lane)
        elif op == CLOSE:
            lanes = among(memory, p.OPEN, lane) & among(memory, a, lane)
            while lanes != NONE:
                one = first_of(lanes)
                lanes &= lanes - ONE
                if memory[p.ENDING, one] == -1.0:
                    memory[p.ENDING, one] = float(d)
        elif op == CLEAR:
            for slot in range(d, d + a):
                fill(memory, lane, slot, 0.0)
        elif op == POWER:
            known, found = -1.0, 0.0  # most lanes have the same base, which is no less than 0
            for one in range(memory.shape[1]) if lane == ALL else range(lane, lane + 1):
                if memory[a, one] != known:
                    known = memory[a, one]
                    found = power(known, memory[b, one])
                memory[d, one] = found


@njit(error_model="numpy")
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
    grows,
    is_set,
    touched,
    touches,
    due_lanes,
    due_ticks,
    due_slots,
    due_sets,
    due_amounts,
    dues,
    paces,
    watch,
    watched,
    ticks,
):
    """Execute some instructions; or, where ``paces`` is above 0, so many whole paces, as long as a run goes on.

    The instructions from ``watch`` to before ``watched`` look at the state after each of these. Gives the number of
    paces that were taken.
    """
    taken = 0
    for step in range(2 * max(paces, 1)):
        looks = step % 2 == 1
        if paces:
            memory[p.TICK] = float(tick + taken + looks)
        execute(
            code,
            watch if looks else start,
            watched if looks else end,
            memory,
            at,
            min(tick + taken + 1, ticks - 1) if looks else tick + taken,
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
            grows,
            is_set,
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
        if not looks:
            continue
        taken += 1
        goes_on = False
        for lane in range(memory.shape[1]):
            is_open = memory[p.ENDING, lane] == -1.0
            memory[p.OPEN, lane] = 1.0 if is_open else 0.0
            goes_on |= is_open
        if not goes_on:
            return taken
    return taken
