"""Many worlds: lockstep runs, and what they say about a scenario."""

from engine.batch.runner import BatchResult, percentile, run

__all__ = ["BatchResult", "percentile", "run"]
