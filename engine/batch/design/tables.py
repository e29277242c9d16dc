"""Tables of design points: a CSV file beside an experiment, with names in its first line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Protocol

from engine.batch.design.spreadsheets import number_in, read_sheet, same_names
from engine.scenario.document import Path
from engine.scenario.files import BEGINNING, read_beside
from engine.scenario.problems import Problems, listed, quoted
from engine.scenario.slips.numerals import PLAIN_NUMBER
from engine.scenario.spelling import instead

if TYPE_CHECKING:
    from engine.batch.design.experiment import Experiment


class Check(Protocol):
    """What an experiment asks of its tables."""

    experiment: Experiment

    @property
    def columns(self) -> tuple[str, ...]:
        """What a table may name."""

    def column(self, name: str, cells: Sequence[object]) -> Iterator[tuple[int, str]]:
        """Which values can't stand under a name, by their number, and why."""


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
        self.point = "."
        """What stands before the fractions of its numbers."""
        text = read_beside(path, self.problems)
        if text is not None:
            self._read(text)

    def _read(self, text: str) -> None:
        sheet = read_sheet(text, self.problems)
        self.header, self.point = sheet.header, sheet.point
        self.rows = tuple(
            Row({name: cell for name, cell in zip(self.header, cells, strict=True) if cell}, line=line)
            for line, cells in sheet.rows
        )

    def _fit(self, check: Check) -> None:
        """Calls columns as the experiment does, and reads the numbers of its uncertainties."""
        called = tuple(same_names(self.header, check.columns))
        names, self.header = dict(zip(self.header, called, strict=True)), called
        for column, name in enumerate(self.header):
            if name in self.header[:column]:
                self.problems.error(BEGINNING, "", f"{quoted(name)} is the name of two columns")
        self.rows = tuple(Row(dict(self._cells(row, names, check)), line=row.line) for row in self.rows)

    def _cells(self, row: Row, names: Mapping[str, str], check: Check) -> Iterator[tuple[str, float | str]]:
        """What the cells of a line say: numbers of uncertainties, names of choices; what is in doubt is noted."""
        for written, cell in row.cells.items():
            name = names[written]
            if name not in check.experiment.uncertainties:
                yield name, read_cell(str(cell))
                continue
            number = number_in(str(cell), self.point)
            if isinstance(number, list) and len(number) > 1:
                message = f"{quoted(cell)} may be {' or '.join(number)}: write one of them"
                self.problems.error((row.line, 1), name, message)
            else:
                yield name, cell if isinstance(number, list) else number

    def check(self, check: Check) -> None:
        """Notes names and values that don't fit the experiment."""
        self._fit(check)
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
    return float(text) if PLAIN_NUMBER.fullmatch(text) else text
