"""What answers one question in SQL: a process of its own, so that none takes more time or memory than it may.

It is run as a file and imports nothing but duckdb and Python's own library. It reads a question on its standard input
and writes an answer, both as one pickle; :mod:`engine.batch.analysis.query` is at the other end.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import sys
from collections.abc import Iterator
from typing import Any

READING = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
"""Parts of a statement that only read."""

AT_A_TIME = 1000
"""Rows that are fetched before they are weighed."""

PLAIN = 16
"""What a number or a date weighs, in characters."""


class RefusedError(Exception):
    """A question whose answer is too large, says why in a sentence."""


class WrongError(Exception):
    """A question that is none, says why in a sentence."""


def main() -> None:
    """Answers."""
    question = pickle.load(sys.stdin.buffer)  # noqa: S301  # this very program has written it
    limit_memory(question["bytes"])
    answer: dict[str, Any]
    try:
        answer = {"answer": answered(question)}
    except RefusedError as refused:
        answer = {"refused": str(refused)}
    except WrongError as wrong:
        answer = {"wrong": str(wrong)}
    except MemoryError:
        answer = {"out_of_memory": True}
    except Exception as error:  # noqa: BLE001  # whatever duckdb raises is told by the other side
        answer = {"out_of_memory": True} if "OutOfMemory" in type(error).__name__ else {"failed": str(error)}
    pickle.dump(answer, sys.stdout.buffer)


def limit_memory(most: int) -> None:
    """Whatever needs more fails here, and not on the whole machine."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def answered(question: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns, and the rows."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{question['bytes'] // 2_000_000}MB'")
        connection.execute(f"SET threads = {question['threads']}")
        check_reads_only(connection, question["sql"])
        open_views(connection, question["place"], question["views"])
        cursor = connection.execute(question["sql"])
        names = [column[0] for column in cursor.description or ()]
        return names, list(fetched(cursor, names, question["rows"], question["cell"], question["characters"]))


def fetched(cursor: Any, names: list[str], most: int, longest: int, characters: int) -> Iterator[tuple[Any, ...]]:
    """The rows, unless they are too many or too long."""
    count = weight = 0
    while rows := cursor.fetchmany(AT_A_TIME):
        count += len(rows)
        if count > most:
            raise RefusedError(f"the answer has more than {most:,} rows: add a limit, or ask for counts and means")
        for row in rows:
            for name, cell in zip(names, row, strict=True):
                size = weigh(cell, longest)
                if size > longest:
                    raise RefusedError(
                        f"a cell of {name[:60]} has more than {longest:,} characters: ask for a part of it"
                    )
                weight += size
        if weight > characters:
            raise RefusedError(f"the answer has more than {characters:,} characters: ask for fewer rows or columns")
        yield from rows


def weigh(cell: Any, longest: int) -> int:
    """About how many characters a cell has; where there are too many, not how many more."""
    total, todo = 0, [cell]
    while todo and total <= longest:
        part = todo.pop()
        if isinstance(part, (str, bytes)):
            total += len(part)
        elif isinstance(part, dict):
            todo += [*part.keys(), *part.values()]
        elif isinstance(part, (list, tuple)):
            total += len(part)
            todo += part if len(part) <= longest else ()
        else:
            total += PLAIN
    return total


def check_reads_only(connection: Any, sql: str) -> None:
    """That this is one statement, and that no part of it writes, copies or changes anything.

    duckdb itself says what the parts are, so that nothing can hide in a comment, a text or a WITH.
    """
    (written,) = connection.execute("select json_serialize_sql(?)", [sql]).fetchone()
    parsed = json.loads(written)
    if parsed.get("error_type") == "parser":
        raise WrongError(f"the query can't be read: {parsed['error_message']}")
    statements = parsed.get("statements", [])
    if parsed["error"] or len(statements) != 1 or not set(nodes(statements)) <= READING:
        raise WrongError("a query is one SELECT: results are only read")


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


def open_views(connection: Any, place: str, views: dict[str, list[str]]) -> None:
    """Tables by name, each of some files, and from then on no way out of the folder ``place``."""
    for setting in (
        f"allowed_directories = [{quoted(place)}]",
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_external_access = false",
    ):
        connection.execute(f"SET {setting}")
    for name, files in views.items():
        paths = ", ".join(map(quoted, files))
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{paths}])")
    connection.execute("SET lock_configuration = true")


def quoted(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    main()
