"""The libraries that the game needs, and those that bring something more."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping

from engine.batch.extras import load_quietly
from engine.cli.doctor.findings import Finding, State
from engine.installed import PACKAGE, add_extra

MODULES = {"pyyaml": "yaml"}
"""What a library is imported as, where that is not its name in small letters."""

EXTRAS: Mapping[str, tuple[str, str]] = {
    "analysis": ("SALib", "the methods of Sobol and Morris in brink sensitivity"),
    "discovery": ("ema_workbench", "brink discover"),
    "report": ("matplotlib", "brink report"),
    "query": ("duckdb", "brink query"),
    "cluster": ("distributed", "brink batch --cluster"),
    "excel": ("xlsxwriter", "brink export NAME.xlsx"),
    "pandas": ("pyarrow", "results read by pandas"),
    "fast": ("numba", "games, odds and batches at many times the speed"),
}
"""By extra: the module that it brings, and what it is for."""

NAME = re.compile(r"[A-Za-z0-9._-]+")
"""The name of a library, at the beginning of what is required."""


def libraries() -> Iterator[Finding]:
    """Those without which the game does not run: each is really loaded."""
    for name in needed():
        trouble = trouble_with(MODULES.get(name, name))
        if trouble:
            yield Finding("Libraries", name, trouble, State.BROKEN, "install the game again")
        else:
            yield Finding("Libraries", name, version_of(name), State.GOOD)


def needed() -> tuple[str, ...]:
    """The libraries that the game names as its own needs, for this Python."""
    try:
        required = importlib.metadata.requires(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return ("numpy", "mesa", "pyyaml", "pydantic", "textual", "platformdirs", "rich", "scipy", "polars")
    plain = [wanted for wanted in required if ";" not in wanted]
    return tuple(match[0].lower() for wanted in plain if (match := NAME.match(wanted)))


def trouble_with(module: str) -> str:
    """Why a module can't be loaded; nothing where it can."""
    try:
        load_quietly(module)
    except ModuleNotFoundError as error:
        return "not installed" if error.name == module else f"{error.name}, which it needs, is not installed"
    except (ImportError, AttributeError, OSError, RuntimeError, TypeError, ValueError) as error:
        return f"can't be loaded: {' '.join(str(error).split())[:120]}"
    return ""


def version_of(name: str) -> str:
    """The version of an installed library."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of an unknown version"


def extras() -> Iterator[Finding]:
    """Those that not everybody has, with the command that adds them."""
    for extra, (module, purpose) in EXTRAS.items():
        trouble = trouble_with(module)
        if trouble:
            yield Finding("Extras", extra, f"{module} {trouble}; it is for {purpose}", State.LACKING, add_extra(extra))
        else:
            yield Finding("Extras", extra, f"{module} {version_of(module)}, for {purpose}", State.GOOD)
