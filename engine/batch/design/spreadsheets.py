"""The lines of a table as spreadsheets of all countries write them: with commas, semicolons, tabs, decimal commas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.scenario.problems import Problems
from engine.scenario.slips.numerals import PLAIN_NUMBER, readings
from engine.signs import as_ascii

SEPARATORS = ",;\t|"
"""What may stand between two cells; of those that are there as often, the first."""

ALONE = "\x1f"
"""Stands for the separator of a table with one column, which has none."""

SAID = re.compile(r'"?sep=(?P<sign>.)"?\s*', re.IGNORECASE)
"""The first line in which Excel is told of the separator."""

DECIMAL_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:[. ']\d{3})+|\d*),(?!\d{3}$)\d+ ?%?|[-+]?0\d*,\d+ ?%?")
"""A number that can only have a decimal comma."""

SCIENTIFIC_COMMA = re.compile(r"([-+]?\d),(\d+[eE][-+]?\d{1,3})")
"""A number times a power of ten, as spreadsheets write small and large ones."""

DECIMAL_POINT = re.compile(r"[-+]?\d{1,3}(?:,\d{3})*\.(?!\d{3}$)\d+ ?%?|[-+]?\d{1,3}(?:,\d{3}){2,} ?%?")
"""A number that can only have a decimal point, or commas between thousands."""

POINTED_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+")


@dataclass(frozen=True)
class Sheet:
    """A table as it was written: the names in its first line, and the cells of the others, each with its line."""

    separator: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def point(self) -> str:
        """What stands before the fraction in its numbers; empty where nothing in the table decides."""
        cells = [as_ascii(cell).strip() for _, row in self.rows for cell in row]
        if self.separator == ",":
            quoted_comma = any(DECIMAL_COMMA.fullmatch(cell) for cell in cells)
            return "," if quoted_comma else "."
        if any(DECIMAL_COMMA.fullmatch(cell) or SCIENTIFIC_COMMA.fullmatch(cell) for cell in cells):
            return ","
        return "." if any(DECIMAL_POINT.fullmatch(cell) for cell in cells) else ""


def read_sheet(text: str, problems: Problems) -> Sheet:
    """The cells of a table; lines that don't fit are among the problems, and columns without name or cell left out."""
    skipped = 0
    said = SAID.fullmatch(text.partition("\n")[0].rstrip("\r"))
    if said:
        text, skipped = text.partition("\n")[2], 1
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = said["sign"] if said else separator_of(head)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for cells in reader:
            trimmed = trim(cells)
            if not trimmed:
                continue
            line = skipped + reader.line_num
            if not header:
                header = trimmed
                continue
            row = (*trimmed, *[""] * (min(len(cells), len(header)) - len(trimmed)))
            if fits(row, header, (line, 1), separator, problems):
                rows.append((line, row))
    except csv.Error as error:
        problems.error((skipped + reader.line_num, 1), "", f"can't be read as CSV: {error}")
    return Sheet(separator, header, tuple(rows))


def separator_of(head: str) -> str:
    """What stands between the names of the first line, but inside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", head)
    best = max(SEPARATORS, key=bare.count)
    return best if best in bare else ALONE


def trim(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells without spaces around them, up to the last that holds anything."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)


def fits(
    cells: Sequence[str], header: Sequence[str], place: tuple[int, int], separator: str, problems: Problems
) -> bool:
    """Whether a line has a name above each of its cells; notes why not."""
    if len(cells) == len(header):
        return True
    why = ""
    if separator == "," and len(cells) > len(header) and any(part.isdigit() for part in cells):
        why = ": a decimal comma cuts a number in two where commas part the cells, so write 0.5 or part them by ;"
    problems.error(place, "", f"has {len(cells)} values under {len(header)} names{why}")
    return False


def number_in(cell: str, point: str) -> float | list[str]:
    """The number in a cell, by what stands before fractions in its table; else what it may be, which may be nothing."""
    plain = as_ascii(cell).strip()
    if point == "," and POINTED_THOUSANDS.fullmatch(plain):
        return float(plain.replace(".", ""))
    if point == "," and re.fullmatch(r"[-+]?\d+,\d{3} ?%?", plain):
        plain = plain.replace(",", ".")
    if point == "." and re.fullmatch(r"[-+]?\d{1,3},\d{3} ?%?", plain):
        plain = plain.replace(",", "")
    if point == "," and (power := SCIENTIFIC_COMMA.fullmatch(plain)):
        plain = f"{power[1]}.{power[2]}"
    if PLAIN_NUMBER.fullmatch(plain):
        return float(plain)
    found = readings(plain)
    return float(found[0]) if len(found) == 1 and is_written(plain) else found


def is_written(text: str) -> bool:
    """Whether a number is in digits alone, with signs of numbers and no unit."""
    return not re.search(r"[A-Za-z~]", text)


def same_names(names: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    """Each name as it is known, where only capitals, spaces and dashes differ."""
    by_form: dict[str, list[str]] = {}
    for name in known:
        by_form.setdefault(form_of(name), []).append(name)
    for name in names:
        alike = by_form.get(form_of(name), [])
        yield alike[0] if name not in known and len(alike) == 1 else name


def form_of(name: str) -> str:
    """A name without what spreadsheets and people write differently."""
    return re.sub(r"[\s_-]+", "_", as_ascii(name).strip().casefold())
