"""Encodings as editors of all systems save them: read where a mark says what they are, else named with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.encodings import decode
from engine.scenario.load import check_scenario
from engine.scenario.problems import Problems
from tests.scenario.minimal import MINIMAL, replaced, write

TEXT = "title: Überfälle an der Grenze, «trêve» et café\nb: 1\n"


def told(raw: bytes) -> str:
    """The one finding in some bytes."""
    problems = Problems("f.yaml")
    assert decode(raw, problems) is None
    (problem,) = problems.found
    return str(problem)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_obeyed(codec):
    """What editors on Windows call Unicode is read without a word."""
    problems = Problems("f.yaml")
    assert decode(TEXT.encode(codec), problems) == TEXT
    assert not problems.found


def test_big_endian_with_its_mark():
    """The other order of bytes is read as well."""
    problems = Problems("f.yaml")
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), problems) == TEXT


@pytest.mark.parametrize(
    ("codec", "text", "title"),
    [
        ("cp1252", "it’s a “test” – of café", "Windows-1252"),
        ("latin-1", "Die Prüfung der Grenze", "Windows-1252"),
        ("mac_roman", "it’s a “test” – of café", "Mac Roman"),
        ("cp1250", "Zażółć gęślą jaźń, państwo", "Windows-1250"),
        ("cp1251", "Россия: против независимости", "Windows-1251"),
        ("koi8_r", "Россия: против независимости", "KOI8-R"),
        ("cp866", "Россия: против независимости", "DOS (code page 866)"),
        ("cp1253", "Η Ελλάδα δεν αναγνωρίζει", "Windows-1253"),
        ("cp1254", "Türkiye, Kıbrıs'ı tanımıyor şimdi", "Windows-1254"),
        ("cp1255", "ישראל מתנגדת", "Windows-1255"),
        ("cp1256", "إيران ترفض الاتفاق", "Windows-1256"),
        ("cp874", "ประเทศไทย", "Windows-874"),
        ("shift_jis", "日本の立場は中立です", "Shift JIS"),
        ("euc_jp", "日本の立場は中立です", "EUC-JP"),
        ("gb18030", "中国反对科索沃独立", "GB 18030"),
        ("big5", "中國反對科索沃獨立的立場", "Big5"),
        ("euc_kr", "한국은 독립을 인정한다", "EUC-KR"),
        ("utf-16-le", "title: a crisis", "UTF-16 (little-endian)"),
        ("utf-16-be", "title: a crisis", "UTF-16 (big-endian)"),
        ("utf-32-le", "title: a crisis", "UTF-32"),
    ],
)
def test_other_encodings_are_named(codec, text, title):
    """The finding says what the file probably is and how it becomes UTF-8."""
    said = told(f"title: {text}\n".encode(codec))
    assert title in said
    assert "save it as UTF-8" in said
    assert "iconv -f" in said


def test_one_foreign_byte_in_utf_8():
    """A letter that was pasted into a file of UTF-8 is to be written anew, and nothing else."""
    said = told("a: Überfälle, naïve, crème\nb: it".encode() + b"\x92s so\n")
    assert said.startswith("f.yaml:2:6: error: is UTF-8 but for byte 0x92")
    assert "write that letter anew" in said


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"\x89PNG\r\n\x1a\n123", "a PNG picture"),
        (b"PK\x03\x04abc", "Excel"),
        (b"PAR1abc", "a Parquet file"),
        (b"%PDF-1.7", "a PDF document"),
        (b"SQLite format 3\x00", "an SQLite database"),
    ],
)
def test_what_is_no_text_is_named(raw, what):
    """A file of another program is called by its kind."""
    assert what in told(raw)


def test_lines_that_end_as_on_old_macs():
    """A scenario whose lines end in a carriage return alone is read like any other."""
    problems = Problems("f.yaml")
    assert decode(MINIMAL.replace("\n", "\r").encode(), problems) == MINIMAL


QUOTED = replaced(
    "{position: 0, salience: 0.9, spread: 5, assumed: for the test}",
    "{position: 0, salience: 0.9, evidence: [{source: memo, quote: we know what we want}, "
    "{source: memo, quote: they know what they want}]}",
)
INDEX = "sources: {memo: {file: memo.txt, date: 2007-12-01, title: A memo}}\n"


def findings(folder: Path, index: str | None, memo: bytes | None) -> list[str]:
    """The codes of what is found where the sources are such."""
    write(folder, QUOTED)
    (folder / "sources").mkdir()
    if index is not None:
        (folder / "sources" / "index.yaml").write_text(index)
    if memo is not None:
        (folder / "sources" / "memo.txt").write_bytes(memo)
    return [problem.code for problem in check_scenario(folder, {}).problems]


@pytest.mark.parametrize(
    ("index", "memo", "codes"),
    [
        (INDEX, b"we know what we want, they know what they want\n\x92", ["E003"]),
        (INDEX, None, ["E001"]),
        (INDEX, b"x" * 1_000_001, ["E002"]),
        (None, b"we know", ["E001"]),
        (INDEX + "  no index\n", b"we know", ["E005"]),
        (INDEX.replace("file:", "fill:"), b"we know", ["E102"]),
        ("sources: {mem: {file: memo.txt, date: 2007-12-01, title: A memo}}\n", b"we know", ["E701"]),
    ],
)
def test_one_cause_is_told_once(tmp_path, index, memo, codes):
    """A source that can't be read is told where it stands, and not again at each quote from it."""
    assert findings(tmp_path, index, memo) == codes


def test_a_folder_of_another_name(tmp_path):
    """Where there is no folder of sources but one that looks like it, the finding says so."""
    write(tmp_path, QUOTED)
    (tmp_path / "Sources-old").mkdir()
    (tmp_path / "source").mkdir()
    (problem,) = check_scenario(tmp_path, {}).problems
    assert "a folder called sources, and here is one called source" in problem.message


def test_the_same_unknown_name_is_told_once(tmp_path):
    """A flag that is misspelled in several places is one finding, which names the other lines."""
    text = MINIMAL.replace("declared", "declarred").replace("  declarred: independence", "  declared: independence")
    problems = check_scenario(write(tmp_path, text), {}).problems
    unknown = [problem for problem in problems if problem.code == "E203"]
    assert len(unknown) == 2  # as a name of an expression, and as a place of an effect
    assert "(also in line" in str(unknown[0])
