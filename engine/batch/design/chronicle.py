"""What was done, what happened and how votes went in the runs of a world, as far as anybody asks.

The rules keep no such record. Whoever asks for some of it by name (``engine.scenario.deeds``) is told pace by pace what
the rules tell their recorder, and keeps a number for each run and each thing that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.options import Block
from engine.rules.votes import BALLOTS, Decision
from engine.scenario.deeds import Deed
from engine.scenario.models import Effect

ACTS = ("did", "times")
"""Kinds of deeds that are acts."""


class Chronicle:
    """A recorder of one world, which keeps what is asked for."""

    def __init__(self, rules: Rules, asked: Iterable[Deed]) -> None:
        """Keeps what is ``asked``."""
        self._rules, self.deeds = rules, tuple(dict.fromkeys(asked))
        self._found: dict[Deed, Numbers] = {}

    def found(self, world: World) -> list[Numbers]:
        """By deed, what is known of it in each run: shape (runs,)."""
        return [self._of(deed, world) for deed in self.deeds]

    def _of(self, deed: Deed, world: World) -> Numbers:
        if deed not in self._found:
            self._found[deed] = np.zeros(world.runs)
        return self._found[deed]

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Who does what in a pace, at whom."""
        for deed in self.deeds:
            block = self._rules.roster.block_of.get(deed.id)
            if deed.kind in ACTS and block is not None:
                counted = self._of(deed, world)
                for taken in taken_of(self._rules, deed, block, world, appraisal, choice):
                    counted += taken

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote: the latest one counts."""
        question, columns = decision.question, decision.columns
        for deed in self.deeds:
            if (
                deed.id == question.action
                and deed.at == (question.target or "")
                and deed.kind not in (*ACTS, "happened")
            ):
                now = told_of_vote(deed, decision)
                found = self._of(deed, world)
                found[columns] = np.maximum(found[columns], now) if deed.kind == "passed" else now

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event, and which way it turned out."""
        for deed in self.deeds:
            if deed.kind == "happened" and deed.id == occurrence.id:
                where = happens & (outcome == occurrence.outcomes.index(deed.at)) if deed.at else happens
                self._of(deed, world)[where] = 1.0

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """News of an effect, which nobody asks for."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """A question that is put: its answers are acts."""


def taken_of(
    rules: Rules, deed: Deed, block: Block, world: World, appraisal: Appraisal, choice: Rows
) -> Iterator[YesNo]:
    """Where an act is done, option by option, or target by target where it is directed at several at once."""
    actors = world.layout.actors
    slots = choice if choice.ndim == 3 else choice[np.newaxis]
    by_option = np.zeros((len(block.options), world.runs), dtype=np.bool_)
    for place, (option, number) in enumerate(zip(block.options, block.numbers, strict=True)):
        if deed.by in ("", option.actor) and (block.spread is not None or deed.at in ("", option.target)):
            chosen = (slots[:, actors[option.actor]] == number).any(axis=0)
            by_option[place] = chosen & appraisal.legal[number]
    if block.spread is None or not deed.at:
        yield from by_option
    else:
        for (place, target), meant in zip(block.spread.pairs, rules.meant(world, block), strict=True):
            if target == actors[deed.at]:
                yield by_option[place] & meant


def told_of_vote(deed: Deed, decision: Decision) -> Numbers:
    """What a vote says of a deed: shape (columns,)."""
    body = decision.body
    if deed.kind == "held":
        return np.ones(len(decision.columns))
    if deed.kind == "passed":
        return decision.passed.astype(np.float64)
    cast = (decision.ballots == BALLOTS[deed.word]).astype(np.float64)
    if deed.kind == "ballot":
        return cast[body.names.index(deed.by)] if deed.by in body.names else np.zeros(len(decision.columns))
    weights = np.array([body.institution.passes.weight_of(name) for name in body.names], dtype=np.float64)
    tally: Numbers = weights @ cast
    return tally
