"""Instructions that stand for two: what one operation alone needs of another is worked out by that one.

Both round as they would by themselves, so that the bits are the same; what is saved is a pass over a slot, and finding
out what to do next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.rules.program.instructions import NUMBER, TABLE
from engine.rules.program.tape import NOTHING, Line, Operand, Pure

PAIRS: Final = {
    ("ADD", 1, "MUL"): "ADDMUL",
    ("ADD", 0, "MUL"): "ADDMUL",
    ("ADD", 1, "PICK"): "ADDPICK",
    ("ADD", 0, "PICK"): "ADDPICK",
    ("SUB", 1, "MUL"): "SUBMUL",
    ("SUB", 1, "FAR"): "NEARER",
    ("HELD", 0, "ADD"): "HELDADD",
    ("DIV", 0, "SUB"): "DIVSUB",
    ("DIVSUB", 1, "NEG"): "DIVNEG",
    ("MUL", 0, "LT"): "ANDLT",
    ("MUL", 1, "LT"): "ANDLT",
    ("MUL", 0, "LE"): "ANDLE",
    ("MUL", 1, "LE"): "ANDLE",
    ("MUL", 0, "GT"): "ANDGT",
    ("MUL", 1, "GT"): "ANDGT",
    ("MUL", 0, "GE"): "ANDGE",
    ("MUL", 1, "GE"): "ANDGE",
    ("MUL", 0, "EQ"): "ANDEQ",
    ("MUL", 1, "EQ"): "ANDEQ",
    ("MUL", 0, "NE"): "ANDNE",
    ("MUL", 1, "NE"): "ANDNE",
    ("MUL", 0, "NOT"): "ANDNOT",
    ("MUL", 1, "NOT"): "ANDNOT",
}
"""What an operation and the one that stands at a place of it are together; its operands are what is left of those of
the first, then those of the second."""

_FUSED: Final = {(NUMBER[one], place, NUMBER[other]): NUMBER[both] for (one, place, other), both in PAIRS.items()}

_MANY: Final = tuple(len(instruction.operands.split()) - 1 for instruction in TABLE)
"""By instruction, how many operands it has after the first."""


def fused(line: Line, inside: Callable[[Operand], Pure | None]) -> Line:
    """A line with as much in it as fits; ``inside`` gives the operation of an operand that nobody else needs."""
    op, into, given = line[0], line[1], line[2:]
    for place in range(_MANY[op]):
        pure = inside(given[place])
        both = None if pure is None else _FUSED.get((op, place, pure.op))
        if pure is not None and both is not None:
            rest = [*given[:place], *given[place + 1 : _MANY[op]], *pure.operands[: _MANY[pure.op]]]
            rest += [NOTHING] * (4 - len(rest))
            return fused((both, into, rest[0], rest[1], rest[2], rest[3]), inside)
    return line
