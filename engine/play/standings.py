"""How the playable sides did, among games in which the rules decided for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine import batch
from engine.play.game import Game

COMPARED = 500
"""Runs of the same seed that a score is compared with."""


@dataclass(frozen=True)
class Standing:
    """How well the world at the end fits what a side wanted (0..100), and the percent of runs that this beats."""

    actor: str
    score: float
    percentile: float


def standings_of(game: Game) -> tuple[Standing, ...]:
    """The playable sides of a game in the scenario's order; none while it is not over."""
    if not game.is_over:
        return ()
    others = batch.run(game.rules, COMPARED, game.scenario_seed)
    rows = game.rules.layout.actors
    return tuple(
        Standing(actor, score, batch.percentile(others.scores[rows[actor]], score))
        for actor, score in game.scores().items()
        if game.rules.scenario.actors[actor].playable
    )


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
