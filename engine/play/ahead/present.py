"""A world of one run at an open turn, as a small value that can be sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rules.arrays import Numbers, Rows
from engine.rules.draws import Draws
from engine.rules.due import Due
from engine.rules.guesses import Guesses
from engine.rules.rulebook import Rules
from engine.rules.world import World


@dataclass(frozen=True)
class Present:
    """Everything that the future of a world depends on, but for the scenario."""

    seed: int
    run: int
    tick: int
    cells: Numbers
    origin: Numbers
    ending: Rows
    due: Due
    guesses: Guesses | None = None

    @classmethod
    def of(cls, world: World) -> Present:
        """A world of one run, as it stands now."""
        draws, due = world.draws, world.due.repeated(1)
        cells, ending = world.cells.copy(), world.ending.copy()
        return cls(draws.seed, draws.first_run, world.tick, cells, world.origin, ending, due, world.guesses)

    def world(self, rules: Rules) -> World:
        """The world again."""
        draws, due = Draws(self.seed, self.run, 1), self.due.repeated(1)
        cells, ending = self.cells.copy(), self.ending.copy()
        return World(rules.layout, draws, cells, self.origin, ending, self.tick, due, self.guesses)
