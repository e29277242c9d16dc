"""Instructions in the lanes of a memory, compiled: in all of them, a vector after the other, or in one.

A memory has LANES lanes or one. ``lane`` is ALL, or the number of a lane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from engine.rules.machine.handover import LANES
from engine.rules.machine.meanings import DOUBLE, LONG_ONES, MEANINGS, WORD, Meaning, Value, Writer, known
from engine.rules.program.instructions import NUMBER
from engine.rules.program.program import WIDTH

ALL: Final = -1

CHUNK: Final = 8
"""Lanes of a vector."""

LONG: Final = 16
"""Lanes of a vector where a meaning is a long chain, so that several links are worked on at a time."""


class Cells:
    """Cells of a memory of shape (slots, lanes), in code that is being built."""

    def __init__(self, context: Any, builder: ir.IRBuilder, kind: Any, memory: Any) -> None:
        self.builder = builder
        array = context.make_array(kind)(context, builder, memory)
        self.first = array.data
        self.lanes = builder.extract_value(array.shape, 1)

    def at(self, slot: Value, lane: Value, many: int) -> Value:
        """The place of a cell, and of those that follow; of a memory of LANES lanes where there are several."""
        builder = self.builder
        wide = builder.zext(slot, WORD) if slot.type != WORD else slot
        width = self.lanes if many == 1 else ir.Constant(WORD, LANES)
        place = builder.gep(self.first, [builder.add(builder.mul(wide, width), lane)])
        return place if many == 1 else builder.bitcast(place, ir.VectorType(DOUBLE, many).as_pointer())

    def read(self, slot: Value, lane: Value, many: int) -> Value:
        """What they hold."""
        return self.builder.load(self.at(slot, lane, many), align=8)

    def write(self, value: Value, slot: Value, lane: Value, many: int) -> None:
        """What they are to hold."""
        self.builder.store(value, self.at(slot, lane, many), align=8)

    def apply(self, meaning: Meaning, slots: Sequence[Value], lane: Value, many: int) -> None:
        """An instruction, in neighbouring lanes; what a meaning does not ask for is never read."""
        given = [self.read(slot, lane, many) for slot in slots]
        self.write(meaning(Writer(self.builder, many), *given), slots[0], lane, many)


def _lane(number: int) -> Value:
    return ir.Constant(WORD, number)


Act = Callable[[Cells, str, Sequence[Value], Value], None]
"""Builds what an instruction does: handed its name, its slots, and the lane if it is meant for one."""


def _in_all(cells: Cells, name: str, slots: Sequence[Value], _: Value) -> None:
    many = LONG if name in LONG_ONES else CHUNK
    for lane in range(0, LANES, many):
        cells.apply(MEANINGS[name], slots, _lane(lane), many)


def _in_one(cells: Cells, name: str, slots: Sequence[Value], lane: Value) -> None:
    cells.apply(MEANINGS[name], slots, lane, 1)


def _plain_run(act: Act) -> Any:
    @intrinsic
    def run(typing: Any, memory: Any, code: Any, now: Any, stop: Any, lane: Any) -> Any:
        kinds = memory, code, types.int64, types.int64, types.int64
        return types.int64(*kinds), partial(_loop, act)

    return run


in_all = _plain_run(_in_all)
"""``(memory, code, now, stop, lane)``: plain instructions from ``now`` on, at least one, in all LANES lanes.

