"""`brink doctor` says what is there, what is missing and what to do, and exits with 1 where the game can't run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine.cli.doctor import looking, surroundings
from engine.files import cache
from engine.installed import add_extra
from tests.cli.conftest import Brink


def found(answer: object) -> dict[str, dict[str, str]]:
    """What was found, by part and name."""
    return {f"{one['part']}.{one['name']}": one for one in answer.json["findings"]}  # type: ignore[attr-defined]


def test_all_is_well_here(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the tests run, the game runs; and looking leaves nothing behind."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    answer = brink("doctor", "--json")
    assert answer.code == 0
    assert answer.json["ok"]
    told = found(answer)
    assert told["Scenarios.bundled"]["says"] == "cuba-1962, kosovo-2007, suez-1956, vienna-2015"
    assert {one["state"] for name, one in told.items() if name.startswith("Libraries.")} == {"good"}
    assert told["Game.python"]["says"].startswith(".".join(map(str, sys.version_info[:3])))
    assert list(tmp_path.iterdir()) == []
    assert "Everything that the game needs is there." in brink("doctor").out


def test_a_folder_that_cannot_be_written_is_broken(
    brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do about it, and exit code 1."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "file" / "home"))
    answer = brink("doctor", "--json")
    assert answer.code == 1
    assert not answer.json["ok"]
    assert "BRINK_HOME" in found(answer)["Folders.saves"]["remedy"]
    assert "2 things that the game needs are broken." in brink("doctor").out


def test_the_cache_is_told_with_its_size(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And where it can't be used, that the game lives without."""
    monkeypatch.setenv("BRINK_HOME", str(tmp_path / "home"))
    cache.keep("thing-1", bytes(2_340_000))
    told = found(brink("doctor", "--json"))["Folders.cache"]
    assert (told["says"], told["state"]) == (f"{tmp_path / 'home' / 'cache'}: 2.3 MB, at most 128 MB", "good")
    (tmp_path / "home" / "cache").chmod(0o777)
    answer = brink("doctor", "--json")
    told = found(answer)["Folders.cache"]
    assert (answer.code, told["state"]) == (0, "lacking")
    assert told["says"].endswith("cache: others may write into it; nothing is kept")
    assert "BRINK_HOME" in told["remedy"]


def test_a_library_that_is_gone_is_broken_and_an_extra_is_not(brink: Brink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one ends the game, the other is told with the command that adds it."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = found(brink("doctor", "--json"))
    assert told["Extras.query"]["state"] == "lacking"
    assert told["Extras.query"]["remedy"] == add_extra("query")
    monkeypatch.setitem(sys.modules, "yaml", None)
    answer = brink("doctor", "--json")
    assert answer.code == 1
    assert found(answer)["Libraries.pyyaml"]["state"] == "broken"


def test_scenarios_that_are_gone_are_broken(brink: Brink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after half an installation."""
    monkeypatch.setattr("engine.scenario.places.BUNDLED", tmp_path)
    monkeypatch.setattr(looking, "SEEDS", tmp_path)
    told = found(brink("doctor", "--json"))
    assert told["Scenarios.bundled"]["state"] == told["Scenarios.articles"]["state"] == "broken"


@pytest.mark.parametrize(
    ("environment", "name", "state"),
    [
        ({"TERM": "dumb"}, "TERM", "lacking"),
        ({"TERM": ""}, "TERM", "lacking"),
        ({"TERM": "xterm-256color"}, "TERM", "good"),
        ({"COLUMNS": "40", "LINES": "10"}, "size", "lacking"),
        ({"COLUMNS": "80", "LINES": "24"}, "size", "good"),
    ],
)
def test_a_terminal_that_can_less_is_told(
    environment: dict[str, str], name: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is needed for the screens; nothing of it is broken."""
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    told = {finding.name: finding for finding in surroundings.terminal()}
    assert told[name].state == state
    assert bool(told[name].remedy) == (state == "lacking")
