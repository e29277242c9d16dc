"""Many worlds: lockstep runs, and what they say about a scenario."""

from engine.batch.analysis.compare import compare, compare_choices
from engine.batch.analysis.discovery import discover
from engine.batch.analysis.query import query
from engine.batch.analysis.sensitivity import sensitivity
from engine.batch.analysis.summary import summarise
from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.batch.running.conduct import count_plan, run_plan
from engine.batch.running.runner import BatchResult, percentile, run
from engine.batch.storage.manifest import BatchError
from engine.batch.storage.results import Results, Tallies

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
