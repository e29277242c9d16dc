"""What is read before and after a game: list, show, dossier, explain, batch, check."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.places import list_scenarios
from tests.cli.conftest import Brink
from tests.scenario.minimal import MINIMAL, replaced


def test_list_names_every_bundled_scenario(brink: Brink) -> None:
    """With title, dates and sides."""
    content = brink("list", "--json").json["scenarios"]
    assert [entry["name"] for entry in content] == list(list_scenarios())
    told = brink("list")
    assert told.code == 0
    assert all(entry["name"] in told.out for entry in content)


def test_list_goes_on_where_a_scenario_cannot_be_used(brink: Brink, tmp_path: Path, monkeypatch) -> None:
    """A broken one is named with its first problem."""
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
        text = MINIMAL.replace("small-crisis", name) if name == "good" else "scenario_format: 1"
        (tmp_path / name / "scenario.yaml").write_text(text)
    monkeypatch.setattr("engine.scenario.places.BUNDLED", tmp_path)
    bad, good = brink("list", "--json").json["scenarios"]
    assert "is missing" in bad["problem"]
    assert (good["title"], good["turns"]) == ("A small crisis", 10)
    assert [side["actor"] for side in good["sides"]] == ["russia", "us"]
    assert "can't be used" in brink("list").out


def test_show_says_what_a_player_needs(brink: Brink, small: str) -> None:
    """Sides, issues with their scales, the rule and seats of institutions, calendar, size, sources."""
    told = brink("show", small).out
    for words in (
        "Russia (russia)",
        "0  as before",
        "100  independent",
        "passes with 2 votes for it; a no of Russia blocks it",
        "seats from 2008-01-01",
        "2007-12-10  The deadline",
        "6 options",
        "0 quotes found",
    ):
        assert words in told
    content = brink("show", small, "--json").json
    assert content["options"] == 6
    assert content["issues"][0]["scale"] == [{"at": 0, "words": "as before"}, {"at": 100, "words": "independent"}]
    assert content["institutions"][0]["seats"][2] == {"actor": "kosovo", "from": "2008-01-01", "until": None}


def test_dossier_says_where_an_actor_stands_and_what_it_may_do(brink: Brink, small: str) -> None:
    """In words of the scale."""
    told = brink("dossier", small, "us").out
    assert 'Status: 90, between "as before" and "independent"; cares 0.5' in told
    assert "Council: throughout" in told
    assert "Table a resolution (table_resolution, 6 weeks, again after 3 weeks)" in told
    assert "assumed: for the test" in told
    content = brink("dossier", small, "russia", "--json").json
    assert [action["id"] for action in content["actions"]] == ["recognise", "warn"]
    assert content["actions"][1]["targets"] == ["us", "kosovo"]
    assert content["stances"][0]["words"] == "as before"
    assert content["institutions"][0]["veto"] is True


def test_a_dossier_shows_quotes_with_their_source(brink: Brink, small: str, tmp_path: Path) -> None:
    """Speaker, reading, title, day and publisher."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "index.yaml").write_text(
        "sources: {note: {file: note.txt, publisher: The Paper, date: 2007-11-01, title: A note}}"
    )
    (tmp_path / "sources" / "note.txt").write_text("Moscow said: we shall never agree to that.")
    quote = '[{source: note, quote: "we shall never agree", by: Moscow, reading: "[firm]"}]'
    text = replaced("salience: 0.9, spread: 5, assumed: for the test", f"salience: 0.9, evidence: {quote}")
    (tmp_path / "small.yaml").write_text(text)
    told = brink("dossier", small, "russia").out
    assert '"we shall never agree", Moscow' in told
    assert "The Paper, 2007-11-01: A note" in told
    assert "read as: [firm]" in told
    (evidence,) = brink("dossier", small, "russia", "--json").json["stances"][0]["evidence"]
    assert (evidence["publisher"], evidence["date"], evidence["by"]) == ("The Paper", "2007-11-01", "Moscow")
    assert "A note (note, 1 quote)" in brink("show", small).out


def test_explain_adds_up(brink: Brink, small: str) -> None:
    """Terms sum to the gain, chances to one; what is not legal says why."""
    content = brink("explain", small, "--seed", 1, "--turn", 0, "--actor", "us", "--json").json
    by_action = {option["action"]: option for option in content["options"]}
    table, recognise = by_action["table_resolution"], by_action["recognise"]
    assert table["legal"]
    assert sum(table["terms"].values()) == pytest.approx(table["gain"])
    assert 0 <= table["passing"] <= 1
    assert (recognise["legal"], recognise["missing"], recognise["chance"]) == (False, ["declared"], 0)
    assert content["chance_of_nothing"] + sum(o["chance"] for o in content["options"]) == pytest.approx(1)


