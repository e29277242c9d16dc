"""Games on the command line: run, replay, play."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.paper import NARROWEST
from engine.play.journal import read_journal
from engine.play.session import Session
from engine.play.store import Store, default_folder
from engine.rules.options import Option
from engine.rules.votes import NO
from engine.scenario.load import load_scenario
from tests.cli.conftest import Brink

MOVES = {"actor", "action", "target", "targets", "gain", "chance", "terms", "known_to", "date"}
VOTES = {"institution", "question", "sponsors", "yes", "no", "abstain", "vetoed_by", "passed", "date"}
TURN = {
    "turn",
    "date",
    "moves",
    "votes",
    "events",
    "asked",
    "dispatches",
    "known_to",
    "values",
    "flags",
    "actor_flags",
    "lapsed",
}


def test_a_game_as_json_has_exactly_the_promised_keys(brink: Brink, small: str) -> None:
    """One object; turns, moves and votes as the documentation says."""
    games = [brink("run", small, "--seed", seed, "--json").json for seed in range(6)]
    for game in games:
        assert set(game) == {"scenario", "seed", "run", "turns", "ending", "scores", "digest"}
        assert (game["scenario"], game["run"]) == ("small-crisis", 0)
        assert game["ending"] in ("independent", "frozen")
        assert set(game["scores"]) == {"russia", "us"}
        for score in game["scores"].values():
            assert 0 <= score["score"] <= 100
            assert 0 <= score["percentile"] <= 100
        assert all(set(turn) == TURN for turn in game["turns"])
        assert all(set(move) == MOVES for turn in game["turns"] for move in turn["moves"])
        assert all(set(vote) == VOTES for turn in game["turns"] for vote in turn["votes"])
    assert any(turn["votes"] for game in games for turn in game["turns"])


def test_a_game_tells_dates_dispatches_votes_and_moves_without_news(brink: Brink, small: str) -> None:
    """Over some seeds everything that happened stands in the text."""
    for seed in range(6):
        told = " ".join(brink("run", small, "--seed", seed).out.split())
        game = brink("run", small, "--seed", seed, "--json").json
        for turn in game["turns"]:
            assert f"turn {turn['turn']}" in told
            assert all(text in told for text in turn["dispatches"])
            if any(move["action"] == "table_resolution" for move in turn["moves"]):
                assert "United States: Table a resolution." in told
            if turn["votes"]:
                assert "Council: Shall the status be settled?" in told
        title = {"independent": "Independent", "frozen": "No decision"}[game["ending"]]
        assert f"The end: {title} {game['ending']}" in told


def test_the_same_command_prints_the_same_twice(brink: Brink, small: str) -> None:
    """Byte for byte; another seed or run prints another game."""
    first = brink("run", small, "--seed", 3)
    assert brink("run", small, "--seed", 3) == first
    assert brink("run", small, "--seed", 4).out != first.out
    assert brink("run", small, "--seed", 3, "--run", 1).out != first.out


def test_the_largest_seed_and_run_are_good_ones(brink: Brink, small: str) -> None:
    """Both ends of what the generator takes."""
    game = brink("run", small, "--seed", 2**64 - 1, "--run", 2**63 - 1, "--json").json
    assert (game["seed"], game["run"]) == (2**64 - 1, 2**63 - 1)


def test_what_a_scenario_says_in_brackets_is_printed_as_it_stands(brink: Brink, bracketed: str) -> None:
    """Nothing is taken for markup or an emoji."""
    told = brink("run", bracketed, "--seed", 1)
    assert told.code == 0
    assert told.out.startswith("[red]A [/x] small [link=y]crisis :smile:\n")
    assert "[bold]Status" in told.out
    assert "[Russia]" in told.out
    for command in (("show",), ("explain", "--turn", 0, "--actor", "russia"), ("batch", "--runs", 5)):
        again = brink(command[0], bracketed, *command[1:])
        assert again.code == 0
        assert "[" in again.out


@pytest.mark.parametrize("columns", [1, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(brink: Brink, small: str, columns, monkeypatch) -> None:
    """Text wraps; nothing is cut, and no line ends in spaces."""
    wide = brink("run", small).out.split()
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = brink("run", small).out.splitlines()
    assert all(len(line) <= max(columns, NARROWEST) for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert "…" not in "".join(lines)
    if columns >= 80:
        assert [word for word in wide if word.isalpha()] == [w for line in lines for w in line.split() if w.isalpha()]


def test_orders_are_followed_and_saved_and_replayed(brink: Brink, small: str, tmp_path: Path) -> None:
    """A save gives the same game, and the same JSON, as the orders."""
    orders = "orders: {0: table_resolution, 2: hold, 3: rule}\nstanding_votes: {table_resolution: no}\n"
    (tmp_path / "orders.yaml").write_text(orders)
    seat = ("--seat", "us", "--orders", "orders.yaml", "--policy", "russia=hold")
    played = brink("run", small, *seat, "--save", "game.json", "--json")
    assert played.code == 0
    assert {"actor": "us", "action": "table_resolution"}.items() <= played.json["turns"][0]["moves"][0].items()
    assert "us" in played.json["turns"][0]["votes"][0]["no"]
    assert brink("replay", "game.json", "--scenario", small, "--json").out == played.out
    told = brink("replay", "game.json", "--scenario", small)
    assert "seats: Russia, United States" in " ".join(told.out.split())


def test_a_save_is_not_written_over_another_file(brink: Brink, small: str, tmp_path: Path) -> None:
    """One sentence, and the file stays."""
    (tmp_path / "game.json").write_text("precious")
    answer = brink("run", small, "--save", "game.json")
    assert answer.code == 1
    assert answer.sentence == "brink: game.json is there already: choose another name"
    assert (tmp_path / "game.json").read_text() == "precious"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no save, or it is damaged"),
        ("[" * 50_000, "no save, or it is damaged"),
        ("{}", "no save, or it is damaged"),
        ('{"journal_format": 99}', "by a newer version"),
        ('{"journal_format": 1, "\\u001b[2J": 1}', "no save, or it is damaged"),
    ],
)
def test_a_damaged_save_gets_one_sentence(brink: Brink, small: str, tmp_path: Path, content, words) -> None:
    """Exit 1, no traceback, nothing that a terminal obeys."""
    (tmp_path / "game.json").write_text(content)
    answer = brink("replay", "game.json", "--scenario", small)
    assert answer.code == 1
    assert words in answer.sentence
    assert "\x1b" not in answer.sentence


def test_a_save_of_another_scenario_is_refused(brink: Brink, small: str, tmp_path: Path) -> None:
    """What was changed since it was saved is another scenario."""
    assert brink("run", small, "--save", "game.json").code == 0
    path = tmp_path / small
    path.write_text(path.read_text().replace("start: 35", "start: 36"))
    answer = brink("replay", "game.json", "--scenario", small)
    assert (answer.code, "has changed since" in answer.sentence) == (1, True)


def test_a_save_that_stops_in_the_middle_is_told_so_far(brink: Brink, small: str, tmp_path: Path) -> None:
    """Without an ending and without scores."""
    from engine.play import Game
    from engine.play.journal import save
    from engine.scenario.load import load_scenario

    game = Game(load_scenario(small), 1)
    game.step()
    save(game, "part.json")
    content = brink("replay", "part.json", "--scenario", small, "--json").json
    assert (len(content["turns"]), content["ending"], content["scores"]) == (1, None, {})
    assert "Not over yet" in brink("replay", "part.json", "--scenario", small).out


def test_an_order_that_is_not_legal_names_the_condition(brink: Brink, small: str, tmp_path: Path) -> None:
    """Exit 1 and one sentence, behind the turns that could be played."""
    (tmp_path / "orders.yaml").write_text("orders: {0: recognise}")
    answer = brink("run", small, "--seat", "us", "--orders", "orders.yaml")
    assert answer.code == 1
    assert answer.err == "brink: us: recognise is not legal on 2007-11-20, for this does not hold: declared\n"
    (tmp_path / "late.yaml").write_text("orders: {1: recognise}")
    answer = brink("run", small, "--seat", "us", "--orders", "late.yaml", "--save", "kept.json")
    assert (answer.code, "turn 0" in answer.out, "turn 1" in answer.out) == (1, True, False)
    assert not (tmp_path / "kept.json").exists()


def test_wrong_orders_are_told_with_line_and_column(brink: Brink, small: str, tmp_path: Path) -> None:
    """Every problem at once, as an editor reads it."""
    (tmp_path / "orders.yaml").write_text("orders:\n  0: recognize\n  77: hold\n")
    answer = brink("run", small, "--seat", "us", "--orders", "orders.yaml")
    first, second = answer.err.splitlines()
    assert (answer.code, answer.out) == (1, "")
    assert first == 'orders.yaml:2:6: error: orders.0: unknown action "recognize", did you mean "recognise"?'
    assert second.startswith('orders.yaml:3:3: error: orders.77: "77" is no turn')


def test_play_without_a_terminal_is_a_game_of_seed_1(brink: Brink, small: str, monkeypatch) -> None:
    """It says that nobody sits in a seat, and how to see the game again."""
    answer = brink("play", small)
    assert answer.code == 0
    assert "Nobody sits in a seat" in answer.out
    assert "--seed 1\n" in answer.out
    told = answer.out.split("\n\n", 1)[1]
    assert told == brink("run", small, "--seed", 1).out.split("\n\n", 1)[1]


def test_play_at_a_terminal_opens_the_screens(brink: Brink, small: str, monkeypatch) -> None:
    """With the scenario and the seed that were asked for."""
    opened = []
    monkeypatch.setattr("tui.launch.trouble_with_terminal", lambda: None)

    def launch(start) -> int:
        opened.append(start)
        return 0

    monkeypatch.setattr("tui.launch.launch", launch)
    assert brink("play", small, "--seed", 7, "--ascii").code == 0
    assert [(start.scenario, start.seed, start.is_ascii) for start in opened] == [(small, 7, True)]


def test_try_at_a_terminal_opens_the_workshop(brink: Brink, small: str, monkeypatch) -> None:
    """With the scenario, the side and the seed that were asked for; a scenario that there is not is said at once."""
    opened = []
    monkeypatch.setattr("tui.launch.trouble_with_terminal", lambda _advice: None)

    def launch(start) -> int:
        opened.append(start)
        return 0

    monkeypatch.setattr("tui.launch.launch", launch)
    assert brink("try", small, "--seed", 7, "--as", "us").code == 0
    assert [(start.draft, start.side, start.seed) for start in opened] == [(small, "us", 7)]
    assert brink("try", "no-such-crisis").code == 1
    assert len(opened) == 1


def test_try_without_a_terminal_says_what_to_do(brink: Brink, small: str) -> None:
    """One sentence, exit 2."""
    answer = brink("try", small)
    assert (answer.code, answer.out) == (2, "")
    assert answer.sentence.startswith("brink: this is not a terminal: brink check ")
    assert "--plain" not in answer.sentence


def test_play_without_a_terminal_and_a_scenario_says_what_to_do(brink: Brink) -> None:
    """One sentence, exit 2."""
    answer = brink("play")
    assert (answer.code, answer.out) == (2, "")
    assert answer.sentence == "brink: this is not a terminal: add --plain to play line by line"


SAYING = [["run"], ["run", "--json"], ["show"], ["explain", "--turn", "2", "--actor", "us"]]

SAYING_IT = f"""
import sys
from engine.cli import main
for command, *rest in {SAYING!r}:
    assert main([command, sys.argv[1], *rest]) == 0
