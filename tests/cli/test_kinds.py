"""Every command that takes a file knows what it was given, and `check` checks it as that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.scenario.kinds import Kind, Recognised, kind_of, recognise
from engine.scenario.limits import LARGEST_FILE
from tests.cli.conftest import Brink
from tests.scenario.minimal import MINIMAL

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
runs: 10
uncertainties:
  status: {path: issues.status.start, range: [30, 40]}
design: {latin_hypercube: 4}
"""
FILES: dict[str, tuple[Kind, bytes]] = {
    "e.yaml": (Kind.EXPERIMENT, EXPERIMENT.encode()),
    "o.yaml": (Kind.ORDERS, b"orders:\n  0: hold\n"),
    "history.yaml": (Kind.HISTORY, b"history_format: 1\nentries: []\n"),
    "i.yaml": (Kind.INDEX, b"sources: {}\n"),
    "t.csv": (Kind.TABLE, b"actor,position\nGermany,70\n"),
    "u.csv": (Kind.TABLE, b"a;b\r\n1,5;2\r\n"),
    "v.csv": (Kind.TABLE, "a\tb\n1\t2\n".encode("utf-16")),
    "s.json": (Kind.SAVE, b'{"journal_format": 2}'),
    "m.json": (Kind.MANIFEST, b'{\n "results_format": 2}'),
    "l.json": (Kind.LOCK, b'{\n "lock_format": 1}'),
    "card.json": (Kind.CARD, b'{\n "card_format": 1}'),
    "posterior.json": (Kind.POSTERIOR, b'{\n "posterior_format": 1}'),
    "over.yaml": (Kind.CALIBRATION, b"calibration_format: 1\nnumbers: {}\n"),
    "x.schema.json": (Kind.SCHEMA, b'{"$schema": "http://json-schema.org/draft-07/schema#"}'),
    "any.json": (Kind.JSON, b'{"a": 1}'),
    "p.html": (Kind.PAGE, b"<!doctype html><html>"),
    "a.py": (Kind.PROGRAM, b"import os\nprint(os)\n"),
    "n.txt": (Kind.TEXT, b"The talks go on.\n"),
    "c.png": (Kind.FOREIGN, b"\x89PNG\r\n\x1a\n..."),
    "b.xlsx": (Kind.FOREIGN, b"PK\x03\x04..."),
    "part.parquet": (Kind.FOREIGN, b"PAR1..."),
    "scenario.yaml": (Kind.SCENARIO, MINIMAL.encode()),
    "marked.yaml": (Kind.SCENARIO, b"\xef\xbb\xbf" + MINIMAL.encode()),
}


@pytest.mark.parametrize("name", FILES)
def test_kinds_are_told_by_what_is_in_a_file(tmp_path: Path, name: str) -> None:
    """Not by the name, which may be any."""
    kind, content = FILES[name]
    (tmp_path / name).write_bytes(content)
    assert kind_of(tmp_path / name) is kind


def test_folders(tmp_path: Path) -> None:
    """A folder is what its files make it."""
    for name, file in {"a": "scenario.yaml", "b": "manifest.json", "c": "index.yaml"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("")
    kinds = [kind_of(tmp_path / name) for name in "abc"]
    assert kinds == [Kind.SCENARIO, Kind.RESULTS, Kind.SOURCES]
    found = recognise(tmp_path)
    assert found is not None
    assert found.kind is Kind.FOLDER
    assert found.advice.startswith("did you mean ")


@pytest.mark.parametrize("name", [name for name, (kind, _) in FILES.items() if kind is not Kind.SCENARIO])
@pytest.mark.parametrize("command", [("run",), ("show",), ("test",), ("batch", "--runs", "1")])
def test_a_command_for_scenarios_says_what_it_was_given(brink: Brink, small: str, name: str, command: tuple[str, ...]):
    """Exit 2, and one sentence with what it is and the command that is for it."""
    kind, content = FILES[name]
    Path(name).write_bytes(content)
    answer = brink(*command, name)
    assert answer.code == 2
    assert f"{name} is " in answer.sentence
    assert "no scenario" in answer.sentence
    assert kind is Kind.FOREIGN or kind.value in answer.sentence


def test_check_of_an_experiment(brink: Brink, small: str) -> None:
    """It is held against the scenario beside it, and its own findings are told."""
    Path("scenario.yaml").write_text(MINIMAL)
    Path("e.yaml").write_text(EXPERIMENT)
    assert brink("check", "e.yaml").code == 0
    Path("e.yaml").write_text(EXPERIMENT.replace("issues.status.start", "issues.statsu.start"))
    answer = brink("check", "e.yaml")
    assert answer.code == 1
    assert "e.yaml:5:" in answer.out
    assert "statsu" in answer.out
    Path("e.yaml").write_text(EXPERIMENT.replace("small-crisis", "elsewhere"))
    assert 'there is no scenario "elsewhere"' in brink("check", "e.yaml").out


def test_check_of_a_bundled_experiment(brink: Brink) -> None:
    """An experiment in a scenario's own folder is checked with it."""
    path = Path(__file__).parents[2] / "scenarios" / "kosovo-2007" / "experiments" / "what-matters.yaml"
    answer = brink("check", path, "--json")
    assert answer.code == 0
    assert answer.json["kind"] == "experiment"


def test_check_of_orders_and_of_a_history(brink: Brink, small: str) -> None:
    """Each is held against its own format."""
    Path("o.yaml").write_text("orders:\n  0: {mov: hold}\n")
    answer = brink("check", "o.yaml")
    assert answer.code == 1
    assert 'unknown key "mov", did you mean "move"?' in answer.out
    Path("h.yaml").write_text("history_format: 1\nentries: [{on: 20.11.2007, title: It began, background: known}]\n")
    answer = brink("check", "h.yaml")
    assert answer.code == 1
    assert "write 2007-11-20" in answer.out


def test_check_of_results_and_saves(brink: Brink, small: str) -> None:
    """A folder of results is opened, a save is read."""
    assert brink("batch", small, "--runs", "3", "--out", "out").code == 0
    assert "is a folder of results: `brink summary out` sums it up" in brink("check", "out").out
    assert brink("run", small, "--save", "s.json").code == 0
    assert "is a save: `brink replay s.json`" in brink("check", "s.json").out
    Path("s.json").write_text(json.dumps({"journal_format": 2}))
    assert brink("check", "s.json").code == 1


@pytest.mark.parametrize("command", [("summary", "t.csv"), ("query", "t.csv", "select 1"), ("report", "t.csv")])
def test_a_command_for_results_says_what_it_was_given(brink: Brink, small: str, command: tuple[str, ...]) -> None:
    """A table is no folder of results, and the sentence says what it is."""
    Path("t.csv").write_text("a,b\n1,2\n")
    answer = brink(*command)
    assert answer.code == 1
    assert "holds no results of a batch: it is a table (CSV)" in answer.sentence


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_command(tmp_path: Path, kind: Kind) -> None:
    """Whatever somebody names in the place of something else."""
    assert Recognised(tmp_path / "a b", kind, kind.value).advice


def test_a_scenario_is_no_folder_of_results(brink: Brink, small: str) -> None:
    """Nor is a file that is too large to be read whole, and both are told."""
    for command in (("summary", small), ("query", small, "select 1"), ("report", small)):
        answer = brink(*command)
        assert answer.code == 1
        assert f"holds no results of a batch: it is a scenario; `brink run {small}` plays it" in answer.sentence
    Path("large.parquet").write_bytes(b"PAR1" + bytes(LARGEST_FILE))
    assert kind_of(Path("large.parquet")) is Kind.FOREIGN
