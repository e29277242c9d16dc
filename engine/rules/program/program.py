"""A scenario's rules as numbers: what executors execute.

Nothing here knows expressions, actors or texts. The memory is one array of slots, each as wide as there are lanes; it
holds, one behind the other: special slots, the state's rows, news, sites, constants, registers, and to work with the
distribution of a vote's score, twice, and one slot more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

NONE = -1
"""No slot or number."""
ASKED = -2
"""In the place of a stamp: a row that holds by when a question is to be answered, and stays as long as it stands."""

# the first slots of the memory; the rows of the state follow
OPEN, TICK, ENDING, FIRST_ROW = range(4)

WIDTH = 6
"""Numbers of an instruction."""

# the stretches of a pace, in their order
CALENDAR, APPRAISE, DECIDE, SILENCE, ACT, VOTE, DRIFT, CHANCE, CLOCK, CLOSE = range(10)
STRETCHES = CLOSE + 1

# columns of `options`
O_TEMPERATURE, O_PER_TEMPO, O_PLACE = range(3)
# columns of `actors`
A_FIRST, A_LAST = range(2)
# numbers of a body, which stand as a line of the code, and those of its members behind it
B_MEMBERS, B_NEEDED, B_LOWEST, B_HIGHEST, B_SOMEONE = range(5)
M_GAIN, M_LOSS, M_BLOCKS, M_WEIGHS = range(4)


@dataclass(frozen=True)
class Sites:
    """The slots that are read, or written, from outside: the first of each kind."""

    news: int
    """By announcement, whether it is made."""
    take: int
    """By option, in the order of acting, whether it is taken."""
    tabled: int
    """By question, whether it is put to the vote."""
    passed: int
    """By question, whether it passed."""
    happens: int
    """By event, whether it happens."""
    outcome: int
    """By event, the number of its outcome where it happens."""
    legal: int
    """By option, whether it may be taken."""
    gain: int
    """By option, what it promises; of no meaning where it is not legal."""
    rate: int
    """By option, its rate, in moves a day."""
    chance: int
    """By question, its chance of passing; of no meaning where nobody may table it."""
    free: int
    """By actor, whether the rule decides."""
    allowed: int
    """By event, whether it may happen."""
    ballots: int
    """By question, sitting and member, the vote where there is one."""
    told: int
    """The same, how the member is to vote; FREE by the rule."""
    luck: int
    """By gamble, what is added to its uniform number: 0 where chance decides."""
    end: int

    def span(self, name: str) -> tuple[int, int]:
        """The first slot of a kind, and one past its last."""
        return self.spans[name]

    @cached_property
    def spans(self) -> dict[str, tuple[int, int]]:
        """The same of every kind."""
        names = [field.name for field in fields(self)]
        return {name: (getattr(self, name), getattr(self, following)) for name, following in pairwise(names)}


FREE = 9.0
"""No instruction: the member votes by the rule."""


@dataclass(frozen=True)
class Announcement:
    """An effect that brings news: the source's kind and name, which of its effects, and who did it."""

    kind: str
    """``option``, ``pass``, ``fail`` or ``event``."""
    source: int
    """The number of the option, question or event."""
    outcome: str | None
    """Of an event, the outcome whose effect it is."""
    effect: int
    target: int | None = None
    """Of an act at several at once, the number of the actor at whom it was directed."""


Gamble = Announcement
"""What a uniform number decides on: an effect that has a chance, or of an event itself HAPPENS or TURNS_OUT."""

HAPPENS, TURNS_OUT = -2, -3
"""In the place of the number of an effect: whether an event happens, and how it turns out."""


@dataclass(frozen=True)
class Program:
    """A scenario, lowered."""

    code: Ints
    """Instructions, and lines of numbers that instructions name: shape (lines, WIDTH)."""
    stretches: Ints
    """Start and end of each: shape (STRETCHES, 2)."""
    options: Ints
    """Slots of an option's temperature and of one over its tempo, and its place in the order of acting: shape
    (options, 3)."""
    actors: Ints
    """An actor's first option, and one past its last: shape (actors, 2)."""
    keys: Keys
    """Of all streams that instructions name."""
    actor_keys: Keys
    """The stream of each actor."""
    limits: Floats
    """The lowest and the highest number of each row, and of each announcement: shape (2, rows + news)."""
    stamps: Ints
    """By row, and by announcement, the slot of the day on which it became yes, or NONE, or ASKED."""
    constants: Floats
    sites: Sites
    announcements: tuple[Announcement, ...]
    gambles: tuple[Gamble, ...]
    """In the order of the sites of luck."""
    registers: int
    most_due: int
    """Delayed changes that one run can cause in one pace, at most."""
    most_score: int
    """Places of the longest distribution of a vote."""
    pace: float
    """Days of a pace."""
    ticks: int
    rows: int
    day: int
    """The slot of the clock of the world."""

    @classmethod
    def to_read(cls, code: list[list[int]], constants: Sequence[float], rows: int, registers: int) -> Program:
        """One that only reads some rows: constants and registers follow them, and nothing else is there."""
        nothing, end = table([], 3), FIRST_ROW + rows
        return cls(
            table(code, WIDTH),
            table([(0, len(code)), *[(len(code), len(code))] * (STRETCHES - 1)], 2),
            nothing,
            table([], 2),
            keys([]),
            keys([]),
            np.zeros((2, rows)),
            np.full(rows, NONE, dtype=np.int32),
            np.array(constants, dtype=np.float64),
            Sites(*[end] * len(fields(Sites))),
            (),
            (),
            registers,
            1,
            1,
            1.0,
            1,
            rows,
            FIRST_ROW,
        )

    @property
    def first_constant(self) -> int:
        """The slot of the first constant; registers follow."""
        return self.sites.end

    @property
    def slots(self) -> int:
        """All of the memory."""
        return self.first_constant + len(self.constants) + self.registers + 2 * self.most_score + 1


def table(rows: Sequence[Sequence[int]], columns: int) -> Ints:
    """Rows of whole numbers as an array of shape (rows, columns)."""
    return np.array(rows, dtype=np.int32).reshape(-1, columns)


def keys(numbers: list[int]) -> Keys:
    """Keys of streams as an array."""
    return np.array(numbers, dtype=np.uint64)
