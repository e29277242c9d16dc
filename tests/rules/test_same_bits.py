"""A run is the same to the last bit on every processor, Python and numpy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.bits import KNOWN

TOP = Path(__file__).parents[2]

SETTINGS = {
    "as it is": {},
    "no AVX-512": {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR"},
    "no AVX2, and a C library without FMA": {
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
def test_every_cell_is_the_same_whatever_the_processor_can(setting: str) -> None:
    """One hash of 300 runs for each bundled scenario, with the processor's newer instructions taken away in turn."""
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.rules.bits"],
        env={**os.environ, **SETTINGS[setting]},
        cwd=TOP,
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout == KNOWN.read_text(encoding="utf-8")
