"""`brink doctor`: whether everything is there that the game needs, and what to do where it is not."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

from engine.cli.arguments import Arguments
from engine.cli.doctor import Finding, look_over
from engine.cli.doctor.findings import State
from engine.cli.failures import PROBLEMS
from engine.cli.paper import BAD, GOOD, QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.prose import counted

MARKS = {State.FACT: (" ", ""), State.GOOD: ("+", GOOD), State.LACKING: ("-", QUIET), State.BROKEN: ("!", BAD)}
"""By state: the sign before a line, and how it looks."""


def execute(arguments: Arguments) -> int:
    """Looks and tells; 1 where something that the game needs is broken."""
    found = list(look_over())
    broken = [finding for finding in found if finding.state == State.BROKEN]
    if arguments.json:
        print_json({"ok": not broken, "findings": [asdict(finding) for finding in found]})
    else:
        tell(Paper(), found, broken)
    return PROBLEMS if broken else 0


def tell(paper: Paper, found: list[Finding], broken: list[Finding]) -> None:
    """Part by part, and the verdict last."""
    for part, findings in groupby(found, key=lambda finding: finding.part):
        paper.heading(part)
        for finding in findings:
            mark, style = MARKS[finding.state]
            remedy = f"; {finding.remedy}" if finding.remedy else ""
            paper.item(as_text(f"{finding.name}: {finding.says}{remedy}", style), mark=mark)
    paper.blank()
    verdict = f"{counted(len(broken), 'thing')} that the game needs {'is' if len(broken) == 1 else 'are'} broken."
    paper.put(as_text(verdict, BAD) if broken else as_text("Everything that the game needs is there.", GOOD))
