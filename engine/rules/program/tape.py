"""Where instructions are written: operands that are known by what they are, and regions that may be jumped over.

A pure operation is written once for all who need it, in the smallest region that holds them all, behind that region's
jump: so what only one option needs is not worked out where the option can't be taken.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
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

    @property
    def operands(self) -> tuple[Operand, Operand, Operand]:
        """What it is worked out from."""
        return self.a, self.b, self.c


@dataclass
class Region:
    """Some instructions that are executed together, and the regions inside it."""

    outer: Region | None
    depth: int
    head: list[Line] = field(default_factory=list)
    """What decides whether the rest is jumped over; it stands in the outer region for what it needs."""
    body: list[Line | Region] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """The operations that come before all else here: they read what the tape itself writes, or are kept."""
    wants: set[int] = field(default_factory=set)
    """The operations that are worked out in the region around it, before its jump."""

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
        self.front: list[Region] = []
        """Regions that are executed before all else: what they write any operation may read."""
        self.pures: list[Pure] = []
        self._known: dict[tuple[int, Operand, Operand, Operand], Operand] = {}
        self.first_of: list[int] = []
        """Of each register with a name of its own, the first of those that stand side by side with it."""
        self.many_from: dict[int, int] = {}
        """How many stand side by side, by the first."""
        self.measures: dict[tuple[str, int | None], Operand] = {}
        """The value of each measure that was asked for, by its name and by who knows what it reads."""
        self.foreseen: dict[Hashable, Operand] = {}
        """How likely questions would pass, by the question, by who judges, and by the vote that is taken as given."""
        self.kept: list[Operand] = []
        """Values that are read from outside when all has been executed."""

    def first_of_all(self) -> Region:
        """A region that is executed before all else, after those that were asked for before."""
        self.front.append(Region(self.root, 1))
        return self.front[-1]

    def register(self, many: int = 1) -> Operand:
        """The first of some new registers side by side."""
        first = len(self.first_of)
        self.first_of += [first] * many
        self.many_from[first] = many
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

    def every(self, into: Operand, first: Operand, *others: Operand) -> list[Line]:
        """Whether all of some yes/noes hold."""
        if not others:
            return [self.line("COPY", into, first)]
        return [
            self.line("MUL", into, before, one)
            for before, one in zip((first, *[into] * len(others)), others, strict=False)
        ]

    def unless(self, condition: Operand, many: int = 1) -> Line:
        """The end of a head: the region is left out where so many yes/noes side by side are no in every lane."""
        return self.line("JNONE", condition, NOTHING, plain(many))

    def keep(self, operand: Operand) -> None:
        """Let the value of an operand be read from outside when all has been executed."""
        self.kept.append(operand)
