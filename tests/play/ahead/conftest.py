"""A small game that stands where a declaration has become legal."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.play import Game
from engine.rules import Rules
from engine.rules.options import Option
from tests.scenario.minimal import load as load_minimal

DECLARE = Option("kosovo", "declare")


@pytest.fixture
def game(tmp_path: Path) -> Game:
    """The minimal scenario at the turn in which a declaration becomes legal."""
    game = Game(Rules(load_minimal(tmp_path)), seed=5)
    while not any(option.option == DECLARE for option in game.view("kosovo").legal):
        game.step()
    return game
