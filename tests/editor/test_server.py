"""The real yaml-language-server, driven over its protocol, knows the format of a new scenario by its first line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.scenario.creation import create
from engine.scenario.meanings import meanings_of
from engine.scenario.models import Actor, Stance
from tests.editor.server import SERVER, Editor

pytestmark = pytest.mark.editor

STANCE = "salience: 0.4"
"""Where a number of a stance is written in the new scenario, and nowhere else."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a new scenario."""
    assert SERVER.exists(), "yaml-language-server is not installed: run `make editor-test`, which installs it"
    create(tmp_path / "crisis")
    return tmp_path / "crisis" / "scenario.yaml"


@pytest.fixture
def editor() -> Iterator[Editor]:
    """An editor."""
    with Editor() as started:
        yield started


def found(text: str, words: str) -> tuple[int, int]:
    """The line and the character at which words stand, both from 0."""
    before = text[: text.index(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_the_editor_finds_nothing_wrong_with_a_new_scenario(file: Path, editor: Editor) -> None:
    """No false alarm."""
    editor.open(file, file.read_text(encoding="utf-8"))
    assert editor.diagnostics() == []


def test_the_editor_completes_the_fields_of_an_actor(file: Path, editor: Editor) -> None:
    """Inside ``actors:`` it offers what an actor may say, and not what it has said already."""
    text = file.read_text(encoding="utf-8").replace("    title: Marn\n", "    title: Marn\n    \n")
    editor.open(file, text)
    line, _ = found(text, "    title: Marn\n")
    offered = set(editor.completions(line + 1, 4))
    assert {"playable", "in_text", "temperature", "wants", "fears"} <= offered
    assert not {"title", "stances", "tempo"} & offered
    assert offered <= set(Actor.model_fields)


def test_the_editor_completes_the_fields_of_a_vote(file: Path, editor: Editor) -> None:
    """Deep inside an action as well."""
    text = file.read_text(encoding="utf-8").replace("      in: league\n", "      in: league\n      \n")
    editor.open(file, text)
    line, _ = found(text, "      in: league\n")
    assert {"pass_expects", "fail_expects"} <= set(editor.completions(line + 1, 6))


def test_the_editor_shows_what_a_field_means(file: Path, editor: Editor) -> None:
    """The words are those of the models."""
    text = file.read_text(encoding="utf-8")
    editor.open(file, text)
    line, character = found(text, STANCE)
    said = editor.hover(line, character + 2)
    assert meanings_of(Stance)["salience"] in said.replace("\\", "")


def test_the_editor_shows_what_a_part_means(file: Path, editor: Editor) -> None:
    """A field that holds a record of its own is explained as well."""
    text = file.read_text(encoding="utf-8")
    editor.open(file, text)
    line, character = found(text, "pass: {majority: true}")
    assert "question passes" in editor.hover(line, character + 1)


def test_the_editor_marks_a_wrong_type_where_it_stands(file: Path, editor: Editor) -> None:
    """A word where a number belongs."""
    text = file.read_text(encoding="utf-8").replace(STANCE, "salience: much")
    editor.open(file, text)
    (wrong,) = editor.diagnostics()
    line, character = found(text, "salience: much")
    assert wrong["range"]["start"] == {"line": line, "character": character + len("salience: ")}
    assert "number" in wrong["message"]


def test_the_editor_marks_an_unknown_key_where_it_stands(file: Path, editor: Editor) -> None:
    """A misspelled field."""
    text = file.read_text(encoding="utf-8").replace("    title: Marn\n", "    title: Marn\n    capabilty: 1\n")
    editor.open(file, text)
    (wrong,) = editor.diagnostics()
    line, character = found(text, "capabilty")
    assert wrong["range"]["start"] == {"line": line, "character": character}
    assert "capabilty" in wrong["message"]


def test_the_editor_knows_histories_too(file: Path, editor: Editor) -> None:
    """By the first line of the history beside the scenario."""
    history = file.with_name("history.yaml")
    text = history.read_text(encoding="utf-8")
    editor.open(history, text.replace("history_format: 1", "history_format: 2"))
    assert len(editor.diagnostics()) == 1
