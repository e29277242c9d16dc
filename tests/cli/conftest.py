"""The command line, called as a function, on a small scenario in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main
from tests.scenario.minimal import MINIMAL


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as one JSON object."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line of an error; nothing else was printed."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        return self.err.rstrip("\n")


Brink = Callable[..., Answer]


@pytest.fixture
def brink(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Brink:
    """Calls `brink` with some arguments, on 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Answer:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return call


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of a small scenario, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(MINIMAL, encoding="utf-8")
    return "small.yaml"


@pytest.fixture
def bracketed(tmp_path: Path, small: str) -> str:
    """The same, with titles full of what Rich would take for markup."""
    text = MINIMAL
    for old, new in (
        ("title: A small crisis", 'title: "[red]A [/x] small [link=y]crisis :smile:"'),
        ("title: Status", 'title: "[bold]Status"'),
        ("title: Russia", 'title: "[Russia]"'),
        ("title: Warn", 'title: "[/]Warn"'),
        ("question: Shall the", 'question: "[u]Shall the'),
        ("be settled?", 'be settled?"'),
        ("title: No decision", 'title: "[dim]No decision"'),
        ("title: Independent}", 'title: "[dim]Independent"}'),
        ("title: Council", 'title: "[Council]"'),
    ):
        text = text.replace(old, new)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    return small
