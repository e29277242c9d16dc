"""What `import brinkmanship` promises: names and signatures, as they are listed in surface.txt."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import brinkmanship
from engine.cli.reference.python import surface

LISTED = Path(__file__).with_name("surface.txt")


def test_the_public_surface_is_as_listed() -> None:
    """Whoever changes a name or a signature changes the list, and says so in the changelog.

    `make goldens` writes it anew.
    """
    assert "\n".join(surface()) + "\n" == LISTED.read_text(encoding="utf-8")


def test_each_name_is_explained() -> None:
    """By a docstring of its own."""
    for name in brinkmanship.__all__:
        if not name.startswith("_"):
            assert len(inspect.getdoc(getattr(brinkmanship, name)) or "") > 20, name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """As with any module."""
    assert not hasattr(brinkmanship, "simulate")
    assert dir(brinkmanship) == brinkmanship.__all__


def loaded(code: str, *libraries: str) -> list[str]:
    """Which of these a fresh interpreter has loaded after some code."""
    program = f"{code}; import sys; print(*sorted({set(libraries)!r} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.split()


@pytest.mark.slow
def test_nothing_is_loaded_before_it_is_needed() -> None:
    """Neither numpy nor a model; a batch loads neither Mesa nor a screen."""
    slow = ("numpy", "polars", "pydantic", "mesa", "textual", "rich", "matplotlib", "pandas")
    assert loaded("import brinkmanship", *slow) == []
    batch = "import brinkmanship as bm; bm.batch('cuba-1962', 3).runs.collect()"
    assert loaded(batch, "mesa", "textual", "rich", "matplotlib", "pandas") == []