def test_explain_prints_reasons_in_words(brink: Brink, small: str) -> None:
    """A day stands for its turn, and a condition is printed in the author's words."""
    told = brink("explain", small, "--turn", "2007-11-22", "--actor", "russia").out
    assert told == brink("explain", small, "--turn", 0, "--actor", "russia").out
    assert "- Warn (warn): United States, Kosovo" in told
    assert "lacks the air is thick" in told
    assert "chance that the question passes" in brink("explain", small, "--turn", 0, "--actor", "us").out


def test_explain_tells_the_move_that_run_makes(brink: Brink, small: str) -> None:
    """The same seed, run and turn give the same move in both."""
    game = brink("run", small, "--seed", 1, "--json").json
    for turn in game["turns"]:
        for actor in ("russia", "us", "kosovo"):
            found = brink("explain", small, "--seed", 1, "--turn", turn["turn"], "--actor", actor, "--json").json
            moves = [m for m in turn["moves"] if m["actor"] == actor]
            made = moves[0]["action"] + (f":{moves[0]['target']}" if moves[0]["target"] else "") if moves else None
            assert found["taken"] == made


def test_batch_counts_every_run_once(brink: Brink, small: str) -> None:
    """Shares with their intervals, and a verdict for each expectation."""
    content = brink("batch", small, "--runs", 200, "--seed", 5, "--json").json
    assert set(content) == {"scenario", "seed", "runs", "seconds", "endings", "expect"}
    assert sum(ending["count"] for ending in content["endings"]) == 200
    assert all(set(e) == {"id", "title", "count", "share", "low", "high"} for e in content["endings"])
    assert all(e["low"] <= e["share"] <= e["high"] for e in content["endings"])
    assert [set(e) for e in content["expect"]] == [{"text", "share", "low", "high", "verdict"}] * 2
    assert [e["verdict"] for e in content["expect"]] == ["pass", "pass"]
    told = brink("batch", small, "--runs", 200, "--seed", 5)
    assert "PASS  chance of ending.independent at most 0.99" in told.out


def test_a_run_is_the_same_alone_and_in_a_batch(brink: Brink, small: str) -> None:
    """Endings of single runs add up to those of the batch."""
    alone = [brink("run", small, "--seed", 5, "--run", run, "--json").json["ending"] for run in range(12)]
    batch = brink("batch", small, "--runs", 12, "--seed", 5, "--json").json
    assert {e["id"]: e["count"] for e in batch["endings"]} == {e: alone.count(e) for e in ("independent", "frozen")}


def test_a_failed_expectation_is_an_error_only_when_strict(brink: Brink, small: str, tmp_path: Path) -> None:
    """A finding is no failure of the command."""
    (tmp_path / "small.yaml").write_text(replaced("at_most: 0.99,", "at_most: 0.01,"))
    assert brink("batch", small, "--runs", 300).code == 0
    answer = brink("batch", small, "--runs", 300, "--strict")
    assert answer.code == 1
    assert "FAIL" in answer.out


def test_check_of_a_good_scenario(brink: Brink, small: str) -> None:
    """Exit 0, and what it rests on."""
    answer = brink("check", small)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("small.yaml: 0 errors, 0 warnings, 0 hints\n")
    content = brink("check", small, "--json").json
    assert content["ok"] is True
    assert content["problems"] == []
    assert content["evidence"]["stances"] == 3


def test_check_of_a_bad_scenario_tells_every_problem(brink: Brink, small: str, tmp_path: Path) -> None:
    """Exit 1; each line is file:line:column, unwrapped, and nothing in it is obeyed by a terminal."""
    text = MINIMAL.replace("by: kosovo", "by: kosova").replace("needs:", "need:").replace("Clashes", '"\\e[31mred"')
    (tmp_path / "small.yaml").write_text(text)
    answer = brink("check", small)
    assert answer.code == 1
    assert all(line.startswith("small.yaml:") for line in answer.out.splitlines())
    assert "\x1b" not in answer.out
    content = brink("check", small, "--json").json
    assert content["ok"] is False
    assert {"file", "line", "column", "severity", "where", "message", "code", "also"} == set(content["problems"][0])
    assert any('did you mean "needs"?' in problem["message"] for problem in content["problems"])


@pytest.mark.parametrize(
    "command", [("run",), ("show",), ("batch", "--runs", 3), ("explain", "--turn", 0, "--actor", "us")]
)
def test_a_scenario_with_errors_is_not_used(brink: Brink, small: str, tmp_path: Path, command) -> None:
    """Every command says what `check` says, and exits with 1."""
    (tmp_path / "small.yaml").write_text(MINIMAL.replace("by: kosovo", "by: kosova"))
    answer = brink(command[0], small, *command[1:])
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("small.yaml:")
    assert 'did you mean "kosovo"?' in answer.err
