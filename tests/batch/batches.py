"""Small batches for tests: a plan on the minimal scenario, and everything that is in a folder of results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments
from tests.scenario.minimal import MINIMAL, load


def small_plan(folder: Path, runs: int, seed: int = 5, vary: Sequence[str] = (), text: str = MINIMAL) -> Plan:
    """So many runs of the minimal scenario, at each of the values that are varied."""
    folder.mkdir(exist_ok=True)
    return plan_from_arguments(load(folder, text), runs=runs, seed=seed, vary=vary)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of results with its bytes, but for what says when and how they were made."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix == ".parquet")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
