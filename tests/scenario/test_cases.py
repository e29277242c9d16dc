"""Scripted tests in a scenario: what can't be ordered or asked is told at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.minimal import MINIMAL, check, load

GOOD = """\
cases:
  lone:
    title: Kosovo declares, and nobody stirs
    seats: {kosovo: {2007-12-11: declare}}
    otherwise: hold
    votes: {table_resolution: {russia: no}}
    then:
      - {at: 2007-12-18, holds: declared}
      - {never: recognised.us}
      - {holds: ending.independent, at_least: 0.9}
"""
"""A case without an error."""


def test_a_case_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Its moments stay what they are, and what is left out has its default."""
    case = load(tmp_path, MINIMAL + GOOD).cases["lone"]
    assert case.seats == {"kosovo": {"2007-12-11": "declare"}}
    assert (case.otherwise, case.runs) == ("hold", 20)
    assert [(claim.kind, claim.at) for claim in case.then] == [
        ("holds", "2007-12-18"),
        ("never", None),
        ("holds", None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("kosovo: {2007", "kosova: {2007", "kosova", 'unknown actor "kosova", did you mean "kosovo"?'),
        ("2007-12-11: ", "2009-12-11: ", "2009", "2009-12-11 is outside the story, which has turns 0 to 9"),
        ("2007-12-11: ", "10: ", "10: declare", "10 is outside the story"),
        ("2007-12-11: ", "2007-13-11: ", "2007-13", '"2007-13-11" is no day of the calendar'),
        ("2007-12-11: ", "soon: ", "soon", "a moment is a date such as 2007-12-10, or a number of turns"),
        (": declare}", ": declaer}", "declaer", 'kosovo has no action "declaer", did you mean "declare"?'),
        (": declare}", ": warn}", "warn", 'kosovo has no action "warn"'),
        (": declare}", ": declare:us}", "declare:us", "is directed at nobody"),
        (": declare}", ": declare, 3: hold}", "3: hold", "turn 3 has an order already"),
        ("otherwise: hold", "otherwise: wait", "wait", "should be 'rule', 'hold', 'greedy' or 'random'"),
        ("table_resolution", "table_resolutoin", "table_resolutoin", 'did you mean "table_resolution"?'),
        ("table_resolution", "declare", "declare: {", 'unknown question "declare"'),
        ("russia: no}", "rusia: no}", "rusia", 'unknown actor "rusia"'),
        ("russia: no}", "russia: nope}", "nope", "should be 'yes', 'abstain' or 'no'"),
        ("at: 2007-12-18, ", "at: 99, ", "99", "99 is outside the story, which begins on 2007-11-20 and has ended on"),
        ("holds: declared}", "holds: declard}", "declard", 'unknown name "declard", did you mean "declared"?'),
        ("never: recognised.us", "never: status", "status", "yes/no"),
        ("never: recognised.us", "at: 3, never: declared", "{at: 3", "at goes with holds"),
        ("never: recognised.us", "never: a, holds: b", "{never", "choose one of holds, ever, never"),
        ("at_least: 0.9", "at_least: 0.9, at_most: 1", "{holds: ending", "choose one of between, at_least, at_most"),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(tmp_path: Path, old: str, new: str, at: str, words: str) -> None:
    """The first problem is the mistake, at its line and column."""
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, new)
    assert text.count(at) == 1
    (first, *_) = check(tmp_path, MINIMAL + text).errors
    assert words in first.message
    before = MINIMAL + text[: text.index(at)]
    assert (first.line, first.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_who_never_sits_has_no_vote(tmp_path: Path) -> None:
    """A seat that begins later is a seat all the same."""
    outsider = MINIMAL.replace("{actor: kosovo, from: 2008-01-01}", "{actor: us, from: 2008-02-01}")
    text = outsider.replace("{actor: us}, {actor: us, from: 2008-02-01}", "{actor: us}")
    (problem,) = check(tmp_path, text + GOOD.replace("russia: no", "kosovo: no")).errors
    assert problem.message == "kosovo never sits where this is voted on"
    assert not check(tmp_path, MINIMAL + GOOD.replace("russia: no", "kosovo: no")).errors
