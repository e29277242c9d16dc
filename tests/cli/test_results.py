"""What the command line says of results: each command on a small batch, and its mistakes in one line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from shutil import copytree

import pytest

from engine.cli import main
from engine.installed import add_extra
from tests.cli.conftest import Brink
from tests.scenario.minimal import MINIMAL

EXPERIMENT = """
experiment_format: 1
scenario: small-crisis
title: A small question
runs: 10
uncertainties:
  start: {title: Where it starts, path: issues.status.start, range: [20, 80]}
  weight: {title: How much it weighs, path: actors.russia.stances.status.salience, range: [0.1, 1]}
levers:
  mood:
    choices:
      calm: {title: Calm}
      hot: {title: Hot, set: {temperature: "*3"}}
outcomes:
  final: {title: The status at the end, at_end: status}
design: {saltelli: 8, levers: cross}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an experiment and the results of it, 64 design points of ten runs; made once and only copied."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "small.yaml").write_text(MINIMAL, encoding="utf-8")
    (folder / "ask.yaml").write_text(EXPERIMENT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        assert main(["batch", "small.yaml", "--experiment", "ask.yaml", "--out", "out"]) == 0
    return folder


@pytest.fixture
def results(made: Path, small: str, tmp_path: Path) -> Path:
    """64 design points of ten runs, in a folder of this test."""
    copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"


@pytest.fixture
def one(brink: Brink, small: str, tmp_path: Path) -> Path:
    """A batch of one design point."""
    assert brink("batch", small, "--runs", 40, "--out", "one").code == 0
    return tmp_path / "one"


def test_what_was_changed_for_all_runs_is_told(brink: Brink, small: str) -> None:
    """By the batch itself, and by whoever reads its folder later."""
    told = "changed: values.unrest.start=0.1"
    made = brink("batch", small, "--runs", 20, "--set", "values.unrest.start=0.1", "--out", "changed")
    assert told in made.out
    assert told in brink("summary", "changed").out
    assert "changed:" not in brink("batch", small, "--runs", 20).out


@pytest.mark.slow
def test_summary_tells_and_counts(brink: Brink, results: Path) -> None:
    """Endings, outcomes and scores of each arm, and none of all arms together; the same numbers as JSON."""
    told = brink("summary", results)
    assert told.code == 0
    for part in ("A small question", "640 runs at 64 design points", "== Hot", "Endings", "Outcomes", "Scores"):
        assert part in told.out
    summary = brink("summary", results, "--json").json
    assert [arm["name"] for arm in summary["arms"]] == ["mood=calm", "mood=hot"]
    assert [sum(ending["count"] for ending in arm["endings"]) for arm in summary["arms"]] == [320, 320]
    assert [arm["outcomes"][0]["column"] for arm in summary["arms"]] == ["final", "final"]
    assert "endings" not in summary
    hot = brink("summary", results, "--at", "mood=hot", "--json").json
    assert hot["endings"] == summary["arms"][1]["endings"]


def test_summary_names_what_no_run_reached(brink: Brink, one: Path) -> None:
    """Or every ending was reached, and each is told."""
    told, summary = brink("summary", one).out, brink("summary", one, "--json").json
    never = [ending for ending in summary["endings"] if not ending["count"]]
    assert ("No run reached" in told) == bool(never)
    assert all(0 < ending["below"] <= 1 for ending in never)


@pytest.mark.slow
def test_compare_holds_choices_against_their_base(brink: Brink, results: Path) -> None:
    """In one folder, with everything on request."""
    told = brink("compare", results, "--all")
    assert told.code == 0
    assert "Hot, against Calm" in told.out
    assert "320 pairs of runs at 32 design points that share their chance" in told.out
    (comparison,) = brink("compare", results, "--json").json["comparisons"]
    assert {entry["kind"] for entry in comparison["differences"]} >= {"ending", "outcome", "score"}


def test_compare_runs_two_arms_in_one_go(brink: Brink, small: str, tmp_path: Path) -> None:
    """The same differences as between two folders of the same runs."""
    setting = ("--set", "issues.status.start=70")
    told = brink("compare", small, *setting, "--runs", 40, "--json")
    assert told.code == 0, told.err
    assert brink("batch", small, "--runs", 40, "--out", "a").code == 0
    assert brink("batch", small, "--runs", 40, *setting, "--out", "b").code == 0
    folders = brink("compare", "a", "b", "--json").json["comparisons"][0]
    here = told.json["comparisons"][0]
    assert (here["first"], here["second"]) == ("as it is", "issues.status.start=70")
    assert here["differences"] == folders["differences"]


def test_compare_two_sets_of_values(brink: Brink, small: str) -> None:
    """--set against --against."""
    told = brink(
        "compare", small, "--set", "issues.status.start=70", "--against", "issues.status.start=30", "--runs", 20
    )
    assert told.code == 0
    assert "issues.status.start=70, against issues.status.start=30" in told.out


def test_sensitivity_ranks(brink: Brink, results: Path) -> None:
    """By the method of the design, and at one choice of a lever."""
    pytest.importorskip("SALib")
    told = brink("sensitivity", results, "--outcome", "final")
    assert told.code == 0
    assert "Sobol's indices" in told.out
    assert "Where it starts" in told.out
    found = brink("sensitivity", results, "--outcome", "final", "--at", "mood=hot", "--json").json
    assert found["method"] == "sobol"
    assert found["multiplicity"].startswith("2 tests at 5 % each")
    assert {factor["name"] for factor in found["factors"]} == {"start", "weight"}


@pytest.mark.slow
def test_discover_tells_the_box(brink: Brink, results: Path) -> None:
    """Limits, coverage and density, and the trade-off."""
    pytest.importorskip("ema_workbench")
    told = brink("discover", results, "--when", "final > 85")
    assert told.code == 0, told.err
    for part in ("The box", "Coverage", "Density", "The trade-off"):
        assert part in told.out
    assert brink("discover", results, "--when", "final > 85", "--json").json["points"] == 64


def test_query_prints_a_table(brink: Brink, results: Path) -> None:
    """Rows as text, or as JSON."""
    pytest.importorskip("duckdb")
    told = brink("query", results, "select point, count(*) as runs from runs group by point order by point limit 2")
    assert told.out.split() == ["point", "runs", "0", "10", "1", "10"]
    answer = brink("query", results, "select max(run) as last from runs", "--json").json
    assert answer == {"columns": ["last"], "rows": [[9]]}
    assert "and 24 more rows" in brink("query", results, "select * from designs").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summary", "nowhere"), "nowhere holds no results of a batch"),
        (("compare", "out", "nowhere"), "nowhere holds no results of a batch"),
        (("compare", "small.yaml"), "name two folders of results, or a scenario and what is to be another"),
        (("compare", "out", "--set", "issues.status.start=1"), "are for a scenario, not for a folder of results"),
        (("compare", "out", "--lever", "moods"), 'no lever "moods", did you mean "mood"'),
        (("sensitivity", "out", "--outcome", "finale"), 'unknown name "finale", did you mean "final"'),
        (("sensitivity", "out", "--outcome", "final", "--method", "morris"), "need the design morris"),
        (("sensitivity", "out", "--outcome", "final", "--method", "pawn"), "PAWN needs rows that are drawn one by one"),
        (("sensitivity", "out", "--outcome", "final", "--at", "mood"), "write LEVER=CHOICE"),
        (("discover", "out", "--when", "final"), "--when: "),
        (("discover", "out", "--when", "final > 85", "--often", "2"), "a share is more than 0 and at most 1"),
        (("query", "out", "drop table runs"), "a query is one SELECT"),
    ],
)
def test_mistakes_are_told_in_one_line(brink: Brink, results: Path, arguments: tuple[str, ...], said: str) -> None:
    """With what would be right."""
    for library in ("SALib", "ema_workbench", "duckdb"):
        pytest.importorskip(library)
    answer = brink(*arguments)
    assert answer.code in (1, 2)
    assert said in answer.sentence


