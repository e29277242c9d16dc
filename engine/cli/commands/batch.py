"""`brink batch`: many games, and how they end."""

from __future__ import annotations

import sys
import time
from typing import Any

from rich.text import Text

from engine import batch
from engine.batch.expectations import FAIL, PASS, Verdict
from engine.cli.arguments import Arguments
from engine.cli.failures import PROBLEMS
from engine.cli.paper import BAD, GOOD, LOUD, QUIET, Paper, as_text, counted, percent, print_json
from engine.cli.scenarios import rules_of

PATIENCE = 2_000
"""Runs from which somebody at a terminal is told to wait."""


def execute(arguments: Arguments) -> int:
    """Runs, counts and prints."""
    rules = rules_of(arguments.scenario)
    assert arguments.seed is not None
    if arguments.runs >= PATIENCE and sys.stderr is not None and sys.stderr.isatty():
        print(f"Running {counted(arguments.runs, 'game')} ...", file=sys.stderr)
    begun = time.perf_counter()
    result = batch.run(rules, arguments.runs, arguments.seed)
    seconds = time.perf_counter() - begun
    if arguments.json:
        print_json(as_json(result, seconds))
    else:
        tell(Paper(), result, seconds)
    has_failed = any(verdict.verdict == FAIL for verdict in result.verdicts)
    return PROBLEMS if arguments.strict and has_failed else 0


def tell(paper: Paper, result: batch.BatchResult, seconds: float) -> None:
    """The endings and what became of the expectations."""
    scenario = result.rules.scenario
    paper.title(scenario.title)
    paper.put(as_text(f"{scenario.id}, seed {result.seed}, {counted(result.runs, 'run')}, {seconds:.1f} s", QUIET))
    paper.heading("Endings", "with the 95 % interval of each share (Wilson)")
    shares = result.shares()
    paper.table(
        (
            (
                percent(shares[ending.id].share, 2),
                f"{percent(shares[ending.id].low, 2)} to {percent(shares[ending.id].high, 2)}",
                f"{shares[ending.id].count:,}",
                ending.title,
            )
            for ending in scenario.endings
        ),
        heads=("share", "between", "runs", "ending"),
        right="rrrl",
        indent=0,
    )
    if result.verdicts:
        paper.heading("Expectations of the scenario")
    for verdict in result.verdicts:
        tell_verdict(paper, verdict)


def tell_verdict(paper: Paper, verdict: Verdict) -> None:
    """One expectation, what was found, and why it is expected."""
    style = {PASS: GOOD, FAIL: BAD}.get(verdict.verdict, LOUD)
    found = verdict.found
    paper.item(Text.assemble((verdict.verdict.upper(), f"{LOUD} {style}"), "  ", as_text(verdict.text)))
    of = f"{found.count:,} of {found.of:,} runs"
    where = f", {percent(found.share, 2)} ({percent(found.low, 2)} to {percent(found.high, 2)})" if found.of else ""
    breach = verdict.first_breach
    first = f"; first in run {breach[0]}, turn {breach[1]}" if breach else ""
    paper.put(as_text(f"{of}{where}{first}"), indent=2)
    paper.put(as_text(verdict.expectation.because, QUIET), indent=2)


def as_json(result: batch.BatchResult, seconds: float) -> dict[str, Any]:
    """The result in plain dictionaries and lists."""
    shares = result.shares()
    return {
        "scenario": result.rules.scenario.id,
        "seed": result.seed,
        "runs": result.runs,
        "seconds": round(seconds, 3),
        "endings": [
            {
                "id": ending.id,
                "title": ending.title,
                "count": shares[ending.id].count,
                "share": shares[ending.id].share,
                "low": shares[ending.id].low,
                "high": shares[ending.id].high,
            }
            for ending in result.rules.scenario.endings
        ],
        "expect": [
            {
                "text": verdict.text,
                "share": verdict.found.share,
                "low": verdict.found.low,
                "high": verdict.found.high,
                "verdict": verdict.verdict,
            }
            for verdict in result.verdicts
        ],
    }
