"""What moves, votes and events do to the world."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.compiler import Compiler, Condition, Number, Scope
from engine.rules.puts import Put, compile_puts
from engine.rules.spread import Spread
from engine.rules.world import Changes, World
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import SELF, TARGET, Reference, find_places
from engine.scenario.walk import says_target


class Reporter(Protocol):
    """Told, in a game, of what takes place."""

    def effect(self, effect: Effect, doer: int) -> None:
        """An effect that brings news, and the number of the doer whose it was."""

    def asked(self, ask: str, rows: Collection[int]) -> None:
        """A question that is put, and the rows of those to whom it is."""


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
    paces: int
    """How many paces later it falls due at the soonest; 0 for at once."""
    first: int
    """The first pace in which it may fall due."""
    adds: tuple[Change, ...]
    sets: tuple[Change, ...]
    puts: tuple[Put, ...]
    is_spread: bool = False
    """Whether it is worked out for each of several targets, and its doers are pairs."""

    def due(self, tick: int) -> int:
        """The pace in which it falls due where it is caused in this one."""
        return max(tick + self.paces, self.first)


class EffectList:
    """The effects of a block of doers, which take place together."""

    def __init__(
        self,
        compiler: Compiler,
        effects: Sequence[Effect],
        scope: Scope,
        streams: Sequence[str],
        spread: Spread | None = None,
    ) -> None:
        """``streams`` names the chance of each doer, in the order of the scope.

        Where the act is directed at several at once, ``spread`` has the pairs for whom effects that say ``target`` are
        worked out, each pair with a chance of its own.
        """
        self.streams, self._spread = tuple(streams), spread
        self._pair_streams = () if spread is None else tuple(spread.streams(self.streams))
        self.effects = tuple(_compile(compiler, effects, scope, len(self.streams), spread))

    def cause(self, world: World, happens: YesNo, changes: Changes, report: Reporter | None = None) -> None:
        """Add to ``changes`` what follows where ``happens``, of shape (doers, runs), holds."""
        if not self.effects:
            return
        own = _Draws(self.streams, happens)
        pairs = None if self._spread is None else _Draws(self._pair_streams, self._spread.over(world, happens))
        following = []
        for effect in self.effects:
            draws = pairs if effect.is_spread and pairs is not None else own
            takes_place = _takes_place(effect, world, draws)
            if takes_place.any():
                following.append((effect, takes_place, _amounts(effect, world)))
                if report is not None:
                    due = _gathered(effect, world, changes)
                    due.news += _announce(effect, takes_place, due, report)
        for owner in range(len(self.streams)):
            for effect, takes_place, amounts in following:
                for doer in self._doers(owner, effect):
                    if takes_place[doer].any():
                        _change(effect, doer, takes_place[doer], amounts, _gathered(effect, world, changes))
                        _put(effect, doer, takes_place[doer], world, _gathered(effect, world, changes))

    def _doers(self, owner: int, effect: CompiledEffect) -> Sequence[int]:
        """Where a doer's changes stand: one place, or one for each of its pairs."""
        if not effect.is_spread or self._spread is None:
            return (owner,)
        return [int(pair) for pair in np.flatnonzero(self._spread.owners == owner)]


class _Draws:
    """To whom of some doers it happens, and their uniforms, drawn when the first is wanted."""

    def __init__(self, streams: Sequence[str], happens: YesNo) -> None:
        self.streams, self.happens = streams, happens
        self._uniforms: Numbers | None = None

    def uniforms(self, world: World) -> Numbers:
        """Uniforms of those doers to whom it happens in some run: shape (4, doers, runs)."""
        if self._uniforms is None:
            self._uniforms = np.ones((4, *self.happens.shape))
            for doer in np.flatnonzero(self.happens.any(axis=1)):
                self._uniforms[:, doer] = world.draws.uniforms(self.streams[int(doer)], world.tick)
        return self._uniforms


def _takes_place(effect: CompiledEffect, world: World, draws: _Draws) -> YesNo:
    happens = draws.happens
    if effect.when is not None:
        happens = happens & effect.when(world)
    if effect.chance is not None:
        happens = happens & (draws.uniforms(world)[effect.slot] < effect.chance(world))
    return happens


def _announce(
    effect: CompiledEffect, takes_place: YesNo, due: Changes, report: Reporter
) -> Iterator[Callable[[], None]]:
    for doer in np.flatnonzero(takes_place.any(axis=1)):
        if effect.effect.dispatch:
            yield partial(report.effect, effect.effect, int(doer))
    if effect.puts:
        yield partial(_tell_who_is_asked, effect, due, report)


def _tell_who_is_asked(effect: CompiledEffect, due: Changes, report: Reporter) -> None:
    """Those to whom its question was not put already; each is told of once."""
    rows = due.put.intersection(int(row) for put in effect.puts for row in put.rows)
    due.put -= rows
    if rows:
        report.asked(effect.effect.ask or "", rows)


def _gathered(effect: CompiledEffect, world: World, changes: Changes) -> Changes:
    """Where the changes of an effect are gathered: those of now, or of the pace in which it falls due."""
    return world.due.setdefault(effect.due(world.tick), Changes()) if effect.paces else changes


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


def _put(effect: CompiledEffect, doer: int, where: YesNo, world: World, changes: Changes) -> None:
    """Put the questions of an effect to those whom they are for."""
    for put in effect.puts:
        if put.may[doer]:
            until = world.layout.scenario.timeline.days_until(effect.due(world.tick)) + put.within
            changes.set(put.rows[doer], where * np.float64(until), where)


def _compile(
    compiler: Compiler, effects: Sequence[Effect], own: Scope, own_doers: int, spread: Spread | None
) -> Iterator[CompiledEffect]:
    slot = 0
    for effect in effects:
        scope, doers, is_spread = own, own_doers, False
        if spread is not None and says_target(effect):
            scope, doers, is_spread = spread.scope, len(spread.owners), True
        yield CompiledEffect(
            effect,
            compiler.condition(effect.when, scope) if effect.when else None,
            compiler.number(effect.chance, scope) if effect.chance else None,
            slot,
            *due_of(compiler.scenario, effect),
            tuple(compile_changes(compiler, effect.add, scope, doers)),
            tuple(compile_changes(compiler, effect.set, scope, doers)),
            tuple(compile_puts(compiler, effect, scope, doers)),
            is_spread,
        )
        slot += effect.chance is not None


def due_of(scenario: Scenario, effect: Effect) -> tuple[int, int]:
    """How many paces later an effect falls due at the soonest, and the first pace in which it may."""
    if effect.on is not None:
        return 1, scenario.timeline.first_pace_from(scenario.day_of(effect.on))
    return (scenario.timeline.paces_in(effect.delay) if effect.delay else 0), 0


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
