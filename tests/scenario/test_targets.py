"""The targets of a history: each mistake at its line and column, and how what came decides when it was known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.scenario.load import check_scenario
from engine.scenario.targets import Target
from tests.scenario.minimal import replaced, uncoded, write

HISTORY = """\
history_format: 1
entries: []
targets:
  declared: {title: Declared, done: {what: declared, by: 2007-12-31, was: true}, background: known}
  day: {title: The day, day: {of: did.declare.kosovo, was: 2007-12-20}, background: known}
  unrest: {title: Unrest, value: {of: unrest, on: 2007-12-31, was: 0.3}, background: known}
  who:
    title: Who recognises
    who: {does: recognise, among: powers, by: 2008-01-20, did: [us], by_position: {issue: status, above: 50}}
    background: known
  acts: {title: Acts, which: {of: [did.warn, happened.clashes], by: 2007-12-31, were: [did.warn]}, background: known}
  order: {title: Order, order: {first: declared, second: did.warn, by: 2008-01-20, was: first}, background: known}
  vote:
    title: The vote
    ballot: {question: table_resolution, on: 2008-01-10, yes: [us, kosovo], no: [russia]}
    background: known
  band: {title: A band, range: {of: unrest, on: 2008-01-20, between: [0.1, 0.4]}, given: vote.table_resolution.held}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Declared, done", "Declared, done", None),
        ("what: declared", "what: declred", '4:44: error: targets.declared.done.what: unknown name "declred", did you'),
        ("by: 2007-12-31, was: true", "by: 2009-12-31, was: true", "4:58: error: targets.declared.done.by: the story"),
        ("did.declare.kosovo", "did.declare.us", '5:35: error: targets.day.day.of: unknown name "did.declare.us"'),
        ("was: 2007-12-20", "was: 2007-11-01", "5:60: error: targets.day.day.was: the story goes from 2007-11-20"),
        ("was: 0.3}, background: known", "was: 0.3}", "6:11: error: targets.unrest: what came of it needs evidence"),
        (
            "does: recognise",
            "does: recognize",
            '9:17: error: targets.who.who.does: unknown action "recognize", did you',
        ),
        ("does: recognise", "does: declare", "9:33: error: targets.who.who.among.0: russia may never do"),
        ("does: recognise", "flag: recognized", '9:17: error: targets.who.who.flag: unknown flag that actors have "re'),
        ("among: powers", "among: power", '9:35: error: targets.who.who.among.0: unknown actor or group "power", did'),
        ("did: [us]", "did: [kosovo]", '9:65: error: targets.who.who.did.0: unknown actor who is asked about "kosovo"'),
        ("issue: status", "issue: statsu", '9:91: error: targets.who.who.by_position.issue: unknown issue "statsu"'),
        ("above: 50", "above: 150", "9:106: error: targets.who.who.by_position.above: 150 is off the scale of status"),
        ("were: [did.warn]", "were: [did.warm]", "11:88: error: targets.acts.which.were.0: unknown statement that"),
        ("was: first", "was: frist", "12:89: error: targets.order.order.was:"),
        (
            "question: table_resolution",
            "question: declare",
            "15:24: error: targets.vote.ballot.question: unknown action",
        ),
        ("no: [russia]", "no: [us]", "15:82: error: targets.vote.ballot.no.0: us stands under yes already"),
        ("no: [russia]", "no: [china]", '15:82: error: targets.vote.ballot.no.0: unknown member "china": '),
        ("between: [0.1, 0.4]", "between: [0.4, 0.1]", "17:32: error: targets.band.range: the lower bound comes first"),
        ("table_resolution.held", "table_resolution.hold", '17:90: error: targets.band.given: unknown name "vote.'),
    ],
)
def test_each_mistake_is_told_at_its_place(tmp_path: Path, old: str, new: str, told: str | None) -> None:
    """With the spelling that was meant, or what is allowed."""
    write(tmp_path)
    (tmp_path / "history.yaml").write_text(replaced(old, new, HISTORY))
    lines = [uncoded(line).partition("history.yaml:")[2] for line in check_scenario(tmp_path).lines()]
    if told is None:
        assert lines == []
    else:
        assert len(lines) == 1
        assert lines[0].startswith(told), lines[0]


def test_a_target_says_one_thing() -> None:
    """Neither two nor none."""
    done = {"what": "declared", "by": "2007-12-31"}
    with pytest.raises(ValueError, match="found none"):
        Target.model_validate({"title": "Nothing"})
    with pytest.raises(ValueError, match="found done and day"):
        Target.model_validate({"title": "Two", "done": done, "day": {"of": "declared"}})


@pytest.mark.parametrize(
    ("statement", "day"),
    [
        ({"done": {"what": "declared", "by": "2007-12-31", "was": False}}, "2007-12-31"),
        ({"day": {"of": "declared", "was": "2007-12-20"}}, "2007-12-20"),
        ({"day": {"of": "declared", "was": "never"}}, "2008-01-29"),
        ({"ballot": {"question": "table", "on": "2008-01-10", "no": ["us"]}}, "2008-01-10"),
    ],
)
def test_what_came_was_known_on_a_day(statement: dict[str, object], day: str) -> None:
    """By when it is asked, on the day itself, or, of what never came, as the calendar ends."""
    target = Target.model_validate({"title": "It", "background": "known", **statement})
    assert target.is_known
    assert target.known_on(dt.date(2008, 1, 29)).isoformat() == day
    assert not target.without_answer().is_known
    assert target.without_answer().background is None
