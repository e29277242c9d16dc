"""Saves remember where their scenario was, and it is found again from any folder, or the remedy is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.play.game import Game
from engine.play.journal import SaveError, journal_of, load, read_journal, write
from engine.play.whereabouts import find_again, place_of
from engine.rules import Rules
from engine.scenario.load import load_scenario
from tests.play.tables import TWO_MOVES


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A save of a scenario that was given as ``b/strait`` from the folder above."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b/strait").mkdir(parents=True)
    (tmp_path / "b/strait/scenario.yaml").write_text(TWO_MOVES)
    write(journal_of(Game(Rules(load_scenario("b/strait")), 2), place_of("b/strait")), "s.json")
    return tmp_path / "s.json"


def test_it_is_found_from_another_folder(save: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its absolute path."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert not load(save).turns
    assert find_again(read_journal(save)) == str(tmp_path / "b/strait/scenario.yaml")


def test_what_was_moved_with_its_folder_is_found_again(save: Path, tmp_path: Path, monkeypatch) -> None:
    """From the folder of today, and from that of the save, by the path as it was given."""
    (tmp_path / "new").mkdir()
    shutil.move(tmp_path / "b", tmp_path / "new/b")
    with pytest.raises(SaveError, match="no longer at"):
        load(save)
    monkeypatch.chdir(tmp_path / "new")
    assert not load(save).turns
    monkeypatch.chdir(tmp_path)
    assert find_again(read_journal(save), tmp_path / "new") == str(tmp_path / "new/b/strait")


def test_of_several_the_one_with_the_same_content_is_taken(save: Path, tmp_path: Path, monkeypatch) -> None:
    """What was changed gives way to a copy that was not; where all are changed, that is said."""
    shutil.copytree(tmp_path / "b", tmp_path / "copy/b")
    file = tmp_path / "b/strait/scenario.yaml"
    file.write_text(TWO_MOVES.replace("title: ", "title: Not ", 1))
    monkeypatch.chdir(tmp_path / "copy")
    assert not load(save).turns
    shutil.rmtree(tmp_path / "copy/b")
    with pytest.raises(SaveError, match=r"has changed since .* --scenario PATH"):
        load(save)


def test_what_is_gone_is_told_with_the_remedy(save: Path, tmp_path: Path) -> None:
    """In one sentence; the save stays."""
    shutil.rmtree(tmp_path / "b")
    before = save.read_bytes()
    with pytest.raises(SaveError, match=r"no longer at .*/b/strait/scenario.yaml: --scenario PATH says where it is"):
        load(save)
    assert save.read_bytes() == before


def test_a_bundled_scenario_needs_no_place() -> None:
    """It comes with the game; nor is a path kept that no save could hold."""
    assert place_of("kosovo-2007") is None
    assert place_of("caf\udce9/x.yaml") is None
