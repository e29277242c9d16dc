"""Many worlds: lockstep runs, and what they say about a scenario."""

from engine.batch.conduct import count_plan, run_plan
from engine.batch.manifest import BatchError
from engine.batch.results import Results, Tallies
from engine.batch.runner import BatchResult, percentile, run

__all__ = ["BatchError", "BatchResult", "Results", "Tallies", "count_plan", "percentile", "run", "run_plan"]