assert main(["run", "kosovo-2007", "--seed", "3", "--json"]) == 0
"""


@pytest.mark.slow
def test_hash_seed_and_colour_change_nothing(
    brink: Brink, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same from this process as from another, whatever PYTHONHASHSEED is; a large scenario's too."""
    monkeypatch.setenv("COLUMNS", "80")
    here = [brink(command, small, *rest).out for command, *rest in SAYING]
    here.append(brink("run", "kosovo-2007", "--seed", "3", "--json").out)
    root, seed = str(Path(__file__).resolve().parents[2]), "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    elsewhere = subprocess.run(
        [sys.executable, "-c", SAYING_IT, small],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
        capture_output=True,
        check=True,
        timeout=300,
    ).stdout
    assert elsewhere.decode() == "".join(here)
    assert b"\x1b" not in elsewhere


@pytest.mark.slow
def test_kosovo_is_told_to_its_end(brink: Brink) -> None:
    """The bundled scenario, as text and as JSON, with the six sides that may be played."""
    content = brink("run", "kosovo-2007", "--seed", 1, "--json").json
    assert len(content["scores"]) >= 5
    told = brink("run", "kosovo-2007", "--seed", 1)
    assert "20 November 2007  turn 0" in told.out
    assert f"  {content['ending']}\n" in told.out


