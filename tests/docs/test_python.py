"""The programs of the page for Python run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import TOP

PROGRAMS = re.findall(r"```python\n(.*?)```", (TOP / "docs/how-to/use-from-python.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.slow
def test_each_program_runs(tmp_path: Path) -> None:
    """And prints something, without a warning."""
    assert len(PROGRAMS) == 3
    for program in PROGRAMS:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout
