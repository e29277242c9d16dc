"""Whether the compiled executor can be had, and at what price: what it is compiled to is kept beside its source.

The folder has the mark of all files that the code follows from in its name, and an entry that of the processor.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Final

from engine.files import cache as kept

HERE: Final = Path(__file__).parent
FOLLOWS_FROM: Final = (
    "building.py",
    "handover.py",
    "compiled.py",
    "arithmetic.py",
    "changes.py",
    "choices.py",
    "lanes.py",
    "meanings.py",
    "../program/instructions.py",
    "../program/program.py",
    "../../expressions/portable.py",
    "../../expressions/ranges.py",
    "../draws.py",
    "../options.py",
    "../layout.py",
)
"""The files that say what is compiled."""

PREFIX: Final = "compiled-"

KIND: Final = "kernel"
"""How the names of entries begin."""


@cache
def is_installed() -> bool:
    """Whether numba is there."""
    return importlib.util.find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether it was compiled on this machine, so that it need only be read."""
    place = folder()
    try:
        return place is not None and any(place.glob(f"{KIND}-*{kept.SUFFIX}"))
    except OSError:
        return False


@cache
def folder() -> Path | None:
    """Where what is compiled is kept: beside the source, or else in the user's cache; None where neither can be had."""
    mark = hashlib.sha256(b"\0".join((HERE / file).read_bytes() for file in FOLLOWS_FROM)).hexdigest()[:16]
    if os.access(HERE, os.W_OK) and not kept.why_unsafe(HERE):
        return HERE / "__pycache__" / f"{PREFIX}{mark}"
    place = kept.folder()
    return None if place is None or kept.why_unsafe(place) else place / f"{PREFIX}{mark}"


def forget_others() -> None:
    """Remove what earlier code was compiled to."""
    own = folder()
    if own is not None and own.parent.is_dir():
        for place in own.parent.glob(f"{PREFIX}*"):
            if place != own:
                shutil.rmtree(place, ignore_errors=True)
