"""`brink lock`: what a scenario forecasts, written down before it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.assessment.backtest import asked_of, forecast
from engine.assessment.card import plainly
from engine.assessment.identity import hashes
from engine.assessment.lock import Lock, locked, refuse_there, write_lock
from engine.cli.arguments import DEFAULT_SEED, Arguments
from engine.cli.arguments.assessment import BACKTEST_RUNS
from engine.cli.commands.backtest import need
from engine.cli.paper import QUIET, Paper, as_text, percent
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.cli.targets import as_set, scenario_and_targets
from engine.prose import counted


def execute(arguments: Arguments) -> int:
    """Plays, writes the lock where nothing is yet, and tells what is locked."""
    given, history = scenario_and_targets(arguments.scenario, arguments.targets)
    scenario = as_set(given, arguments.set, arguments.certain)
    now = dt.datetime.now(dt.UTC)
    path = Path(arguments.out or f"{scenario.id}-{now.date().isoformat()}.lock.json")
    refuse_there(path)
    questions = asked_of(scenario, history)
    assert history is not None, "only a history asks"
    need(arguments.executor)
    with at_work(f"playing {scenario.id} and its baselines"):
        seed = DEFAULT_SEED if arguments.seed is None else arguments.seed
        test = forecast(
            scenario, history, questions, arguments.runs or BACKTEST_RUNS, seed, arguments.executor, arguments.workers
        )
        assert test.rule.sampled is not None, "the rule plays"
        lock = locked(test, hashes(scenario, history, test.rule.sampled), now)
    write_lock(path, lock)
    if arguments.json:
        print_json({"file": str(path), **lock.model_dump(mode="json", exclude={"scenario"})})
    else:
        tell(Paper(), path, lock)
    return 0


def tell(paper: Paper, path: Path, lock: Lock) -> None:
    """What is locked, question by question."""
    paper.title(lock.scenario["title"])
    seal = f"locked on {lock.made}, {counted(lock.runs, 'run')}, seed {lock.seed}"
    paper.put(as_text(f"{seal}; sealed {lock.seal}", QUIET))
    rows = []
    for question in lock.questions:
        about = f": {question.about}" if question.about else ""
        known = " (known)" if question.target in lock.known else ""
        rows.append((in_short(question.told), f"{lock.targets[question.target]['title']}{about}{known}"))
    paper.blank()
    paper.table(rows, heads=("forecast", "what"), indent=0)
    paper.blank()
    paper.put(
        as_text(f"The lock is in {path}: brink score {path} --record FILE scores it, once it is known what came.")
    )


def in_short(told: Mapping[str, Any]) -> str:
    """A forecast in a few words."""
    if not told["runs"]:
        return "no run"
    if "median" in told:
        median, low, high = (plainly(told[name]) for name in ("median", "low", "high"))
        return f"{median} ({low} to {high})"
    words = {word: one for word, one in told.items() if word != "runs"}
    said = (
        f"{word} {percent(one['chance'])} ({percent(one['low'])} to {percent(one['high'])})"
        for word, one in words.items()
    )
    return ", ".join(said)
