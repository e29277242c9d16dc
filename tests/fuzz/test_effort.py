"""Fuzzers try as much as they are told, and what breaks is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz.__main__ import Fuzzer, play
from tests.fuzz.effort import FOLDER, MINUTES, cases, keeping


def test_a_fuzzer_tries_as_much_as_the_minutes_allow(monkeypatch: pytest.MonkeyPatch):
    """Few cases are right for seconds; a minute is twenty times that, and never fewer than in `make test`."""
    monkeypatch.delenv(MINUTES, raising=False)
    assert cases(150) == 150
    monkeypatch.setenv(MINUTES, "2")
    assert cases(150) == 6000
    monkeypatch.setenv(MINUTES, "0.01")
    assert cases(150) == 150


def test_what_breaks_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A text, or a folder with all that can be copied of it; the last that broke takes the place of others."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "kept"))
    broken = tmp_path / "results"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    os.mkfifo(broken / "runs")
    (broken / "away").symlink_to("nowhere")
    with keeping("orders", "fine"):
        pass
    assert not (tmp_path / "kept").exists()
    for tried in ("broken text \ud800", broken):
        with pytest.raises(ZeroDivisionError), keeping("orders", tried):
            raise ZeroDivisionError
    kept = tmp_path / "kept" / "orders" / "input"
    assert sorted(entry.name for entry in kept.iterdir()) == ["away", "manifest.json"]


@pytest.mark.slow
def test_a_fuzzer_that_fails_leaves_its_words(tmp_path: Path):
    """The seed is in the name of what pytest said, the smallest input in it; who finds nothing leaves nothing."""
    written = tmp_path / "test_odd.py"
    written.write_text(
        "from hypothesis import given, strategies as st\n"
        "@given(st.integers())\n"
        "def test_small(number):\n"
        "    assert number < 1000\n"
    )
    fuzzer = Fuzzer(f"{written}::test_small")
    play(fuzzer, 5, 1.0, tmp_path / "kept")
    assert fuzzer.failed
    assert "number=1000" in (tmp_path / "kept" / fuzzer.name / "seed-5.txt").read_text()
    fine = Fuzzer("tests/scenario/test_spelling.py::test_a_letter_left_out")
    play(fine, 5, 1.0, tmp_path / "kept")
    assert not fine.failed and not (tmp_path / "kept" / fine.name / "seed-5.txt").exists()
