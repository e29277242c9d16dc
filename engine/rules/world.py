"""The state of R runs, side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws
from engine.rules.due import Due
from engine.rules.layout import Layout

OPEN = -1
"""The ending of a run that has not closed."""


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
    tick: int = 0
    """The number of the pace that opens next, or has opened: 0 first."""
    due: Due = field(default_factory=Due)
    """What falls due in a later pace."""

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

    def part(self, runs: slice) -> World:
        """Neighbouring runs, to be looked at and not changed."""
        columns = np.arange(self.runs, dtype=np.intp)[runs]
        origin = self.origin[..., runs]
        return World(self.layout, self.draws.of(columns), self.cells[:, runs], origin, self.ending[runs], self.tick)

    def multiplied(self, draws: Draws) -> World:
        """As many copies of each run, side by side, as there is chance for: it is theirs from here on."""
        times = draws.runs // self.runs
        return World(
            self.layout,
            draws,
            np.repeat(self.cells, times, axis=1),
            np.repeat(self.origin, times, axis=2),
            np.repeat(self.ending, times),
            self.tick,
            self.due.repeated(times),
        )


def open_world(layout: Layout, draws: Draws) -> World:
    """The runs whose chance this is, before their first pace."""
    cells = np.repeat(layout.start[:, np.newaxis], draws.runs, axis=1)
    for actor_id, actor in layout.scenario.actors.items():
        for issue, stance in actor.stances.items():
            if stance.spread > 0:
                row = layout.block("position", issue)[layout.actors[actor_id]]
                doubt = stance.spread * draws.normal(f"stance:{actor_id}:{issue}", 0)
                cells[row] = np.clip(stance.position + doubt, layout.bounds[0][row], layout.bounds[1][row])
    origin = np.stack([cells[layout.block("position", issue)] for issue in layout.scenario.issues])
    return World(layout, draws, cells, origin, np.full(draws.runs, OPEN, dtype=np.intp))
