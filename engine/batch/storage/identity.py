"""Whether results are those that are asked for: what has to be the same for a batch to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine.batch.errors import BatchError
from engine.batch.storage.manifest import Manifest
from engine.scenario.problems import shortened

Read = Callable[[Manifest], Any]

IDENTITY: dict[str, Read] = {
    "the scenario": lambda m: m.scenario.id,
    "the content of the scenario": lambda m: m.scenario.hash,
    "the experiment": lambda m: m.experiment.hash,
    "the seed": lambda m: m.seed,
    "the number of runs": lambda m: m.runs,
    "the width to stop at (--until)": lambda m: m.until,
    "the number of design points": lambda m: m.points,
    "the design": lambda m: m.experiment.points,
    "what is kept of trajectories": lambda m: m.trajectories,
    "the version of the engine": lambda m: m.engine,
    "the version of numpy": lambda m: m.libraries.get("numpy"),
    "what works the rules out": lambda m: m.executor,
    "the program that was run": lambda m: m.program,
}
"""Everything that decides a run or what is kept of it."""

MAKING = ("the version of the engine", "the version of numpy", "what works the rules out")
"""What differs between results that were made otherwise, whatever they are of."""


def differences(there: Manifest, asked: Manifest) -> tuple[str, ...]:
    """In what the results that are there are not those that are asked for, in words."""
    return tuple(
        _difference(what, here, wanted)
        for what, read in IDENTITY.items()
        if (here := read(there)) != (wanted := read(asked))
    )


def different(folder: Path, found: Sequence[str]) -> BatchError:
    """That a folder holds results of something else."""
    said = "; ".join(found)
    return BatchError(
        f"{shortened(folder, 200)} holds other results: {said}. Choose another folder, or remove this one"
    )


def _difference(what: str, here: Any, there: Any) -> str:
    if isinstance(here, str) and isinstance(there, str) and len(here) == len(there) == 64:
        return f"{what} is another"
    return f"{what} is {_shown(here)} there and {_shown(there)} here"


def _shown(value: Any) -> str:
    return "none" if value is None else shortened(value)
