"""A hint names the command that adds an extra to the very Python that runs, however it was installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine import installed


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own, somewhere else than the folder one stands in, with a pip that is not on the path."""
    (tmp_path / "env" / "bin").mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "env" / "bin" / "python"))
    monkeypatch.setattr(installed, "is_checkout", lambda: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "env"


def test_from_an_index(env: Path) -> None:
    """By the Python itself, where pip on the path is another's."""
    assert installed.add_extra("query") == f"{env}/bin/python -m pip install 'brinkmanship[query]'"


def test_in_an_active_environment(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As everybody types it."""
    (env / "bin" / "pip").write_text("#!/bin/sh\n")
    (env / "bin" / "pip").chmod(0o755)
    monkeypatch.setenv("PATH", str(env / "bin"))
    assert installed.add_extra("query") == "pip install 'brinkmanship[query]'"


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        ("pipx_metadata.json", "pipx install --force 'brinkmanship[report]'"),
        ("uv-receipt.toml", "uv tool install --force 'brinkmanship[report]'"),
    ],
)
def test_by_a_keeper_of_programs(env: Path, receipt: str, said: str) -> None:
    """By the keeper itself."""
    (env / receipt).write_text("")
    assert installed.add_extra("report") == said


def test_where_there_is_no_pip(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that uv has made has none."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert installed.add_extra("query") == f"uv pip install --python {env}/bin/python 'brinkmanship[query]'"


def test_in_a_checkout(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own folder with its own environment; from elsewhere by its path, with spaces and all."""
    monkeypatch.setattr(installed, "is_checkout", lambda: True)
    top = env.parent / "my copy"
    (top / ".venv" / "bin").mkdir(parents=True)
    monkeypatch.setattr(installed, "ABOVE", top)
    monkeypatch.setattr(sys, "executable", str(top / ".venv" / "bin" / "python"))
    assert installed.add_extra("query").endswith(f" -e '{top}[query]'")
    monkeypatch.chdir(top)
    assert installed.add_extra("query") == ".venv/bin/pip install -e '.[query]'"
