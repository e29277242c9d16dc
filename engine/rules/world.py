"""The state of R runs, side by side, and the one way in which it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws, Words, stream_key, uniforms_at, waits
from engine.rules.layout import NO_STAMP, Layout

OPEN = -1
"""The ending of a run that has not closed."""

News = Callable[[], None]
"""A call that reports something to whoever records the turn."""


@dataclass
class World:
    """R runs of one scenario at one moment.

    ``cells`` has shape (rows, runs); ``ending`` holds, for each run, the number of its ending or OPEN.
    """

    layout: Layout
    draws: Draws
    cells: Numbers
    origin: Numbers
    """Positions as they were drawn at the start: shape (issues, actors, runs)."""
    ending: Rows
    turn: int = 0
    due: dict[int, Changes] = field(default_factory=dict)
    """Changes that fall due in a later turn."""
    known: dict[str, Numbers | YesNo] = field(default_factory=dict)
    """Measures already worked out on this state."""

    @property
    def runs(self) -> int:
        """How many runs stand side by side."""
        return int(self.cells.shape[1])

    @property
    def is_open(self) -> YesNo:
        """Which runs go on: shape (runs,)."""
        is_open: YesNo = self.ending == OPEN
        return is_open

    @property
    def day(self) -> Numbers:
        """Days since the start, by run: shape (runs,)."""
        day: Numbers = self.cells[self.layout.day]
        return day

    def clock(self, stream: str) -> tuple[Numbers, Numbers, Numbers]:
        """A clock: what is left of its wait, the paces that it is ahead by, how often it has rung; shape (runs,)."""
        wait, ahead, rings = self.layout.clock(stream)
        return self.cells[wait], self.cells[ahead], self.cells[rings]

    def chance_of(self, stream: str) -> tuple[int, int, Words]:
        """The chance of a clock: seed, stream and the number of each run."""
        return self.draws.seed, stream_key(stream), self.draws.numbers

    def wind_up(self) -> None:
        """Draw what is left of every clock's wait, each at its own count."""
        for stream in self.layout.clocks:
            wait, _, rings = self.clock(stream)
            wait[:] = waits(uniforms_at(*self.chance_of(stream), rings.astype(np.uint64))[0])

    def part(self, columns: Rows) -> World:
        """Some of the runs, to be looked at and not changed."""
        if len(columns) == self.runs:
            return self
        cells = cast(Numbers, _Columns(self.cells, columns))
        return World(self.layout, self.draws.of(columns), cells, self.origin, self.ending[columns], self.turn)

    def multiplied(self, draws: Draws) -> World:
        """Many copies of a world of one run, side by side, with this chance from here on.

        Under another seed what is left of each clock's wait is drawn anew: an exponential wait has no memory.
        """
        runs = draws.runs
        world = World(
            self.layout,
            draws,
            np.repeat(self.cells, runs, axis=1),
            np.repeat(self.origin, runs, axis=2),
            np.repeat(self.ending, runs),
            self.turn,
            {turn: changes.multiplied(runs) for turn, changes in self.due.items()},
        )
        if draws.seed != self.draws.seed:
            world.wind_up()
        return world


class _Columns:
    """Some columns of a state, read row by row as they are asked for."""

    def __init__(self, cells: Numbers, columns: Rows) -> None:
        self._cells, self._columns = cells, columns
        self.shape = (len(cells), len(columns))

    def __getitem__(self, rows: int | slice | Rows) -> Numbers:
        """A row, or several, of those columns."""
        return self._cells[rows].take(self._columns, axis=-1)


def open_world(layout: Layout, draws: Draws) -> World:
    """The runs whose chance this is, before their first turn."""
    cells = np.repeat(layout.start[:, np.newaxis], draws.runs, axis=1)
    for actor_id, actor in layout.scenario.actors.items():
        for issue, stance in actor.stances.items():
            if stance.spread > 0:
                row = layout.block("position", issue)[layout.actors[actor_id]]
                doubt = stance.spread * draws.normal(f"stance:{actor_id}:{issue}", 0)
                cells[row] = np.clip(stance.position + doubt, layout.bounds[0][row], layout.bounds[1][row])
    origin = np.stack([cells[layout.block("position", issue)] for issue in layout.scenario.issues])
    world = World(layout, draws, cells, origin, np.full(draws.runs, OPEN, dtype=np.intp))
    world.wind_up()
    return world


@dataclass
class Changes:
    """What one phase does to a world: first the sum of all additions, then what is set, then the ranges."""

    adds: dict[int, Numbers] = field(default_factory=dict)
    """By row of the state, an amount for each run: shape (runs,)."""
    sets: dict[int, tuple[Numbers, YesNo]] = field(default_factory=dict)
    """By row of the state, a value for each run (0 elsewhere) and the runs in which it is set: shape (runs,) each."""
    news: list[News] = field(default_factory=list)

    def add(self, row: int, amount: Numbers) -> None:
        """Another amount for a row; the array is kept, and others are added into it."""
        if row in self.adds:
            self.adds[row] += amount
        else:
            self.adds[row] = amount

    def set(self, row: int, value: Numbers, runs: YesNo) -> None:
        """Another value for a row in some runs; the larger of two wins, so that order does not matter."""
        if row in self.sets:
            other, others = self.sets[row]
            both = runs & others
            value, runs = np.where(both, np.maximum(value, other), value + other), runs | others
        self.sets[row] = value, runs

    def only_where(self, runs: YesNo) -> None:
        """Leave all other runs as they are."""
        self.adds = {row: amount * runs for row, amount in self.adds.items()}
        self.sets = {row: (value * runs, where & runs) for row, (value, where) in self.sets.items()}

    def multiplied(self, runs: int) -> Changes:
        """The same for many copies of one run, without its news."""
        return Changes(
            {row: np.repeat(amount, runs) for row, amount in self.adds.items()},
            {row: (np.repeat(value, runs), np.repeat(where, runs)) for row, (value, where) in self.sets.items()},
        )

    def take_place(self, world: World) -> None:
        """Change the world."""
        cells, (low, high), stamps = world.cells, world.layout.bounds, world.layout.stamps
        for row, amount in self.adds.items():
            cells[row] += amount
        for row, (value, where) in self.sets.items():
            cells[row] *= ~where
            cells[row] += value
        for row in {**self.adds, **self.sets}:
            cells[row].clip(low[row], high[row], out=cells[row])
            if row in stamps:
                stamp_flag(cells, row, stamps[row], world.day)
        world.known.clear()
        for report in self.news:
            report()


def stamp_flag(cells: Numbers, flag: int, stamp: int, day: Numbers) -> None:
    """Remember the day on which a flag became yes, as long as it is."""
    is_up, was_up = cells[flag] != 0, cells[stamp] != NO_STAMP
    if (is_up == was_up).all():
        return
    kept = cells[stamp] * (is_up & was_up)
    cells[stamp] = kept + day * (is_up & ~was_up) + NO_STAMP * ~is_up