def test_a_game_of_orders_and_a_game_at_a_table_have_the_same_journal(brink: Brink, small: str, tmp_path: Path) -> None:
    """What is done by command is what is done on screen, turn by turn; each can be told again by `brink replay`."""
    orders = "orders: {0: table_resolution, 2: hold, 3: rule}\nstanding_votes: {table_resolution: no}\n"
    (tmp_path / "orders.yaml").write_text(orders)
    seat = ("--seat", "us", "--orders", "orders.yaml")
    played = brink("run", small, *seat, "--seed", 5, "--save", "game.json", "--json")
    session = Session.new(load_scenario(tmp_path / small, {}), 5, people=["us"], game_id="at-a-table")
    while not session.is_over:
        if session.turn == 0:
            session.choose("us", Option("us", "table_resolution"))
        if session.turn == 3:
            session.leave_to_rule("us")
        for question in session.questions("us"):
            session.vote("us", question, NO)
        session.end_turn()
    written = Store(tmp_path).autosave(session)
    assert read_journal(written.path).turns == read_journal("game.json").turns
    assert read_journal(written.path).digest == read_journal("game.json").digest
    assert brink("replay", written.path, "--scenario", small, "--json").out == played.out


def test_a_game_that_goes_on_is_told_as_far_as_it_has_come(brink: Brink, small: str, tmp_path: Path) -> None:
    """A save with orders in its open turn."""
    session = Session.new(load_scenario(tmp_path / small, {}), 5, people=["us"], game_id="open")
    session.end_turn()
    session.leave_to_rule("us")
    written = Store(tmp_path).autosave(session)
    told = brink("replay", written.path, "--scenario", small)
    assert told.code == 0
    assert "seats: United States" in " ".join(told.out.split())
    assert "Not over yet" in told.out


