"""The analyst's walk-through as a program; docs/start/analyst.md shows what it prints."""

import tempfile
from pathlib import Path

import polars as pl

from engine import batch
from engine.rules import Rules
from engine.scenario.load import load_scenario

RUNS = 1000


def how_often() -> None:
    """How often does the story close in which way?"""
    result = batch.run(Rules(load_scenario("kosovo-2007")), RUNS, seed=1)
    for ending, share in result.shares().items():
        if share.count:
            print(f"{ending:<14}{share.share:7.1%}  {share.low:.1%} to {share.high:.1%}")


def what_if(folder: Path) -> None:
    """What if Russia did not care about the status? Both arms share their chance."""
    scenario = load_scenario("kosovo-2007")
    asked = {"base": [], "indifferent": ["actors.russia.stances.status.salience=0"]}
    results = {}
    for name, settings in asked.items():
        plan = batch.plan_from_arguments(scenario, settings=settings, runs=RUNS, seed=1)
        results[name] = batch.run_plan(plan, folder / name)
    comparison = batch.compare(results["base"], results["indifferent"])
    print(f"{'':<52}{'base':>8}{'indiff.':>8}{'difference':>12}")
    endings = comparison.frame.filter(pl.col("kind") == "ending").sort(pl.col("difference").abs(), descending=True)
    for row in endings.head(5).iter_rows(named=True):
        change = f"{row['difference']:+.1%} ({row['low']:+.1%} to {row['high']:+.1%})"
        print(f"{row['title']:<52}{row['first']:>8.1%}{row['second']:>8.1%}  {change}")


def when(folder: Path) -> None:
    """In which week is independence declared? A results folder is a table like any other."""
    runs = batch.Results.open(folder / "base").runs
    weeks = (
        runs.select((pl.col("first_declared") / 7).cast(pl.Int32).alias("week"))
        .drop_nulls()
        .group_by("week")
        .len("runs")
        .sort("week")
        .collect()
    )
    for week, count in weeks.iter_rows():
        print(f"week {week:>2}  {'#' * (count // 10)} {count}")


if __name__ == "__main__":
    how_often()
    with tempfile.TemporaryDirectory() as name:
        print()
        what_if(Path(name))
        print()
        when(Path(name))
