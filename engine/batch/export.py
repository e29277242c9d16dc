"""Results as tables for other programs: CSV, one Parquet file a table, or an Excel workbook.

Whoever opens a table in a spreadsheet must not thereby run something: a text that a spreadsheet would take for a
formula gets an apostrophe before it in CSV (as OWASP advises), and is written as text into a workbook.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.batch.errors import BatchError
from engine.batch.extras import extra
from engine.batch.storage.results import Results
from engine.files import make_folders, move, temporary_beside, why_not_written, write_whole
from engine.prose import counted
from engine.scenario.problems import listed, shortened

if TYPE_CHECKING:
    import polars as pl

WORKBOOK = ".xlsx"
"""How the name of an Excel workbook ends."""

MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
"""Rows, less the heads, and columns of a sheet (Microsoft, *Excel specifications and limits*)."""

MOST_CELLS = 10_000_000
"""Cells of a workbook: with more, neither writing nor opening it ends in a minute."""

LONGEST_CELL = 32_767
"""Characters of a cell."""

FORMULA = r"^[=+\-@\t\r]"
"""How a text begins that a spreadsheet takes for a formula."""

UNITS = {
    "point": "number of the design point, 0 first",
    "run": "number of the run, 0 first",
    "ending": "id of an ending",
    "day": "days since the start of the story",
    "date": "day, year-month-day",
    "score": "0 to 100",
    "first": "days since the start of the story; empty where it never came about",
    "outcome": "as the experiment defines it; empty where a run has none",
}
"""What the numbers of a column are, by its kind."""

OF_TRAJECTORIES = {
    "turn": "number of the turn, 0 before the first",
    "name": "issue, value, flag or measure of the world",
    "share": "share of runs in which it is yes, 0 to 1",
}


@dataclass(frozen=True)
class Export:
    """What is written where, and how a table gets into its file."""

    results: Results
    target: Path
    is_parquet: bool = False

    def files(self) -> tuple[Path, ...]:
        """The files that it is going to write."""
        if self.target.suffix.lower() == WORKBOOK:
            return (self.target,)
        ending = "parquet" if self.is_parquet else "csv"
        return tuple(self.target / f"{name}.{ending}" for name in tables_of(self.results))

    def write(self, overwrite: bool = False) -> tuple[Path, ...]:
        """Write them, each whole or not at all; gives their paths.

        Raises :class:`~engine.batch.errors.BatchError`, with nothing written, where a file is there already
        (unless ``overwrite``) or a workbook can't hold the tables.
        """
        files = self.files()
        there = [file for file in files if os.path.lexists(file)]
        if there and not overwrite:
            verb = "is" if len(there) == 1 else "are"
            raise BatchError(f"{listed(there, 4)} {verb} there already: choose another name, or add --overwrite")
        tables = tables_of(self.results)
        try:
            if files == (self.target,):
                write_whole(self.target, workbook(tables))
            else:
                make_folders(self.target)
                for file, table in zip(files, tables.values(), strict=True):
                    put(file, table, self.is_parquet)
        except OSError as error:
            raise BatchError(f"{shortened(error.filename or self.target, 200)}: {why_not_written(error)}") from None
        return files


def tables_of(results: Results) -> dict[str, pl.LazyFrame]:
    """Every table of some results by name, and last what their columns are."""
    found = {"runs": results.runs, "designs": results.designs.lazy(), "failures": results.failures.lazy()}
    if results.trajectories is not None:
        found["trajectories"] = results.trajectories.lazy()
    if results.every_run is not None:
        found["every_run"] = results.every_run
    return {**found, "columns": legend(found, results.manifest).lazy()}


def legend(tables: Mapping[str, pl.LazyFrame], manifest: Mapping[str, Any]) -> pl.DataFrame:
    """A row for each column of each table: what it is called by people, and in which unit its numbers are."""
    import polars as pl

    rows = [(table, *row) for table, frame in tables.items() for row in _explained(table, frame, manifest)]
    return pl.DataFrame(rows, schema=dict.fromkeys(("table", "column", "title", "unit"), pl.String), orient="row")


def _explained(table: str, frame: pl.LazyFrame, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    content = manifest["experiment"]["content"]
    asked = {**content.get("uncertainties", {}), **content.get("levers", {})}
    for name in frame.collect_schema().names():
        if table == "runs":
            said = manifest["columns"][name]
            yield name, said["title"], UNITS[said["kind"]]
        elif name in ("point", "run", "date"):
            yield name, "design point" if name == "point" else name, UNITS[name]
        elif table == "designs":
            yield name, (asked.get(name) or {}).get("title") or name, "as the scenario writes it"
        else:
            yield name, name, OF_TRAJECTORIES.get(name, "on the scale of what is named")


def put(path: Path, table: pl.LazyFrame, is_parquet: bool) -> None:
    """One table into its file, row by row, so that memory does not grow with the runs."""
    unfinished = temporary_beside(path)
    try:
        if is_parquet:
            table.sink_parquet(unfinished)
        else:
            guarded(table).sink_csv(unfinished, float_precision=None)
        move(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def guarded(table: pl.LazyFrame) -> pl.LazyFrame:
    """The table with an apostrophe before each text that would be a formula, heads included."""
    import polars as pl

    texts = _texts(table)
    cell = pl.when(texts.str.contains(FORMULA)).then(pl.lit("'") + texts).otherwise(texts).name.keep()
    heads = {name: f"'{name}" for name in table.collect_schema().names() if name[:1] in tuple("=+-@\t\r")}
    return table.with_columns(cell).rename(heads)


def _texts(table: pl.LazyFrame) -> pl.Expr:
    """The columns that hold texts, as such."""
    import polars as pl

    schema = table.collect_schema()
    names = [name for name, kind in schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    return pl.col(names).cast(pl.String)


def workbook(tables: Mapping[str, pl.LazyFrame]) -> bytes:
    """An Excel workbook with a sheet for each table; the same tables give the same bytes.

    Needs the extra ``excel``. Raises :class:`~engine.batch.errors.BatchError` for more than it can hold.
    """
    import polars as pl

    library = extra("xlsxwriter", "xlsxwriter", "excel", "an Excel workbook")
    check_size(tables)
    buffer = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with library.Workbook(buffer, {"in_memory": True, **as_text}) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
        for name, table in tables.items():
            cells = table.with_columns(_texts(table).str.slice(0, LONGEST_CELL)).with_columns(
                pl.selectors.float().fill_nan(None)
            )
            fill(book.add_worksheet(name), cells.collect(), book.add_format({"num_format": "yyyy-mm-dd"}))
    return buffer.getvalue()


def fill(sheet: Any, table: pl.DataFrame, of_days: Any) -> None:
    """A table into a sheet: the heads, which stay in sight, and the rows below them."""
    import polars as pl

    sheet.freeze_panes(1, 0)
    for column, (name, kind) in enumerate(table.schema.items()):
        sheet.write_string(0, column, name)
        put_cell: Callable[..., Any] = sheet.write_number if kind.is_numeric() else sheet.write_string
        if kind == pl.Date:
            put_cell = sheet.write_datetime
            sheet.set_column(column, column, 11)
        style = (of_days,) if kind == pl.Date else ()
        for row, value in enumerate(table[name], start=1):
            if value is not None:
                put_cell(row, column, value, *style)


def check_size(tables: Mapping[str, pl.LazyFrame]) -> None:
    """Raises :class:`~engine.batch.errors.BatchError` where a workbook can't hold the tables."""
    import polars as pl

    cells = 0
    for name, table in tables.items():
        rows, columns = table.select(pl.len()).collect().item(), len(table.collect_schema())
        cells += rows * columns
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            sheet = f"a sheet holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns"
            raise BatchError(f"{name} has {counted(rows, 'row')}, {sheet}: export into a folder, as CSV or --parquet")
    if cells > MOST_CELLS:
        raise BatchError(
            f"these tables have {cells:,} cells, and a workbook is written with at most {MOST_CELLS:,}: "
            "export into a folder, as CSV or --parquet"
        )