@pytest.mark.slow
def test_a_save_of_ones_own_scenario_is_replayed_from_anywhere(brink: Brink, tmp_path: Path, monkeypatch) -> None:
    """By `replay` and by `play --load`, which name the remedy where it is gone, and take it."""
    (tmp_path / "b").mkdir()
    monkeypatch.chdir(tmp_path / "b")
    assert brink("new", "strait").code == 0
    monkeypatch.chdir(tmp_path)
    assert brink("run", "b/strait", "--save", "s.json").code == 0
    told = brink("replay", "s.json")
    assert told.code == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert brink("replay", "../s.json").out == told.out
    (tmp_path / "b/strait").rename(tmp_path / "other")
    for command in (("replay", "../s.json"), ("play", "--plain", "--load", "../s.json")):
        gone = brink(*command)
        assert (gone.code, "strait/scenario.yaml: --scenario PATH says where it is" in gone.sentence) == (1, True)
    assert brink("replay", "../s.json", "--scenario", "../other").out == told.out
    assert brink("play", "--plain", "--load", "../s.json", "--scenario", "../other").code == 0
    assert brink("play", "x", "--plain", "--load", "../s.json", "--scenario", "../other").code == 2
    assert brink("play", "--scenario", "../other").code == 2


@pytest.mark.slow
def test_a_save_that_is_loaded_by_its_path_is_gone_on_with(
    brink: Brink, small: str, tmp_path: Path, monkeypatch
) -> None:
    """It becomes no branch, and nobody is said to have saved it; a copy that is older than the game does."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    store, scenario = Store(default_folder()), load_scenario(tmp_path / small, {})
    session = Session.new(scenario, 5, people=["us"], game_id="once")
    path = store.autosave(session).path
    copy = tmp_path / "copy.json"
    copy.write_bytes(path.read_bytes())
    monkeypatch.setattr("sys.stdin", io.StringIO("q\nq\n"))
    told = brink("play", "--plain", "--load", str(path), "--scenario", str(tmp_path / small))
    assert (told.code, "somebody else" in told.out, len(store.list())) == (0, False, 1)
    store.rename("once", "Another title")
    told = brink("play", "--plain", "--load", str(copy), "--scenario", str(tmp_path / small))
    assert (told.code, "somebody else" in told.out, len(store.list())) == (0, True, 2)
