"""The executor of a program in numpy: each instruction for all runs of a world at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from engine.expressions import exponential, logistic, power
from engine.expressions.portable import BLOCK
from engine.expressions.ranges import ZERO_BELOW
from engine.rules.arrays import Numbers, sum_in_order, sums_in_order
from engine.rules.decide import chance_to_move
from engine.rules.draws import Source
from engine.rules.layout import NO_STAMP
from engine.rules.machine.bench import Bench
from engine.rules.machine.state import Slots, State
from engine.rules.options import STEEPEST
from engine.rules.program import program as p
from engine.rules.program.instructions import NUMBER, TABLE
from engine.rules.program.program import FREE, OPEN, Ints, Program
from engine.rules.tally import Count

LANES: Final = 1024
"""Runs side by side: so many that what an instruction costs besides arithmetic is shared by many."""

CELLS: Final = 8_000_000
"""Numbers of a memory, at most: 64 MB."""

DOUBT: Final = 1e-15
"""More than what rounding does to a chance."""

Do = Callable[[Any, int, int, int, int, int], int | None]
"""An instruction: handed the bench and its operands; gives how many instructions are left out, where any."""


def add(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.add(w.slots[a], w.slots[b], w.slots[d])


def sub(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.subtract(w.slots[a], w.slots[b], w.slots[d])


def mul(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.multiply(w.slots[a], w.slots[b], w.slots[d])


def div(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.divide(w.slots[a], w.slots[b], w.slots[d])


def neg(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.negative(w.slots[a], w.slots[d])


def lt(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.less(w.slots[a], w.slots[b], w.slots[d])


def le(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.less_equal(w.slots[a], w.slots[b], w.slots[d])


def gt(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.greater(w.slots[a], w.slots[b], w.slots[d])


def ge(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.greater_equal(w.slots[a], w.slots[b], w.slots[d])


def eq(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.equal(w.slots[a], w.slots[b], w.slots[d])


def ne(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.not_equal(w.slots[a], w.slots[b], w.slots[d])


def either(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.maximum(w.slots[a], w.slots[b], out=w.slots[d])


def negate(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.subtract(1.0, w.slots[a], w.slots[d])


def pick(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.slots[d][:] = np.where(w.slots[a] != 0.0, w.slots[b], w.slots[c])


def lowest(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.minimum(w.slots[a], w.slots[b], out=w.slots[d])
    np.add(w.slots[d], 0.0, w.slots[d])


def highest(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.maximum(w.slots[a], w.slots[b], out=w.slots[d])
    np.add(w.slots[d], 0.0, w.slots[d])


def hold(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    into = w.slots[d]
    np.maximum(w.slots[a], w.slots[b], out=into)
    np.minimum(into, w.slots[c], out=into)
    np.add(into, 0.0, into)


def size(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.abs(w.slots[a], w.slots[d])


def exp(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.slots[d][:] = exponential(w.slots[a])


def root(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.sqrt(np.maximum(w.slots[a], 0.0) + 0.0, w.slots[d])


def ratio(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    by = w.slots[b]
    is_zero = np.abs(by) < ZERO_BELOW
    w.slots[d][:] = np.where(is_zero, w.slots[c], w.slots[a] / np.where(is_zero, 1.0, by))


def since(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    stamp = w.slots[a]
    w.slots[d][:] = np.where(stamp == NO_STAMP, -1.0, w.slots[b] - stamp)


def copy(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.copyto(w.slots[d], w.slots[a])


def to_power(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.slots[d][:] = power(w.slots[a], float(w.slots[b][0]))  # an exponent is a constant


def jump_unless_any(w: Bench, d: int, a: int, b: int, c: int, e: int) -> int:
    return 0 if np.count_nonzero(w.slots[d] if b == 1 else w.block(d, b)) else a


def jump_unless_tick(w: Bench, d: int, a: int, b: int, c: int, e: int) -> int:
    return 0 if a <= w.tick <= b else d


def clear(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.block(d, a)[:] = 0.0


def relieve(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    wanted = w.slots[b]
    relief = np.abs(w.slots[a] - wanted)
    relief -= np.abs(w.slots[c] - wanted)
    relief *= w.slots[e]
    w.slots[d] += relief


def far(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    into = w.slots[d]
    np.subtract(w.slots[a], w.slots[b], into)
    np.abs(into, into)


def nearer(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    spare = np.subtract(w.slots[b], w.slots[c], w.spare)
    np.subtract(w.slots[a], np.abs(spare, spare), w.slots[d])


def nearer_perhaps(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.slots[d] -= np.abs(w.slots[a] - w.slots[b]) * w.slots[c]


def mix(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    chance = w.slots[c]
    w.slots[d] += chance * w.slots[a] + (1.0 - chance) * w.slots[b]


def add_product(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.add(w.slots[a], np.multiply(w.slots[b], w.slots[c], w.spare), w.slots[d])


def add_picked(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.add(w.slots[a], np.where(w.slots[b] != 0.0, w.slots[c], w.slots[e]), w.slots[d])


def less_product(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.subtract(w.slots[a], np.multiply(w.slots[b], w.slots[c], w.spare), w.slots[d])


def hold_sum(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    spare = np.add(w.slots[c], w.slots[e], w.spare)
    np.maximum(spare, w.slots[a], out=spare)
    np.minimum(spare, w.slots[b], out=spare)
    np.add(spare, 0.0, w.slots[d])


def div_difference(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.divide(np.subtract(w.slots[b], w.slots[c], w.spare), w.slots[a], w.slots[d])


def div_negated(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    spare = np.negative(w.slots[c], w.spare)
    np.divide(np.subtract(spare, w.slots[b], spare), w.slots[a], w.slots[d])


def and_(compare: np.ufunc) -> Do:
    """Where something else holds as well."""

    def both(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
        np.multiply(w.slots[a], compare(w.slots[b], w.slots[c], w.spare), w.slots[d])

    return both


def and_not(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    np.multiply(w.slots[a], np.subtract(1.0, w.slots[b], w.spare), w.slots[d])


def logistics(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.block(d, a)[:] = logistic(w.block(d, a))


def chance(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    body = w.bodies[b]
    pairs = w.block(a, 2 * len(body.gain))
    w.slots[d][:] = body.chance(pairs[::2], pairs[1::2])


def rates(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    options, at_once = w.program.options, max(1, BLOCK // w.memory.shape[1])
    for first in range(0, len(options), at_once):
        _rates(w, first, options[first : first + at_once])


def _rates(w: Bench, first: int, options: Ints) -> None:
    """The rates of some options, side by side."""
    sites, many = w.program.sites, len(options)
    legal, rate = w.block(sites.legal + first, many), w.block(sites.rate + first, many)
    if not np.count_nonzero(legal):
        rate[:] = 0.0
        return
    np.copyto(rate, 0.0)
    np.copyto(rate, w.block(sites.gain + first, many), where=legal != 0.0)
    rate /= w.memory[options[:, p.O_TEMPERATURE]]
    np.maximum(rate, -STEEPEST, out=rate)
    np.minimum(rate, STEEPEST, out=rate)
    rate[:] = exponential(rate)
    rate *= w.memory[options[:, p.O_PER_TEMPO]]
    rate *= legal


def choose(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    program, sites, state = w.program, w.program.sites, w.state
    first, last = program.actors[d].tolist()
    own = w.block(sites.rate + first, last - first)
    total = sum_in_order(own)
    lanes = np.logical_and(total, w.slots[sites.free + d]).nonzero()[0]
    if not len(lanes):
        return
    u = w.chance.some(state.seed, int(program.actor_keys[d]), state.numbers[lanes], state.tick)
    may = u[:, 0] < program.pace * total[lanes] + DOUBT  # 1 - exp(-x) is at most x
    lanes, u = lanes[may], u[may]
    moves = u[:, 0] < chance_to_move(total[lanes], program.pace)
    lanes, which = lanes[moves], u[moves, 1]
    ranks = (sums_in_order(own[:, lanes]) <= which * total[lanes]).sum(axis=0)
    chosen = np.minimum(ranks, last - first - 1)
    takes = own[chosen, lanes] > 0.0
    w.memory[sites.take + program.options[first + chosen[takes], p.O_PLACE], lanes[takes]] = 1.0


def answer(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    sites = w.program.sites
    own = w.memory[sites.rate + d : sites.rate + a]
    total = sum_in_order(own)
    lanes = np.flatnonzero(total > 0.0)
    ranks = (sums_in_order(own[:, lanes]) <= w.slots[b][lanes] * total[lanes]).sum(axis=0)
    chosen = np.minimum(ranks, a - d - 1)
    w.memory[sites.take + w.program.options[d + chosen, p.O_PLACE], lanes] = 1.0


def uniform(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    into, lanes = w.slots[d], w.slots[c].nonzero()[0]
    counters, key = w.slots[a][lanes], int(w.program.keys[b // 4])
    into[:] = 1.0
    for counter in np.unique(counters).tolist():
        own = lanes[counters == counter]
        into[own] = w.chance.some(w.state.seed, key, w.state.numbers[own], int(counter))[:, b % 4]


def ballot(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    u, yes, no, told = w.slots[a], w.slots[b], w.slots[b + 1], w.slots[c]
    against = u < no
    vote = np.where(against, -1.0, np.where(u >= 1.0 - yes, 1.0, 0.0))
    w.slots[d][:] = np.where(told == FREE, vote, told)


def tally(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    body = w.bodies[b]
    votes = w.block(a, len(body.gain))
    w.slots[d][:] = body.passes(votes == 1.0, votes == -1.0) & (w.slots[c] != 0.0)


def outcome(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    reached = sums_in_order(np.maximum(w.block(a, c), 0.0) + 0.0)
    total = reached[-1]
    number = (reached <= w.slots[b] * total).sum(axis=0)
    w.slots[d][:] = np.where(total > 0.0, number, -1.0)


def more(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    lanes = w.slots[b].nonzero()[0]
    w.change(False, d, lanes, w.slots[a][lanes])


def becomes(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    lanes = w.slots[b].nonzero()[0]
    w.change(True, d, lanes, w.slots[a][lanes])


def later(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    lanes = w.slots[b].nonzero()[0]
    tick = w.tick + c if c > 0 else max(-c, w.tick + 1)
    w.state.due.append(lanes, tick, d, e, w.slots[a][lanes])


def due(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    all_due = w.state.due
    if not len(all_due):
        return
    lanes, ticks, slots, sets, amounts = all_due.columns()
    now = ticks == w.tick
    if now.any():
        w.fall_due(now & (w.slots[OPEN][lanes] != 0.0), lanes, slots, sets, amounts)
        w.state.due = all_due.keep(~now)


def settle(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    w.settle()


def close(w: Bench, d: int, a: int, b: int, c: int, e: int) -> None:
    ending = w.slots[p.ENDING]
    closes = (w.slots[OPEN] != 0.0) & (w.slots[a] != 0.0) & (ending == -1.0)
    np.copyto(ending, float(d), where=closes)


BY_NAME: Final[dict[str, Do]] = {
    "ADD": add,
    "SUB": sub,
    "MUL": mul,
    "DIV": div,
    "NEG": neg,
    "LT": lt,
    "LE": le,
    "GT": gt,
    "GE": ge,
    "EQ": eq,
    "NE": ne,
    "OR": either,
    "NOT": negate,
    "PICK": pick,
    "MIN": lowest,
    "MAX": highest,
    "HELD": hold,
    "ABS": size,
    "EXP": exp,
    "SQRT": root,
    "RATIO": ratio,
    "SINCE": since,
    "COPY": copy,
    "POWER": to_power,
    "JNONE": jump_unless_any,
    "JTICK": jump_unless_tick,
    "CLEAR": clear,
    "ISSUE": relieve,
    "FAR": far,
    "NEARER": nearer,
    "NEARERP": nearer_perhaps,
    "MIX": mix,
    "ADDMUL": add_product,
    "ADDPICK": add_picked,
    "SUBMUL": less_product,
    "HELDADD": hold_sum,
    "DIVSUB": div_difference,
    "DIVNEG": div_negated,
    "ANDLT": and_(np.less),
    "ANDLE": and_(np.less_equal),
    "ANDGT": and_(np.greater),
    "ANDGE": and_(np.greater_equal),
    "ANDEQ": and_(np.equal),
    "ANDNE": and_(np.not_equal),
    "ANDNOT": and_not,
    "LOGISTICS": logistics,
    "CHANCE": chance,
    "RATES": rates,
    "CHOOSE": choose,
    "ANSWER": answer,
    "UNIFORM": uniform,
    "BALLOT": ballot,
    "TALLY": tally,
    "OUTCOME": outcome,
    "MORE": more,
    "BECOMES": becomes,
    "LATER": later,
    "DUE": due,
    "SETTLE": settle,
    "CLOSE": close,
}

DO: Final = tuple(BY_NAME[instruction.name] for instruction in TABLE)
"""What each instruction does, by its number."""


class NumpyExecutor:
    """Executes a program in numpy; any number of runs side by side."""

    def __init__(self, program: Program) -> None:
        """The program's code as plain numbers, which Python reads faster than an array."""
        self.program = program
        self._code: list[list[int]] = program.code.tolist()
        instructions = self._code[int(program.stretches[0, 0]) :]
        counting = (NUMBER["TALLY"], NUMBER["CHANCE"])
        self._bodies = {line[3]: self._body(line[3]) for line in instructions if line[0] in counting}
        self._chance = Source()
        self._known: tuple[Numbers, list[Numbers]] = np.zeros((0, 0)), []

    def lanes_for(self, runs: int) -> int:
        """How wide the memory of so many runs is."""
        return min(runs, LANES, max(1, CELLS // self.program.slots))

    def run(self, state: State, first: int, last: int) -> None:
        """Execute the stretches from the first to the last."""
        self.execute(state, self._code, int(self.program.stretches[first, 0]), int(self.program.stretches[last, 1]))

    def execute(self, state: State, code: list[list[int]], start: int, end: int) -> None:
        """Execute some instructions."""
        bench, at = Bench(state, self._slots(state), self._bodies, self._chance), start
        with np.errstate(all="ignore"):  # lanes that an instruction is not meant for hold anything
            while at < end:
                op, d, a, b, c, e = code[at]
                at += 1
                left_out = DO[op](bench, d, a, b, c, e)
                if left_out:
                    at += left_out

    def _slots(self, state: State) -> list[Numbers] | Slots:
        """The slots of a memory, one by one; those of the last one are kept, since it is used again and again."""
        if state.slots is not None:
            return state.slots
        memory, slots = self._known
        if memory is not state.memory:
            slots = list(state.memory)
            self._known = state.memory, slots
        return slots

    def _body(self, line: int) -> Count:
        many, needed, _, _, someone, _ = self._code[line]
        members = self._code[line + 1 : line + 1 + many]
        gain, loss, blocks, weighs = (tuple(column) for column in list(zip(*members, strict=True))[:4])
        return Count(gain, loss, tuple(map(bool, blocks)), needed, bool(someone), tuple(map(bool, weighs)))
