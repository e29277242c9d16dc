"""Questions in SQL to a folder of results; nothing is written, and nothing outside the folder is read."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine import asked
from engine.batch.analysis import answering
from engine.batch.errors import BatchError, QuestionError
from engine.batch.extras import extra
from engine.batch.storage.entries import DESIGNS, FAILURES, SUMMARY, WITH_EVERY_RUN, WITH_RUNS
from engine.batch.storage.results import Results
from engine.files import PlainName
from engine.scenario.problems import shortened

if TYPE_CHECKING:
    import polars as pl

EVERY_RUN = "every_run"
"""The view with every run turn by turn, whose files are looked at only where a question names it."""

MOST_ROWS = 1_000_000
"""Rows of an answer."""

MOST_CELL = 100_000
"""Characters of one cell of an answer."""

MOST_CHARACTERS = 100_000_000
"""Characters of a whole answer."""

MOST_MEMORY = 2_000_000_000
"""Bytes that the process may have which answers a question."""

MOST_THREADS = 2
"""Threads that work at an answer."""


def query(results: Results, sql: str, seconds: float = asked.QUERY_SECONDS) -> pl.DataFrame:
    """The answer to one SELECT over the views ``runs``, ``designs``, ``failures``, ``trajectories``, ``every_run``.

    It is found by a process of its own, within so many seconds, and within the limits above. Needs the extra ``query``.
    Raises :class:`~engine.batch.errors.BatchError`, in one sentence.
    """
    extra("duckdb", "duckdb", "query", "a question in SQL")
    seconds = asked.seconds("the time for an answer", seconds)
    if results.opened is None:
        raise BatchError("a question in SQL needs results that were written to a folder")
    try:
        place = PlainName(results.opened.folder, is_pattern=True)
    except OSError as error:
        raise BatchError(f"{shortened(results.opened.folder, 200)} can't be asked: {error.strerror}") from None
    views = {name: [str(place.path / file) for file in files] for name, files in files_of(results, sql)}
    question = {
        "sql": sql,
        "place": str(place.path),
        "views": views,
        "bytes": MOST_MEMORY,
        "threads": MOST_THREADS,
        "rows": MOST_ROWS,
        "cell": MOST_CELL,
        "characters": MOST_CHARACTERS,
    }
    return as_frame(*told(answer_to(question, seconds)))


def answer_to(question: dict[str, Any], seconds: float) -> dict[str, Any]:
    """What the process says that answers; it ends with this call, whatever happens."""
    command = [sys.executable, "-P", answering.__file__]
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=where
    ) as one:
        try:
            said, _ = one.communicate(pickle.dumps(question), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise BatchError(f"there is no answer after {seconds:g} s; --seconds allows more") from None
        finally:
            one.kill()
    if one.returncode or not said:
        return {"out_of_memory": True}
    answer: dict[str, Any] = pickle.loads(said)  # noqa: S301  # this very program has written it
    return answer


def told(answer: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names and rows of an answer. Raises :class:`BatchError` where there is none."""
    if "answer" in answer:
        names, rows = answer["answer"]
        return names, rows
    if "refused" in answer:
        raise BatchError(in_a_sentence(answer["refused"], ""))
    if "wrong" in answer:
        raise QuestionError(in_a_sentence(answer["wrong"], ""))
    if "failed" in answer:
        raise QuestionError(in_a_sentence(answer["failed"]))
    most = f"{MOST_MEMORY / 1_000_000_000:g} GB"
    raise BatchError(f"the query can't be answered: it needs more memory than {most}, so ask for less at a time")


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


def in_a_sentence(message: str, before: str = "the query can't be answered: ") -> str:
    """What duckdb says, without the drawing of where, on one line."""
    said = message.partition("\n\nLINE ")[0].replace("\n", " ")
    return before + shortened(said.partition(" Error: ")[2] or said, 300)


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
