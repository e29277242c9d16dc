"""Where instructions are written: operands that are known by what they are, and regions that may be jumped over.

A pure operation is written once for all who need it, in the smallest region that holds them all, behind that region's
jump: so what only one option needs is not worked out where the option can't be taken, and registers are used again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.rules.program.instructions import NUMBER

ROW: Final = 0
CONSTANT: Final = 1
REGISTER: Final = 2
PURE: Final = 3
SPECIAL: Final = 4
SITE: Final = 5
NEWS: Final = 6
BESIDE: Final = 7
"""What an operand is: a row of the state, a constant, a register of its own, the value of a pure operation, one of the
first slots of the memory, a site (a slot that is read from outside), an announcement, or what stands beside the rows
where something is read."""

Operand = tuple[int, int]
"""What it is, and which one."""

PLAIN: Final = -1
"""An operand that is a plain number, not a slot, has this for its kind."""


def plain(number: int) -> Operand:
    """A plain number in the place of an operand."""
    return PLAIN, number


NOTHING: Final = plain(0)

Line = tuple[int, Operand, Operand, Operand, Operand, Operand]
"""An instruction whose operands are not placed yet."""


def _not_placed(operand: Operand) -> int:
    raise AssertionError(f"{operand} has no slot before its tape is assembled")


@dataclass
class Constants:
    """The constants of a program, each once."""

    numbers: list[float] = field(default_factory=list)
    _known: dict[tuple[float, float], int] = field(default_factory=dict)

    def slot(self, number: float) -> Operand:
        """The operand of a constant; 0.0 and -0.0 are two."""
        key = (number, math.copysign(1.0, number))
        if key not in self._known:
            self._known[key] = len(self.numbers)
            self.numbers.append(number)
        return CONSTANT, self._known[key]


@dataclass
class Pure:
    """A pure operation, and the region in which it is worked out."""

    op: int
    a: Operand
    b: Operand
    c: Operand
    home: Region | None = None


@dataclass
class Region:
    """Some instructions that are executed together, and the regions inside it."""

    outer: Region | None
    depth: int
    head: list[Line] = field(default_factory=list)
    """What decides whether the rest is jumped over; it stands in the outer region for what it needs."""
    body: list[Line | Region] = field(default_factory=list)
    pures: list[int] = field(default_factory=list)
    """The operations that are worked out here, in order."""

    def inside(self) -> Region:
        """A region in this one, after what is written already."""
        region = Region(self, self.depth + 1)
        self.body.append(region)
        return region


def common(one: Region | None, other: Region) -> Region:
    """The smallest region that holds two."""
    if one is None:
        return other
    while one is not other:
        if one.depth >= other.depth:
            assert one.outer is not None
            one = one.outer
        else:
            assert other.outer is not None
            other = other.outer
    return one


@dataclass(frozen=True)
class Places:
    """Where in the memory a tape finds its operands: the first slot of each kind."""

    rows: int
    news: int
    sites: int
    constants: int
    registers: int


class Tape:
    """One stretch of instructions, from its first region down."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.root = Region(None, 0)
        self.pures: list[Pure] = []
        self._known: dict[tuple[int, Operand, Operand, Operand], Operand] = {}
        self.registers = 0
        """Registers with a name of their own, from 0."""
        self.measures: dict[str, Operand] = {}
        """The value of each measure that was asked for."""
        self.kept: list[Operand] = []
        """Values that are read from outside."""
        self._slot_of: Callable[[Operand], int] = _not_placed

    def register(self, many: int = 1) -> Operand:
        """The first of some new registers side by side."""
        first = self.registers
        self.registers += many
        return REGISTER, first

    def number(self, number: float) -> Operand:
        """A constant."""
        return self.constants.slot(number)

    def pure(self, name: str, a: Operand, b: Operand = NOTHING, c: Operand = NOTHING) -> Operand:
        """The value of an operation that depends on its operands alone."""
        key = (NUMBER[name], a, b, c)
        if key not in self._known:
            self._known[key] = (PURE, len(self.pures))
            self.pures.append(Pure(*key))
        return self._known[key]

    @staticmethod
    def line(
        name: str,
        d: Operand = NOTHING,
        a: Operand = NOTHING,
        b: Operand = NOTHING,
        c: Operand = NOTHING,
        e: Operand = NOTHING,
    ) -> Line:
        """An instruction."""
        return NUMBER[name], d, a, b, c, e

    def unless(self, condition: Operand, many: int = 1) -> Line:
        """The end of a head: the region is left out where so many yes/noes side by side are no in every lane."""
        return self.line("JNONE", condition, NOTHING, plain(many))

    def keep(self, operand: Operand) -> Operand:
        """The same operand, whose value is read from outside when the whole has been executed."""
        self.kept.append(operand)
        return operand

    def settle(self) -> None:
        """Give each pure operation its home."""
        self._visit(self.root)
        for operand in self.kept:
            self._need(operand, self.root)
        for number in range(len(self.pures) - 1, -1, -1):  # those who need come after what they need
            pure = self.pures[number]
            if pure.home is not None:
                for operand in (pure.a, pure.b, pure.c):
                    self._need(operand, pure.home)
        for number, pure in enumerate(self.pures):
            if pure.home is not None:
                pure.home.pures.append(number)

    def _visit(self, region: Region) -> None:
        for line in region.head:
            self._need_all(line, region.outer or region)
        for part in region.body:
            if isinstance(part, Region):
                self._visit(part)
            else:
                self._need_all(part, region)

    def _need_all(self, line: Line, region: Region) -> None:
        for operand in line[1:]:
            self._need(operand, region)

    def _need(self, operand: Operand, region: Region) -> None:
        if operand[0] == PURE:
            pure = self.pures[operand[1]]
            pure.home = common(pure.home, region)

    def assemble(self, places: Places) -> tuple[list[list[int]], int]:
        """The instructions as numbers, and the first register that they leave alone."""
        self.settle()
        maker = _Assembly(self, places)
        maker.write(self.root, self.registers)
        self._slot_of = maker.slot
        return maker.code, maker.most

    def slot(self, operand: Operand) -> int:
        """The slot of an operand, once the tape is assembled."""
        return self._slot_of(operand)


