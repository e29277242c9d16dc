"""`brink check`: every problem of a scenario at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.failures import PROBLEMS, plain
from engine.cli.printing import evidence_in_words, print_json
from engine.cli.scenarios import report_on
from engine.prose import counted
from engine.scenario.load import Report


def execute(arguments: Arguments) -> int:
    """Prints one line a problem, which editors can read, and what the scenario rests on."""
    report = report_on(arguments.scenario)
    if arguments.json:
        print_json(as_json(report))
    else:
        tell(report)
    return PROBLEMS if report.errors else 0


def tell(report: Report) -> None:
    """The problems, not wrapped, then a summary."""
    for line in report.lines():
        print(plain(line))
    errors, warnings = counted(len(report.errors) + report.left_out, "error"), counted(len(report.warnings), "warning")
    print(f"{plain(report.file)}: {errors}, {warnings}")
    if report.scenario is not None:
        print(evidence_in_words(report.evidence))


def as_json(report: Report) -> dict[str, Any]:
    """The report in plain dictionaries and lists."""
    return {
        "file": report.file,
        "ok": not report.errors,
        "problems": [asdict(problem) for problem in report.problems],
        "left_out": report.left_out,
        "evidence": asdict(report.evidence),
    }
