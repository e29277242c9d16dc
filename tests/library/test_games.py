"""A game driven from Python is the game that the command line plays."""

from __future__ import annotations

import copy
from math import ceil
from pathlib import Path

import pytest

import brinkmanship as bm
from tests.cli.conftest import Brink, brink
from tests.play.sight.worlds import SEAT, SECRETIVE, otherwise
from tests.scenario.minimal import write

__all__ = ["brink"]

CUBA = bm.load("cuba-1962")


@pytest.mark.slow
def test_a_game_is_the_run_of_a_batch() -> None:
    """Its ending, and the turn in which it closed."""
    rows = bm.batch(CUBA, 3, seed=4).runs.collect()
    for run, ending, day in rows.select("run", "ending", "day").iter_rows():
        game = bm.play(CUBA, seed=4, run=run).play()
        assert (game.ending, (game.date - CUBA.start).days) == (ending, ceil(day))


@pytest.mark.slow
def test_orders_of_a_turn_a_script_and_a_file_lead_to_the_same_game(tmp_path: Path, brink: Brink) -> None:
    """Move for move, and as far as the save."""
    stepped = bm.play(CUBA, seed=2)
    stepped.step({"us": "move_forces"})
    while not stepped.is_over:
        stepped.step({"us": None})
    scripted = bm.play(CUBA, seed=2, policies={"us": bm.policies.script({"1962-10-16": "move_forces"})}).play()
    assert scripted.turns == stepped.turns
    (tmp_path / "us.yaml").write_text("orders: {0: move_forces}\n", encoding="utf-8")
    command = ("run", "cuba-1962", "--seed", 2, "--seat", "us", "--orders", tmp_path / "us.yaml")
    assert brink(*command, "--save", tmp_path / "a.json").code == 0
    assert bm.Game.load(tmp_path / "a.json").turns == stepped.turns


@pytest.mark.slow
def test_a_save_is_read_again(tmp_path: Path, brink: Brink) -> None:
    """By this module and by `brink replay`."""
    game = bm.play(CUBA, seed=1, policies={"us": "greedy"}).play()
    game.save(tmp_path / "game.json")
    assert bm.Game.load(tmp_path / "game.json").scores() == game.scores()
    assert brink("replay", tmp_path / "game.json").code == 0


def test_a_forecast_looks_at_the_plan_and_changes_nothing() -> None:
    """It is what the command line would find, and a copy of the game gives the same."""
    game = bm.play(CUBA, seed=1)
    before = game.state
    held, moved = (bm.forecast(game, {"us": order}, 60) for order in (None, "move_forces"))
    assert held.futures == moved.futures == 60
    assert abs(sum(moved.shares().values()) - 1) < 1e-9
    assert game.state == before
    assert bm.forecast(copy.deepcopy(game), {"us": "move_forces"}, 60).shares() == moved.shares()
    assert 0 <= moved.mean_score("us") <= 100


def test_a_seat_is_told_what_it_knows(tmp_path: Path) -> None:
    """Turns, state and futures, which are the same for it whatever secrets there are."""
    path = write(tmp_path, SECRETIVE)
    games = [bm.play(path, seed=seed) for seed in (1, 1)]
    for game in games:
        game.step()
    otherwise(games[1]._game, SEAT, 3)
    here, there = games
    assert here.state != there.state
    assert dict(here.state_seen_by(SEAT)) == dict(there.state_seen_by(SEAT))
    assert [t.as_json() for t in here.turns_seen_by(SEAT)] == [t.as_json() for t in there.turns_seen_by(SEAT)]
    seen = [bm.forecast(game, futures=50, seat=SEAT).scores.tobytes() for game in games]
    assert seen[0] == seen[1]
    with pytest.raises(bm.errors.KeptError, match="arms is kept from us: a secret"):
        here.state_seen_by(SEAT)["arms"]
    with pytest.raises(bm.errors.KeptError, match='nothing in the state is called "arm"'):
        here.state_seen_by(SEAT)["arm"]
    with pytest.raises(bm.errors.ArgumentError, match="there is no actor"):
        bm.forecast(here, seat="usa")
