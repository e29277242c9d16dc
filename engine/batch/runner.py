"""Many worlds in lockstep: blocks of consecutive runs that fit the cache, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.batch.expectations import ExpectationTally, Verdict
from engine.batch.statistics import Share, share_of
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows
from engine.rules.rulebook import Recorder

CHUNK = 256
"""Runs side by side: few enough that the state of Kosovo stays in the second-level cache."""


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

    def shares(self) -> dict[str, Share]:
        """How often each ending closed a run."""
        counts = np.bincount(self.endings, minlength=len(self.rules.scenario.endings))
        return {
            ending.id: share_of(int(count), self.runs)
            for ending, count in zip(self.rules.scenario.endings, counts, strict=True)
        }


def run(rules: Rules, runs: int, seed: int = 0, first: int = 0, chunk: int = CHUNK) -> BatchResult:
    """Runs of a scenario in which the rules decide for everyone."""
    tally = ExpectationTally(rules)
    worlds = [_finished(rules, seed, begin, size, tally) for begin, size in blocks(first, runs, chunk)]
    return BatchResult(
        rules,
        seed,
        first,
        np.concatenate([world.ending for world in worlds]),
        np.concatenate([world.day for world in worlds]),
        np.concatenate([rules.scores(world) for world in worlds], axis=1),
        tally.verdicts(),
    )


def blocks(first: int, runs: int, chunk: int) -> Iterator[tuple[int, int]]:
    """The first run and the size of each block."""
    for begin in range(first, first + runs, chunk):
        yield begin, min(chunk, first + runs - begin)


def finish(rules: Rules, world: World, recorder: Recorder | None = None) -> None:
    """Turn after turn, until every run has closed."""
    while world.turn < rules.scenario.turns and world.is_open.any():
        rules.step(world, recorder)


def _finished(rules: Rules, seed: int, first: int, runs: int, tally: ExpectationTally) -> World:
    world = rules.open(seed, first, runs)
    while world.turn < rules.scenario.turns and world.is_open.any():
        is_open = world.is_open
        rules.step(world)
        tally.watch(world, is_open)
    tally.count(world)
    return world


def percentile(scores: Sequence[float] | Numbers, score: float) -> float:
    """The share of scores, in percent, that a score beats; ties count half."""
    among = np.asarray(scores)
    return float(100.0 * ((among < score).mean() + 0.5 * (among == score).mean())) if len(among) else 50.0
