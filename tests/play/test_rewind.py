"""Going back: the world of an earlier moment, exactly."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.play import Game
from engine.play.journal import branch
from engine.play.policies import Order, ScriptPolicy
from engine.play.rewind import moment_of
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import NO
from tests.scenario.minimal import load


def test_a_moment_is_the_world_as_it_was(tmp_path: Path) -> None:
    """At every turn of a game with a seat that moves and votes, to the last bit, as playing it again gives it."""
    orders = {2: Order(Option("us", "table_resolution"), {"table_resolution": NO})}
    game = Game(Rules(load(tmp_path)), seed=4, seats={"us": ScriptPolicy(orders)})
    game.play()
    for turn in range(len(game.turns)):
        moment, again = moment_of(game, turn), branch(game, turn)
        assert np.array_equal(moment.world.cells, again.world.cells)
        assert moment.view("russia").by_rule == again.view("russia").by_rule
        assert moment.view("russia").options == again.view("russia").options
