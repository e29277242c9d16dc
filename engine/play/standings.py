"""How the playable sides did, among games in which the rules decided for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine import batch
from engine.play.game import Game
from engine.rules.arrays import Numbers, Rows
from engine.rules.rulebook import Rules

COMPARED = 500
"""Runs of the same seed that the command line compares a score with."""

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


def standings_of(game: Game, others: RuleRuns | None = None) -> tuple[Standing, ...]:
    """The playable sides of a game in the scenario's order; none while it is not over.

    Without ``others`` some runs of the same seed are made first.
    """
    if not game.is_over:
        return ()
    if others is None:
        found = batch.run(game.rules, COMPARED, game.scenario_seed)
        others = RuleRuns(found.endings, found.scores)
    rows = game.rules.layout.actors
    return tuple(
        _standing(actor, score, others.scores[rows[actor]])
        for actor, score in game.scores().items()
        if game.rules.scenario.actors[actor].playable
    )


def _standing(actor: str, score: float, scores: Numbers) -> Standing:
    counts, _ = np.histogram(scores, bins=BINS, range=(0.0, 100.0))
    return Standing(actor, score, batch.percentile(scores, score), tuple(int(count) for count in counts))


def game_as_json(game: Game) -> dict[str, Any]:
    """A game in plain dictionaries and lists."""
    return {
        "scenario": game.rules.scenario.id,
        "seed": game.scenario_seed,
        "run": game.run,
        "turns": [turn.as_json() for turn in game.turns],
        "ending": game.ending.id if game.ending else None,
        "scores": {s.actor: {"score": s.score, "percentile": s.percentile} for s in standings_of(game)},
        "digest": game.digest(),
    }
