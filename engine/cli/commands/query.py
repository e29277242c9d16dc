"""`brink query`: results asked in SQL."""

from __future__ import annotations

import os
import sys

from engine.batch.analysis.query import query
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.figures import DASH, plain
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.printing import print_json
from engine.cli.progress import at_work
from engine.prose import counted
from engine.scenario.problems import shortened

MOST_TOLD = 40
"""Rows that are printed as a table; --json prints all."""

WIDEST_CELL = 200
"""Characters of a cell that are printed in a table; --json prints all."""

MOST_COLUMNS = 6
"""Columns that are printed as a table; the others are named."""


def execute(arguments: Arguments) -> int:
    """Asks and prints."""
    with at_work("reading the results"):
        results = Results.open(arguments.results)
    with at_work("looking for the answer"):
        answer = query(results, as_written(arguments.sql), arguments.seconds)
    for caveat in results.caveats:
        print(f"brink: {caveat}", file=sys.stderr)
    if arguments.json:
        caveats = {"caveats": list(results.caveats)} if results.caveats else {}
        print_json({"columns": answer.columns, "rows": plain(answer.rows()), **caveats})
        return 0
    paper = Paper()
    told = answer.select(answer.columns[:MOST_COLUMNS])
    numeric = "".join("r" if dtype.is_numeric() else "l" for dtype in told.dtypes)
    rows = [[in_words(cell) for cell in row] for row in told.head(MOST_TOLD).iter_rows()]
    paper.table(rows, heads=told.columns, right=numeric, indent=0)
    if told.width < answer.width:
        left_out = ", ".join(answer.columns[MOST_COLUMNS:])
        paper.put(as_text(f"and {counted(answer.width - told.width, 'more column')}: {left_out}", QUIET))
    more = answer.height - MOST_TOLD
    if more > 0:
        paper.put(as_text(f"and {counted(more, 'more row')}: --json prints all", QUIET))
    elif not rows:
        paper.put(as_text("no rows", QUIET))
    return 0


def as_written(sql: str) -> str:
    """A question whose letters the locale did not know, as it came: in UTF-8."""
    try:
        sql.encode()
    except UnicodeEncodeError:
        return os.fsencode(sql).decode("utf-8", "backslashreplace")
    return sql


def in_words(cell: object) -> str:
    """A cell of the answer."""
    if cell is None:
        return DASH
    return f"{cell:.6g}" if isinstance(cell, float) else shortened(cell, WIDEST_CELL)