def test_missing_library_is_told_with_how_to_get_it(
    brink: Brink, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence for each extra."""
    for module in ("duckdb", "SALib.analyze.sobol", "ema_workbench.analysis.prim"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    assert brink("query", results, "select 1").sentence.endswith(f"needs duckdb: {add_extra('query')}")
    analysis = brink("sensitivity", results, "--outcome", "final")
    assert analysis.sentence.endswith(f"needs SALib: {add_extra('analysis')}")
    found = brink("discover", results, "--when", "final > 85")
    assert found.sentence.endswith(f"needs ema_workbench: {add_extra('discovery')}")


@pytest.mark.slow
def test_a_copy_beside_a_part_is_told_by_every_command_and_counted_by_none(brink: Brink, results: Path) -> None:
    """As a file manager or a sync service leaves them."""
    pytest.importorskip("duckdb")
    copytree(results / "runs", results / "copies")
    (results / "copies" / "part-000000.parquet").rename(results / "runs" / "part-000000 2.parquet")
    (results / "copies").rmdir()
    said = "runs/part-000000 2.parquet is not in the manifest and not counted"
    for command in (["summary", results], ["sensitivity", results, "--outcome", "final"], ["compare", results]):
        told = " ".join(brink(*command).out.split())
        assert f"Note: {said}." in told
        answer = brink(*command, "--json").json
        assert ("comparisons" in answer or answer["caveats"] == [said]) and said in str(answer)
    asked = brink("query", results, "select count(*) as runs from runs")
    assert (asked.out.split(), asked.err) == (["runs", "640"], f"brink: {said}\n")
    assert brink("summary", results, "--json").json["runs"] == 640
    again = brink("batch", "small.yaml", "--experiment", "ask.yaml", "--out", "out")
    assert (again.code, f"brink: {said}" in again.err.splitlines()) == (0, True)


@pytest.mark.slow
def test_a_report_says_what_its_folder_lacks(brink: Brink, results: Path) -> None:
    """Above all numbers."""
    pytest.importorskip("matplotlib")
    (results / "runs" / "part-000009.parquet").write_bytes(b"")
    assert brink("report", results, "-o", "page.html").code == 0
    page = (results.parent / "page.html").read_text(encoding="utf-8")
    lead = page.partition('id="short"')[0]
    assert 'class="warning">runs/part-000009.parquet is not in the manifest and not counted.' in lead


def test_a_question_in_letters_that_the_locale_does_not_know(brink: Brink, results: Path) -> None:
    """Is read as it was written."""
    asked = os.fsencode("select 'ü数' as x").decode("ascii", "surrogateescape")
    answer = brink("query", str(results), asked, "--json")
    assert json.loads(answer.out)["rows"] == [["ü数"]]
