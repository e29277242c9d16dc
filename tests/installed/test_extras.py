"""Each extra, absent: what needs it says so in one sentence, and everything else works; present: it does its work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BLOCKED = """
import sys
from importlib.abc import MetaPathFinder

class Wall(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Wall())
from engine.cli import main
for words in {commands!r}:
    code = main(words)
    print("exit", code, flush=True)
"""
"""Runs commands in a Python that does not have some libraries."""

EXPERIMENT = """
experiment_format: 1
scenario: strait
runs: 2
uncertainties:
  start: {path: issues.passage.start, range: [5, 40]}
  tension: {path: values.tension.start, range: [0, 1]}
design: {saltelli: 16}
"""

NEEDS = {
    "query": ({"duckdb"}, ["query", "out", "select count(*) from runs"], "a question in SQL needs duckdb"),
    "analysis": (
        {"SALib"},
        ["sensitivity", "out", "--outcome", "score_orland"],
        "an analysis of sensitivity needs SALib",
    ),
    "discovery": (
        {"ema_workbench"},
        ["discover", "out", "--when", "score_orland > 50"],
        "the discovery of scenarios needs ema_workbench",
    ),
    "report": ({"matplotlib"}, ["report", "out", "-o", "page.html"], "a report needs matplotlib"),
    "cluster": (
        {"distributed", "dask"},
        ["batch", "strait", "--runs", "5", "--cluster", "tcp://127.0.0.1:1"],
        "a cluster needs dask",
    ),
    "excel": ({"xlsxwriter"}, ["export", "out", "book.xlsx"], "an Excel workbook needs xlsxwriter"),
}
"""By extra: the libraries that it brings, a command that needs them, and what is said without them."""

EVERYTHING = {
    *(library for libraries, _, _ in NEEDS.values() for library in libraries),
    *("pyarrow", "cairosvg", "sklearn", "seaborn"),
}

WITHOUT = [
    ["list"],
    ["check", "strait"],
    ["run", "strait"],
    ["batch", "strait", "--runs", "5"],
    ["summary", "out"],
    ["export", "out", "tables"],
    ["doctor"],
]
"""What works without any extra."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with results."""
    folder = tmp_path_factory.mktemp("extras")
    (folder / "e.yaml").write_text(EXPERIMENT, encoding="utf-8")
    commands = [["new", "strait"], ["batch", "strait", "--experiment", "e.yaml", "--out", "out"]]
    assert called(folder, set(), commands).stdout.count("exit 0") == 2
    return folder


def called(folder: Path, blocked: set[str], commands: list[list[str]]) -> subprocess.CompletedProcess[str]:
    """Some commands in a process of their own."""
    code = BLOCKED.format(blocked=blocked, commands=commands)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.slow
def test_absent_it_is_told_which_and_how_to_get_it(folder: Path) -> None:
    """In one sentence, for each of them, with exit code 1."""
    done = called(folder, EVERYTHING, [command for _, command, _ in NEEDS.values()])
    lines = done.stderr.splitlines()
    for name, (_, _, said) in NEEDS.items():
        told = [line for line in lines if line.startswith(f"brink: {said}: ")]
        assert [line.endswith(f"[{name}]'") for line in told] == [True], done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.split("exit ")[1:] == ["1\n"] * len(NEEDS)


@pytest.mark.slow
def test_absent_nothing_else_is_missed(folder: Path) -> None:
    """Playing, checking, counting and plain tables need none of them."""
    done = called(folder, EVERYTHING, WITHOUT)
    assert done.stdout.count("exit 0") == len(WITHOUT), done.stdout[-2000:] + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_present_each_works(folder: Path) -> None:
    """All but a cluster, which has tests of its own."""
    commands = [command for name, (_, command, _) in NEEDS.items() if name != "cluster"]
    done = called(folder, set(), commands)
    assert done.stdout.count("exit 0") == len(commands), done.stdout[-2000:] + done.stderr
