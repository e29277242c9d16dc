"""`brink play`: for now one whole game that plays by itself."""

from __future__ import annotations

import secrets
import sys

from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.paper import Paper
from engine.cli.scenarios import rules_of
from engine.cli.story import tell_game

SEEDS = 1_000_000
"""Seeds from which one is drawn: few enough that people can copy one down."""


def execute(arguments: Arguments) -> int:
    """Plays and prints a game."""
    from engine.play.game import Game

    seed = arguments.seed
    if seed is None:
        seed = secrets.randbelow(SEEDS) if is_terminal() else DEFAULT_SEED
    game = Game(rules_of(arguments.scenario), seed)
    game.play()
    again = f"brink run {arguments.scenario} --seed {seed}"
    tell_game(Paper(), game, f"Nobody sits in a seat: this game plays by itself. To see it again: {again}")
    return 0


def is_terminal() -> bool:
    """Whether a person is likely to watch."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
