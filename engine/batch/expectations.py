"""Whether a scenario keeps what its author promises about many runs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.batch.statistics import Share, share_of
from engine.rules import Rules, World
from engine.rules.arrays import YesNo
from engine.rules.compiler import Condition
from engine.scenario.models import Expectation

PASS, FAIL, UNSURE = "pass", "fail", "too close"
"""Verdicts: the whole interval is within the bounds, the whole interval is outside, or neither."""


@dataclass(frozen=True)
class Verdict:
    """An expectation, what was found, and whether it holds."""

    expectation: Expectation
    found: Share
    """The share of runs (for ``never``: of runs in which it did hold in some turn)."""
    verdict: str
    first_breach: tuple[int, int] | None = None
    """For a broken ``never``: the first run, and the turn."""

    @property
    def text(self) -> str:
        """The expectation in the words of the scenario."""
        e = self.expectation
        if e.never is not None:
            return f"never: {e.never}"
        given = f" given {e.given}" if e.given else ""
        return f"chance of {e.chance}{given} {_bounds_text(e)}"


@dataclass
class _Count:
    """What was counted of one expectation."""

    expectation: Expectation
    holds: Condition
    given: Condition | None
    held: int = 0
    of: int = 0
    broken: set[int] = field(default_factory=set)
    first_breach: tuple[int, int] | None = None


class ExpectationTally:
    """Counts, world after world, what the expectations of a scenario are about."""

    def __init__(self, rules: Rules) -> None:
        compiler = rules.compiler
        self._counts = [
            _Count(
                expectation,
                compiler.condition(expectation.never or expectation.chance or "False", endings=True),
                compiler.condition(expectation.given, endings=True) if expectation.given else None,
            )
            for expectation in rules.scenario.expect
        ]

    def watch(self, world: World, was_open: YesNo) -> None:
        """After a turn: whether an invariant broke in the runs that were open in it."""
        for count in self._counts:
            if count.expectation.never is not None:
                broken = np.flatnonzero(_spread(count.holds(world), world) & was_open)
                if len(broken):
                    found = [world.draws.first_run + int(run) for run in broken]
                    count.broken.update(found)
                    breach = (found[0], world.turn - 1)
                    count.first_breach = min(count.first_breach or breach, breach)

    def count(self, world: World) -> None:
        """At the end of some runs: in how many of them each expectation holds."""
        for count in self._counts:
            given = np.ones(world.runs, dtype=bool) if count.given is None else _spread(count.given(world), world)
            count.of += int(given.sum())
            if count.expectation.never is None:
                count.held += int((_spread(count.holds(world), world) & given).sum())

    def verdicts(self) -> tuple[Verdict, ...]:
        """What was found, expectation by expectation."""
        return tuple(_verdict(count) for count in self._counts)


def _spread(values: YesNo, world: World) -> YesNo:
    return np.broadcast_to(values, (world.runs,))


def _verdict(count: _Count) -> Verdict:
    if count.expectation.never is not None:
        found = share_of(len(count.broken), count.of)
        return Verdict(count.expectation, found, FAIL if count.broken else PASS, count.first_breach)
    found = share_of(count.held, count.of)
    low, high = bounds(count.expectation)
    if low <= found.low and found.high <= high:
        return Verdict(count.expectation, found, PASS)
    outside = found.high < low or found.low > high
    return Verdict(count.expectation, found, FAIL if outside else _by_share(found, low, high))


def _by_share(found: Share, low: float, high: float) -> str:
    """A share that lies at the end of what is possible can't have its whole interval inside."""
    at_the_end = (found.share == 0.0 and low == 0.0) or (found.share == 1.0 and high == 1.0)
    return PASS if at_the_end and low <= found.share <= high else UNSURE


def bounds(expectation: Expectation) -> tuple[float, float]:
    """The lowest and the highest share that keep the promise."""
    if expectation.between is not None:
        return expectation.between
    return expectation.at_least or 0.0, 1.0 if expectation.at_most is None else expectation.at_most


def _bounds_text(expectation: Expectation) -> str:
    low, high = bounds(expectation)
    if expectation.between is not None:
        return f"between {low:g} and {high:g}"
    return f"at most {high:g}" if expectation.at_most is not None else f"at least {low:g}"
