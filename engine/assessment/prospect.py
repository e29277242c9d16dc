"""What may come of a story, given what a record tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.batch.statistics import wilson
from engine.belief.record import Conditioned, Record, Step
from engine.rules.arrays import Numbers, YesNo
from engine.scenario.names import Reference

UNLIKELY = 0.0005
"""What the record has in a pace, and the rule has less often than this, is told."""

MIDDLE = (0.1, 0.9)
"""Days of four of five."""


@dataclass(frozen=True)
class Share:
    """How likely something is, with the ends of its 95 % interval (Wilson 1927)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Flag:
    """A flag that is not yes yet in every world: in how many it becomes so, and the day by which in half of those."""

    name: str
    title: str
    share: Share
    day: str


@dataclass(frozen=True)
class Settled:
    """Something uncertain: its mean and spread as it was drawn, and given the record."""

    name: str
    before: tuple[float, float]
    after: tuple[float, float]

    @property
    def moved(self) -> float:
        """By how many spreads its mean has moved."""
        return abs(self.after[0] - self.before[0]) / self.before[1] if self.before[1] else 0.0


@dataclass(frozen=True)
class Prospect:
    """What may come."""

    record: Record
    seed: int
    worlds: int
    endings: tuple[Share, ...]
    """In the order of the scenario, with intervals for as many runs as the worlds are worth."""
    days: dict[str, tuple[dt.date, dt.date]]
    """By ending, the days between which four of five close that close so."""
    flags: tuple[Flag, ...]
    settled: tuple[Settled, ...]
    """What is uncertain, what the record says most of first."""
    independent: float
    """So many independent worlds say as much."""
    likelihood: float
    """The logarithm of how likely the record is under the scenario."""
    steps: tuple[Step, ...]

    @property
    def unlikely(self) -> tuple[Step, ...]:
        """What the record has and the rule has hardly ever, in that pace."""
        return tuple(step for step in self.steps if step.chance < UNLIKELY)


def log_likelihood(record: Record, seed: int = 1, worlds: int = 2048) -> float:
    """The logarithm of how likely a record is under its scenario: what is named in it, up to its day.

    The estimate of a particle filter, whose exponential is unbiased (Del Moral 2004).
    """
    return Conditioned(record, seed, worlds).likelihood


def prospect(record: Record, seed: int, worlds: int) -> Prospect:
    """What may come of a record: each of so many worlds that have taken it in goes on once, to its end."""
    taken = Conditioned(record, seed, worlds)
    weights, independent, rules = taken.belief.weights, taken.independent, record.rules
    settled = tuple(_settled(taken, weights))
    world = taken.belief.world
    was = world.cells.copy()
    rules.finish(world)
    endings = tuple(
        _share(world.ending == number, weights, independent) for number in range(len(rules.scenario.endings))
    )
    days = {
        ending.id: _days(record, world.cells[rules.layout.day], world.ending == number, weights)
        for number, ending in enumerate(rules.scenario.endings)
        if float(weights @ (world.ending == number)) > 0.0
    }
    flags = tuple(_flags(record, was, world.cells, weights, independent))
    return Prospect(
        record, seed, worlds, endings, days, flags, settled, independent, taken.likelihood, tuple(taken.steps)
    )


def _share(is_so: YesNo, weights: Numbers, independent: float) -> Share:
    share = min(1.0, float(weights @ is_so))
    return Share(share, *wilson(share, independent))


def _days(record: Record, days: Numbers, which: YesNo, weights: Numbers) -> tuple[dt.date, dt.date]:
    low, high = (_day(record, quantile(days[which], weights[which], at)) for at in MIDDLE)
    return low, high


def _day(record: Record, days: float) -> dt.date:
    timeline = record.rules.timeline
    return (timeline.moment_of(0) + dt.timedelta(days=days)).date()


def quantile(values: Numbers, weights: Numbers, at: float) -> float:
    """The lowest of some values that a share of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.add.accumulate(weights[order])
    return float(values[order][int(np.searchsorted(reached, at * reached[-1]))])


def _flags(record: Record, was: Numbers, now: Numbers, weights: Numbers, independent: float) -> Iterator[Flag]:
    layout, scenario = record.rules.layout, record.rules.scenario
    for name, title in scenario.flags.items():
        row = layout.rows[Reference("flag", name)]
        is_so = now[row] != 0.0
        if (was[row] != 0.0).all() or not is_so.any():
            continue
        stamps = now[layout.stamps[row]]
        day = str(_day(record, quantile(stamps[is_so], weights[is_so], 0.5)))
        yield Flag(name, title, _share(is_so, weights, independent), day)


def _settled(taken: Conditioned, weights: Numbers) -> Iterator[Settled]:
    layout, found = taken.record.rules.layout, list[Settled]()
    names = {row: place for place, row in layout.rows.items()}
    for number, row in enumerate(taken.rows):
        before, after = taken.before[number], taken.belief.world.cells[row]
        mean = float(weights @ after)
        spread = float(np.sqrt(max(weights @ (after - mean) ** 2, 0.0)))
        place = names[row]
        name = place.id if place.kind == "doubt" else f"position.{place.who}.{place.id}"
        found.append(Settled(name, (float(before.mean()), float(before.std())), (mean, spread)))
    yield from sorted(found, key=lambda one: -one.moved)
