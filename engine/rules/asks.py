"""Questions that are put to a side, one by one for each actor that may have to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.rules.arrays import YesNo
from engine.rules.layout import NOT_ASKED, Layout
from engine.rules.options import Option
from engine.rules.world import World

SLACK = 1e-6
"""Days by which a moment may be missed that is counted in parts of a day."""


@dataclass(frozen=True)
class Asking:
    """A question as it is put to one actor."""

    ask: str
    slot: int
    """The number of the question."""
    actor: str
    number: int
    """The number of the actor."""
    row: int
    """Where the moment stands by which it is to be answered."""
    options: slice
    """The numbers of its answers."""
    silence: int
    """The number of the answer that takes place if nothing is said."""

    def stands(self, world: World) -> YesNo:
        """Where it is put and not answered: shape (runs,)."""
        stands: YesNo = world.is_open & (world.cells[self.row] != NOT_ASKED)
        return stands

    def is_out_of_time(self, world: World) -> YesNo:
        """Where it stands and can't be thought over any longer: shape (runs,)."""
        is_out: YesNo = self.stands(world) & (world.cells[self.row] - world.day <= SLACK)
        return is_out


def askings_of(layout: Layout, options: Sequence[Option]) -> tuple[Asking, ...]:
    """Every question with everybody to whom it may be put; in ``options`` an actor's answers to it are neighbours."""
    scenario, numbers = layout.scenario, {option: number for number, option in enumerate(options)}
    found = []
    for slot, (name, ask) in enumerate(scenario.asks.items()):
        for actor in scenario.members(ask.to):
            first = numbers[Option(actor, f"{name}.{next(iter(ask.answers))}")]
            found.append(
                Asking(
                    name,
                    slot,
                    actor,
                    layout.actors[actor],
                    int(layout.block("asked", name)[layout.actors[actor]]),
                    slice(first, first + len(ask.answers)),
                    numbers[Option(actor, f"{name}.{ask.otherwise}")],
                )
            )
    return tuple(found)
