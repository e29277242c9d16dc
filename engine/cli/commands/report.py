"""`brink report`: the results of a batch as a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.batch import BatchError, Results
from engine.cli.arguments import Arguments
from engine.cli.paper import QUIET, Paper, as_text
from engine.cli.progress import at_work
from engine.files import make_folders, why_not_written, write_whole
from engine.prose import counted
from engine.report import report_on
from engine.report.fonts import in_words
from engine.scenario.problems import listed, shortened


def execute(arguments: Arguments) -> int:
    """Writes the page, and the figures if asked to; all of it, or nothing where something is in the way."""
    page = Path(arguments.page)
    folder = None if arguments.figures is None else Path(arguments.figures)
    if not arguments.overwrite:
        refuse([page])
    with at_work("making the report"):
        report = report_on(Results.open(arguments.results))
    figures: Mapping[Path, bytes] = (
        {} if folder is None else {folder / name: content for name, content in report.files().items()}
    )
    if not arguments.overwrite:
        refuse(list(figures))
    write({**figures, page: report.html().encode()}, folder)
    if figures and (missing := report.letters_without_font()):
        print(f"brink: {in_words(missing)}", file=sys.stderr)
    drawn = f" {counted(len(figures), 'file')} with its figures are in {folder}." if figures else ""
    Paper().put(as_text(f"The report is in {page}.{drawn}", QUIET))
    return 0


def refuse(paths: list[Path]) -> None:
    """Raises :class:`~engine.batch.errors.BatchError` where one of the files is there already."""
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        verb = "is" if len(there) == 1 else "are"
        raise BatchError(f"{listed(there, 4)} {verb} there already: choose another name, or add --overwrite")


def write(files: Mapping[Path, bytes], folder: Path | None) -> None:
    """Each file whole or not at all, in folders that are there but for ``folder``, which is made.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    path = folder
    try:
        if folder is not None:
            make_folders(folder)
        for path, content in files.items():
            write_whole(path, content)
    except (OSError, ValueError) as error:
        raise BatchError(f"{shortened(path, 200)} can't be written: {why_not_written(error)}") from None
