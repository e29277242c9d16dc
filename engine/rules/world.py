"""The state of R runs, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.doubts import NOTHING, Given, numbers_of
from engine.rules.draws import Draws
from engine.rules.due import Due
from engine.rules.guesses import Guesses
from engine.rules.layout import NO_STAMP, Layout
from engine.scenario.knowledge import drawn_secrets
from engine.scenario.models import Secret
from engine.scenario.names import Reference, thing_of

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
    guesses: Guesses | None = None
    """What it may be, of one run, to whoever looks ahead from it and does not know it."""
    memory: Numbers | None = None
    """Where a machine works on it, of whose rows the cells are some, if it stands there: see :meth:`Machine.settle`."""
    gauged: Numbers | None = None
    """What gauges work on and have found, with a column for each run, if there are any."""

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
        """As many copies of each run, side by side, as there is chance for: it is theirs from here on.

        Where somebody looks ahead who does not know the world, each of them is one that it may be.
        """
        times = draws.runs // self.runs
        cells, ending = np.repeat(self.cells, times, axis=1), np.repeat(self.ending, times)
        if self.guesses is None:
            origin, due = np.repeat(self.origin, times, axis=2), self.due.repeated(times)
        else:
            guesses = self.guesses.of(draws.numbers)
            cells[self.guesses.rows] = self.guesses.cells[:, guesses]
            origin, due = self.guesses.origin[..., guesses], self.guesses.due.picked(guesses)
        return World(self.layout, draws, cells, origin, ending, self.tick, due)

    def picked(self, runs: Rows) -> World:
        """Some runs, any of them perhaps several times, on the chance of this world's first ones: shape (new runs,)."""
        draws = Draws(self.draws.seed, self.draws.first_run, len(runs))
        cells, origin = np.ascontiguousarray(self.cells[:, runs]), np.ascontiguousarray(self.origin[..., runs])
        return World(self.layout, draws, cells, origin, self.ending[runs], self.tick, self.due.picked(runs))


def open_world(layout: Layout, draws: Draws, given: Given = NOTHING) -> World:
    """The runs whose chance this is, before their first pace; what is in doubt is drawn, unless it is ``given``."""
    cells = np.repeat(layout.start[:, np.newaxis], draws.runs, axis=1)
    if layout.doubts:
        _doubt(layout, draws, given, cells)
    rows, spreads, streams = layout.doubted
    if streams:
        low, high = (ends[rows, np.newaxis] for ends in layout.bounds)
        doubt = _side_by_side(layout, cells, spreads) * draws.normals(streams, 0)
        cells[rows] = np.clip(cells[rows] + doubt, low, high)
    for place, secret in drawn_secrets(layout.scenario):
        _draw_secret(layout, draws, cells, place, secret)
    origin = np.stack([cells[layout.block("position", issue)] for issue in layout.scenario.issues])
    return World(layout, draws, cells, origin, np.full(draws.runs, OPEN, dtype=np.intp))


def _draw_secret(layout: Layout, draws: Draws, cells: Numbers, place: Reference, secret: Secret) -> None:
    """Write what each run draws for a secret into the state."""
    u, row = draws.uniforms(f"secret:{thing_of(place)}", 0)[0], layout.rows[place]
    if secret.chance is None:
        cells[row] = drawn_among(secret.among, u)
    else:
        cells[row] = u < secret.chance
        cells[layout.stamps[row]] = np.where(cells[row] != 0.0, 0.0, NO_STAMP)


def number_in(layout: Layout, cells: Numbers, number: float) -> Numbers | float:
    """What a number of the scenario is: itself, or what each run has drawn for it, of shape (runs,)."""
    row = layout.row_of(number)
    return number if row is None else cells[row]


def _side_by_side(layout: Layout, cells: Numbers, numbers: Sequence[float]) -> Numbers:
    """The same of several: shape (numbers, runs), or (numbers, 1) where all are known."""
    if not layout.doubts:
        return np.array(numbers)[:, np.newaxis]
    return np.stack([np.broadcast_to(number_in(layout, cells, number), cells.shape[1]) for number in numbers])


def _doubt(layout: Layout, draws: Draws, given: Given, cells: Numbers) -> None:
    """Write what is in doubt, and what begins with it, into the state."""
    scenario, rows = layout.scenario, layout.rows
    for path, numbers in numbers_of(layout.doubts, draws, given).items():
        cells[rows[Reference("doubt", path)]] = numbers
    for issue, record in scenario.issues.items():
        cells[rows[Reference("issue", issue)]] = number_in(layout, cells, record.start)
        for actor_id, actor in scenario.actors.items():
            position = actor.stances[issue].position if issue in actor.stances else record.start
            cells[rows[Reference("position", issue, actor_id)]] = number_in(layout, cells, position)
    for value, held in scenario.values.items():
        cells[rows[Reference("value", value)]] = number_in(layout, cells, held.start)


def drawn_among(among: Mapping[float, float], u: Numbers) -> Numbers:
    """The first number up to which the running sum of weights exceeds ``u`` times their sum: shape (runs,)."""
    numbers, reached, sums = list(among), 0.0, []
    for weight in among.values():
        reached += weight
        sums.append(reached)
    exceeding = np.searchsorted(np.array(sums), u * reached, side="right")
    found: Numbers = np.array(numbers)[np.minimum(exceeding, len(numbers) - 1)]
    return found
