"""What was done, what happened and how votes went in the runs of a world, as far as anybody asks.

The rules keep no such record. Whoever asks for some of it by name (``engine.scenario.deeds``) is told pace by pace what
the rules tell their recorder, and keeps a number for each run and each thing that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from engine.expressions import Symbol
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.compiler import WORLD, Function, ScopedLoader
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

    def __init__(self, rules: Rules) -> None:
        """Nothing is asked for yet: :attr:`loader` notes what is."""
        self._rules = rules
        self._found: dict[Deed, Numbers | None] = {}
        self.loader = RunLoader(rules, self)

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for."""
        return bool(self._found)

    def read(self, deed: Deed) -> Callable[[World], Numbers | YesNo]:
        """Asks for something; gives how to read it: shape (runs,)."""
        self._found[deed] = None
        is_number = deed.kind in ("times", "tally")

        def recall(world: World) -> Numbers | YesNo:
            found = self._of(deed, world)
            return found if is_number else found != 0

        return recall

    def _of(self, deed: Deed, world: World) -> Numbers:
        found = self._found[deed]
        if found is None:
            found = self._found[deed] = np.zeros(world.runs)
        return found

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Who does what in a pace, at whom."""
        blocks = {offer.block.action_id: offer.block for offer in appraisal.offers}
        for deed in self._found:
            if deed.kind in ACTS and deed.id in blocks:
                counted = self._of(deed, world)
                for taken in taken_of(deed, blocks[deed.id], world, appraisal, choice):
                    counted += taken

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote: the latest one counts."""
        question, columns = decision.question, decision.columns
        for deed in self._found:
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
        for deed in self._found:
            if deed.kind == "happened" and deed.id == occurrence.id:
                where = happens & (outcome == occurrence.outcomes.index(deed.at)) if deed.at else happens
                self._of(deed, world)[where] = 1.0

    def effect(self, world: World, source: object, effect: Effect, doer: int) -> None:
        """News of an effect, which nobody asks for."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """A question that is put: its answers are acts."""


class RunLoader(ScopedLoader):
    """Reads the state of a world, and what its chronicle has."""

    def __init__(self, rules: Rules, chronicle: Chronicle) -> None:
        super().__init__(rules.compiler, WORLD)
        object.__setattr__(self, "_chronicle", chronicle)

    def load(self, symbol: Symbol) -> Function:
        """The function that reads a symbol."""
        if isinstance(symbol.reference, Deed):
            chronicle: Chronicle = self.__dict__["_chronicle"]
            return chronicle.read(symbol.reference)
        return super().load(symbol)


def taken_of(deed: Deed, block: Block, world: World, appraisal: Appraisal, choice: Rows) -> Iterator[YesNo]:
    """Where an act is done, option by option, or target by target where it is directed at several at once."""
    actors = world.layout.actors
    slots = choice if choice.ndim == 3 else choice[np.newaxis]
    by_option = np.zeros((len(block.options), world.runs), dtype=np.bool_)
    for place, (option, number) in enumerate(zip(block.options, block.numbers, strict=True)):
        if deed.by in ("", option.actor) and (block.spread is not None or deed.at in ("", option.target)):
            chosen = (slots[:, actors[option.actor]] == number).any(axis=0)
            by_option[place] = chosen & (appraisal.rates[number] > 0) & world.is_open
    if block.spread is None or not deed.at:
        yield from by_option
    else:
        aimed = block.spread.over(world, by_option)
        yield from aimed[block.spread.targets == actors[deed.at]]


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
