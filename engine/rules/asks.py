"""Questions that are put to a side: how the rule answers them, and what takes place in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo, sum_in_order, sums_in_order
from engine.rules.compiler import Compiler
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.layout import NOT_ASKED
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

    def by_rule(self, world: World, rates: Numbers) -> Rows:
        """What the rule answers, in proportion to the rates: an option number or NO_MOVE, of shape (runs,)."""
        own = rates[self.options]
        total = sum_in_order(own)
        answer = np.full(world.runs, NO_MOVE, dtype=np.intp)
        asked = total.nonzero()[0]
        if len(asked):
            which = world.draws.uniforms(f"ask:{self.ask}:{self.actor}", world.tick)[0, asked]
            ranks = (sums_in_order(own[:, asked]) <= which * total[asked]).sum(axis=0)
            answer[asked] = self.options.start + np.minimum(ranks, len(own) - 1)
        return answer

    def is_answered(self, choice: Rows) -> YesNo:
        """Where one of its answers is chosen: shape (runs,)."""
        chosen = choice[..., self.number, :].reshape(-1, choice.shape[-1])
        answered: YesNo = ((chosen >= self.options.start) & (chosen < self.options.stop)).any(axis=0)
        return answered


def askings_of(compiler: Compiler, options: Sequence[Option]) -> tuple[Asking, ...]:
    """Every question with everybody to whom it may be put; in ``options`` an actor's answers to it are neighbours."""
    layout, scenario = compiler.layout, compiler.scenario
    numbers = {option: number for number, option in enumerate(options)}
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


def is_asked(appraisal: Appraisal) -> bool:
    """Whether a question stands in any run."""
    return any(offer.block.ask for offer in appraisal.offers)


def with_answers(choice: Rows, answers: Rows) -> Rows:
    """Moves of shape (actors, runs) and answers of shape (questions, actors, runs), in slots side by side."""
    return np.concatenate([choice[np.newaxis], answers])


def in_silence(world: World, askings: Sequence[Asking], choice: Rows) -> Rows:
    """The same choices, with what takes place where nothing was said in time."""
    for asking in askings:
        silent = asking.is_out_of_time(world) & ~asking.is_answered(choice)
        if silent.any():
            said = np.full((1, *choice.shape[-2:]), NO_MOVE, dtype=choice.dtype)
            said[0, asking.number, silent] = asking.silence
            choice = np.concatenate([choice.reshape(-1, *choice.shape[-2:]), said])
    return choice


def close_answered(world: World, askings: Sequence[Asking], choice: Rows) -> None:
    """What is answered is asked no longer."""
    for asking in askings:
        world.cells[asking.row][asking.is_answered(choice) & asking.stands(world)] = NOT_ASKED
