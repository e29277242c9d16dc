"""From a tape to numbers: in which order its operations are worked out, and which registers hold their values.

An operation is worked out as late as its region allows, and a register is used again as soon as nobody needs what it
holds (linear scan: Poletto and Sarkar 1999): so few values are alive at a time, and stay in the nearest cache.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from engine.rules.program.fusing import fused
from engine.rules.program.instructions import NUMBER
from engine.rules.program.tape import (
    BESIDE,
    CONSTANT,
    NEWS,
    NOTHING,
    PURE,
    REGISTER,
    ROW,
    SITE,
    Line,
    Operand,
    Places,
    Pure,
    Region,
    Tape,
    common,
    plain,
)

LEAVING: Final = frozenset(
    NUMBER[name]
    for name in ("JNONE", "JTICK", "RATES", "CHOOSE", "ANSWER", "MORE", "BECOMES", "LATER", "DUE", "SETTLE", "CLOSE")
)
"""Instructions that name no slot which they change there and then."""

JUMPS: Final = {NUMBER["JNONE"]: 2, NUMBER["JTICK"]: 1}
"""Which operand of a jump is its length."""


@dataclass
class Assembled:
    """A tape as numbers."""

    code: list[list[int]]
    registers: int
    """How many of them it uses."""
    kept: list[int]
    """The slots of the values that are read from outside."""


def assemble(tape: Tape, at: Places) -> Assembled:
    """Everything in its order and its place."""
    homes = Homes(tape)
    homes.find()
    order = Order(tape, homes.many)
    order.write(tape.root)
    return Registers(tape, at).place(order.lines)


@dataclass
class Homes:
    """In which region each operation is worked out, and before which regions in it."""

    tape: Tape
    many: Counter[Operand] = field(default_factory=Counter)
    """How often each operand is needed."""

    def find(self) -> None:
        """Give each operation that somebody needs its home."""
        pures, uses = self.tape.pures, [*self._all_uses(), *((one, self.tape.root) for one in self.tape.kept)]
        for operand, region in uses:
            self._need(operand, region)
        for number in range(len(pures) - 1, -1, -1):  # those who need come after what they need
            home = pures[number].home
            if home is not None:
                found = [(operand, home) for operand in pures[number].operands]
                uses += found
                for operand, region in found:
                    self._need(operand, region)
        self.many.update(operand for operand, _ in uses)
        for operand, region in uses:
            self._announce(operand, region)
        kept = set(self.tape.kept)
        written = {line[1] for line in _lines(self.tape.root) if line[0] not in LEAVING}
        for number, pure in enumerate(pures):
            if pure.home is not None and not (written.isdisjoint(pure.operands) and (PURE, number) not in kept):
                pure.home.firsts.append(number)

    def _all_uses(self) -> Iterator[tuple[Operand, Region]]:
        for region in (*self.tape.front, self.tape.root):
            yield from self._uses(region)

    def _uses(self, region: Region) -> Iterator[tuple[Operand, Region]]:
        for line in region.head:
            yield from ((operand, region.outer or region) for operand in line[1:])
        for part in region.body:
            if isinstance(part, Region):
                yield from self._uses(part)
            else:
                yield from ((operand, region) for operand in part[1:])

    def _need(self, operand: Operand, region: Region) -> None:
        if operand[0] == PURE:
            pure = self.tape.pures[operand[1]]
            pure.home = common(pure.home, region)

    def _announce(self, operand: Operand, region: Region) -> None:
        """Whoever needs something in a region inside its home has it worked out before that region's jump."""
        if operand[0] == PURE:
            home = self.tape.pures[operand[1]].home
            while region is not home:
                inside, outer = region, region.outer
                assert outer is not None
                region = outer
                if region is home:
                    inside.wants.add(operand[1])


def _lines(region: Region) -> Iterator[Line]:
    yield from region.head
    for part in region.body:
        if isinstance(part, Region):
            yield from _lines(part)
        else:
            yield part


