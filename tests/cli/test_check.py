"""`brink check` and `brink upgrade`: pages, baselines, exit codes, JSON, watching; backups that nothing overwrites."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Brink
from tests.scenario.minimal import MINIMAL, replaced

ROOT = Path(__file__).resolve().parents[2]

IDLE = replaced("\nflags:\n", "\nflags:\n  idle: nothing\n")
"""A scenario with one warning."""

HINTED = replaced("  deadline: {on", "  visit: {on: 2007-12-01, title: A visit, assumed: x}\n  deadline: {on")
"""A scenario with one hint."""

BROKEN = replaced("by: kosovo", "by: kosova")
"""A scenario with one error."""

DRAFT = MINIMAL.replace("format: 1", "format: 0").replace("    pass: {yes", "    voting: {yes")
"""A scenario in format 0."""

SOON = 0.2
"""Seconds after a save within which a check must have begun."""


def put(text: str) -> None:
    """Writes the small scenario anew."""
    Path("small.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("text", "code", "strict"), [(MINIMAL, 0, 0), (HINTED, 0, 0), (IDLE, 0, 1), (BROKEN, 1, 1)])
def test_exit_codes(brink: Brink, small: str, text: str, code: int, strict: int):
    """Errors are 1, warnings only with --strict, hints never."""
    put(text)
    assert brink("check", small).code == code
    assert brink("check", small, "--strict").code == strict


def test_pages_and_codes(brink: Brink):
    """A page is shown by its code in any letters; every code is listed; an unknown one gets the nearest."""
    page = brink("check", "--explain", "w622")
    assert page.code == 0
    assert page.out.startswith("W622 (warning): a flag that is set and never read\n")
    assert "Wrong:\n" in page.out
    assert "E203  unknown name" in brink("check", "--codes").out
    answer = brink("check", "--explain", "W6222")
    assert (answer.code, answer.sentence) == (2, 'brink: there is no finding "W6222", did you mean "W622"?')


def test_a_scenario_is_needed(brink: Brink):
    """Without a path, --explain or --codes there is nothing to do."""
    assert brink("check").code == 2


def test_a_remark_accepts_a_finding(brink: Brink, small: str):
    """It counts as accepted and is no warning any more."""
    put(IDLE.replace("  idle: nothing", "  # ok: W621 for the next chapter\n  idle: nothing"))
    answer = brink("check", small, "--strict")
    assert answer.code == 0
    assert "0 warnings, 0 hints; 1 accepted by remarks" in answer.out


def test_a_baseline_hides_what_is_old(brink: Brink, small: str):
    """Old findings are hidden wherever they have moved to, new ones are told, and mended ones are counted."""
    put(IDLE)
    assert brink("check", small, "--baseline", "old.json", "--write-baseline").code == 0
    put("# moved by a line\n" + IDLE.replace("groups:\n", "groups:\n  west: [us]\n"))
    answer = brink("check", small, "--baseline", "old.json", "--strict")
    assert answer.code == 1
    assert "W627" in answer.out
    assert "W621" not in answer.out
    assert "1 in the baseline" in answer.out
    put(MINIMAL)
    assert "1 of the baseline mended" in brink("check", small, "--baseline", "old.json").out


def test_what_is_no_baseline_is_left_alone(brink: Brink, small: str):
    """A baseline is written over a baseline only; a file that is none gets a sentence."""
    put(IDLE)
    for content in (
        "precious",
        "{}",
        '{"brink_baseline": 9, "findings": []}',
        '{"brink_baseline": 1, "findings": [1]}',
    ):
        Path("other.json").write_text(content, encoding="utf-8")
        for more in ((), ("--write-baseline",)):
            answer = brink("check", small, "--baseline", "other.json", *more)
            assert answer.code == 2
            assert "other.json: is" in answer.sentence
        assert Path("other.json").read_text(encoding="utf-8") == content
    assert brink("check", small, "--baseline", "none.json").code == 2
    assert brink("check", small, "--write-baseline").code == 2


def test_json_says_all_that_is_found(brink: Brink, small: str):
    """Counts, problems with their codes, what was accepted, and the baseline."""
    put(HINTED.replace("\nflags:\n", "\nflags:\n  idle: nothing  # ok: W621 later\n"))
    content = brink("check", small, "--json").json
    assert (content["brink_check"], content["ok"]) == (1, True)
    assert (content["errors"], content["warnings"], content["hints"]) == (0, 0, 1)
    assert [problem["code"] for problem in content["problems"]] == ["I630"]
    assert [problem["code"] for problem in content["accepted"]] == ["W621"]
    assert content["baseline"] == {"known": 0, "mended": 0}


def read_until(stream: int, words: bytes, seconds: float) -> bytes:
    """What comes from a pipe until these words are there."""
    os.set_blocking(stream, False)
    found, end = b"", time.monotonic() + seconds
    while words not in found and time.monotonic() < end:
        try:
            found += os.read(stream, 65536)
        except BlockingIOError:
            time.sleep(0.005)
    return found


@pytest.mark.slow
def test_watching_checks_again_after_a_save(small: str, tmp_path: Path):
    """A save is answered, also one that removes the file for a moment; Ctrl-C ends it with 0 and no traceback."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "engine.cli", "check", small, "--watch"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=-1, stderr=-1) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        handle = program.stdout.fileno()
        assert b"0 errors, 0 warnings" in read_until(handle, b"Ctrl-C ends", 60)
        put(BROKEN)
        assert b"E203" in read_until(handle, b"Ctrl-C ends", 60)
        Path(small).unlink()
        assert b"there is no such file" in read_until(handle, b"Ctrl-C ends", 60)
        put(MINIMAL)
        assert b"0 errors, 0 warnings" in read_until(handle, b"Ctrl-C ends", 60)
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0
        assert program.stderr.read() == b""


