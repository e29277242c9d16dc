"""The reader: what plain YAML means here, where everything stands, and that nothing upsets it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.scenario import reader
from engine.scenario.document import Document
from engine.scenario.files import decode
from engine.scenario.limits import LARGEST_FILE
from engine.scenario.problems import UNSEEN, Problems, ScenarioError, report_lines
from engine.scenario.reader import parse_document, read_document
from tests.fuzz.effort import cases
from tests.scenario.broken import YAML_CASES
from tests.scenario.minimal import MINIMAL


def parsed(text: str) -> Document:
    """A text that must have no problem."""
    problems = Problems("f.yaml")
    document = parse_document(text, problems)
    assert document is not None
    assert problems.found == []
    return document


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", 1),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e5", 1e5),
        ("+3", 3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("010", "010"),
        ("0x10", "0x10"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("TRUE", "TRUE"),
        ("Null", "Null"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("e5", "e5"),
        (".e5", ".e5"),
        (".", "."),
        ("--1", "--1"),
        ("2007-12-10", "2007-12-10"),
        ("2007-12-10T10:00:00Z", "2007-12-10T10:00:00Z"),
        ("=", "="),
        ("'1'", "1"),
        ('"true"', "true"),
        ("''", ""),
        ('"caf\\u00e9"', "café"),
        ("|\n  1\n", "1\n"),
        (">-\n  null\n", "null"),
    ],
)
def test_what_a_scalar_means(written, meant):
    """Numbers and yes/no as they are mostly meant, and text as it was written."""
    for text in (f"a: {written}", f"a: {written}\r\n".replace("\n  ", "\r\n  ")):
        content = parsed(text).content
        assert content == {"a": meant}
        assert isinstance(content, dict)
        assert type(content["a"]) is type(meant)


def test_keys_are_read_as_values_are():
    """A key may be a number, and what looks like another language's yes is text."""
    assert parsed("{0: a, 0.5: b, NO: c, 010: d, '1': e}").content == {
        0: "a",
        0.5: "b",
        "NO": "c",
        "010": "d",
        "1": "e",
    }


def test_places():
    """Every key and value has its line and column, and what is missing that of what encloses it."""
    document = parsed("a: 1\nlist:\n  - x\n  - {k: v}\nrecord:\n  inner:\n    deep: text\n")
    assert document.locate(("a",)) == (1, 4)
    assert document.locate(("a",), key=True) == (1, 1)
    assert document.locate(("list", 1, "k")) == (4, 9)
    assert document.locate(("list", 1, "k"), key=True) == (4, 6)
    assert document.locate(("record", "inner", "missing")) == (6, 3)
    assert document.locate(("record", "missing", "further")) == (5, 1)
    assert document.locate(("record", "inner", "deep", 0)) == (7, 11)
    assert document.locate(("missing",)) == (1, 1)
    assert document.locate(()) == (1, 1)


def test_places_within_a_scalar():
    """A character's column is told for scalars of one line, whatever their quotes; else where the scalar starts."""
    document = parsed("plain: abc def\nsingle: 'it''s so'\ndouble: \"\\x41\\u0042 so\"\nblock: |\n  abc\nnumber: 12\n")
    assert document.locate_within(("plain",), 4) == (1, 12)
    assert document.locate_within(("single",), 5) == (2, 16)
    assert document.locate_within(("double",), 3) == (3, 21)
    assert document.locate_within(("block",), 2) == (4, 8)
    assert document.locate_within(("missing",), 2) == (1, 1)


def test_files_that_are_none(tmp_path):
    """A folder, a missing file, a pipe and a file without permission get one clear sentence each."""
    os.mkfifo(tmp_path / "pipe")
    told = {}
    for path in (tmp_path, tmp_path / "missing", tmp_path / "pipe", Path("/dev/zero"), tmp_path / "pipe" / "x"):
        problems = Problems("f.yaml")
        assert read_document(path, problems) is None
        (told[path.name],) = map(str, problems.found)
    assert told["missing"] == told["x"] == "f.yaml: error: can't be read: there is no such file"
    assert told["pipe"] == told["zero"] == "f.yaml: error: can't be read: it is not a plain file"
    assert told[tmp_path.name] == "f.yaml: error: can't be read: it is not a plain file"


