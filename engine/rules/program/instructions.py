"""The instructions of the machine: one table, from which the executor's numbers, the tests and the documents are made.

An instruction is six whole numbers ``op d a b c e``. All but ``op`` are slots of the memory (rows of lanes), unless the
table says otherwise: ``#`` marks a plain number, ``n..`` so many slots side by side. A yes/no is 1.0 or 0.0. Nothing in
a lane depends on another lane, so that an executor may work on all lanes, on some, or on one.
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


PLAIN: Final = (
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
    Instruction("RATIO", "d a b c", "d = a / b, or c where |b| < 1e-9"),
    Instruction("SINCE", "d a b", "d = -1 where a is -1, else b - a: days since a stamp"),
    Instruction("COPY", "d a", "d = a"),
    Instruction("ISSUE", "d a b c e", "d += (|a - b| - |c - b|) * e"),
    Instruction("FAR", "d a b", "d = |a - b|"),
    Instruction("NEARER", "d a b c", "d = a - |b - c|"),
    Instruction("NEARERP", "d a b c", "d = d - |a - b| * c"),
    Instruction("MIX", "d a b c", "d = d + (c * a + (1 - c) * b)"),
    Instruction("ADDMUL", "d a b c", "d = a + b * c, rounded twice"),
    Instruction("ADDPICK", "d a b c e", "d = a + (c where b, else e)"),
    Instruction("SUBMUL", "d a b c", "d = a - b * c, rounded twice"),
    Instruction("HELDADD", "d a b c e", "d = c + e, held from below by a, then from above by b"),
    Instruction("DIVSUB", "d a b c", "d = (b - c) / a, a not 0"),
    Instruction("DIVNEG", "d a b c", "d = (-c - b) / a, a not 0"),
    Instruction("ANDLT", "d a b c", "d = a * (b < c); of yes/no: and"),
    Instruction("ANDLE", "d a b c", "d = a * (b <= c)"),
    Instruction("ANDGT", "d a b c", "d = a * (b > c)"),
    Instruction("ANDGE", "d a b c", "d = a * (b >= c)"),
    Instruction("ANDEQ", "d a b c", "d = a * (b == c)"),
    Instruction("ANDNE", "d a b c", "d = a * (b != c)"),
    Instruction("ANDNOT", "d a b", "d = a * not b"),
)
"""Those that work in each lane on slots alone, whose numbers come first."""

APART: Final = (
    Instruction(
        "JNONE", "d #a #b", "go on #a instructions after this one where #b slots from d on are no in every lane"
    ),
    Instruction("JTICK", "#d #a #b", "go on #d instructions after this one unless the tick is from #a to #b"),
    Instruction("CLEAR", "d #a", "#a slots from d on become 0"),
    Instruction("POWER", "d a b", "d = a, in 0..1, to the power b, portable"),
    Instruction("LOGISTICS", "d #a", "each of #a slots from d on becomes 1 / (1 + exp(-itself))"),
    Instruction(
        "CHANCE", "d a #b", "d = the chance of passing in body #b; its members' yes and no are pairs from a on"
    ),
    Instruction("RATES", "", "the rate of each option = exp(gain / temperature, held to -30..30) * legal / tempo"),
    Instruction("CHOOSE", "#d", "actor #d takes an option, or none, by its rates and its chance of this tick"),
    Instruction(
        "ANSWER", "#d #a b", "one of the options from #d to #a is taken in proportion to its rate, by uniform b"
    ),
    Instruction("UNIFORM", "d a #b c", "d = uniform #b modulo 4 of stream #b / 4 at counter a where c holds, else 1"),
    Instruction(
        "BALLOT", "d a b c", "d = the vote, -1, 0 or 1: c where that is one; else by uniform a, yes b, no b + 1"
    ),
    Instruction("TALLY", "d a #b c", "d = whether body #b passes it where c holds, by the votes from a on"),
    Instruction("OUTCOME", "d a b #c", "d = which of #c weights from a on is met by uniform b; -1 where all are 0"),
    Instruction("MORE", "d a b", "d is to grow by a where b holds"),
    Instruction("BECOMES", "d a b", "d is to become a where b holds; the largest of several"),
    Instruction(
        "LATER", "d a b #c #e", "the same, to be done in #c ticks, or in tick -#c; #e: becomes instead of grow"
    ),
    Instruction("DUE", "", "what was put off until this tick is to be done"),
    Instruction("SETTLE", "", "what is to grow grows, what is to become becomes; all held to its range, flags stamped"),
    Instruction("CLOSE", "#d a", "ending #d where a holds in a run that is open and has found none yet"),
)
"""All others."""

TABLE: Final = PLAIN + APART

NUMBER: Final = {instruction.name: number for number, instruction in enumerate(TABLE)}
"""The number of each instruction."""

FIRST_APART: Final = len(PLAIN)
"""The number of the first instruction that is not plain."""
