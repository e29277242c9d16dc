"""`brink export`: results as tables for spreadsheets and other programs."""

from __future__ import annotations

from pathlib import Path

from engine.batch.export import Export
from engine.batch.storage.results import Results
from engine.cli.arguments import Arguments
from engine.cli.failures import UsageError
from engine.cli.progress import at_work


def execute(arguments: Arguments) -> int:
    """Writes the tables, and names the files."""
    target = Path(arguments.page)
    if arguments.parquet and target.suffix.lower() == ".xlsx":
        raise UsageError("--parquet writes a folder of tables, not an Excel workbook: leave one of the two out")
    with at_work("writing the tables"):
        files = Export(Results.open(arguments.results), target, arguments.parquet).write(arguments.overwrite)
    for file in files:
        print(f"written: {file}")
    return 0
