"""Compiling the executor: numba writes it for LLVM, which turns it into the code of this machine's processor."""

from __future__ import annotations

from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir
from numba import carray, cfunc, types
from numba.extending import intrinsic

from engine.rules.machine import handover as h
from engine.rules.machine.compiled import At, execute_lanes
from engine.rules.program import program as p

FLOAT, SMALL, WORD, NUMBER = np.float64, np.int32, np.uint64, np.int64
A_PLACES, O_PLACES = p.A_LAST + 1, p.O_PLACE + 1


def built(machine: llvm.TargetMachine) -> tuple[bytes, list[str]]:
    """The code as an object file, which has the function ENTRY; and the names that it refers to and has not."""
    made = cfunc(types.int64(types.CPointer(types.int64), types.float64), error_model="numpy")(paces)
    module = llvm.parse_assembly(made.inspect_llvm())
    module.get_function(made.native_name).name = h.ENTRY
    named = [*module.functions, *module.global_variables]
    asked = [one.name for one in named if one.is_declaration and not one.name.startswith("llvm.")]
    return machine.emit_object(module), asked


@intrinsic
def at(typing: Any, word: Any) -> Any:
    """Where an array stands, from a word."""

    def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], context.get_value_type(types.voidptr))

    return types.voidptr(types.int64), write


def paces(w, pace):
    """Execute what a table of words says, and give the number of paces that were taken."""
    slots, lanes, rows, room, lines = w[h.SLOTS], w[h.WIDE], w[h.ROWS], w[h.ROOM], w[h.LINES]
    return execute_lanes(
        carray(at(w[h.CODE]), (lines, p.WIDTH), SMALL),
        w[h.START],
        w[h.END],
        carray(at(w[h.MEMORY]), (slots, lanes), FLOAT),
        At(w[h.TAKE], w[h.LEGAL], w[h.GAIN], w[h.RATE], w[h.FREE], w[h.DAY], w[h.OPTIONS]),
        w[h.TICK],
        np.uint64(w[h.SEED]),
        carray(at(w[h.RUNS]), (lanes,), WORD),
        carray(at(w[h.KEYS]), (w[h.STREAMS],), WORD),
        carray(at(w[h.ACTOR_KEYS]), (w[h.ACTORS],), WORD),
        carray(at(w[h.OPTION_TABLE]), (w[h.OPTIONS], O_PLACES), SMALL),
        carray(at(w[h.ACTOR_TABLE]), (w[h.ACTORS], A_PLACES), SMALL),
        carray(at(w[h.LIMITS]), (2, rows), FLOAT),
        carray(at(w[h.STAMPS]), (rows,), SMALL),
        pace,
        carray(at(w[h.MORE]), (rows, lanes), FLOAT),
        carray(at(w[h.BECOMES]), (rows, lanes), FLOAT),
        carray(at(w[h.GROWS]), (rows,), WORD),
        carray(at(w[h.IS_SET]), (rows,), WORD),
        carray(at(w[h.TOUCHED]), (rows,), SMALL),
        carray(at(w[h.TOUCHES]), (1,), NUMBER),
        carray(at(w[h.DUE_LANES]), (room,), SMALL),
        carray(at(w[h.DUE_TICKS]), (room,), SMALL),
        carray(at(w[h.DUE_SLOTS]), (room,), SMALL),
        carray(at(w[h.DUE_SETS]), (room,), SMALL),
        carray(at(w[h.DUE_AMOUNTS]), (room,), FLOAT),
        carray(at(w[h.DUES]), (1,), NUMBER),
        w[h.PACES],
        w[h.WATCH],
        w[h.WATCHED],
        w[h.TICKS],
    )
