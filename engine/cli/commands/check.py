"""`brink check`: every problem of a scenario at once, what each means, and which of them are old."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from engine.cli.arguments import Arguments
from engine.cli.failures import PROBLEMS, UsageError, plain, unknown
from engine.cli.named import named
from engine.cli.others import report_on_other
from engine.cli.printing import evidence_in_words, print_json
from engine.cli.progress import at_work, duration
from engine.cli.scenarios import report_on
from engine.cli.watching import watch
from engine.prose import counted
from engine.scenario.baseline import BaselineError, Sifted, read_baseline, sift, write_baseline
from engine.scenario.checks.limits import decisions_of
from engine.scenario.coding.compared import Agreed, overall
from engine.scenario.doubts import Doubtful, as_mapping
from engine.scenario.kinds import Kind
from engine.scenario.load import Report
from engine.scenario.models import Scenario
from engine.scenario.places import find_scenario

LARGE = 100_000
"""Decisions of a game from which it is told how long it takes; Kosovo has 9,000."""

BATCH = 1000
"""Runs of a batch of which it is told as well."""

MOST_DOUBTS = 20
"""Numbers in doubt that are listed."""

JSON_VERSION = 1
"""The version of what `--json` prints; keys may be added without a new one."""


def execute(arguments: Arguments) -> int:
    """Prints one line a problem, which editors can read, and what the scenario rests on."""
    if arguments.codes:
        return list_codes()
    if arguments.explain is not None:
        return explain(arguments.explain)
    if arguments.scenario is None:
        raise UsageError("the following arguments are required: PATH (see brink check --help)")
    if arguments.write_baseline and arguments.baseline is None:
        raise UsageError("--write-baseline needs --baseline FILE, the file to write")
    gc.disable()  # one check is over before there is anything worth collecting; watching collects after each
    return keep_checking(arguments) if arguments.watch else check_once(arguments)


def list_codes() -> int:
    """Prints every code with its title."""
    from engine.scenario.findings.pages import list_lines

    print("\n".join(list_lines()))
    return 0


def explain(code: str) -> int:
    """Prints the page of one finding."""
    from engine.scenario.findings import FINDINGS
    from engine.scenario.findings.pages import page_lines

    finding = FINDINGS.get(code.upper())
    if finding is None:
        raise unknown("finding", code, FINDINGS, "`brink check --codes` lists them")
    print("\n".join(page_lines(finding)))
    return 0


def keep_checking(arguments: Arguments) -> int:
    """Checks after each save until Ctrl-C."""
    if arguments.json or arguments.write_baseline:
        raise UsageError("--watch prints for people: leave out --json and --write-baseline")
    if named(arguments.scenario) is None:
        report_on(arguments.scenario)  # a scenario that is not there is said at once
    watch(find_scenario(arguments.scenario), lambda: check_aloud(arguments))
    return 0


def check_aloud(arguments: Arguments) -> None:
    """Checks once, says how long it took, and what is wrong with the call where the file has gone."""
    begun = time.perf_counter()
    try:
        check_once(arguments)
    except UsageError as error:
        print(plain(str(error)))
    print(f"checked at {time.strftime('%H:%M:%S')} in {time.perf_counter() - begun:.2f} s; Ctrl-C ends")


def check_once(arguments: Arguments) -> int:
    """Checks the scenario, holds what is found against the baseline, and prints what is new."""
    other = named(arguments.scenario)
    report = report_on(arguments.scenario) if other is None else report_on_other(other)
    sifted = Sifted(report.problems, 0, 0)
    if arguments.baseline is not None:
        sifted = against_baseline(report, Path(arguments.baseline), arguments.write_baseline)
    report = replace(report, problems=sifted.new)
    if arguments.json:
        print_json(as_json(report, sifted, Kind.SCENARIO if other is None else other.kind))
    else:
        tell(report, sifted)
        if other is not None:
            print(plain(str(other)))
    failed = report.errors or (arguments.strict and report.warnings)
    return PROBLEMS if failed else 0


def against_baseline(report: Report, path: Path, is_written: bool) -> Sifted:
    """What is new; nothing, where everything has just been written down. Raises :class:`UsageError`."""
    try:
        if is_written:
            write_baseline(path, report.problems)
        return sift(report.problems, read_baseline(path))
    except BaselineError as error:
        raise UsageError(str(error)) from None


def tell(report: Report, sifted: Sifted) -> None:
    """The problems, not wrapped, then a summary."""
    for line in report.lines():
        print(plain(line))
    errors, warnings = counted(len(report.errors) + report.left_out, "error"), counted(len(report.warnings), "warning")
    print(f"{plain(report.file)}: {errors}, {warnings}, {counted(len(report.hints), 'hint')}{besides(report, sifted)}")
    if report.scenario is not None:
        print(evidence_in_words(report.evidence))
        for line in doubts_in_words(report.scenario):
            print(plain(line))
    agreed = agreement_of(report)
    if agreed is not None:
        print(agreement_in_words(agreed, len(report.coders)))
    if is_large(report):
        print(time_in_words(*times_of(report)))


def doubts_in_words(scenario: Scenario) -> Iterator[str]:
    """The numbers in doubt, each with its ends and why it is assumed."""
    doubts = scenario.doubts
    if doubts:
        yield f"{counted(len(doubts), 'number')} in doubt, which each run draws for itself:"
    for number in doubts[:MOST_DOUBTS]:
        yield f"  {number.path}: {number.value:g}, between {number.low:g} and {number.high:g}{why(number)}"
    if len(doubts) > MOST_DOUBTS:
        yield f"  and {len(doubts) - MOST_DOUBTS} more, which --json lists"


def why(number: Doubtful) -> str:
    """What a number in doubt rests on."""
    said = number.record
    if said.evidence:
        return f" ({counted(len(said.evidence), 'quote')})"
    return f" (assumed: {said.assumed})" if said.assumed else ""


def agreement_of(report: Report) -> Agreed | None:
    """How far several coders agree; None where there are fewer than two."""
    if report.scenario is None or report.errors or len(report.coders) < 2:
        return None
    return overall(report.scenario, report.coders)


def agreement_in_words(agreed: Agreed, coders: int) -> str:
    """How far coders agree on all issues together."""
    parts = []
    for what, found in (("positions", agreed.position), ("saliences", agreed.salience)):
        interval = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
        alpha = "no alpha" if found.alpha is None else f"alpha {found.alpha:.2f}{interval}"
        parts.append(f"{alpha} on {counted(found.units, what[:-1])}")
    return f"{coders} coders agree by Krippendorff's {' and '.join(parts)}; `brink coders` tells where they differ."


def is_large(report: Report) -> bool:
    """Whether a scenario can be used, and its games take long."""
    return report.scenario is not None and not report.errors and decisions_of(report.scenario) >= LARGE


def times_of(report: Report) -> tuple[float, float]:
    """Seconds that a game and a batch will take on this machine, found out by playing some paces."""
    from engine.batch.running.estimate import pace_cost
    from engine.rules import Rules

    assert report.scenario is not None
    with at_work("finding out how long a game takes"):
        cost = pace_cost(Rules(report.scenario))
    paces = report.scenario.timeline.paces
    return cost.of(1, paces), cost.of(BATCH, paces)


def time_in_words(game: float, batch: float) -> str:
    """How long it takes."""
    return f"It is large: a game takes about {duration(game)} here, and a batch of {BATCH:,} runs {duration(batch)}."


def besides(report: Report, sifted: Sifted) -> str:
    """What was found and is not told."""
    parts = []
    if report.silenced:
        parts.append(f"{len(report.silenced)} accepted by remarks")
    if sifted.known:
        parts.append(f"{sifted.known} in the baseline")
    if sifted.mended:
        parts.append(f"{sifted.mended} of the baseline mended")
    return "".join(f"; {part}" for part in parts)


def as_json(report: Report, sifted: Sifted, kind: Kind) -> dict[str, Any]:
    """The report in plain dictionaries and lists."""
    return {
        "brink_check": JSON_VERSION,
        "file": report.file,
        "kind": kind.name.lower(),
        "ok": not report.errors,
        "errors": len(report.errors) + report.left_out,
        "warnings": len(report.warnings),
        "hints": len(report.hints),
        "problems": [asdict(problem) for problem in report.problems],
        "left_out": report.left_out,
        "accepted": [asdict(problem) for problem in report.silenced],
        "baseline": {"known": sifted.known, "mended": sifted.mended},
        "evidence": asdict(report.evidence),
        "doubts": [
            {"path": number.path, **as_mapping(number), "shape": number.shape}
            for number in (report.scenario.doubts if report.scenario is not None else ())
        ],
        **({"agreement": asdict(agreed)} if (agreed := agreement_of(report)) else {}),
        **({"seconds": dict(zip(("game", "batch"), times_of(report), strict=True))} if is_large(report) else {}),
    }
