"""The programs of the page for Python run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import TOP

PROGRAMS = re.findall(r"```python\n(.*?)```", (TOP / "docs/how-to/use-from-python.md").read_text("utf-8"), re.DOTALL)


ONE_BY_ONE = """
import sys
for program in sys.argv[1:]:
    exec(compile(program, "<page>", "exec"), {"__name__": "__main__"})
    print("--- done", flush=True)
"""
"""Each with names of its own, but in one process, which starts and compiles once."""


@pytest.mark.slow
def test_each_program_runs(tmp_path: Path) -> None:
    """And prints something, without a warning."""
    assert len(PROGRAMS) == 3
    command = [sys.executable, "-W", "error", "-c", ONE_BY_ONE, *PROGRAMS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *printed, rest = done.stdout.split("--- done\n")
    assert [bool(text.strip()) for text in (*printed, rest)] == [True] * len(PROGRAMS) + [False]
