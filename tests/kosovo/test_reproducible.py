"""The same seed gives the same history: alone, in any batch, in any process, after any save."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.play import Game
from engine.play.journal import branch, load, save
from engine.play.policies import RandomPolicy
from engine.rules import Rules
from engine.scenario.models import Actor, Scenario


@pytest.mark.slow
@pytest.mark.parametrize("runs", [1, 7, 500])
def test_a_run_alone_is_the_run_out_of_a_batch(rules: Rules, runs: int) -> None:
    """Every number of the state agrees to the last bit, for runs at both ends and in between."""
    world = rules.open(seed=11, first_run=4711, runs=runs)
    rules.finish(world)
    for place in sorted({0, runs // 3, runs - 1}):
        game = Game(rules, seed=11, run=4711 + place)
        game.play()
        assert np.array_equal(game.world.cells[:, 0], world.cells[:, place])
        assert game.world.ending[0] == world.ending[place]


@pytest.mark.slow
def test_a_game_goes_on_after_save_load_undo_and_branch(rules: Rules, tmp_path: Path) -> None:
    """The history that follows is the one that would have followed, from the middle and from the last turn."""
    seats = {"serbia": RandomPolicy(), "eu": RandomPolicy()}
    game = Game(rules, seed=5, seats=seats)
    game.play()
    for turn in (len(game.turns) // 2, len(game.turns) - 1):
        part = branch(game, turn)
        save(part, tmp_path / f"{turn}.json")
        again = load(tmp_path / f"{turn}.json", rules)
        for actor, policy in seats.items():
            again.seat(actor, policy)
        again.play()
        assert again.digest() == game.digest()
        assert again.turns == game.turns


@pytest.mark.slow
def test_an_actor_without_options_changes_no_other_draw(kosovo: Scenario) -> None:
    """A bystander at the head of the list leaves every move where it was."""
    bystander = {"bystander": Actor(title="Bystander"), **kosovo.actors}
    one = Game(kosovo, seed=8).play()
    other = Game(kosovo.model_copy(update={"actors": bystander}), seed=8).play()
    assert [(turn.moves, turn.votes, turn.events) for turn in one] == [
        (turn.moves, turn.votes, turn.events) for turn in other
    ]
