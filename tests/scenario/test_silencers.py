"""Remarks that accept findings: where they count, where they are mere text, and what is said of those that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.load import load_scenario
from tests.scenario.minimal import MINIMAL, check, replaced, write

IDLE = replaced("\nflags:\n", "\nflags:\n  idle: nothing\n")
"""A scenario with one warning, W621."""


def codes(folder: Path, text: str) -> list[str]:
    """The codes that are found in a text."""
    return [problem.code for problem in check(folder, text).problems]


@pytest.mark.parametrize(
    "remark",
    [
        "  idle: nothing  # ok: W621 later",
        "  idle: nothing  #ok:W621 later",
        "  # ok: W621 later\n  idle: nothing",
        "# ok: W621 later\n\n  # another remark\n  idle: nothing",
        "  # ok: W621, I313 later\n  idle: nothing",
    ],
)
def test_a_remark_counts_on_its_line_or_above(tmp_path: Path, remark: str):
    """On the line itself, or on a line of its own above, whatever blank lines and comments lie between."""
    found = codes(tmp_path, IDLE.replace("  idle: nothing", remark))
    assert found == (["I914"] if "I313" in remark else [])


@pytest.mark.parametrize(
    "written",
    [
        '"nothing # ok: W621 x"',
        "'nothing # ok: W621 x'",
        "|-\n    nothing\n    # ok: W621 x",
        ">-\n    # ok: W621 x\n    and more",
    ],
)
def test_inside_a_text_it_is_text(tmp_path: Path, written: str):
    """A remark in quotation marks or in a block of text accepts nothing and is not found fault with."""
    assert codes(tmp_path, IDLE.replace("idle: nothing", f"idle: {written}")) == ["W621"]


def test_a_remark_of_another_line_does_not_count(tmp_path: Path):
    """One below the finding silences nothing, and is said to."""
    assert codes(tmp_path, IDLE.replace("  idle: nothing", "  idle: nothing\n  # ok: W621 later")) == ["W621", "I914"]


@pytest.mark.parametrize(
    ("remark", "code"),
    [("# ok: W621", "W911"), ("# ok: W6210 later", "W912"), ("# ok: we know", "W912"), ("# ok:", "W912")],
)
def test_what_is_wrong_with_a_remark(tmp_path: Path, remark: str, code: str):
    """No reason, an unknown code, no code: each is a finding of its own, at the remark."""
    report = check(tmp_path, IDLE.replace("  idle: nothing", f"  idle: nothing  {remark}"))
    (problem,) = [problem for problem in report.problems if problem.code != "W621"]
    assert problem.code == code
    assert (problem.line, problem.column) == (17, 18)


def test_errors_about_what_can_come_about_may_be_accepted(tmp_path: Path):
    """A scenario whose ending can't be reached is usable once its author says why it is there."""
    text = replaced("when: status > 75 and declared}", "when: status > 175}  # ok: E605 for the sequel")
    assert codes(tmp_path, text) == []
    assert load_scenario(write(tmp_path, text), {}).endings[0].id == "independent"


def test_other_errors_may_not(tmp_path: Path):
    """What leaves something without a meaning stays an error."""
    assert codes(tmp_path, replaced("start: 35", "start: 350  # ok: E402 really")) == ["E402", "W913"]


def test_where_the_check_was_not_whole_nothing_is_said_of_idle_remarks(tmp_path: Path):
    """With an error further up it is not known what else would have been found."""
    text = replaced("by: kosovo", "by: kosova", IDLE.replace("  idle: nothing", "  idle: nothing  # ok: W621 later"))
    assert codes(tmp_path, text) == ["E203"]


def test_ten_thousand_remarks_take_no_time(tmp_path: Path):
    """Each is said once, and only so many are kept."""
    report = check(tmp_path, MINIMAL + "# ok: W622 x\n" * 20_000)
    assert len(report.problems) + report.left_out == 20_000
