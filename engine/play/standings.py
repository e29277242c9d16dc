"""How the playable sides did, among games in which the rules decided for everyone."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import batch
from engine.play.game import Game
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows

COMPARED = 500
"""Runs of the same seed that the command line compares a score with, where there is time for them."""

FEWEST = 20
"""Fewer runs say nothing about where a score stands."""

TRIED = 0.25
"""The part of the time after which it is asked whether the runs at hand will be done in time."""

BINS = 10
"""Bars of a histogram: scores by tens."""


@dataclass(frozen=True)
class RuleRuns:
    """How runs closed in which the rules decided for everyone: endings (runs,), and scores (actors, runs)."""

    endings: Rows
    scores: Numbers

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.endings)

    def shares(self, rules: Rules) -> dict[str, float]:
        """How often each ending closed a run: the forecast of somebody who knows nothing of the game."""
        names = [ending.id for ending in rules.scenario.endings]
        counts = np.bincount(self.endings, minlength=len(names))
        return {name: int(count) / self.runs for name, count in zip(names, counts, strict=True)}


@dataclass(frozen=True)
class Standing:
    """How well the world at the end fits what a side wanted (0..100), and the percent of runs that this beats."""

    actor: str
    score: float
    percentile: float
    bins: tuple[int, ...]
    """Of those runs, how many scored below 10, from 10 to below 20, and so on; 100 is in the last."""

    @property
    def runs(self) -> int:
        """How many runs it is compared with."""
        return sum(self.bins)

    @property
    def bin(self) -> int:
        """The bar of the histogram in which the score is."""
        return min(BINS - 1, int(self.score * BINS / 100))


def rule_runs(rules: Rules, seed: int, seconds: float | None = None) -> RuleRuns:
    """The first runs of a seed, as many as can be made in so many seconds, at most COMPARED; none where few could.

    Seconds are those of the processor, so that other programs have no say. The first runs of more are the same as fewer
    of them: time decides how many there are, and nothing else.
    """
    if seconds is None:
        return _closed(rules, rules.open(seed, 0, COMPARED), _Deadline(math.inf)) or _no_runs(rules)
    begun, runs = time.process_time(), COMPARED if seconds > 0 else 0
    while runs >= FEWEST:
        deadline = _Deadline(seconds - (time.process_time() - begun))
        if (made := _closed(rules, rules.open(seed, 0, runs), deadline)) is not None:
            return made
        left = seconds - (time.process_time() - begun)
        runs = int(runs * min(0.5, 0.7 * left / deadline.needed))
    return _no_runs(rules)


class _Deadline:
    """Looks at the time after each pace: whether a world will have closed before it is up."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.begun = seconds, time.process_time()
        self.needed = 0.0
        """Seconds that the whole world would take, at the pace so far."""

    def is_missed(self, paces: int, of: int) -> bool:
        """Whether the rest is not worth making."""
        passed = time.process_time() - self.begun
        self.needed = passed * of / paces
        return self.needed > self.seconds and passed > self.seconds * TRIED


def _closed(rules: Rules, world: World, deadline: _Deadline) -> RuleRuns | None:
    """How the runs of a world close; None where that would take too long."""
    while world.tick < rules.timeline.paces and world.is_open.any():
        rules.step(world)
        if deadline.is_missed(world.tick, rules.timeline.paces):
            return None
    return RuleRuns(world.ending, rules.scores(world))


def _no_runs(rules: Rules) -> RuleRuns:
    return RuleRuns(np.empty(0, dtype=np.intp), np.empty((len(rules.scenario.actors), 0)))


def standings_of(game: Game, others: RuleRuns | None = None) -> tuple[Standing, ...]:
    """The playable sides of a game in the scenario's order; none while it is not over.

    Without ``others`` some runs of the same seed are made first.
    """
    if not game.is_over:
        return ()
    if others is None:
        others = rule_runs(game.rules, game.scenario_seed)
    rows = game.rules.layout.actors
    return tuple(
        _standing(actor, score, others.scores[rows[actor]])
        for actor, score in game.scores().items()
        if game.rules.scenario.actors[actor].playable
    )


def _standing(actor: str, score: float, scores: Numbers) -> Standing:
    counts, _ = np.histogram(scores, bins=BINS, range=(0.0, 100.0))
    return Standing(actor, score, batch.percentile(scores, score), tuple(int(count) for count in counts))


def game_as_json(game: Game, seconds: float | None = None) -> dict[str, Any]:
    """A game in plain dictionaries and lists; scores are held against runs that are made in so many seconds."""
    others = rule_runs(game.rules, game.scenario_seed, seconds) if game.is_over else None
    return {
        "scenario": game.rules.scenario.id,
        "seed": game.scenario_seed,
        "run": game.run,
        "turns": [turn.as_json() for turn in game.turns],
        "ending": game.ending.id if game.ending else None,
        "scores": {s.actor: _as_json(s) for s in standings_of(game, others)},
        "digest": game.digest(),
    }


def _as_json(standing: Standing) -> dict[str, Any]:
    """A score, where it stands, and among how many runs; no percentile where there are none."""
    percentile = standing.percentile if standing.runs else None
    return {"score": standing.score, "percentile": percentile, "runs": standing.runs}
