"""A beginner's slips: what YAML refuses or swallows is told with its place, what was meant, and what to write."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scenario.load import check_document
from engine.scenario.problems import Problem, Problems
from engine.scenario.reader import LOADER, parse_document
from engine.scenario.slips.meant import dates_meant, durations_meant, names_meant, shares_meant, truths_meant
from engine.scenario.slips.numerals import only_reading, readings
from engine.scenario.slips.syntax import first_stop
from tests.scenario.minimal import MINIMAL, replaced

SYNTAX = [
    ("a:\n\tb: 1\n", 2, "write `  b: 1`"),
    ("a:\n  b: 1\n\tc: 2\n", 3, "write `  c: 2`"),
    ("a:\n\tb: 1\n\tc: 2\n\td: 3\n", 2, "the same in lines 3 and 4"),
    ("l:\n  -\tb: 1\n  \tc: 2\n", 2, "a tab"),
    ("summary: Crisis: Vesta\nb: 1\n", 1, 'write `summary: "Crisis: Vesta"`'),
    ('s: the "end": a story\nb: 1\n', 1, "write `s: 'the \"end\": a story'`"),
    ("w: Note:\nb: 1\n", 1, 'write `w: "Note:"`'),
    ("l:\n  - one: two: three\n", 2, '"'),
    ("x: {a: Crisis: Vesta, b: 1}\n", 1, 'write `x: {a: "Crisis: Vesta", b: 1}`'),
    ("x: {a: Boat #7, b: 1}\ny: 2\n", 1, 'write `x: {a: "Boat #7", b: 1}`'),
    ("w: To keep #1 hand\n  on the strait\nb: 1\n", 1, '"To keep #1 hand` and `'),
    ("s: Crisis: Vesta\n  has closed\n  the strait\nb: 1\n", 1, 'write `s: "Crisis: Vesta` and `  the strait"`'),
    ("s: a story of\n  Vesta: the end\nb: 1\n", 2, "write `"),
    ("a: 'b\nc: d\n", 1, 'write `a: "b"`'),
    ('a: "b\nc: "d"\n', 1, 'write `a: "b"`'),
    ("title: 'It's on'\nb: 1\n", 1, 'write `title: "It\'s on"`'),
    ('t: "He said "no""\nb: 1\n', 1, "write `t: 'He said \"no\"'`"),
    ('p: "C:\\path"\n', 1, "write `p: 'C:\\path'`"),
    ("a: b\n c: d\n", 2, "write `c: d`"),
    ("a:\n  b: 1\n   c: 2\n  d: 3\n", 3, "is indented by 3 spaces, and its neighbours by 2"),
    ("a:\n    b: 1\n  c: 2\n", 3, "write `    c: 2`"),
    ("t: [draft] of a treaty\nb: 1\n", 1, 'write `t: "[draft] of a treaty"`'),
    ("d: {by} declares\nb: 1\n", 1, 'write `d: "{by} declares"`'),
    ("t: *important* thing\n", 1, 'write `t: "*important* thing"`'),
    ("t: @all\n", 1, 'write `t: "@all"`'),
    ("t: `x`\n", 1, 'write `t: "`x`"`'),
    ("t: %x y\nb: 1\n", 1, 'write `t: "%x y"`'),
    ("t: & so\n", 1, 'write `t: "& so"`'),
    ("t: | text\nb: 1\n", 1, "write `t: text`"),
    ("t: > one: two\nb: 1\n", 1, 'write `t: "one: two"`'),
    ("t: - text\nb: 1\n", 1, 'write `t: "- text"`'),
    ("a:                # what it is\n\tb: 1\n", 2, "write `  b: 1`"),
    ("l:\n  - a: 1\n  • b: 2\n", 3, "write `  - b: 2`"),
    ("l:\n  - {a: 1}\n  * {b: 2}\n", 3, "write `  - {b: 2}`"),
    ("l:\n  - {a: 1}\n  {b: 2}\n  - {c: 3}\n", 3, "write `  - {b: 2}`"),
    ("a:\n  b -> 2\n  c: 3\n", 2, "write `  b: 2`"),
    ("a: 1\nb => 2\nc: 3\n", 2, "write `b: 2`"),
    ("a:\n  // the other\n  c: 3\n", 2, "write `  # the other`"),
    ("a: 1\n/* the other */\nc: 3\n", 2, "write `# the other`"),
    ("```yaml\na: 1\nb: 2\n```\n", 1, "write `#`; the same in line 4"),
    ("title:Kosovo\nb: 1\n", 1, "write `title: Kosovo`"),
    ("l:\n  - a\n  -b: 1\n", 3, "write `  - b: 1`"),
    ("actors\n  us: 1\n", 1, "write `actors:`"),
    ("a: 1\nb = 2\nc: 3\n", 2, "write `b: 2`"),
    ("title： Kosovo\nb: 1\n", 1, "a fullwidth colon (U+FF1A)"),
    ("a: 1\ntitle：Kosovo\nb: 1\n", 2, "write `title: Kosovo`"),
    ("l:\n  - a: 1\n  － b: 2\n", 3, "write `  - b: 2`"),
    ("t: “Crisis: Vesta”\nb: 1\n", 1, 'write `t: "Crisis: Vesta"`'),
    ("t: „Krise: Vesta“\nb: 1\n", 1, 'write `t: "Krise: Vesta"`'),
    ("t: «Crise: Vesta»\nb: 1\n", 1, 'write `t: "Crise: Vesta"`'),
    ("x: {a: 1, b: 2\ny: 3\n", 1, "write `x: {a: 1, b: 2}`"),
    ("x: [1, [2, 3]\ny: 3\n", 1, "write `x: [1, [2, 3]]`"),
    ("x: {a: 1 b: 2}\ny: 3\n", 1, "write `x: {a: 1, b: 2}`"),
    ("x: {a: 1}}\ny: 2\n", 1, "write `x: {a: 1}`"),
]


def found_in(text: str) -> list[Problem]:
    """What reading a text finds."""
    problems = Problems("f.yaml", coded=True)
    parse_document(text, problems)
    return list(problems.in_order())


@pytest.mark.parametrize(("text", "line", "remedy"), SYNTAX)
def test_where_yaml_stops(text, line, remedy):
    """The finding has the line of the slip and what to write there, and with that the parser goes on."""
    problem = found_in(text)[0]
    assert (problem.code, problem.line) == ("E005", line)
    assert remedy in problem.message
    assert problem.message.count("`") >= 2


@pytest.mark.parametrize(
    "text",
    [
        text
        for text, _, remedy in SYNTAX
        if remedy.startswith("write `") and remedy.endswith("`") and " and `" not in remedy
    ],
)
def test_the_remedy_can_be_pasted(text):
    """With the line that is offered in the place of the one that is wrong, the whole text is YAML."""
    problem = found_in(text)[0]
    lines = text.split("\n")
    lines[problem.line - 1] = problem.message.partition("write `")[2].rpartition("`")[0]
    assert first_stop(lines, LOADER) is None


def test_each_slip_of_a_file_is_told():
    """A file with three slips has three findings, and none that follows from another."""
    found = found_in("a: b: c\nx:\n\ty: 1\nz: 'u\n")
    assert [problem.line for problem in found] == [1, 3, 4]


FIELDS = [
    ("start: 0.2, range", "start: 0,2, range", "write 0.2"),
    ("{position: 0, salience: 0.9", "{position: 0, salience: 0,9", "write 0.9"),
    ("start: 35", "start: 35,5", "write 35.5"),
    ("start: 35", "start: 1'900", "write 1900"),
    ("start: 35", "start: 1 900", "write 1900"),
    ("start: 35", "start: 1,900", "write 1900 or 1.900"),
    ("start: 35", "start: 1.900,5", "write 1900.5"),
    ("start: 35", "start: ３５", "write 35"),
    ("start: 35", "start: ٣٥", "write 35"),
    ("start: 35", "start: ३५", "write 35"),
    ("start: 35", "start: −5", "write -5"),
    ("start: 35", "start: 35 %", "write 0.35 or 35"),
    ("start: 35", "start: 010", "write 10"),
    ("start: 35", "start: 0x10", "write 16"),
    ("start: 35", "start: 1_000", "write 1000"),
    ("start: 35", "start: thirty-five", "write 35"),
    ("start: 35", "start: 70/2", "write 35"),
    ("start: 35", "ｓｔａｒｔ: 35", "write start"),
    ("start: 35", "stаrt: 35", 'did you mean "start"?'),
    ("range: [0, 1]", "range: [0; 1]", "write 0, 1"),
    ("range: [0, 1]", "range: [0， 1]", "write 0, 1"),
    ("start: 2007-11-20", "start: 2007-20-11", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 20. März 2007", "write 2007-03-20"),
    ("start: 2007-11-20", "start: 20 de noviembre de 2007", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 20 ноября 2007 г.", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 20.11.2007", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 11/20/2007", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 02/11/2007", "write 2007-11-02 or 2007-02-11"),
    ("start: 2007-11-20", "start: 2007–11–20", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 2007/11/20", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 20 November 2007", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 2007年11月20日", "write 2007-11-20"),
    ("start: 2007-11-20", "start: 20071120", "write 2007-11-20"),
    ("step: 1w", "step: 1 week", "write 1w"),
    ("step: 1w", "step: 7", "write 7d or 7w"),
    ("pass: {yes: 2,", "pass: {share: 66%,", "write 0.66"),
    ("pass: {yes: 2,", "pass: {share: ⅔,", "write 2/3"),
    ("once: true", "once: on", "write true or false"),
    ("once: true", "once: yes", "write true or false"),
    ("  russia:\n", "  Russia:\n", "write russia"),
    ("title: Russia", "title: [Russia]", '"[Russia]"'),
    ("title: Russia", "title: {by}", '"{by}"'),
    ("title: Russia", "title: 1812", '"1812"'),
    ("title: Russia", "title: #7", 'write `title: "#7"`'),
    ("title: Russia", "title: &Russia", "between quotation marks"),
    ("range: [0, 1]", "range: [0,5, 1,5]", "write 0.5"),
    ("{position: 0, salience: 0.9", "{position: 0, salience:0.9", "write salience: 0.9"),
    ("{position: 0, salience: 0.9", "{position: 0, salience： 0.9", "write salience: 0.9"),
    ("    title: United States", "\u3000\u3000title: United States", "write `    title: United States`"),
    ("    title: United States", "\u00a0\u00a0\u00a0\u00a0title: United States", "write `    title: United States`"),
]


@pytest.mark.parametrize(("old", "new", "remedy"), FIELDS)
def test_fields_that_were_meant_otherwise(old, new, remedy):
    """One finding, an error, with what to write."""
    problems = Problems("f.yaml", coded=True)
    report = check_document(parse_document(replaced(old, new), problems), {}, problems)
    told = [problem for problem in report.problems if problem.severity == "error"]
    assert remedy in told[0].message
    assert len(report.problems) <= 2  # the rest of a text that a comma has cut may be told beside it


SWALLOWED = [
    ("title: Russia\n", "title: Russia #7\n", "W010"),
    ("title: Russia\n", "title: Russia #one of five\n", "W010"),
    ("title: Russia\n", "title: Agenda item # 4\n", "W010"),
    ("title: Russia\n", "title: boat #7\n", "W010"),
    ("title: Russia\n", "title: “Russia”\n", "I011"),
    ("title: Russia\n", "title: „Russland“\n", "I011"),
    ("title: Russia\n", "title: «Russie»\n", "I011"),
    ("title: Russia\n", "title: CafÃ© Russia\n", "W012"),
    ("title: Russia\n", "title: Russiaâ€™s\n", "W012"),
    ("title: Russia\n", "title: Russ\ufffda\n", "W012"),
    ("start: 35", "start: 1.900", "I014"),
    ("start: 35", "start: 35.000", "I014"),
]


@pytest.mark.parametrize(("old", "new", "code"), SWALLOWED)
def test_what_yaml_swallows(old, new, code):
    """What reads as something else than it looks is told, with its line."""
    problems = Problems("f.yaml", coded=True)
    report = check_document(parse_document(replaced(old, new), problems), {}, problems)
    assert [problem.code for problem in report.problems] == [code]


@pytest.mark.parametrize(
    "line",
    [
        "title: Russia  # the largest of them",
        "title: Russia # ok",
        "title: Russia #",
        'title: "Russia #7"',
        "title: Russia#7",
        "title: Russia  #### here",
        "title: Saint “Peter” and “Paul”",
    ],
)
def test_comments_and_quotes_that_are_meant(line):
    """An ordinary comment is one, and quotation marks inside a text are its own."""
    assert found_in(MINIMAL.replace("title: Russia", line)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,5", 0.5),
        ("1.900.000", 1_900_000),
        ("1\u202f900,5", 1900.5),
        ("12,34,567", 1234567),
        ("٠٫٥", 0.5),
        ("5 %", 0.05),
    ],
)
def test_one_reading(text, number):
    """A number that everybody who writes so means the same by."""
    assert only_reading(text) == number


def test_what_has_no_reading():
    """A time, a date, a word and a number that may be two are no single number."""
    assert not any(only_reading(text) is not None for text in ("12:30", "abc", "1.5.2", "", ".", "1,900"))


def test_what_is_meant_by_other_values():
    """Dates, durations, shares, names and truths of other habits."""
    assert dates_meant("15. 2. 2008") == ["2008-02-15"]
    assert dates_meant("2008-02-30") == []
    assert durations_meant("3 days") == ["3d"]
    assert shares_meant("two thirds") == ["2/3"]
    assert dates_meant("16.10.62") == []
    assert names_meant("Zürich 2") == ["zurich_2"]
    assert names_meant("vеstа") == ["vesta"]
    assert truths_meant("Ja") == ["true"]


@given(st.text(max_size=70))
def test_any_text_has_readings_or_none(text):
    """No text upsets the readings, and each reading is a number that is read the same again."""
    for number in readings(text):
        assert readings(number)
    for way in (dates_meant, durations_meant, shares_meant, truths_meant, names_meant):
        assert isinstance(way(text), list)


@pytest.mark.parametrize(
    "text",
    ["a:\n" + "\tb: 1\n" * 90_000, "a: 'b\n" * 90_000, "a: b: c\n" * 90_000, "a: " + "b: " * 300_000, "[x: " * 20],
)
def test_many_slips_cost_little(text):
    """A file that is wrong from its first line to its last is told in seconds."""
    begun = time.process_time()
    assert found_in(text)
    assert time.process_time() - begun < 15