def test_looking_is_frequent_and_sees_every_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two looks lie a quarter of the promised time apart, and a change of any file read is a new signature."""
    from engine.cli.watching import EVERY
    from engine.scenario.places import ScenarioPlace
    from engine.scenario.watched import signature_of

    assert EVERY <= SOON / 4
    place = ScenarioPlace(tmp_path / "scenario.yaml", "scenario.yaml")
    (tmp_path / "sources").mkdir()
    seen = [signature_of(place)]
    for name in ("scenario.yaml", "history.yaml", "sources/index.yaml", "sources/memo.txt", "scenario.yaml"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("x")
        seen.append(signature_of(place))
    assert len(set(seen)) == len(seen)


def test_upgrading_shows_first_and_writes_when_asked(brink: Brink, small: str):
    """The diff is shown either way; the file changes with --in-place, and the old text is kept each time."""
    put(DRAFT)
    shown = brink("upgrade", small)
    assert shown.code == 0
    assert "-    voting: {yes" in shown.out
    assert "+    pass: {yes" in shown.out
    assert Path(small).read_text(encoding="utf-8") == DRAFT
    assert brink("upgrade", small, "--dry-run").out == shown.out
    for backup in ("small.yaml.bak", "small.yaml.bak2"):
        put(DRAFT)
        assert backup in brink("upgrade", small, "--in-place").out
        assert Path(backup).read_text(encoding="utf-8") == DRAFT
        assert Path(small).read_text(encoding="utf-8") == MINIMAL
    assert "already" in brink("upgrade", small, "--in-place").out
    assert not Path("small.yaml.bak3").exists()


@pytest.mark.parametrize(("format_", "code"), [("7", 1), ("x", 1)])
def test_what_cannot_be_upgraded_is_not_touched(brink: Brink, small: str, format_: str, code: int):
    """One sentence, and neither a change nor a backup."""
    text = MINIMAL.replace("format: 1", f"format: {format_}")
    put(text)
    answer = brink("upgrade", small, "--in-place")
    assert answer.code == code
    assert answer.err.count("\n") == 1
    assert Path(small).read_text(encoding="utf-8") == text
    assert sorted(path.name for path in Path().iterdir()) == ["small.yaml"]


def test_a_baseline_is_plain_json(brink: Brink, small: str):
    """So that it can be read in a review."""
    put(IDLE)
    brink("check", small, "--baseline", "old.json", "--write-baseline")
    content = json.loads(Path("old.json").read_text(encoding="utf-8"))
    assert content["findings"] == [{"code": "W621", "path": "flags.idle", "message": "is never used", "times": 1}]
