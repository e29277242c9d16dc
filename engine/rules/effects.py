"""What moves, votes and events do to the world."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.compiler import Compiler, Condition, Number, Scope
from engine.rules.world import Changes, World
from engine.scenario.models import Effect
from engine.scenario.names import SELF, TARGET, Reference, find_places

Reporter = Callable[[Effect, int], None]
"""Told, in a game, of an effect that took place and the number of the doer whose it was."""


@dataclass(frozen=True)
class Change:
    """One amount added, or one value set, in each doer's row: rows of shape (doers,)."""

    rows: Rows
    amount: Number


@dataclass(frozen=True)
class CompiledEffect:
    """An effect of a block of doers (options of one action, or a vote, or an event)."""

    effect: Effect
    when: Condition | None
    chance: Number | None
    slot: int
    """Which of the four uniforms decides the chance."""
    turns: int
    """How many turns later it falls due; 0 for at once."""
    adds: tuple[Change, ...]
    sets: tuple[Change, ...]


class EffectList:
    """The effects of a block of doers, which take place together."""

    def __init__(self, compiler: Compiler, effects: Sequence[Effect], scope: Scope, streams: Sequence[str]) -> None:
        """``streams`` names the chance of each doer, in the order of the scope."""
        self.streams = tuple(streams)
        self.effects = tuple(_compile(compiler, effects, scope, len(self.streams)))
        self._has_chance = any(effect.chance is not None for effect in self.effects)

    def cause(self, world: World, happens: YesNo, changes: Changes, report: Reporter | None = None) -> None:
        """Add to ``changes`` what follows where ``happens``, of shape (doers, runs), holds."""
        if not self.effects:
            return
        uniforms = self._draw(world, happens) if self._has_chance else None
        following = []
        for effect in self.effects:
            takes_place = self._takes_place(effect, world, happens, uniforms)
            if takes_place.any():
                following.append((effect, takes_place, _amounts(effect, world)))
                if report is not None and effect.effect.dispatch:
                    _due(effect, world, changes).news += _announce(effect, takes_place, report)
        for doer in range(len(self.streams)):
            for effect, takes_place, amounts in following:
                if takes_place[doer].any():
                    _change(effect, doer, takes_place[doer], amounts, _due(effect, world, changes))

    def _draw(self, world: World, happens: YesNo) -> Numbers:
        """Uniforms of those doers to whom it happens in some run: shape (4, doers, runs)."""
        uniforms = np.ones((4, *happens.shape))
        for doer in np.flatnonzero(happens.any(axis=1)):
            uniforms[:, doer] = world.draws.uniforms(self.streams[doer], world.turn)
        return uniforms

    @staticmethod
    def _takes_place(effect: CompiledEffect, world: World, happens: YesNo, uniforms: Numbers | None) -> YesNo:
        if effect.when is not None:
            happens = happens & effect.when(world)
        if effect.chance is not None:
            assert uniforms is not None
            happens = happens & (uniforms[effect.slot] < effect.chance(world))
        return happens


def _announce(effect: CompiledEffect, takes_place: YesNo, report: Reporter) -> Iterator[Callable[[], None]]:
    for doer in np.flatnonzero(takes_place.any(axis=1)):
        yield partial(report, effect.effect, int(doer))


def _due(effect: CompiledEffect, world: World, changes: Changes) -> Changes:
    """Where the changes of an effect are gathered: those of now, or of the turn in which it falls due."""
    return world.due.setdefault(world.turn + effect.turns, Changes()) if effect.turns else changes


def _amounts(effect: CompiledEffect, world: World) -> list[Numbers]:
    """What is added, then what is set, place by place."""
    return [change.amount(world) for change in (*effect.adds, *effect.sets)]


def _change(effect: CompiledEffect, doer: int, where: YesNo, amounts: list[Numbers], changes: Changes) -> None:
    for number, change in enumerate((*effect.adds, *effect.sets)):
        amount = amounts[number]
        own = (amount[doer if len(amount) > 1 else 0] if amount.ndim == 2 else amount) * where
        if number < len(effect.adds):
            changes.add(change.rows[doer], own)
        else:
            changes.set(change.rows[doer], own, where)


def _compile(compiler: Compiler, effects: Sequence[Effect], scope: Scope, doers: int) -> Iterator[CompiledEffect]:
    slot = 0
    for effect in effects:
        yield CompiledEffect(
            effect,
            compiler.condition(effect.when, scope) if effect.when else None,
            compiler.number(effect.chance, scope) if effect.chance else None,
            slot,
            math.ceil(effect.delay / compiler.scenario.step) if effect.delay else 0,
            tuple(compile_changes(compiler, effect.add, scope, doers)),
            tuple(compile_changes(compiler, effect.set, scope, doers)),
        )
        slot += effect.chance is not None


def compile_changes(compiler: Compiler, changes: dict[str, str], scope: Scope, doers: int) -> Iterator[Change]:
    """Each place that is changed, with the function that gives the amount."""
    for place, text in changes.items():
        amount = compiler.number(text, scope)
        places = find_places(compiler.scenario, scope.names, place)
        assert places is not None, f"the checker refuses {place}"
        for reference in places.references:
            yield Change(place_rows(compiler, reference, scope, doers), amount)


def place_rows(compiler: Compiler, reference: Reference, scope: Scope, doers: int) -> Rows:
    """The row in which each doer changes a place: shape (doers,)."""
    layout = compiler.layout
    if reference.who in (SELF, TARGET):
        return layout.block(reference.kind, reference.id)[scope.actors(reference.who)]
    return np.full(doers, layout.rows[reference], dtype=np.intp)
