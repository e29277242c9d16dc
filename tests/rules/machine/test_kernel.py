"""Compiled code is compiled once for a processor, and from then on loaded; what is damaged is compiled anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.files import cache
from engine.rules.machine import building, kernel, readiness

pytestmark = pytest.mark.slow
"""The first use compiles, which takes some ten seconds."""


class Compiler:
    """Gives the code that this machine has, and counts how often it was asked."""

    def __init__(self) -> None:
        kernel.paces()
        place = readiness.folder()
        assert place is not None
        entry = min(place.glob(f"*{cache.SUFFIX}"))
        content = cache.load(entry.stem, place)
        assert content is not None
        asked, _, self.code = content.partition(b"\n")
        self.asked, self.times = asked.decode().split(), 0

    def __call__(self, machine: Any) -> tuple[bytes, list[str]]:
        self.times += 1
        return self.code, self.asked


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    """What is asked to compile."""
    compiler = Compiler()
    monkeypatch.setattr(building, "built", compiler)
    return compiler


@pytest.fixture
def place(compiler: Compiler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where code is kept, which is not there yet."""
    monkeypatch.setattr(readiness, "folder", lambda: tmp_path / "compiled-1")
    return tmp_path / "compiled-1"


def loaded() -> None:
    """As by a process that begins."""
    assert callable(kernel.paces.__wrapped__())


def test_it_is_compiled_once(place: Path, compiler: Compiler) -> None:
    """And found by whoever begins next; what earlier code was compiled to is gone."""
    (place.parent / "compiled-0").mkdir()
    assert not readiness.is_compiled()
    loaded()
    assert readiness.is_compiled()
    loaded()
    assert compiler.times == 1
    assert [path.name for path in place.parent.iterdir()] == ["compiled-1"]


def test_another_processor_has_its_own(place: Path, compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where several machines share a home."""
    loaded()
    monkeypatch.setenv("NUMBA_CPU_FEATURES", "")
    loaded()
    assert compiler.times == len(list(place.iterdir())) == 2


@pytest.mark.parametrize("number", [0, 40, -1])
def test_what_is_damaged_is_compiled_anew(place: Path, compiler: Compiler, number: int) -> None:
    """A byte anywhere: code that is not what was kept never runs."""
    loaded()
    (entry,) = place.iterdir()
    whole = bytearray(entry.read_bytes())
    whole[number] ^= 1
    entry.write_bytes(whole)
    loaded()
    assert compiler.times == 2
    loaded()
    assert compiler.times == 2


def test_nothing_is_believed_where_others_may_write(place: Path, compiler: Compiler) -> None:
    """Nor kept there."""
    loaded()
    place.chmod(0o777)
    loaded()
    loaded()
    assert compiler.times == 3


def test_without_a_place_it_is_compiled_each_time(compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user without a home."""
    monkeypatch.setattr(readiness, "folder", lambda: None)
    assert not readiness.is_compiled()
    loaded()
    assert compiler.times == 1


def test_what_is_kept_needs_no_numba() -> None:
    """A process loads it and plays with LLVM alone."""
    kernel.paces()
    code = (
        "import sys; from engine.rules import Rules; from engine.scenario.load import load_scenario\n"
        "rules = Rules(load_scenario('cuba-1962'), 'numba'); rules.step(rules.open(1))\n"
        "print({'numba', 'llvmlite'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "{'llvmlite'}\n"
