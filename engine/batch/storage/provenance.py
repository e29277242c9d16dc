"""Where results come from: the machine and the libraries that made them, and the program that was run."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

import engine

LIBRARIES = ("numpy", "numba", "polars", "pydantic", "scipy", "distributed")
"""Libraries whose versions are noted, where they are installed."""


def program(scenario: str) -> str:
    """A name for what was run: the content of the scenario (by its hash) under the rules of this engine; sha256.

    Whatever the engine compiles follows from these two, so nothing has to be compiled to know it; and every executor
    comes to the same bits.
    """
    return hashlib.sha256(f"{engine.__version__}\n{scenario}".encode()).hexdigest()


def now() -> str:
    """The time, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def machine() -> dict[str, Any]:
    """What the results were made on; nothing that says whose it is."""
    return {
        "cores": cores(),
        "processor": _processor(),
        "system": platform.system(),
        "byte_order": sys.byteorder,
    }


def cores() -> int:
    """How many processors this program may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def libraries() -> dict[str, str]:
    """Versions of libraries, by name."""
    return dict(_versions())


def as_words(command: Iterable[str]) -> list[str]:
    """The words of a command as text: what is no UTF-8 in the name of a file stands there in numbers."""
    return [os.fsencode(word).decode("utf-8", "backslashreplace") for word in command]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _versions() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, np.__version__ if name == "numpy" else importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
