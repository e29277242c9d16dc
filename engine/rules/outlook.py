"""What an actor expects of its utility: the loss after effects that are partly a matter of chance.

``L_i(x) = sum_k salience_ik |x_k - position_ik| / span_k``. The expectation over chances is exact: for each issue,
all combinations of the chances that bear on it are weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from engine.rules.arrays import Numbers, Rows, held
from engine.rules.compiler import Compiler, Condition, Number, Scope, as_slice
from engine.rules.spread import Spread
from engine.rules.world import World
from engine.scenario.models import Belief, Effect
from engine.scenario.names import Reference, find_places
from engine.scenario.walk import says_target

CERTAIN = 1.0
"""The probability of the only branch there is."""

Branch = tuple[Numbers | float, Numbers]
"""A probability, and where an issue would then stand."""


@dataclass(frozen=True)
class Shift:
    """One effect's bearing on one issue."""

    when: Condition | None
    chance: Number | None
    add: Number | None
    set: Number | None


@dataclass(frozen=True)
class Bearing:
    """What a list of effects is expected to do to one issue."""

    row: int
    low: float
    high: float
    sure: tuple[Shift, ...]
    by_chance: tuple[Shift, ...]

    def branches(self, world: World) -> Iterator[Branch]:
        """Each combination of chances with the issue's place in it."""
        if not self.by_chance:
            yield CERTAIN, self._place(world, self.sure)
            return
        chances = [held(shift.chance(world), 0.0, 1.0) for shift in self.by_chance if shift.chance is not None]
        for happens in product((True, False), repeat=len(chances)):
            probability: Numbers | float = CERTAIN
            for chance, does in zip(chances, happens, strict=True):
                factor = chance if does else 1.0 - chance
                probability = factor if probability is CERTAIN else probability * factor
            chosen = [shift for shift, does in zip(self.by_chance, happens, strict=True) if does]
            yield probability, self._place(world, (*self.sure, *chosen))

    def _place(self, world: World, shifts: Iterable[Shift]) -> Numbers:
        """Where the issue stands after all of these: sums first, then what is set, then the ends of the scale."""
        place: Numbers = world.cells[self.row]
        value: Numbers | None = None
        for shift in shifts:
            holds = None if shift.when is None else shift.when(world)
            if shift.add is not None:
                amount = shift.add(world)
                place = place + (amount if holds is None else amount * holds)
            if shift.set is not None:
                wanted = np.where(True if holds is None else holds, shift.set(world), -np.inf)
                value = wanted if value is None else np.maximum(value, wanted)
        if value is not None:
            place = np.where(value > -np.inf, value, place)
        return held(place, self.low, self.high)


Outlook = dict[str, Bearing]
"""What a list of effects is expected to do, by issue."""


def compile_outlook(
    compiler: Compiler, effects: Iterable[Effect | Belief], scope: Scope, spread: Spread | None = None
) -> Outlook:
    """The bearing of effects and beliefs on issues; ``spread`` are those for whom what says ``target`` counts each."""
    shifts: dict[str, list[Shift]] = {}
    for effect in effects:
        is_spread = spread is not None and says_target(effect)
        for where, meant in _targets_of(compiler, spread) if is_spread and spread is not None else [(scope, None)]:
            for issue, shift in _shifts(compiler, effect, where, meant):
                shifts.setdefault(issue, []).append(shift)
    return {issue: _bearing(compiler, issue, found) for issue, found in shifts.items()}


def _targets_of(compiler: Compiler, spread: Spread) -> Iterator[tuple[Scope, Condition | None]]:
    """Each target for all options at once, and where it is meant."""
    for scope, is_other in spread.one_by_one():
        yield scope, _both(compiler.condition(spread.each.each, scope), lambda world, is_other=is_other: is_other)  # type: ignore[misc]


def _both(one: Condition, other: Condition | None) -> Condition:
    return one if other is None else lambda world: one(world) & other(world)


def _shifts(
    compiler: Compiler, effect: Effect | Belief, scope: Scope, meant: Condition | None
) -> Iterator[tuple[str, Shift]]:
    own = compiler.condition(effect.when, scope) if effect.when else None
    when = own if meant is None else _both(meant, own)
    chance = compiler.number(effect.chance, scope) if effect.chance else None
    added, placed = _by_issue(compiler, effect.add, scope), _by_issue(compiler, effect.set, scope)
    for issue in dict.fromkeys((*added, *placed)):
        yield issue, Shift(when, chance, added.get(issue), placed.get(issue))


def _bearing(compiler: Compiler, issue: str, shifts: list[Shift]) -> Bearing:
    row = compiler.layout.rows[Reference("issue", issue)]
    low, high = compiler.layout.bounds
    return Bearing(
        row,
        float(low[row]),
        float(high[row]),
        tuple(shift for shift in shifts if shift.chance is None),
        tuple(shift for shift in shifts if shift.chance is not None),
    )


def _by_issue(compiler: Compiler, changes: dict[str, str], scope: Scope) -> dict[str, Number]:
    found = {}
    for place, text in changes.items():
        places = find_places(compiler.scenario, scope.names, place)
        assert places is not None, f"the checker refuses {place}"
        if places.references[0].kind == "issue":
            found[places.references[0].id] = compiler.number(text, scope)
    return found


class Judges:
    """Actors side by side, who judge outlooks by their stances."""

    def __init__(self, compiler: Compiler, actors: Rows) -> None:
        """``actors`` holds actor numbers, shape (judges,)."""
        layout = compiler.layout
        self.actors = actors
        self._weight, self._position = {}, {}
        for number, issue in enumerate(compiler.scenario.issues):
            salience = layout.salience[number, actors]
            if salience.any():
                self._weight[issue] = np.ascontiguousarray((salience / layout.span[issue])[:, np.newaxis])
                self._position[issue] = as_slice(layout.block("position", issue)[actors])

    def relief(self, world: World, outlook: Outlook) -> dict[str, Numbers]:
        """By issue, how much smaller each judge's loss is expected to be than now: shape (judges, runs)."""
        return {issue: self._on_issue(world, outlook[issue], issue) for issue in self._weight if issue in outlook}

    def _on_issue(self, world: World, bearing: Bearing, issue: str) -> Numbers:
        position = world.cells[self._position[issue]]
        relief: Numbers = world.cells[bearing.row] - position
        np.abs(relief, out=relief)
        for probability, place in bearing.branches(world):
            distance = place - position
            np.abs(distance, out=distance)
            if probability is not CERTAIN:
                distance *= probability
            relief -= distance
        relief *= self._weight[issue]
        return relief