Gives where it stops: before the first one that is not plain, or at ``stop``."""

in_one = _plain_run(_in_one)
"""The same in one lane, of a memory of any width."""


def _loop(act: Act, context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
    """One instruction after the other, in a loop of its own: to find out what comes next costs next to nothing."""
    cells = Cells(context, builder, signature.args[0], given[0])
    lines = context.make_array(signature.args[1])(context, builder, given[1]).data
    _, _, start, stop, lane = given
    loop, onward, end = (builder.append_basic_block(name) for name in ("loop", "onward", "end"))
    begun = builder.block
    builder.branch(loop)
    with builder.goto_block(loop):
        now = builder.phi(WORD)
        now.add_incoming(start, begun)
        line = builder.gep(lines, [builder.mul(now, _lane(WIDTH))])
        op, *slots = (builder.load(builder.gep(line, [_lane(place)])) for place in range(WIDTH))
        switch = builder.switch(op, end)
    for name in MEANINGS:
        block = builder.append_basic_block(name)
        switch.add_case(ir.Constant(op.type, NUMBER[name]), block)
        with builder.goto_block(block):
            act(cells, name, slots, lane)
            builder.branch(onward)
    with builder.goto_block(onward):
        following = builder.add(now, _lane(1))
        now.add_incoming(following, onward)
        builder.cbranch(builder.icmp_signed("==", following, stop), end, loop)
    builder.position_at_end(end)
    stopped = builder.phi(WORD)
    stopped.add_incoming(now, loop)
    stopped.add_incoming(following, onward)
    return stopped


def lanewise(meaning: Meaning, many: int = CHUNK) -> Any:
    """A function ``(memory, lane, d, a, b, c, e)`` of compiled code that does this to slots."""

    def at_once(lanes: int) -> Any:
        @intrinsic
        def some(typing: Any, memory: Any, lane: Any, d: Any, a: Any, b: Any, c: Any, e: Any) -> Any:
            def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
                cells, (_, lane, *slots) = Cells(context, builder, signature.args[0], given[0]), given
                cells.apply(meaning, slots, lane, lanes)
                return context.get_dummy_value()

            return types.void(memory, lane, d, a, b, c, e), write

        return some

    some, one = at_once(many), at_once(1)

    @njit(error_model="numpy")
    def work(memory, lane, d, a, b, c, e):
        if lane == ALL:
            for first in range(0, LANES, many):
                some(memory, first, d, a, b, c, e)
        else:
            one(memory, lane, d, a, b, c, e)

    return work


@intrinsic
def exponential(typing: Any, x: Any) -> Any:
    """e to the power x."""
    return x(x), lambda _context, builder, _signature, given: Writer(builder, 1).exponential(given[0])


@intrinsic
def _wanted(typing: Any, memory: Any, slot: Any) -> Any:
    """A bit for each of LANES lanes: whether it holds anything but 0."""

    def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
        cells, found = Cells(context, builder, signature.args[0], given[0]), ir.Constant(WORD, 0)
        for lane in range(0, LANES, CHUNK):
            bits = Writer(builder, CHUNK).is_yes(cells.read(given[1], _lane(lane), CHUNK))
            word = builder.zext(builder.bitcast(bits, ir.IntType(CHUNK)), WORD)
            found = builder.or_(found, builder.shl(word, _lane(lane)))
        return found

    return types.uint64(memory, slot), write


def _of_bits(name: str, *more: Value) -> Any:
    @intrinsic
    def count(typing: Any, bits: Any) -> Any:
        def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
            return known(builder, f"llvm.{name}.i64", given[0], *more)

        return types.int64(types.uint64), write

    return count


many_of = _of_bits("ctpop")
"""How many bits are set."""

first_of = _of_bits("cttz", ir.Constant(ir.IntType(1), 1))
"""The number of the lowest bit that is set; there must be one."""

NONE, ONE = np.uint64(0), np.uint64(1)


@njit(error_model="numpy")
def among(memory, slot, lane):
    """A bit for each lane in which a slot holds anything but 0."""
    if lane == ALL:
        return _wanted(memory, slot)
    return ONE << np.uint64(lane) if memory[slot, lane] != 0.0 else NONE


@intrinsic
def _all_become(typing: Any, memory: Any, slot: Any, number: Any) -> Any:
    """A slot becomes a number in LANES lanes."""

    def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
        cells = Cells(context, builder, signature.args[0], given[0])
        each = Writer(builder, CHUNK).spread(DOUBLE, given[2])
        for lane in range(0, LANES, CHUNK):
            cells.write(each, given[1], _lane(lane), CHUNK)
        return context.get_dummy_value()

    return types.void(memory, slot, types.float64), write


@njit(error_model="numpy")
def fill(memory, lane, slot, number):
    """A slot becomes a number."""
    if lane == ALL:
        _all_become(memory, slot, number)
    else:
        memory[slot, lane] = number
