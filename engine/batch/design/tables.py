"""Tables of design points: a CSV file beside an experiment, with names in its first line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from engine.scenario.document import Path
from engine.scenario.files import BEGINNING, read_text
from engine.scenario.problems import Problems, listed, quoted
from engine.scenario.spelling import instead

if TYPE_CHECKING:
    from engine.batch.design.checks import Check

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
"""How a number is written in a table."""


@dataclass(frozen=True)
class Row:
    """What one point of a list or table says, and where it says so (in the experiment, or the line of a table)."""

    cells: Mapping[str, float | str]
    path: Path = ()
    line: int = 0


class Table:
    """A table as it was read; what is wrong with it is among its own problems."""

    def __init__(self, path: FilePath, shown_as: str) -> None:
        self.problems = Problems(shown_as)
        self.header: tuple[str, ...] = ()
        self.rows: tuple[Row, ...] = ()
        text = read_text(path, self.problems)
        if text is not None:
            self._read(text)

    def _read(self, text: str) -> None:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            self.header = tuple(cell.strip() for cell in next(reader, ()))
            self.rows = tuple(self._rows(reader))
        except csv.Error as error:
            self.problems.error((reader.line_num, 1), "", f"can't be read as CSV: {error}")
        for column, name in enumerate(self.header):
            if name in self.header[:column]:
                self.problems.error(BEGINNING, "", f"{quoted(name)} is the name of two columns")

    def _rows(self, reader: Iterator[list[str]]) -> Iterator[Row]:
        line = 1
        for cells in reader:
            line = getattr(reader, "line_num", line + 1)
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.header):
                self.problems.error((line, 1), "", f"has {len(cells)} values under {len(self.header)} names")
                continue
            named = zip(self.header, (cell.strip() for cell in cells), strict=True)
            yield Row({name: read_cell(cell) for name, cell in named if cell}, line=line)

    def check(self, check: Check) -> None:
        """Notes names and values that don't fit the experiment."""
        for name in self.header:
            if name not in check.columns:
                self.problems.error(BEGINNING, "", no_such_column(name, check.columns))
                continue
            having = [row for row in self.rows if name in row.cells]
            for number, message in check.column(name, [row.cells[name] for row in having]):
                self.problems.error((having[number].line, 1), name, message)
            if name in check.experiment.levers:
                for row in self.rows:
                    if name not in row.cells:
                        self.problems.error((row.line, 1), name, "is empty: each line says which choice")
        missing = [name for name in check.experiment.uncertainties if name not in self.header]
        if missing and self.header:
            self.problems.error(BEGINNING, "", f"says nothing about {listed(missing)}")


def no_such_column(name: str, known: Sequence[str]) -> str:
    """That a design names something that it can't vary."""
    return f"unknown uncertainty or lever {quoted(name)}{instead(name, known)}"


def read_cell(text: str) -> float | str:
    """A number, or else the name of a choice."""
    return float(text) if NUMBER.fullmatch(text) else text
