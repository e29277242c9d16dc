"""Saves: what was played can be played again, undone and branched, and nothing damaged is believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.play import Game
from engine.play.journal import SaveError, branch, journal_of, load, replay, save, undo
from engine.play.policies import GreedyPolicy, RandomPolicy
from engine.rules import Rules
from tests.scenario.minimal import load as load_minimal


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """The minimal scenario, compiled."""
    return Rules(load_minimal(tmp_path))


@pytest.fixture
def game(rules: Rules) -> Game:
    """A whole game with two seats."""
    game = Game(rules, seed=5, seats={"russia": RandomPolicy(), "us": GreedyPolicy()})
    game.play()
    return game


def test_a_loaded_game_is_the_saved_game(game: Game, rules: Rules, tmp_path: Path) -> None:
    """Turn for turn, and in the fingerprint of its state."""
    save(game, tmp_path / "a.json")
    again = load(tmp_path / "a.json", rules)
    assert again.turns == game.turns
    assert again.digest() == game.digest()


def test_a_game_saved_at_any_turn_goes_on_as_if_it_had_not_been(game: Game, rules: Rules, tmp_path: Path) -> None:
    """Save, load, and play on: the same history, at each turn."""
    for turn in range(len(game.turns)):
        part = branch(game, turn)
        save(part, tmp_path / f"{turn}.json")
        again = load(tmp_path / f"{turn}.json", rules)
        again.seat("russia", RandomPolicy())
        again.seat("us", GreedyPolicy())
        again.play()
        assert (again.turns, again.digest()) == (game.turns, game.digest())


def test_undo_goes_back_and_the_same_future_follows(game: Game) -> None:
    """Undoing any number of turns and playing on gives the same game."""
    for turns in range(1, len(game.turns) + 2):
        again = undo(game, turns)
        assert len(again.turns) == max(0, len(game.turns) - turns)
        again.play()
        assert again.turns == game.turns


def test_a_branch_shares_the_past_only(game: Game) -> None:
    """From the turn of the branch on another policy may decide."""
    other = branch(game, 2)
    other.seat("russia", None)
    other.play()
    assert other.turns[:2] == game.turns[:2]
    assert journal_of(other).turns[:2] == journal_of(game).turns[:2]


def test_a_game_without_seats_can_be_saved(rules: Rules, tmp_path: Path) -> None:
    """Rules deciding for everyone need no moves in the journal."""
    game = Game(rules, seed=1, run=17)
    game.play()
    save(game, tmp_path / "watched.json")
    assert load(tmp_path / "watched.json", rules).digest() == game.digest()


def test_a_save_is_not_overwritten_unless_told(game: Game, tmp_path: Path) -> None:
    """And a failed save leaves no rubbish behind."""
    path = tmp_path / "a.json"
    path.write_text("precious")
    with pytest.raises(SaveError, match="is there already"):
        save(game, path)
    assert path.read_text() == "precious"
    save(game, path, overwrite=True)
    assert sorted(file.name for file in tmp_path.glob("*a.json*")) == ["a.json"]


def test_a_folder_that_is_not_there_is_said_so(game: Game, tmp_path: Path) -> None:
    """A sentence, and no traceback."""
    with pytest.raises(SaveError, match="can't be written: there is no such folder"):
        save(game, tmp_path / "nowhere" / "a.json")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[: len(text) // 2], "is no save, or it is damaged"),
        (lambda text: "[" * 100_000, "is no save, or it is damaged"),
        (lambda text: "[]", "is no save, or it is damaged"),
        (lambda text: text.replace('"seed": 5', '"seed": -5'), r"damaged \(at seed\)"),
        (lambda text: text.replace('"seed": 5', '"seed": 6'), "does not fit|leads elsewhere"),
        (lambda text: text.replace('"journal_format": 4', '"journal_format": 5'), "by a newer version"),
        (lambda text: text.replace('"scenario_hash": "', '"scenario_hash": "0'), "has changed since"),
        (lambda text: text.replace('"digest": "', '"digest": "0'), "leads elsewhere"),
        (lambda text: text.replace('"russia"', '"ruritania"'), "whom the scenario does not know"),
        (lambda text: text.replace('"moves": [\n', '"moves": [\n"fly",'), "does not fit the scenario"),
    ],
)
def test_a_damaged_save_is_refused_and_left_alone(change, message, game, rules, tmp_path) -> None:
    """One clear sentence; the file stays as it is."""
    path = tmp_path / "a.json"
    save(game, path)
    path.write_text(change(path.read_text()))
    before = path.read_text()
    with pytest.raises(SaveError, match=message):
        load(path, rules)
    assert path.read_text() == before


def test_replaying_a_part_stops_there(game: Game, rules: Rules) -> None:
    """The first turns only."""
    assert replay(rules, journal_of(game), turns=2).turns == game.turns[:2]


def test_a_journal_is_small_and_plain(game: Game, tmp_path: Path) -> None:
    """A person can read it."""
    save(game, tmp_path / "a.json")
    content = json.loads((tmp_path / "a.json").read_text())
    assert content["scenario"] == "small-crisis"
    assert (tmp_path / "a.json").stat().st_size < 10_000
