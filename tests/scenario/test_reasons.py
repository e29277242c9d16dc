"""Remarks that say why a thing never happens, or is of no use: where they count, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.load import Report
from tests.scenario.minimal import check, replaced


def remarked(folder: Path, line: str, remark: str) -> Report:
    """What a check finds where a remark stands above a line of the minimal scenario."""
    indent = line[: len(line) - len(line.lstrip())]
    return check(folder, replaced(line, f"{indent}# ok: {remark}\n{line}"))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("  declare:\n", "action:declare"),
        ("  clashes:", "event:clashes"),
        ("  - {id: frozen,", "ending:frozen"),
        ("      pass: [", "passed:table_resolution"),
        ("      passed:", "passed:table_resolution"),
        ("      fail:", "failed:table_resolution"),
    ],
)
def test_never_speaks_of_what_begins_in_its_line(tmp_path: Path, line: str, named: str) -> None:
    """An action, an event, an ending, and each way in which a vote may be decided."""
    report = remarked(tmp_path, line, "never it is known beforehand")
    assert dict(report.reasons.never) == {named: "it is known beforehand"}
    assert not report.reasons.dead
    assert not [problem for problem in report.problems if problem.code[1] == "9"]


def test_never_speaks_of_one_outcome(tmp_path: Path) -> None:
    """Not of the event that it belongs to."""
    text = replaced(
        "  clashes:",
        "  talk:\n    title: Talk\n    on: 2007-12-01\n    outcomes:\n      long: {title: Long, weight: 1}\n"
        "      # ok: never nobody stays away\n      none: {title: None, weight: 0}\n    assumed: example\n  clashes:",
    )
    assert dict(check(tmp_path, text).reasons.never) == {"outcome:talk:none": "nobody stays away"}


def test_dead_speaks_of_actions(tmp_path: Path) -> None:
    """And may stand beside a code."""
    report = remarked(tmp_path, "  declare:\n", "dead, never it is a gesture")
    assert dict(report.reasons.dead) == dict(report.reasons.never) == {"action:declare": "it is a gesture"}


@pytest.mark.parametrize(
    ("line", "remark", "code"),
    [
        ("  clashes:", "dead it is no action", "I914"),
        ("  declared: independence", "never nothing happens here", "I914"),
        ("  declare:\n", "never", "W911"),
        ("  declare:\n", "nevertheless", "W912"),
    ],
)
def test_what_is_wrong_with_a_remark(tmp_path: Path, line: str, remark: str, code: str) -> None:
    """A line in which nothing of the kind begins, no reason, another word: each is found."""
    assert [problem.code for problem in remarked(tmp_path, line, remark).problems] == [code]