@dataclass
class Order:
    """The instructions of a tape, one after the other."""

    tape: Tape
    many: Counter[Operand]
    lines: list[Line] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)

    def write(self, region: Region) -> None:
        """A region, after what is needed in it."""
        for line in region.head[:-1]:
            self._line(line)
        for number in sorted(region.wants):
            self.ready((PURE, number))
        for line in region.head[-1:]:
            self._line(line)
        begun = len(self.lines)
        for first in self.tape.front if region is self.tape.root else ():
            self.write(first)
        for number in region.firsts:
            self.ready((PURE, number))
        for part in region.body:
            if isinstance(part, Region):
                self.write(part)
            else:
                self._line(part)
        if region.head:
            self._land(begun - 1)

    def ready(self, operand: Operand) -> None:
        """An operand has its value from here on."""
        kind, number = operand
        if kind == PURE and number not in self._done:
            self._done.add(number)
            pure = self.tape.pures[number]
            self._line((pure.op, operand, *pure.operands, NOTHING))

    def _line(self, line: Line) -> None:
        line = fused(line, self._inside)
        for operand in line[1:]:
            self.ready(operand)
        self.lines.append(line)

    def _inside(self, operand: Operand) -> Pure | None:
        """The operation whose value only one line needs, and that may be worked out there and then."""
        kind, number = operand
        is_for_one = kind == PURE and number not in self._done and self.many[operand] == 1
        return self.tape.pures[number] if is_for_one else None

    def _land(self, place: int) -> None:
        """Let a jump lead past what has been written since."""
        jump, length = list(self.lines[place]), plain(len(self.lines) - place - 1)
        jump[JUMPS[self.lines[place][0]]] = length
        self.lines[place] = (self.lines[place][0], *jump[1:])  # type: ignore[assignment]


class Registers:
    """Which values are alive, and where."""

    def __init__(self, tape: Tape, at: Places) -> None:
        self._tape, self._at = tape, at
        self._taken, self._most = bytearray(), 0
        self._place: dict[Operand, int] = {}
        self._first = {
            ROW: at.rows,
            CONSTANT: at.constants,
            SITE: at.sites,
            NEWS: at.news,
            BESIDE: at.news,
        }

    def place(self, lines: list[Line]) -> Assembled:
        """The lines as numbers."""
        last = {self._whole(operand): number for number, line in enumerate(lines) for operand in line[1:]}
        for operand in self._tape.kept:
            last[self._whole(operand)] = len(lines)
        code = []
        for number, line in enumerate(lines):
            code.append([line[0], *(self._slot(operand) for operand in line[1:])])
            for whole in {self._whole(operand) for operand in line[1:]}:
                if whole in self._place and last[whole] == number:
                    self._free(whole)
        return Assembled(code, len(self._taken), [self._slot(operand) for operand in self._tape.kept])

    def _whole(self, operand: Operand) -> Operand:
        """All the registers side by side of which this is one."""
        return (REGISTER, self._tape.first_of[operand[1]]) if operand[0] == REGISTER else operand

    def _slot(self, operand: Operand) -> int:
        kind, which = operand
        if kind not in (PURE, REGISTER):
            return self._first.get(kind, 0) + which
        whole = self._whole(operand)
        if whole not in self._place:
            many = self._many(whole)
            found = self._taken.find(bytes(many))
            if found < 0:
                found = len(self._taken.rstrip(b"\0"))
                self._taken.extend(bytes(found + many - len(self._taken)))
            self._taken[found : found + many] = b"\1" * many
            self._place[whole] = found
        return self._at.registers + self._place[whole] + (which - whole[1])

    def _many(self, whole: Operand) -> int:
        return self._tape.many_from[whole[1]] if whole[0] == REGISTER else 1

    def _free(self, whole: Operand) -> None:
        first, many = self._place.pop(whole), self._many(whole)
        self._taken[first : first + many] = bytes(many)
