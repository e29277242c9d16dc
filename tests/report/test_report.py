"""A report is one page that needs nothing else, says what the numbers say, and can't be broken by a scenario."""

from __future__ import annotations

import html.parser
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from engine.batch import BatchError, Results, run_plan
from engine.batch.design.planning import read_plan
from engine.report import Report, report_on
from engine.report.markup import VOID
from engine.report.words import percent, points, runs_of_100
from tests.batch.batches import small_plan
from tests.cli.conftest import Brink, brink
from tests.scenario.minimal import load, minimal

pytestmark = pytest.mark.slow

__all__ = ["brink"]

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = """<script>alert(1)</script> & $x^2_{$ "quoted" 'it' {0} %s #1b1b1b --> 3.14159 <!-- id="a" url(#a)"""
"""A title that would be markup, mathematics, or a part of a drawing, were it believed."""

UNSURE = minimal(temperature="10")
"""The minimal scenario with actors who do not do the same in every run."""

SWEEP = """\
experiment_format: 1
scenario: small-crisis
title: 'TITLE'
question: 'TITLE?'
seed: 7
runs: 30
uncertainties:
  unrest: {title: 'TITLE unrest', path: values.unrest.start, range: [0, 1], because: 'TITLE'}
levers:
  russia:
    title: 'TITLE lever'
    choices: {free: {title: 'TITLE free'}, still: {title: 'TITLE still', policy: {russia: hold}, because: 'TITLE'}}
outcomes:
  declared_on: {first: declared, title: 'TITLE day'}
  worst: {maximum: unrest, title: 'TITLE worst'}
  is_declared: {at_end: flag.declared, title: 'TITLE declared'}
design:
  sobol: 16
""".replace("TITLE", HOSTILE.replace("'", "''"))


NO_BREAK = "\N{NO-BREAK SPACE}"
"""Before a percent sign."""


class Reader(html.parser.HTMLParser):
    """Reads a page and notes what does not close, what is asked of elsewhere, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element, its id, and where it points."""
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "xlink:href", "aria-labelledby"):
                self.targets.append((value or "").lstrip("#"))

    def handle_endtag(self, tag: str) -> None:
        """Every element closes in its turn."""
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that is empty."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Notes text."""
        self.text += data


