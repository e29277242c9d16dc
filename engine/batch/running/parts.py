"""How a batch is cut into parts: fixed ranges of runs, whoever makes them and however many at a time.

A part is the unit of work, of writing and of losing. Which runs it holds follows from the plan alone, so its file has
the same bytes for any number of workers, any chunk, and after any interruption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PART_RUNS = 4096
"""The most runs of a part: some seconds of work, and a file of some hundred kilobytes."""

FIRST_STAGE = 1000
"""Runs of a design point after which it is first asked whether the intervals are narrow enough."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive runs of one design point; ``point`` is its place in the plan."""

    point: int
    first: int
    runs: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some pieces, which are made and written together."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def runs(self) -> int:
        """How many runs it has, where every point can be run."""
        return sum(piece.runs for piece in self.pieces)


def stages(most: int, by_stages: bool) -> Iterator[tuple[int, int]]:
    """The runs of each point that are made before it is asked whether there are enough: from, and up to.

    All at once, or else each time half as many again as there are.
    """
    begin, end = 0, min(most, FIRST_STAGE) if by_stages else most
    while begin < most:
        yield begin, end
        begin, end = end, min(most, end + end // 2)


@dataclass(frozen=True)
class Cut:
    """The parts that hold runs ``begin`` to ``end - 1`` of each point, numbered from ``number``.

    A part has as many whole points as fit, or a stretch of one point where a point alone is too much. None of them is
    kept: each is made when it is asked for, so that a batch of any size takes no memory for its parts.
    """

    points: int
    begin: int
    end: int
    number: int = 0

    @property
    def together(self) -> int:
        """How many points share a part."""
        return max(1, PART_RUNS // (self.end - self.begin))

    @property
    def stretches(self) -> int:
        """In how many parts the runs of one point are."""
        return -(-(self.end - self.begin) // PART_RUNS)

    @property
    def runs(self) -> int:
        """How many runs there are in all parts."""
        return self.points * (self.end - self.begin)

    def __len__(self) -> int:
        return -(-self.points // self.together) * self.stretches

    def __iter__(self) -> Iterator[Part]:
        return map(self.part, self.numbers)

    @property
    def numbers(self) -> range:
        """The numbers of the parts."""
        return range(self.number, self.number + len(self))

    def part(self, number: int) -> Part:
        """The part of a number."""
        group, stretch = divmod(number - self.number, self.stretches)
        lowest, first = group * self.together, self.begin + stretch * PART_RUNS
        size = min(PART_RUNS, self.end - first)
        among = range(lowest, min(self.points, lowest + self.together))
        return Part(number, tuple(Piece(point, first, size) for point in among))

    def numbers_of(self, point: int) -> range:
        """The numbers of the parts in which runs of a point are."""
        first = self.number + point // self.together * self.stretches
        return range(first, first + self.stretches)


def cut(points: int, begin: int, end: int, number: int = 0) -> Iterator[Part]:
    """The same parts, one after the other."""
    return iter(Cut(points, begin, end, number))
