"""Questions in SQL to a folder of results; nothing is written, and nothing outside the folder is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.batch.extras import extra
from engine.batch.storage.entries import DESIGNS, FAILURES, SUMMARY, WITH_EVERY_RUN, WITH_RUNS
from engine.batch.storage.manifest import BatchError
from engine.batch.storage.results import Results
from engine.files import PlainName
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

EVERY_RUN = "every_run"
"""The view with every run turn by turn, whose files are looked at only where a question names it."""

READING = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
"""Parts of a statement that only read."""

MOST_ROWS = 1_000_000
"""Rows of an answer."""


def query(results: Results, sql: str) -> pl.DataFrame:
    """The answer to one SELECT over the views ``runs``, ``designs``, ``failures``, ``trajectories``, ``every_run``.

    Needs the extra ``query``. Raises :class:`~engine.batch.storage.manifest.BatchError`, in one sentence.
    """
    duckdb = extra("duckdb", "duckdb", "query", "a question in SQL")
    if results.opened is None:
        raise BatchError("a question in SQL needs results that were written to a folder")
    try:
        place = PlainName(results.opened.folder, is_pattern=True)
    except OSError as error:
        raise BatchError(f"{shortened(results.opened.folder, 200)} can't be asked: {error.strerror}") from None
    try:
        with duckdb.connect(":memory:") as connection:
            check_reads_only(connection, sql)
            open_views(connection, place.path, results, sql)
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchmany(MOST_ROWS + 1)
    except duckdb.Error as error:
        raise BatchError(f"the query can't be answered: {in_a_sentence(str(error))}") from None
    if len(rows) > MOST_ROWS:
        raise BatchError(f"the answer has more than {MOST_ROWS:,} rows: add a limit, or ask for counts and means")
    return as_frame(names, rows)


def check_reads_only(connection: Any, sql: str) -> None:
    """That this is one statement, and that no part of it writes, copies or changes anything.

    duckdb itself says what the parts are, so that nothing can hide in a comment, a text or a WITH.
    Raises :class:`~engine.batch.storage.manifest.BatchError`.
    """
    (written,) = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    parsed = json.loads(written)
    if parsed.get("error_type") == "parser":
        raise BatchError(f"the query can't be read: {in_a_sentence(parsed['error_message'])}")
    statements = parsed.get("statements", [])
    if parsed["error"] or len(statements) != 1 or not set(nodes(statements)) <= READING:
        raise BatchError("a query is one SELECT: results are only read")


def nodes(parsed: Any) -> Iterator[str]:
    """The kinds of all queries within a statement, at any depth."""
    todo = [parsed]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            todo += part.values()
            if isinstance(kind := part.get("type"), str) and kind.endswith(("_NODE", "_STATEMENT")):
                yield kind
        elif isinstance(part, list):
            todo += part


def open_views(connection: Any, place: Path, results: Results, sql: str) -> None:
    """The tables of results by name, file by file, and from then on no way out of the folder ``place``."""
    for setting in (
        f"allowed_directories = [{quoted(str(place))}]",
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_external_access = false",
    ):
        connection.execute(f"SET {setting}")
    for name, files in files_of(results, sql):
        paths = ", ".join(quoted(str(place / file)) for file in files)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
    connection.execute("SET lock_configuration = true")


def files_of(results: Results, sql: str) -> Iterator[tuple[str, list[str]]]:
    """What can be asked, and where it lies; what was not kept is not there."""
    opened = results.opened
    assert opened is not None
    yield "runs", [f"{WITH_RUNS}/{part.name}" for part in opened.parts]
    yield "designs", [DESIGNS]
    if opened.manifest.failures is not None:
        yield "failures", [FAILURES]
    if results.trajectories is not None:
        yield "trajectories", [SUMMARY]
    if EVERY_RUN in sql.lower() and results.every_run is not None:
        yield EVERY_RUN, [f"{WITH_EVERY_RUN}/{part.name}" for part in opened.parts if WITH_EVERY_RUN in part.files]


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def in_a_sentence(message: str) -> str:
    """What duckdb says, without the drawing of where, on one line."""
    said = message.partition("\n\nLINE ")[0].replace("\n", " ")
    return shortened(said.partition(" Error: ")[2] or said, 300)


def as_frame(names: list[str], rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows as a table; names that come twice are numbered, and huge or decimal numbers become plain ones."""
    import polars as pl

    columns: dict[str, list[Any]] = {}
    for number, name in enumerate(names):
        unique = name if name not in columns else f"{name}_{number}"
        columns[unique] = [plain(row[number]) for row in rows]
    return pl.DataFrame({name: pl.Series(name, values, strict=False) for name, values in columns.items()})


def plain(value: Any) -> Any:
    """A value that a table can hold."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return float(value)
    return value