def test_file_that_is_too_large(tmp_path):
    """A file of 1 MB is read, and one more byte is too many."""
    path = tmp_path / "f.yaml"
    for size, is_read in ((LARGEST_FILE, True), (LARGEST_FILE + 1, False)):
        path.write_bytes(b"a: 1\n#" + b"x" * (size - 6))
        problems = Problems("f.yaml")
        assert (read_document(path, problems) is not None) is is_read
        assert [p.message for p in problems.found] == ([] if is_read else ["is larger than 1 MB"])


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a: 1\nb: caf\xe9\n", 'f.yaml:2:7: error: is not UTF-8 but probably Windows-1252 (byte 0xe9 is "é"): save'),
        (b"a: \xed\xa0\x80", "f.yaml:1:4: error: is UTF-8 but for byte 0xed"),
        ("é: ü".encode() + b"\xff", "f.yaml:1:5: error: is UTF-8 but for byte 0xff"),
    ],
)
def test_not_utf_8(raw, told):
    """The first byte that can't be read is named with its place."""
    problems = Problems("f.yaml")
    assert decode(raw, problems) is None
    (problem,) = problems.found
    assert str(problem).startswith(told)


def test_messages_are_short_and_printable():
    """A foreign value is shortened, and no character of it commands the terminal."""
    problems = Problems("\x1b[31m.yaml")
    problems.error((1, 1), "a.\x07b", f"unknown \x1b[2J{'x' * 10_000}")
    line = str(problems.found[0])
    assert line.isprintable()
    assert len(line) < 800


def test_at_most_a_hundred_problems_are_told():
    """The rest is counted in one line."""
    problems = Problems("f.yaml")
    for line in range(250):
        problems.error((line + 1, 1), "", "wrong")
    told = str(ScenarioError(problems.in_order())).splitlines()
    assert len(told) == 101
    assert told[-1] == "... and 150 more problems"
    assert list(report_lines(problems.in_order()[:101], 0))[-1] == "... and 1 more problem"


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=20,
)
"""What YAML can hold and the reader accepts."""


class Dumper(yaml.SafeDumper):
    """Writes every text in quotes, so that it is text again when it is read, and no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Writes what is the same twice, twice."""
        return True


Dumper.add_representer(str, lambda d, text: d.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
Dumper.add_representer(float, lambda d, x: d.represent_scalar("tag:yaml.org,2002:float", repr(x)))


@given(plain_data)
def test_written_and_read_again(content):
    """What plain YAML says is what is read, except for characters that can't be seen."""
    text = yaml.dump(content, Dumper=Dumper, allow_unicode=True, width=1000)
    problems = Problems("f.yaml")
    document = parse_document(text, problems)
    if document is not None and not problems.found:
        assert document.content == content
    else:
        assert UNSEEN.search(text) or "\\" in text


def shielded(text: str) -> list[str]:
    """The problems of a text, read by either loader."""
    problems = Problems("f.yaml")
    parse_document(text, problems)
    lines = [str(problem) for problem in problems.in_order()]
    assert all(line.isprintable() for line in lines)
    return lines


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbfa: 1")
def test_any_bytes(raw):
    """Random bytes are read or refused."""
    problems = Problems("f.yaml")
    text = decode(raw, problems)
    if text is not None:
        shielded(text)


PIECES = (
    *" \n\t-:?{}[],&*!|>%@`'\"#\\\r.ab10~<",
    *("\n  ", ": ", "- ", "a: ", "<<: ", "&x ", "*x", "!!str ", "---\n", "...\n", "%YAML 1.1\n", '"\\e"', "1e999"),
    *("\x85", "\u2028", "\ufeff", "\u202e", "\U0001f600", "\ue000", "\x00", "\ud7ff", "\ufffe"),
)
yaml_like = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
"""Text made of what YAML is made of."""


@given(yaml_like)
@settings(max_examples=cases(500))
def test_any_yaml(text):
    """Text that is nearly YAML is read or refused."""
    shielded(text)


@pytest.mark.parametrize("text", [MINIMAL, *(case.text() for case in YAML_CASES if len(case.text()) < 2_000)])
def test_the_pure_parser_reads_the_same(text, monkeypatch):
    """Without libyaml PyYAML's own parser gives the same content at the same places."""
    problems, pure_problems = Problems("f.yaml"), Problems("f.yaml")
    document = parse_document(text, problems)
    monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)
    pure = parse_document(text, pure_problems)
    if document is not None and pure is not None:
        assert pure.root == document.root
        assert pure_problems.found == problems.found
    else:
        assert pure_problems.errors >= 1
        assert problems.errors >= 1


def test_the_pure_parser_survives_nesting(monkeypatch):
    """100,000 brackets stop it as early."""
    monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)
    begun = time.process_time()
    assert shielded("[" * 100_000) == ["f.yaml:1:25: error: is nested more than 24 levels deep"]
    assert time.process_time() - begun < 10
