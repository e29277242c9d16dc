"""Scenarios that are made to exhaust a machine are refused, or checked and played within bounds; nothing is written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenario.bombs import BOMBS
from tests.scenario.minimal import FILE

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 2.0
"""Processor time that a check, or a game, may take."""

KILOBYTES = 300_000
"""Memory that it may take."""

CUT_OFF = 30
"""Seconds of processor time after which the system ends it."""


@dataclass(frozen=True)
class Use:
    """What a command printed, and what it took."""

    code: int
    words: str
    seconds: float
    kilobytes: int


def bounded() -> None:
    """In the process of the command: no file can be written, and an endless loop is ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CUT_OFF, CUT_OFF))


def use_of(folder: Path, *arguments: str) -> Use:
    """Runs `brink` in a folder, where it can't write."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "engine.cli", *arguments]
    program = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=bounded,  # noqa: PLW1509  nothing else runs in this process yet
    )
    assert program.stdout is not None
    with program.stdout:
        words = program.stdout.read().decode()
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    return Use(program.returncode, words, used.ru_utime + used.ru_stime, used.ru_maxrss)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_harmless(name: str, tmp_path: Path):
    """Its check keeps to two seconds and 300 MB; what is refused is refused by its limit, and no file appears."""
    make, code = BOMBS[name]
    (tmp_path / FILE).write_text(make(), encoding="utf-8")
    use = use_of(tmp_path, "check", FILE)
    assert "Traceback" not in use.words
    assert use.code == bool(code), use.words[:500]
    assert code in use.words
    assert use.seconds < SECONDS
    assert use.kilobytes < KILOBYTES
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, (_, code) in BOMBS.items() if not code])
def test_a_bomb_within_the_limits_can_be_played(name: str, tmp_path: Path):
    """A whole game of it ends without a traceback, within the same memory, and writes nothing."""
    (tmp_path / FILE).write_text(BOMBS[name][0](), encoding="utf-8")
    use = use_of(tmp_path, "run", FILE)
    assert use.code == 0, use.words[-500:]
    assert "Traceback" not in use.words
    assert use.kilobytes < KILOBYTES
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