@dataclass
class _Assembly:
    tape: Tape
    at: Places
    code: list[list[int]] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    most: int = 0

    def write(self, region: Region, free: int) -> None:
        """A region, whose values take registers from ``free`` on."""
        self.most = max(self.most, free)
        self._lines(region.head)
        begun = len(self.code)
        for number in region.pures:
            pure = self.tape.pures[number]
            self.places[number] = free
            free += 1
            self._line((pure.op, (PURE, number), pure.a, pure.b, pure.c, NOTHING))
        self.most = max(self.most, free)
        for part in region.body:
            if isinstance(part, Region):
                self.write(part, free)
            else:
                self._line(part)
        self._land(region, begun)

    def _land(self, region: Region, begun: int) -> None:
        """Let the jump at the end of a head lead past its region."""
        if region.head:
            jump, length = self.code[begun - 1], len(self.code) - begun
            jump[1 if jump[0] == NUMBER["JTICK"] else 2] = length

    def _lines(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._line(line)

    def _line(self, line: Line) -> None:
        self.code.append([line[0], *(self.slot(operand) for operand in line[1:])])

    def slot(self, operand: Operand) -> int:
        kind, which = operand
        first = {
            ROW: self.at.rows,
            CONSTANT: self.at.constants,
            SITE: self.at.sites,
            NEWS: self.at.news,
            BESIDE: self.at.news,
            REGISTER: self.at.registers,
            PURE: self.at.registers,
        }.get(kind, 0)
        return first + (self.places[which] if kind == PURE else which)
