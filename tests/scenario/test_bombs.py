"""Scenarios that are made to exhaust a machine are refused, or checked and played within bounds; nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenario.bombs import BOMBS
from tests.scenario.minimal import FILE

ROOT = Path(__file__).resolve().parents[2]

SECONDS = 8.0
"""Processor time that a check, or a game, may take."""

KILOBYTES = 300_000
"""Memory that it may take."""

CUT_OFF = 60
"""Seconds of processor time after which the system ends it."""


@dataclass(frozen=True)
class Use:
    """What a command printed, and what it took."""

    code: int
    words: str
    seconds: float
    kilobytes: int


WATCHER = """
import json, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=limit)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
words = done.stdout.decode()
print(json.dumps([done.returncode, words, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Runs a command that can write no file, and tells what it took; a small process, for memory is counted from the fork
on, and what the tests themselves hold is not the command's."""


def use_of(folder: Path, *arguments: str) -> Use:
    """Runs `brink` in a folder, where it can't write."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WATCHER, str(CUT_OFF), sys.executable, "-m", "engine.cli", *arguments]
    watched = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return Use(*json.loads(watched.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_harmless(name: str, tmp_path: Path):
    """Its check keeps to some seconds and 300 MB; what is refused is refused by its limit, and no file appears."""
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
