"""`brink export`: the same numbers in CSV, Excel and Parquet, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine.batch import export
from engine.batch.errors import BatchError
from engine.batch.export import Export
from engine.batch.storage.results import Results
from tests.cli.conftest import Brink
from tests.scenario.minimal import MINIMAL

EXPERIMENT = """
experiment_format: 1
scenario: small-crisis
runs: 6
uncertainties:
  start: {title: "=cmd|' /C calc'!A0", path: issues.status.start, range: [20, 80]}
levers:
  tone: {choices: {soft: {}, hard: {set: {temperature: 0.2}}}}
outcomes:
  final: {title: "@SUM(A1)", at_end: status}
design: {sobol: 4}
"""


@pytest.fixture
def out(tmp_path: Path, small: str, brink: Brink) -> Path:
    """A folder of results with hostile titles, in the working folder."""
    Path("small.yaml").write_text(MINIMAL.replace("title: Russia", 'title: "=1+1"'), encoding="utf-8")
    Path("e.yaml").write_text(EXPERIMENT, encoding="utf-8")
    assert brink("batch", small, "--experiment", "e.yaml", "--out", "out", "--trajectories", "all").code == 0
    return tmp_path / "out"


TABLES = ("runs", "designs", "failures", "trajectories", "every_run", "columns")


def test_every_table_becomes_a_file(out: Path, brink: Brink) -> None:
    """With the numbers of the results, and a table that says what each column is."""
    answer = brink("export", "out", "tables")
    assert answer.out == "".join(f"written: tables/{name}.csv\n" for name in TABLES)
    results = Results.open(out)
    runs = pl.read_csv("tables/runs.csv")
    assert runs["final"].to_list() == results.runs.collect()["final"].to_list()
    assert runs["ending"].to_list() == results.runs.collect()["ending"].to_list()
    assert pl.read_csv("tables/designs.csv").select("start").equals(results.designs.select("start"))
    legend = pl.read_csv("tables/columns.csv")
    told = set(legend.select("table", "column").iter_rows())
    for name, table in export.tables_of(results).items():
        if name != "columns":
            assert {(name, column) for column in table.collect_schema().names()} <= told
    assert legend["unit"].null_count() == 0


def test_a_text_that_would_be_a_formula_is_none(out: Path, brink: Brink) -> None:
    """In no cell of any file."""
    brink("export", "out", "tables")
    cells = [
        cell for path in Path("tables").iterdir() for row in csv.reader(io.StringIO(path.read_text())) for cell in row
    ]
    assert [cell for cell in cells if cell and cell[0] in "=+-@\t\r" and not is_number(cell)] == []
    assert "'=cmd|' /C calc'!A0" in cells
    assert "'@SUM(A1)" in cells
    assert "'=1+1" in cells


def is_number(cell: str) -> bool:
    """Whether a cell is a number, which may have a sign."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "a=1", "'=1", "", "日本"])
def test_only_what_begins_like_a_formula_is_changed(text: str) -> None:
    """Cells and heads alike, of every type that holds texts."""
    is_formula = text[:1] != "" and text[:1] in "=+-@\t\r"
    table = pl.DataFrame({"a": [text], "b": pl.Series([text], dtype=pl.Enum([text])), "n": [-1.5]}).lazy()
    guarded = export.guarded(table.rename({"a": text or "a"})).collect()
    wanted = f"'{text}" if is_formula else text
    assert guarded.row(0) == (wanted, wanted, -1.5)
    assert guarded.columns[0] == (wanted or "a")


@pytest.mark.slow
def test_a_workbook_has_a_sheet_for_each_table(out: Path, brink: Brink) -> None:
    """Texts are texts, without a formula or a link, and the same results give the same bytes."""
    pytest.importorskip("xlsxwriter")
    assert brink("export", "out", "book.xlsx").out == "written: book.xlsx\n"
    with zipfile.ZipFile("book.xlsx") as book:
        names = book.namelist()
        sheets = [book.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(TABLES)
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        workbook = book.read("xl/workbook.xml").decode()
    assert [f'name="{name}"' in workbook for name in TABLES] == [True] * len(TABLES)
    assert brink("export", "out", "again.xlsx").code == 0
    assert Path("book.xlsx").read_bytes() == Path("again.xlsx").read_bytes()


def test_pandas_reads_parquet(out: Path, brink: Brink) -> None:
    """The tables of an export, and those of the folder of results as they are."""
    pandas: Any = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    brink("export", "out", "tables", "--parquet")
    runs = pandas.read_parquet("tables/runs.parquet")
    assert runs["final"].tolist() == Results.open(out).runs.collect()["final"].to_list()
    assert list(pandas.read_parquet(out / "designs.parquet").columns) == ["point", "start", "tone"]


def test_what_is_there_stays(out: Path, brink: Brink) -> None:
    """Unless it is told to go; and nothing is written beside it."""
    Path("tables").mkdir()
    Path("tables/runs.csv").write_text("mine")
    answer = brink("export", "out", "tables")
    assert answer.code == 1
    assert "tables/runs.csv is there already" in answer.sentence
    assert [path.name for path in Path("tables").iterdir()] == ["runs.csv"]
    assert Path("tables/runs.csv").read_text() == "mine"
    assert brink("export", "out", "tables", "--overwrite").code == 0
    assert sorted(path.name for path in Path("tables").iterdir()) == sorted(f"{name}.csv" for name in TABLES)


def test_what_can_be_no_export_is_told(out: Path, brink: Brink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in one line."""
    pytest.importorskip("xlsxwriter")
    assert "leave one of the two out" in brink("export", "out", "a.xlsx", "--parquet").sentence
    assert "nowhere" in brink("export", "nowhere", "a.xlsx").sentence
    Path("file").write_text("")
    assert "file/tables" in brink("export", "out", "file/tables").sentence
    monkeypatch.setattr(export, "MOST_ROWS", 5)
    assert "a sheet holds 5 rows" in brink("export", "out", "a.xlsx").sentence
    monkeypatch.setattr(export, "MOST_ROWS", 10**6)
    monkeypatch.setattr(export, "MOST_CELLS", 5)
    assert "export into a folder" in brink("export", "out", "a.xlsx").sentence
    assert not Path("a.xlsx").exists()


def test_a_write_that_fails_leaves_nothing_unfinished(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a half of a table nor its temporary file."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "move", full)
    with pytest.raises(BatchError):
        Export(Results.open(out), Path("tables")).write()
    assert list(Path("tables").iterdir()) == []
