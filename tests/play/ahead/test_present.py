"""An open turn as a value."""

from __future__ import annotations

import pickle

import numpy as np

from engine.play import Game
from engine.play.ahead.present import Present
from engine.rules.program.program import FIRST_ROW
from engine.scenario.names import Reference


def test_a_present_leads_where_its_world_leads(game: Game) -> None:
    """Sent to another process and played on, it is the same run, with what was due in it."""
    row = game.rules.layout.rows[Reference("issue", "status")]
    game.world.due.append(np.zeros(1, np.intp), game.world.tick + 1, FIRST_ROW + row, 0, np.full(1, -30.0))
    world = pickle.loads(pickle.dumps(Present.of(game.world))).world(game.rules)
    rules = game.rules
    for one in (world, game.world):
        appraisal = rules.appraise(one)
        rules.play_pace(one, appraisal, rules.decide(one, appraisal))
        rules.finish(one)
    assert np.array_equal(world.cells, game.world.cells)
    assert world.ending == game.world.ending


def test_a_present_stays_as_it_was(game: Game) -> None:
    """Playing on from it changes neither it nor the world that it was made of."""
    present, before = Present.of(game.world), game.digest()
    cells = present.cells.copy()
    game.rules.finish(present.world(game.rules))
    assert np.array_equal(present.cells, cells)
    assert game.digest() == before
