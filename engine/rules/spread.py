"""Acts at several at once: everybody at whom each doer may act, side by side, and for whom it holds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.rules.arrays import Rows, YesNo
from engine.rules.compiler import Compiler, Scope
from engine.rules.world import World
from engine.scenario.models import Each


class Spread:
    """The pairs of doers and targets of an act at each of several, by doer, then by target."""

    def __init__(self, compiler: Compiler, each: Each, doers: Rows) -> None:
        """``doers`` holds the actor number of each option, shape (options,)."""
        self._compiler, self.each, self._doers = compiler, each, doers
        actors = compiler.layout.actors
        self._everybody = [actors[name] for name in compiler.scenario.members(each.of)]
        pairs = [(at, target) for at, doer in enumerate(doers) for target in self._everybody if target != doer]
        self.owners = np.array([at for at, _ in pairs], dtype=np.intp)
        """The option of each pair: shape (pairs,)."""
        self.targets = np.array([target for _, target in pairs], dtype=np.intp)
        """The actor number of the target of each pair."""
        self.scope = Scope(doers[self.owners], self.targets)
        self._holds = compiler.condition(each.each, self.scope)

    def holds(self, world: World) -> YesNo:
        """Which pairs are meant on the world as it stands: shape (pairs, runs)."""
        holds: YesNo = np.broadcast_to(self._holds(world), (len(self.owners), world.runs))
        return holds

    def over(self, world: World, happens: YesNo) -> YesNo:
        """Where an act of some options, of shape (options, runs), is directed: shape (pairs, runs)."""
        where: YesNo = happens[self.owners] & self.holds(world)
        return where

    def any_of(self, world: World) -> YesNo:
        """Which options have somebody at whom they are directed: shape (options, runs)."""
        found: YesNo = np.zeros((len(self._doers), world.runs), dtype=np.bool_)
        for owner, holds in zip(self.owners, self.holds(world), strict=True):
            found[owner] |= holds
        return found

    def names(self, world: World, option: int) -> tuple[str, ...]:
        """At whom an option is directed, in a world of one run."""
        names, holds = list(self._compiler.layout.actors), self.holds(world)[:, 0]
        return tuple(names[self.targets[pair]] for pair in np.flatnonzero(holds & (self.owners == option)))

    def streams(self, streams: Sequence[str]) -> list[str]:
        """The name of the chance of each pair, from those of the options."""
        names = list(self._compiler.layout.actors)
        return [f"{streams[owner]}:{names[target]}" for owner, target in zip(self.owners, self.targets, strict=True)]

    def one_by_one(self) -> Iterator[tuple[Scope, YesNo]]:
        """Each target for all options at once, and which of the options are not its own: shape (options, 1)."""
        for target in self._everybody:
            yield Scope(self._doers, np.full(len(self._doers), target, dtype=np.intp)), (self._doers != target)[:, None]
