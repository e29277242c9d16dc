"""Many worlds in lockstep: blocks of consecutive runs that fit the cache, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.batch.design.policies import Seating, Seats
from engine.batch.running.expectations import ExpectationTally, Verdict, verdicts
from engine.batch.statistics import Share, share_of
from engine.prose import counted
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.gauges import Gauges
from engine.rules.recording import Recorder

CHUNK = 4096
"""Runs side by side: so many that what a pace costs besides arithmetic is shared by many (measured with Kosovo)."""


@dataclass(frozen=True)
class BatchResult:
    """How runs ``first`` to ``first + len(endings) - 1`` of a seed closed."""

    rules: Rules
    seed: int
    first: int
    endings: Rows
    """The number of each run's ending: shape (runs,)."""
    days: Numbers
    """The day on which each run closed: shape (runs,)."""
    scores: Numbers
    """Of each actor in each run, not a number without stances: shape (actors, runs)."""
    verdicts: tuple[Verdict, ...]
    """What became of the scenario's expectations."""

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.endings)

    def __repr__(self) -> str:
        return f"<BatchResult of {self.rules.scenario.id}: {counted(self.runs, 'run')} of seed {self.seed}>"

    def shares(self) -> dict[str, Share]:
        """How often each ending closed a run."""
        counts = np.bincount(self.endings, minlength=len(self.rules.scenario.endings))
        return {
            ending.id: share_of(int(count), self.runs)
            for ending, count in zip(self.rules.scenario.endings, counts, strict=True)
        }


class Watch(Protocol):
    """Whoever looks at a world after each of its paces, or of its turns."""

    each_pace: bool
    """Whether it has to see every pace; else those after which a turn opens, and the last."""

    def watch(self, world: World, was_open: YesNo) -> None:
        """Told that a pace has closed: ``was_open`` of shape (runs,) says which runs were open in it."""


def run(rules: Rules, runs: int, seed: int = 0, first: int = 0, chunk: int = CHUNK) -> BatchResult:
    """Runs of a scenario in which the rules decide for everyone."""
    tally = ExpectationTally(rules)
    gauges = rules.gauges(tally.gauges)
    endings, days, scores, counts = [], [], [], []
    for begin, size in blocks(first, runs, rules.side_by_side(runs, chunk)):
        world = rules.open(seed, begin, size)
        play_out(rules, world, gauges=gauges)
        counts += tally.count(world, gauges.found(world))
        endings.append(world.ending)
        days.append(world.day)
        scores.append(rules.scores(world))
    return BatchResult(
        rules,
        seed,
        first,
        np.concatenate(endings),
        np.concatenate(days),
        np.concatenate(scores, axis=1),
        verdicts(rules.scenario.expect, counts),
    )


def blocks(first: int, runs: int, chunk: int) -> Iterator[tuple[int, int]]:
    """The first run and the size of each block."""
    for begin in range(first, first + runs, chunk):
        yield begin, min(chunk, first + runs - begin)


def nothing() -> Sequence[Numbers]:
    """Nothing stands beside the state."""
    return ()


def play_out(
    rules: Rules,
    world: World,
    watches: Sequence[Watch] = (),
    seats: Seats | None = None,
    recorder: Recorder | None = None,
    gauges: Gauges | None = None,
    beside: Callable[[], Sequence[Numbers]] = nothing,
) -> None:
    """Pace after pace, until every run of a world that was just opened has closed; ``seats`` decide for themselves.

    ``beside`` gives what gauges refer to besides the state, as it is after a pace.
    """
    seating, timeline = Seating(rules, seats or {}), rules.timeline
    rules.settle(world, gauges)
    each_pace = bool(seats) or recorder is not None or any(watch.each_pace for watch in watches)
    while world.tick < timeline.paces and world.is_open.any():
        was_open = world.is_open
        if not each_pace:
            rules.finish(world, gauges=gauges, paces=timeline.paces_left_in_turn(world.tick) if watches else None)
        else:
            seating.step(world, recorder)
            if gauges is not None:
                gauges.set_beside(world, beside())
                rules.observe(world, gauges, was_open)
        for watch in watches:
            watch.watch(world, was_open)


def percentile(scores: Sequence[float] | Numbers, score: float) -> float:
    """The share of scores, in percent, that a score beats; ties count half."""
    among = np.asarray(scores)
    return float(100.0 * ((among < score).mean() + 0.5 * (among == score).mean())) if len(among) else 50.0
