"""How the game was installed, so that a hint names the command that works here."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import sys
from pathlib import Path

from engine.scenario.places import ABOVE, is_checkout

PACKAGE = "brinkmanship"
"""What package indexes call it."""

RECEIPTS = {"pipx_metadata.json": "pipx install --force", "uv-receipt.toml": "uv tool install --force"}
"""The file that a keeper of programs leaves in an environment of its own, and how it adds something there."""


def add_extra(name: str) -> str:
    """The command that adds an extra here, as somebody types it; a shell may take brackets for a pattern."""
    if is_checkout():
        here = "." if Path.cwd() == ABOVE else str(ABOVE)
        return f"{pip()} -e {shlex.quote(f'{here}[{name}]')}"
    return f"{receipt() or pip()} {shlex.quote(f'{PACKAGE}[{name}]')}"


def receipt() -> str:
    """How the program that keeps this environment adds something to it; nothing where none does."""
    keepers = (words for name, words in RECEIPTS.items() if (Path(sys.prefix) / name).is_file())
    return next(keepers, "")


def pip() -> str:
    """How something is installed for the Python that runs: as short as it may be said in this folder."""
    python = Path(sys.executable)
    if importlib.util.find_spec("pip") is None:
        return f"uv pip install --python {shlex.quote(str(python))}"
    beside = python.with_name("pip")
    if beside == Path.cwd() / ".venv" / "bin" / "pip":
        return ".venv/bin/pip install"
    if shutil.which("pip") == str(beside):
        return "pip install"
    return f"{shlex.quote(str(python))} -m pip install"
