"""What nobody chooses: events, and how things drift by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.expressions import power
from engine.rules.arrays import Numbers, Rows, YesNo, held, sums_in_order
from engine.rules.compiler import WORLD, Compiler, Scope
from engine.rules.effects import EffectList, Reporter, compile_changes
from engine.rules.layout import NEVER
from engine.rules.world import Changes, World
from engine.scenario.models import Dynamic, Event

DAYS_IN_WEEK = 7.0

NO_OUTCOME = -1
"""The number of the outcome of an event that has none."""

EventReporter = Callable[["Occurrence", YesNo, Rows], None]
"""Told of an event, the runs in which it happened, and the number of its outcome in each."""


class Occurrence:
    """An event of the scenario, ready to happen."""

    def __init__(self, compiler: Compiler, event_id: str, event: Event, memory: int | None) -> None:
        """``memory`` is the row of the day on which it last happened, if that is kept."""
        scenario = compiler.scenario
        self.id, self.event = event_id, event
        self.due = None if event.on is None else scenario.timeline.first_pace_from(event.on)
        """The pace in which a dated event comes due."""
        self._weeks = scenario.timeline.pace_in_days / DAYS_IN_WEEK
        self.memory = memory
        self._when = compiler.condition(event.when)
        chance = event.chance if event.chance_per_week is None else event.chance_per_week
        self._chance = None if chance is None else compiler.number(chance)
        self._effects = EffectList(compiler, event.effects, WORLD, [f"event-effect:{event_id}"])
        self.outcomes = tuple(event.outcomes)
        self._weights = [compiler.number(outcome.weight) for outcome in event.outcomes.values()]
        self._outcome_effects = [
            EffectList(compiler, outcome.effects, WORLD, [f"event-effect:{event_id}:{outcome_id}"])
            for outcome_id, outcome in event.outcomes.items()
        ]

        lists = (event.effects, *(outcome.effects for outcome in event.outcomes.values()))
        self.is_news_only = memory is None and not any(e.add or e.set or e.ask for effects in lists for e in effects)
        """Whether nothing in the world can be told from its having happened, but for the news."""

    def happen(self, world: World, changes: Changes, tell: EventReporter | None, report: Reporter | None) -> None:
        """Judge on the world as it stands whether it happens, and add what follows to ``changes``."""
        if self.is_news_only and tell is None:
            return
        happens = self.may_happen(world)
        if not happens.any():
            return
        uniforms = world.draws.uniforms(f"event:{self.id}", world.tick)
        if self._chance is not None:
            happens = happens & (uniforms[0] < self._probability(world))
        outcome = self._outcome(world, uniforms[1])
        self._effects.cause(world, happens[np.newaxis], changes, report)
        for number, effects in enumerate(self._outcome_effects):
            effects.cause(world, (happens & (outcome == number))[np.newaxis], changes, report)
        if self.memory is not None:
            np.copyto(world.cells[self.memory], world.day, where=happens)
        if tell is not None and happens.any():
            tell(self, happens, outcome)

    def may_happen(self, world: World) -> YesNo:
        """In which runs nothing but chance is against it, should it be due: shape (runs,)."""
        may = world.is_open & self._when(world)
        return may if self.memory is None else may & (world.cells[self.memory] == NEVER)

    def _probability(self, world: World) -> Numbers:
        assert self._chance is not None
        chance = held(self._chance(world), 0.0, 1.0)
        return chance if self.event.chance_per_week is None else 1.0 - power(1.0 - chance, self._weeks)

    def _outcome(self, world: World, u: Numbers) -> Rows:
        """Which outcome it has where it happens: shape (runs,)."""
        if not self._weights:
            return np.full(world.runs, NO_OUTCOME, dtype=np.intp)
        weights = np.stack([np.broadcast_to(np.maximum(weight(world), 0.0), (world.runs,)) for weight in self._weights])
        reached = sums_in_order(weights)
        total = reached[-1]
        number: Rows = (reached <= u * total).sum(axis=0)
        return np.where(total > 0, number, NO_OUTCOME)


class Drift:
    """One of the scenario's dynamics."""

    def __init__(self, compiler: Compiler, dynamic: Dynamic) -> None:
        """For each of its actors, or for the world as a whole."""
        layout, scenario = compiler.layout, compiler.scenario
        actors = None
        if dynamic.each is not None:
            actors = np.array([layout.actors[actor] for actor in scenario.members(dynamic.each)], dtype=np.intp)
        scope = Scope(actors)
        self._doers = 1 if actors is None else len(actors)
        self._weeks = scenario.timeline.pace_in_days / DAYS_IN_WEEK
        self._when = compiler.condition(dynamic.when, scope)
        self._changes = tuple(compile_changes(compiler, dynamic.per_week, scope, self._doers))

    def move(self, world: World, changes: Changes) -> None:
        """Add what drifts in a pace to ``changes``."""
        holds = world.is_open & self._when(world)
        shape = (self._doers, world.runs)
        for change in self._changes:
            amount = change.amount(world) * self._weeks * holds
            for row, more in zip(change.rows, np.array(np.broadcast_to(amount, shape)), strict=True):
                changes.add(row, more)


def due_in(occurrences: Sequence[Occurrence], tick: int | None) -> list[Occurrence]:
    """The dated events of a pace, or the undated ones."""
    return [occurrence for occurrence in occurrences if occurrence.due == tick]
