"""What nobody chooses: events, and how things drift by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.expressions import logarithm
from engine.rules.arrays import Numbers, Rows, YesNo, held, sums_in_order
from engine.rules.clocks import run_on
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
        self._stream = f"event:{event_id}"
        self.due = None if event.on is None else scenario.first_turn_from(event.on)
        """The turn in which a dated event comes due."""
        self._weeks = scenario.step / DAYS_IN_WEEK
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
        self.is_news_only = memory is None and not any(e.add or e.set for effects in lists for e in effects)
        """Whether nothing in the world can be told from its having happened, but for the news."""

    def happen(self, world: World, changes: Changes, tell: EventReporter | None, report: Reporter | None) -> None:
        """Judge on the world as it stands whether it happens, and add what follows to ``changes``."""
        happens, u = self._judge(world, self.may_happen(world))
        if not happens.any():
            return
        outcome = self._outcome(world, u)
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

    def _judge(self, world: World, may: YesNo) -> tuple[YesNo, Numbers]:
        """Where it happens, and what decides its outcome there: shape (runs,) each."""
        u = np.ones(world.runs)
        if not may.any():
            return may, u
        if self.due is not None:
            uniforms = world.draws.uniforms(self._stream, 0)
            return may if self._chance is None else may & (uniforms[0] < held(self._chance(world), 0.0, 1.0)), uniforms[
                1
            ]
        hazard = np.broadcast_to(self._hazard(world), (world.runs,))
        runs, drawn = run_on(world.clock(self._stream), may & (hazard > 0.0), hazard, world.chance_of(self._stream))
        happens = np.zeros(world.runs, dtype=np.bool_)
        happens[runs], u[runs] = True, drawn[1]
        return happens, u

    def _hazard(self, world: World) -> Numbers:
        """The hazard of a pace: -log(1 - chance), infinite where it is sure."""
        chance = np.maximum(1.0 if self._chance is None else self._chance(world), 0.0)
        is_sure = chance >= 1.0
        hazard: Numbers = np.where(is_sure, np.inf, -logarithm(1.0 - np.where(is_sure, 0.0, chance)))
        return hazard * self._weeks if self.event.chance_per_week is not None else hazard

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
        self._weeks = scenario.step / DAYS_IN_WEEK
        self._when = compiler.condition(dynamic.when, scope)
        self._changes = tuple(compile_changes(compiler, dynamic.per_week, scope, self._doers))

    def move(self, world: World, changes: Changes) -> None:
        """Add what drifts in a turn to ``changes``."""
        holds = world.is_open & self._when(world)
        shape = (self._doers, world.runs)
        for change in self._changes:
            amount = change.amount(world) * self._weeks * holds
            for row, more in zip(change.rows, np.array(np.broadcast_to(amount, shape)), strict=True):
                changes.add(row, more)


def due_in(occurrences: Sequence[Occurrence], turn: int | None) -> list[Occurrence]:
    """The dated events of a turn, or the undated ones."""
    return [occurrence for occurrence in occurrences if occurrence.due == turn]
