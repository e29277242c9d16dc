"""A world of one run at an open turn, as a small value that can be sent to another process."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.draws import Draws
from engine.rules.rulebook import Rules
from engine.rules.world import Changes, World

Due = tuple[dict[int, Numbers], dict[int, tuple[Numbers, YesNo]]]
"""What is added and what is set in a later pace, by row."""


@dataclass(frozen=True)
class Present:
    """Everything that the future of a world depends on, but for the scenario."""

    seed: int
    run: int
    tick: int
    cells: Numbers
    origin: Numbers
    ending: Rows
    due: dict[int, Due]

    @classmethod
    def of(cls, world: World) -> Present:
        """A world of one run, as it stands now."""
        due = {tick: (changes.adds, changes.sets) for tick, changes in world.multiplied(world.draws).due.items()}
        draws = world.draws
        return cls(draws.seed, draws.first_run, world.tick, world.cells.copy(), world.origin, world.ending.copy(), due)

    def world(self, rules: Rules) -> World:
        """The world again, without the news of what is due."""
        due = {tick: Changes(dict(adds), dict(sets)) for tick, (adds, sets) in self.due.items()}
        draws = Draws(self.seed, self.run, 1)
        return World(rules.layout, draws, self.cells.copy(), self.origin, self.ending.copy(), self.tick, due)
