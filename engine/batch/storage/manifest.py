"""What a folder of results is: which runs of which scenario, made by what, when, and whether they are all there."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import engine
from engine.batch.running.making import Job
from engine.errors import BrinkmanshipError
from engine.scenario.load import canonical, scenario_hash
from engine.scenario.problems import listed, shortened

if TYPE_CHECKING:
    from engine.batch.design.plan import Plan, Points

FORMAT: Final = 1
"""The version of the folder that this engine writes."""

RUNNING, COMPLETE = "running", "complete"

LIBRARIES = ("numpy", "polars", "pydantic", "scipy", "distributed")
"""Libraries whose versions are noted, where they are installed."""


NEEDED = ("status", "scenario", "experiment", "seed", "points", "columns", "outcomes", "actors", "endings")
"""What no results can be read without."""


class BatchError(BrinkmanshipError):
    """A batch that can't be made or gone on with, or results that can't be read: one sentence for the user."""


@dataclass
class Manifest:
    """The content of ``manifest.json``; ``content`` is what is written."""

    content: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, job: Job, until: float | None, command: Sequence[str]) -> Manifest:
        """The manifest of a batch that begins now."""
        plan, scenario = job.plan, job.plan.scenario
        return cls(
            {
                "results_format": FORMAT,
                "status": RUNNING,
                "scenario": {
                    "id": scenario.id,
                    "title": scenario.title,
                    "hash": scenario_hash(scenario),
                    "content": json.loads(canonical(scenario)),
                },
                "experiment": experiment(plan),
                "seed": plan.seed,
                "runs": plan.runs,
                "until": until,
                "points": len(plan.points),
                "trajectories": job.trajectories,
                "runs_per_point": 0,
                "runs_done": 0,
                "columns": job.columns.titles,
                "outcomes": {
                    name: outcome.model_dump(mode="json", exclude_none=True) for name, outcome in plan.outcomes.items()
                },
                "actors": {actor: scenario.actors[actor].title for actor in job.columns.scored},
                "endings": {ending.id: ending.title for ending in scenario.endings},
                "command": list(command),
                "engine": engine.__version__,
                "python": platform.python_version(),
                "libraries": dict(_libraries()),
                "machine": machine(),
                "started": now(),
                "finished": None,
                "resumed": 0,
            }
        )

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """The manifest in a folder of results.

        Raises :class:`BatchError`.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise BatchError(f"{shortened(path.parent, 200)} holds no results of a batch") from None
        except OSError as error:
            raise BatchError(f"{shortened(path, 200)} can't be read: {error.strerror}") from None
        except (ValueError, RecursionError):
            raise BatchError(f"{shortened(path, 200)} is damaged: it is no JSON") from None
        version = content.get("results_format") if isinstance(content, dict) else None
        if not isinstance(version, int):
            raise BatchError(f"{shortened(path, 200)} is damaged: it does not say which format the results have")
        if version != FORMAT:
            raise BatchError(f"{shortened(path, 200)}: results of format {version}; this version reads format {FORMAT}")
        if missing := [key for key in NEEDED if key not in content]:
            raise BatchError(f"{shortened(path, 200)} is damaged: it does not say {listed(missing)}")
        return cls(content)

    def __getitem__(self, key: str) -> Any:
        """An entry; None where there is none."""
        return self.content.get(key)

    def complete(self, runs_per_point: int, runs: int) -> None:
        """Note that all is there."""
        self.content |= {"status": COMPLETE, "runs_per_point": runs_per_point, "runs_done": runs, "finished": now()}

    def differences(self, asked: Manifest) -> tuple[str, ...]:
        """In what the results of this manifest are not those that are asked for, in words."""
        return tuple(
            _difference(what, here, there)
            for what, read in IDENTITY.items()
            if (here := _found(read, self.content)) != (there := _found(read, asked.content))
        )


def experiment(plan: Plan) -> dict[str, Any]:
    """The text and the content of an experiment, and names for what it asks and for its design points.

    The points have a name of their own, since they may come from a table beside the experiment.
    """
    return {
        "text": plan.text,
        "content": plan.experiment.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "hash": plan.hash,
        "points": points_hash(plan.points),
    }


def points_hash(points: Points) -> str:
    """A name for design points: sha256 in hexadecimal."""
    words = [list(points.uncertainties), {lever: list(choices) for lever, choices in points.levers.items()}]
    name = hashlib.sha256(json.dumps(words, separators=(",", ":")).encode())
    name.update(np.ascontiguousarray(points.numbers, dtype="<f8").tobytes())
    name.update(np.ascontiguousarray(points.choices, dtype="<i8").tobytes())
    return name.hexdigest()


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


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _libraries() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, np.__version__ if name == "numpy" else importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue


IDENTITY = {
    "the scenario": ("scenario", "id"),
    "the content of the scenario": ("scenario", "hash"),
    "the experiment": ("experiment", "hash"),
    "the seed": ("seed",),
    "the number of runs": ("runs",),
    "the width to stop at (--until)": ("until",),
    "the number of design points": ("points",),
    "the design": ("experiment", "points"),
    "what is kept of trajectories": ("trajectories",),
    "the version of the engine": ("engine",),
    "the version of numpy": ("libraries", "numpy"),
}
"""What has to be the same for a batch to go on: everything that decides a run or what is kept of it."""


def _found(path: tuple[str, ...], content: Any) -> Any:
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _difference(what: str, here: Any, there: Any) -> str:
    if isinstance(here, str) and isinstance(there, str) and len(here) == len(there) == 64:
        return f"{what} is another"
    return f"{what} is {_shown(here)} there and {_shown(there)} here"


def _shown(value: Any) -> str:
    return "none" if value is None else shortened(value)


def different(folder: Path, differences: Sequence[str]) -> BatchError:
    """That a folder holds results of something else."""
    said = "; ".join(differences)
    return BatchError(
        f"{shortened(folder, 200)} holds other results: {said}. Choose another folder, or remove this one"
    )
