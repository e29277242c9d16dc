"""Many worlds: lockstep runs, and what they say about a scenario."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.batch.analysis.compare import compare, compare_choices
    from engine.batch.analysis.discovery import discover
    from engine.batch.analysis.query import query
    from engine.batch.analysis.sensitivity import sensitivity
    from engine.batch.analysis.summary import summarise
    from engine.batch.design.planning import plan_from_arguments, read_plan
    from engine.batch.errors import BatchError
    from engine.batch.running.conduct import count_plan, run_plan
    from engine.batch.running.runner import BatchResult, percentile, run
    from engine.batch.running.tallies import Tallies
    from engine.batch.storage.results import Results

__all__ = [
    "BatchError",
    "BatchResult",
    "Results",
    "Tallies",
    "compare",
    "compare_choices",
    "count_plan",
    "discover",
    "percentile",
    "plan_from_arguments",
    "query",
    "read_plan",
    "run",
    "run_plan",
    "sensitivity",
    "summarise",
]

_HOMES = {
    "analysis.compare": ("compare", "compare_choices"),
    "analysis.discovery": ("discover",),
    "analysis.query": ("query",),
    "analysis.sensitivity": ("sensitivity",),
    "analysis.summary": ("summarise",),
    "design.planning": ("plan_from_arguments", "read_plan"),
    "running.conduct": ("count_plan", "run_plan"),
    "running.runner": ("BatchResult", "percentile", "run"),
    "running.tallies": ("Tallies",),
    "errors": ("BatchError",),
    "storage.results": ("Results",),
}
"""Where each name is, by module: who counts runs waits for none of the rooms in which they are stored and compared."""

_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A name of the package, loaded when it is first used, as in :mod:`brinkmanship`."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'engine.batch' has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(f"engine.batch.{_HOME_OF[name]}"), name)
    return found