def read(page: str) -> Reader:
    """A page that has been read to its end."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """One arm, without trajectories."""
    folder = tmp_path_factory.mktemp("one")
    return run_plan(small_plan(folder / "s", 200, text=UNSURE), folder / "out", command=["brink", "batch", "<x>"])


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A lever, an uncertainty, outcomes and trajectories, all called by hostile names."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "experiment.yaml").write_text(SWEEP, encoding="utf-8")
    plan = read_plan(folder / "experiment.yaml", load(folder, hostile_scenario()))
    return run_plan(plan, folder / "out", trajectories="summary")


def hostile_scenario() -> str:
    """The minimal scenario with hostile titles wherever people read one."""
    name = "'" + HOSTILE.replace("'", "''") + "'"
    text = UNSURE
    for old in ("A small crisis", "United States", "Independent", "No decision"):
        text = text.replace(f"title: {old}", f"title: {name}")
    text = text.replace("title: Status\n", f"title: {name}\n").replace(
        "declared: independence is declared", f"declared: {name}"
    )
    return text.replace("0: as before", f"0: {name}")


@pytest.fixture(scope="module")
def reports(one: Results, sweep: Results) -> dict[str, Report]:
    """Both reports."""
    return {"one": report_on(one), "sweep": report_on(sweep)}


@pytest.fixture(scope="module")
def pages(reports: dict[str, Report]) -> dict[str, str]:
    """Both pages."""
    return {name: report.html() for name, report in reports.items()}


@pytest.mark.parametrize("name", ["one", "sweep"])
def test_a_page_is_whole_and_needs_nothing_else(pages: dict[str, str], name: str) -> None:
    """Elements close, ids are single, links end in the page, and nothing is loaded."""
    page = pages[name]
    reader = read(page)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert set(reader.targets) <= set(reader.ids)
    assert not {"script", "link", "img", "iframe", "object", "image", "base"} & set(reader.seen)
    tags = " ".join(re.findall(r"<[^>]*>", page))
    assert not re.search(r"https?://|src=|@import", re.sub(r'xmlns(:\w+)?="[^"]*"', "", tags))
    assert not re.search(r"https?://|url\(|@import", page[page.index("<style>") : page.index("</style>")])
    assert len(page.encode()) < 2_000_000


@pytest.mark.parametrize("name", ["one", "sweep"])
def test_drawings_are_xml_with_a_title_and_two_widths(
    reports: dict[str, Report], pages: dict[str, str], name: str
) -> None:
    """Each figure has a wide and a narrow drawing, and a table of its numbers."""
    drawn = re.findall(r"<svg.*?</svg>", pages[name], re.DOTALL)
    figures = list(reports[name].figures)
    assert len(drawn) == 2 * len(figures)
    for svg in drawn:
        root = ET.fromstring(svg.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1))
        assert root[0].tag == "title"
        assert root[0].text
    assert pages[name].count("<details>") == len(figures)
    assert all(figure.table.rows for figure in figures)


def test_names_are_text_and_nothing_else(pages: dict[str, str]) -> None:
    """A title is shown as it was written, also inside drawings, and is never markup."""
    page = pages["sweep"]
    assert "<script" not in page
    assert "<!--" not in page
    assert HOSTILE in read(page).text
    drawn = "".join(re.findall(r"<text.*?</text>", page, re.DOTALL))
    assert "&lt;script&gt;" in drawn
    assert "$x^2_{$" in drawn


def test_captions_say_what_the_numbers_say(one: Results, pages: dict[str, str]) -> None:
    """The share of the most frequent ending, its interval, and what no run reached."""
    shares = one.tallies.shares()
    most = max(shares, key=lambda ending: shares[ending].count)
    share, title = shares[most], one.manifest["endings"][most]
    text = read(pages["one"]).text.replace(NO_BREAK, " ")
    assert f"In {runs_of_100(share.share)} the story closes with “{title}”" in text
    said = f"({percent(share.share)}; 95 % interval {percent(share.low)} to {percent(share.high)})"
    assert said.replace(NO_BREAK, " ") in text
    declared = one.runs.collect()["first_declared"].is_not_null().mean()
    assert isinstance(declared, float)
    assert f"“independence is declared” comes true in {runs_of_100(declared)}" in text
    assert "add --trajectories" in text


def test_everything_is_told_of_a_sweep(reports: dict[str, Report], pages: dict[str, str]) -> None:
    """Arms, comparison, outcomes, movements and sensitivity have figures."""
    names = {figure.name for figure in reports["sweep"].figures}
    assert {
        "endings",
        "endings-by-arm",
        "contrasts-russia",
        "outcomes",
        "times",
        "movements",
        "sides",
        "stances",
    } <= names
    assert any(name.startswith("hinges-") for name in names) or "Left out for" in pages["sweep"]
    assert {figure.name for figure in reports["one"].figures} == {"endings", "times", "sides", "stances"}


def test_the_same_results_give_the_same_bytes(one: Results, reports: dict[str, Report], pages: dict[str, str]) -> None:
    """The page, and every file of its figures."""
    again = report_on(one)
    assert again.html() == pages["one"]
    assert again.files() == reports["one"].files()
    assert all(content[:4] in (b"<svg", b"\x89PNG") for content in again.files().values())


def test_the_same_bytes_in_every_process(sweep: Results, pages: dict[str, str], tmp_path: Path) -> None:
    """Here, under whatever hash seed, and in another process under its own."""
    page = tmp_path / "page.html"
    command = [sys.executable, "-m", "engine.cli", "report", str(sweep.path), "-o", str(page)]
    environment = {**os.environ, "PYTHONHASHSEED": "1" if sys.flags.hash_randomization else "2"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    assert page.read_text(encoding="utf-8") == pages["sweep"]


def test_an_ending_that_no_run_reached_is_named(tmp_path: Path) -> None:
    """With how large its share may still be."""
    text = UNSURE.replace("when: status > 75 and declared", "when: status > 99.9 and unrest > 0.999")
    page = report_on(run_plan(small_plan(tmp_path / "s", 60, text=text), tmp_path / "out")).html()
    assert "No run reached “Independent”" in page
    assert f"below 6.0{NO_BREAK}%" in page


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "no run"),
        (0.574, "57 of 100 runs"),
        (0.004, "4 of 1,000 runs"),
        (0.00004, "4 of 100,000 runs"),
        (0.997, "997 of 1,000 runs"),
        (1.0, "every run"),
    ],
)
def test_shares_in_words(share: float, words: str) -> None:
    """Never rounded to none or to all."""
    assert runs_of_100(share) == words


def test_small_shares_and_differences_keep_their_digits() -> None:
    """A percentage is nought or a hundred only where the share is."""
    assert [percent(s).replace(NO_BREAK, " ") for s in (0.0, 0.5712, 0.0312, 0.0004, 0.99996, 1.0)] == [
        "0 %",
        "57 %",
        "3.1 %",
        "0.04 %",
        "99.996 %",
        "100 %",
    ]
    assert [points(d) for d in (0.123, -0.0123, 0.0, 0.0004)] == ["+12", "−1.2", "0.00", "+0.04"]


def test_matplotlib_that_is_missing_is_said_so(one: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to type."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(BatchError, match=r"needs matplotlib: .*\[report\]'$"):
        report_on(one)


def test_results_without_a_run_are_said_so(one: Results) -> None:
    """As where no design point could be run."""
    with pytest.raises(BatchError, match="there is no run"):
        report_on(replace(one, runs=one.runs.limit(0)))


def test_a_lever_that_cannot_be_compared_is_said_so(tmp_path: Path) -> None:
    """Points of a list that have nothing in common but their scenario."""
    listed = SWEEP.replace("sobol: 16", "list: [{unrest: 0.1, russia: free}, {unrest: 0.3, russia: still}]")
    (tmp_path / "experiment.yaml").write_text(listed, encoding="utf-8")
    plan = read_plan(tmp_path / "experiment.yaml", load(tmp_path, UNSURE))
    report = report_on(run_plan(plan, tmp_path / "out"))
    assert "nothing to compare" in report.html()
    assert not any(figure.name.startswith("contrasts") for figure in report.figures)


def test_a_manifest_without_its_scenario_is_said_to_be_damaged(one: Results) -> None:
    """In one sentence."""
    broken = {
        **one.manifest,
        "scenario": {**one.manifest["scenario"], "content": {**one.manifest["scenario"]["content"], "start": 7}},
    }
    with pytest.raises(BatchError, match="are damaged"):
        report_on(replace(one, manifest=broken))


def test_the_command_writes_and_never_overwrites(brink: Brink, one: Results, tmp_path: Path) -> None:
    """A page and figures; what is there already stays, unless told otherwise."""
    page, figures = tmp_path / "page.html", tmp_path / "figures"
    answer = brink("report", one.path, "-o", page, "--figures", figures)
    assert answer.code == 0
    assert sorted(path.suffix for path in figures.iterdir()) == [".png"] * 4 + [".svg"] * 4
    before = page.read_bytes()
    page.write_text("mine")
    answer = brink("report", one.path, "-o", page)
    assert (answer.code, page.read_text()) == (1, "mine")
    assert "there already: choose another name, or add --overwrite" in answer.sentence
    assert "there already" in brink("report", one.path, "-o", tmp_path / "new.html", "--figures", figures).sentence
    assert not (tmp_path / "new.html").exists()
    assert brink("report", one.path, "-o", page, "--overwrite").code == 0
    assert page.read_bytes() == before


def test_results_that_cannot_be_read_get_one_sentence(brink: Brink, tmp_path: Path) -> None:
    """Not there, damaged, or with nowhere to write."""
    page = tmp_path / "page.html"
    answer = brink("report", tmp_path / "nowhere", "-o", page)
    assert (answer.code, "holds no results" in answer.sentence) == (2, True)
    run_plan(small_plan(tmp_path / "s", 20), tmp_path / "out")
    answer = brink("report", tmp_path / "out", "-o", tmp_path / "no" / "such" / "page.html")
    assert (answer.code, "can't be written" in answer.sentence) == (1, True)
    next((tmp_path / "out" / "runs").iterdir()).write_bytes(b"no parquet")
    answer = brink("report", tmp_path / "out", "-o", page)
    assert (answer.code, "damaged" in answer.sentence) == (1, True)
    assert not page.exists()
