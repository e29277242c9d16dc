"""The instructions of the machine: one table, from which the executor's numbers, the tests and the documents are made.

An instruction is five whole numbers ``op d a b c``. All but ``op`` are slots of the machine's memory (rows of lanes),
unless the table says otherwise: ``#`` marks a plain number. A yes/no is 1.0 or 0.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Instruction:
    """One row of the table: its name, its operands after ``op``, and what it does in every lane."""

    name: str
    operands: str
    meaning: str


TABLE: Final = (
    Instruction("ADD", "d a b", "d = a + b"),
    Instruction("SUB", "d a b", "d = a - b"),
    Instruction("MUL", "d a b", "d = a * b; of yes/no: and"),
    Instruction("DIV", "d a b", "d = a / b, b not 0"),
    Instruction("NEG", "d a", "d = -a"),
    Instruction("LT", "d a b", "d = a < b"),
    Instruction("LE", "d a b", "d = a <= b"),
    Instruction("GT", "d a b", "d = a > b; of yes/no: a and not b"),
    Instruction("GE", "d a b", "d = a >= b"),
    Instruction("EQ", "d a b", "d = a == b"),
    Instruction("NE", "d a b", "d = a != b"),
    Instruction("OR", "d a b", "d = a or b, of yes/no"),
    Instruction("NOT", "d a", "d = not a"),
    Instruction("PICK", "d a b c", "d = b where a, else c"),
    Instruction("MIN", "d a b", "d = the lower, + 0.0"),
    Instruction("MAX", "d a b", "d = the higher, + 0.0"),
    Instruction("HELD", "d a b c", "d = a held from below by b, then from above by c"),
    Instruction("ABS", "d a", "d = |a|"),
    Instruction("EXP", "d a", "d = e to the power a, a held to -50..50, portable"),
    Instruction("SQRT", "d a", "d = the square root of a, of 0 below 0"),
    Instruction("LOGISTIC", "d a", "d = 1 / (1 + exp(-a))"),
    Instruction("RATIO", "d a b c", "d = a / b, or c where |b| < 1e-9"),
    Instruction("SINCE", "d a b", "d = -1 where a is -1, else b - a: days since a stamp"),
    Instruction("COPY", "d a", "d = a"),
    Instruction("JNONE", "d #a", "go on #a instructions after this one where d is no in every lane"),
    Instruction("JTURN", "#d #a #b", "go on #d instructions after this one unless the turn is from #a to #b"),
    Instruction("ISSUE", "d a b c", "the gain += (|a - b| - |c - b|) * d; the gain has a slot of its own"),
    Instruction("FAR", "d a b", "d = |a - b|"),
    Instruction("NEARER", "d a b", "d = d - |a - b|"),
    Instruction("NEARERP", "d a b c", "d = d - |a - b| * c"),
    Instruction("MIX", "d a b c", "d = d + (c * a + (1 - c) * b)"),
    Instruction(
        "CHANCE", "d a #b", "d = the chance of passing in body #b; its members' yes and no are pairs from a on"
    ),
    Instruction("RATE", "d a b c", "d = exp(a / c, held to -30..30) * b"),
)

NUMBER: Final = {instruction.name: number for number, instruction in enumerate(TABLE)}
"""The number of each instruction."""
