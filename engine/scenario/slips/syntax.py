"""What is wrong where the YAML parser stops: each likely mend is tried, and the first with which it goes on is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import yaml

from engine.scenario.problems import listed, shortened
from engine.scenario.slips.mends import Mend, changed, mends

MOST_SLIPS = 20
"""Slips of one file that are told: each costs some hundred parses of a few lines."""

MOST_TRIES = 60
"""Mends of one slip that are tried."""

AHEAD = 12
"""Lines behind a slip that have to be read before a mend counts."""

LONGEST_BLOCK = 400
"""Lines above a slip that are read again with each mend; a slip far below the start of its block is only named."""

LARGEST_BLOCK = 40_000
"""Signs of a block that is read again with each mend."""

LONGEST_READ = 2_000
"""Signs of a line that is taken apart."""

MOST_READ = 3_000_000
"""Signs that may be read again to find further slips."""

LONGEST_LINE = 160
"""Signs of a mended line that are shown."""

END = 1_000_000_000
"""Where a parser has come that was not stopped."""


@dataclass(frozen=True)
class Slip:
    """What is wrong in a line, and what to write instead; line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Stop:
    """Where the parser stopped, in lines from 0, and what it says."""

    line: int
    column: int
    begun: int | None
    says: str

    @property
    def reached(self) -> int:
        """The line up to which everything can be followed."""
        return self.begun if "quoted scalar" in self.says and self.begun is not None else self.line


def slips(text: str, loader: type[Any]) -> list[Slip]:
    """Each place at which the parser stops, in turn, as if those before it were mended; the same slip is told once."""
    first_of: dict[str, Slip] = {}
    others: dict[str, list[int]] = {}
    for wrong, slip in each_slip(text, loader):
        if wrong in first_of:
            others.setdefault(wrong, []).append(slip.line)
        else:
            first_of[wrong] = slip
    return [replace(slip, message=slip.message + elsewhere(others.get(key, ()))) for key, slip in first_of.items()]


def elsewhere(lines: Sequence[int]) -> str:
    """In which other lines the same is wrong."""
    return f"; the same in line{'s' if len(lines) > 1 else ''} {listed(lines, 8)}" if lines else ""


def each_slip(text: str, loader: type[Any]) -> Iterator[tuple[str, Slip]]:
    """Each place at which the parser stops, with what is wrong there."""
    lines = text.split("\n")
    for _ in range(min(MOST_SLIPS, 1 + MOST_READ // max(1, len(text)))):
        stop = first_stop(lines, loader)
        if stop is None:
            return
        begin, block = block_around(lines, stop)
        local = None if block is None else first_stop(block, loader)
        mend = None if block is None or local is None else first_mend(block, local, loader)
        if mend is None or block is None:
            yield stop.says, Slip(stop.line + 1, stop.column + 1, f"can't be read as YAML: {stop.says}")
            return
        yield mend.wrong, told(lines, begin, mend)
        for number, line in mend.lines.items():
            lines[begin + number] = line


def told(lines: Sequence[str], begin: int, mend: Mend) -> Slip:
    """A slip in words, at the first sign that a mend changes."""
    number, new = next(iter(mend.lines.items()))
    old = lines[begin + number]
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    written = "` and `".join(printable(line) for line in mend.lines.values())
    return Slip(begin + number + 1, same + 1, f"can't be read as YAML: {mend.wrong}: write `{written}`")


def printable(line: str) -> str:
    """A line as it may be shown: not too long, and nothing in it that can't be seen."""
    seen = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)
    return shortened(seen, LONGEST_LINE)


def first_stop(lines: Sequence[str], loader: type[Any]) -> Stop | None:
    """Where the parser stops in some lines; None where it does not."""
    try:
        for _ in yaml.parse("\n".join(lines), Loader=loader):
            pass
    except yaml.MarkedYAMLError as error:
        mark, begun = error.problem_mark or error.context_mark, error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        since = f" ({error.context}, from line {begun.line + 1})" if begun and error.context else ""
        return Stop(line, column, begun.line if begun else None, f"{error.problem}{since}")
    except yaml.YAMLError:
        return Stop(0, 0, None, "a mistake")
    return None


def block_around(lines: Sequence[str], stop: Stop) -> tuple[int, list[str] | None]:
    """The lines from the last key at the margin above a stop to a little below it, and where they begin."""
    first = min(stop.line, stop.begun if stop.begun is not None and "scalar" in stop.says else stop.line)
    begin = next((number for number in range(first - 1, -1, -1) if is_at_margin(lines[number])), 0)
    if first - begin > LONGEST_BLOCK:
        return begin, None
    for start in (begin, 0) if first < LONGEST_BLOCK else (begin,):
        block = list(lines[start : first + AHEAD])
        if block and sum(map(len, block)) < LARGEST_BLOCK and max(map(len, block)) < LONGEST_READ:
            return start, block
    return begin, None


def is_at_margin(line: str) -> bool:
    """Whether a line begins a part of a file."""
    return line[:1].isalpha() and ":" in line


def first_mend(block: Sequence[str], stop: Stop, loader: type[Any]) -> Mend | None:
    """The first mend with which the parser goes further; None where none of them helps."""
    last = len(block) - 1
    begun = None if stop.begun is None else min(stop.begun, last)
    tried = mends(block, min(stop.line, last), stop.column, begun, "flow" in stop.says)
    for mend in islice(tried, MOST_TRIES):
        after = first_stop(changed(block, mend), loader)
        if after is None or after.reached > max(min(stop.reached, last), *mend.lines):
            return mend
    return None
