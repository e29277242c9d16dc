"""The table of findings: whatever is found has a page, and the examples of each page are what they claim to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.scenario.document import Document, Node
from engine.scenario.findings import FINDINGS, Finding
from engine.scenario.load import Report, check_document, check_scenario
from engine.scenario.problems import Problems
from engine.scenario.reader import parse_document
from tests.scenario.minimal import FILE, MINIMAL, write

ENGINE = Path(__file__).parents[2] / "engine" / "scenario"

CODE = re.compile(r'"([EWI]\d{3})"')

MEMO = (
    "Moscow says: we shall not recognise it. Washington: we shall recognise it in time. But the talks go on and on.\n"
    "There are three hundred and fifty men.\n"
)
"""The one source of the examples."""

INDEX = "sources: {memo: {file: memo.txt, date: 2007-12-01, title: A memo}}\n"

LOST = re.compile("[\udc80-\udcff]")
"""Stands in an example for a byte that is not UTF-8."""

NOWHERE = (0, 0)


def noted_codes() -> set[str]:
    """Every code that stands in the source of the checker."""
    files = [path for path in ENGINE.rglob("*.py") if "findings" not in path.parts]
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}


def laid_over(base: Node, example: Node) -> Node:
    """A document with an example laid over it; what is not of the example is nowhere."""
    if not (isinstance(base.content, dict) and isinstance(example.content, dict)):
        return example
    keys = {**dict.fromkeys(base.parts, NOWHERE), **example.keys}
    parts = {key: nowhere(part) for key, part in base.parts.items()}
    for key, part in example.parts.items():
        parts[key] = laid_over(parts[key], part) if key in parts else part
    return Node(example.position, {key: part.content for key, part in parts.items()}, parts, keys)


def nowhere(node: Node) -> Node:
    """The same with all places taken away."""
    parts = {key: nowhere(part) for key, part in node.parts.items()}
    return Node(NOWHERE, node.content, parts, dict.fromkeys(node.keys, NOWHERE))


def codes_in(example: str, finding: Finding, folder: Path) -> list[str]:
    """The codes that are found in an example, in order."""
    sources = folder / "sources"
    sources.mkdir()
    (sources / "memo.txt").write_text(MEMO, encoding="utf-8")
    (sources / "index.yaml").write_text(INDEX, encoding="utf-8")
    write(folder)
    if finding.file != FILE:
        (folder / finding.file).parent.mkdir(exist_ok=True)
        (folder / finding.file).write_text(example, encoding="utf-8")
        return [problem.code for problem in check_scenario(folder, {}).problems]
    return [problem.code for problem in report_on(example, folder).problems]


def report_on(example: str, folder: Path) -> Report:
    """What is found in the small scenario with an example laid over it."""
    sources = check_scenario(folder, {}).sources
    problems = Problems(FILE, coded=True)
    if LOST.search(example):
        (folder / FILE).write_text(example, encoding="utf-8", errors="surrogateescape")
        return check_scenario(folder, {})
    document = parse_document(example, problems)
    base = parse_document(MINIMAL, Problems(FILE))
    assert base is not None
    if document is not None:
        document = Document(FILE, laid_over(base.root, document.root), document.silencers)
    return check_document(document, sources, problems)


def test_every_code_that_is_noted_has_a_page():
    """And there is no page for what is never noted."""
    assert noted_codes() == set(FINDINGS)


def test_codes_are_unique_without_their_letter():
    """A finding may change its severity and keep its number."""
    numbers = [code[1:] for code in FINDINGS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=list(FINDINGS))
def test_the_wrong_example_is_found_and_the_right_one_is_not(finding: Finding, tmp_path: Path):
    """What a page shows as wrong is found first, and under this code; what it shows as right has no finding at all."""
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert codes_in(finding.wrong, finding, tmp_path / "wrong")[:1] == [finding.code]
    assert codes_in(finding.right, finding, tmp_path / "right") == []


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=list(FINDINGS))
def test_pages_are_whole(finding: Finding):
    """Each page says what is wrong and why it matters, in sentences."""
    assert finding.title[:1].islower()
    assert not finding.title.endswith(".")
    assert finding.means.endswith(".")
    assert finding.matters.endswith(".")
    assert finding.wrong != finding.right
