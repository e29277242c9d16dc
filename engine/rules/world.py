"""The state of R runs, side by side, and the one way in which it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws
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

    def multiplied(self, seed: int, runs: int) -> World:
        """Many copies of a world of one run, side by side, with chance of their own from here on."""
        return World(
            self.layout,
            Draws(seed, 0, runs),
            np.repeat(self.cells, runs, axis=1),
            np.repeat(self.origin, runs, axis=2),
            np.repeat(self.ending, runs),
            self.turn,
            {turn: changes.multiplied(runs) for turn, changes in self.due.items()},
        )


def open_world(layout: Layout, seed: int, first_run: int, runs: int) -> World:
    """The runs ``first_run`` to ``first_run + runs - 1`` of a seed, before their first turn."""
    draws = Draws(seed, first_run, runs)
    cells = np.repeat(layout.start[:, np.newaxis], runs, axis=1)
    for actor_id, actor in layout.scenario.actors.items():
        for issue, stance in actor.stances.items():
            if stance.spread > 0:
                row = layout.block("position", issue)[layout.actors[actor_id]]
                doubt = stance.spread * draws.normal(f"stance:{actor_id}:{issue}", 0)
                cells[row] = np.clip(stance.position + doubt, layout.bounds[0][row], layout.bounds[1][row])
    origin = np.stack([cells[layout.block("position", issue)] for issue in layout.scenario.issues])
    return World(layout, draws, cells, origin, np.full(runs, OPEN, dtype=np.intp))


@dataclass
class Changes:
    """What one phase does to a world: first the sum of all additions, then what is set, then the ranges.

    Each entry is a row of the state and an array of shape (runs,); in ``sets`` minus infinity leaves a run as it is.
    """

    adds: dict[int, Numbers] = field(default_factory=dict)
    sets: dict[int, Numbers] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)

    def add(self, row: int, amount: Numbers) -> None:
        """Another amount for a row."""
        self.adds[row] = self.adds[row] + amount if row in self.adds else amount

    def set(self, row: int, value: Numbers) -> None:
        """Another value for a row; the larger of two wins, so that order does not matter."""
        self.sets[row] = np.maximum(self.sets[row], value) if row in self.sets else value

    def only_where(self, runs: YesNo) -> None:
        """Leave all other runs as they are."""
        self.adds = {row: np.where(runs, amount, 0.0) for row, amount in self.adds.items()}
        self.sets = {row: np.where(runs, value, -np.inf) for row, value in self.sets.items()}

    def multiplied(self, runs: int) -> Changes:
        """The same for many copies of one run, without its news."""
        return Changes(
            {row: np.repeat(amount, runs) for row, amount in self.adds.items()},
            {row: np.repeat(value, runs) for row, value in self.sets.items()},
        )

    def take_place(self, world: World) -> None:
        """Change the world."""
        cells, (low, high), stamps = world.cells, world.layout.bounds, world.layout.stamps
        for row, amount in self.adds.items():
            cells[row] += amount
        for row, value in self.sets.items():
            np.copyto(cells[row], value, where=value > -np.inf)
        for row in {**self.adds, **self.sets}:
            np.clip(cells[row], low[row], high[row], out=cells[row])
            if row in stamps:
                stamp_flag(cells, row, stamps[row], world.day)
        world.known.clear()
        for report in self.news:
            report()


def stamp_flag(cells: Numbers, flag: int, stamp: int, day: Numbers) -> None:
    """Remember the day on which a flag became yes, as long as it is."""
    is_new = cells[stamp] == NO_STAMP
    cells[stamp] = np.where(cells[flag] != 0, np.where(is_new, day, cells[stamp]), NO_STAMP)
