"""What is wrong with a scenario, each problem with its place, told in its author's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from engine.errors import BrinkmanshipError
from engine.prose import series
from engine.scenario.limits import MOST_KEPT, MOST_REPORTED

Severity = Literal["error", "warning", "hint"]

SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "I": "hint"}
"""What the first letter of a code says, the gravest first."""

RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES.values())}

ONCE = frozenset({"E203", "E205", "E701"})
"""Findings that are told at the first place of several for which the same is said: one cause, one finding."""

LONGEST_VALUE = 60
"""How many characters of a foreign value are quoted."""

LONGEST_MESSAGE = 600
"""How many characters a message may have."""

UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    "\U000f0000-\U0010ffff]"
)
"""Characters that a terminal obeys or a reader can't see: control, bidirectional, zero-width, private."""


def escaped(text: str) -> str:
    """The text with each character that could not be seen written as its code, such as ``\\x1b``."""
    return UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def shortened(value: object, longest: int = LONGEST_VALUE) -> str:
    """A value as it may be shown in a message: one line, safe to print, not too long."""
    text = str(value)
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    return escaped(cut)


def quoted(value: object, longest: int = LONGEST_VALUE) -> str:
    """A value in quotation marks, as it may be shown in a message."""
    return f'"{shortened(value, longest)}"'


def listed(names: Iterable[object], most: int = 12, last: str = "and") -> str:
    """Names as a list in a sentence, the first few where there are many."""
    words = [shortened(name) for name in names]
    if len(words) > most:
        return ", ".join(words[:most]) + f" {last} {len(words) - most} more"
    return series(words, last) or "none"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int
    column: int
    severity: Severity
    where: str
    message: str
    code: str = ""
    """Which finding of ``engine.scenario.findings`` this is, if it is one."""
    also: tuple[int, ...] = ()
    """The lines of the other places for which the same is to be said."""

    def __str__(self) -> str:
        place = f"{shortened(self.file, 200)}:{self.line}:{self.column}" if self.line else shortened(self.file, 200)
        where = f"{shortened(self.where, 120)}: " if self.where else ""
        code = f"[{self.code}]" if self.code else ""
        return f"{place}: {self.severity}{code}: {where}{escaped(self.message)}{elsewhere(self.also)}"


def elsewhere(lines: tuple[int, ...]) -> str:
    """In which other lines the same is wrong, as the end of a message."""
    if not lines:
        return ""
    word = "line" if len(lines) == 1 else "lines"
    return f" (also in {word} {listed(lines, 8)})"


class ScenarioError(BrinkmanshipError):
    """A scenario that can't be used; carries every problem that was found, errors first to last."""

    def __init__(self, problems: Sequence[Problem], left_out: int = 0) -> None:
        self.problems = tuple(problems)
        self.left_out = left_out
        super().__init__("\n".join(report_lines(problems, left_out)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled with its problems, so that another process can raise it."""
        return type(self), (self.problems, self.left_out)

    @property
    def is_of_the_command(self) -> bool:
        """Whether everything that is wrong was written on the command line, and not in a file."""
        return all(problem.file.startswith("--") for problem in self.problems)


def report_lines(problems: Sequence[Problem], left_out: int = 0) -> Iterator[str]:
    """One line a problem, at most a hundred of them, then how many more there are."""
    yield from (str(problem) for problem in problems[:MOST_REPORTED])
    more = max(0, len(problems) - MOST_REPORTED) + left_out
    if more:
        yield f"... and {more} more problem{'s' if more > 1 else ''}"


@dataclass
class Problems:
    """The problems of one file, as they are found."""

    file: str
    found: list[Problem] = field(default_factory=list)
    left_out: int = 0
    """How many problems were found beyond those kept."""
    errors: int = 0
    """How many of those found are errors."""
    coded: bool = False
    """Whether each carries the code of its finding: in what `brink check` reads, and not in orders or experiments."""
    repeated: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """The lines of each finding that is told once, by its code and message, the first of them first."""

    @property
    def full(self) -> bool:
        """Whether there are so many problems that no further one will be told."""
        return self.errors >= MOST_REPORTED

    unwritten: frozenset[str] = frozenset()
    """The dotted paths of what stands in no file, of which nothing is said."""
    alone: str = ""
    """The end of a dotted path under which something stands for the checks that is written without it."""

    def add(self, severity: Severity, place: tuple[int, int], where: str, message: str, code: str = "") -> None:
        """Notes a problem at a line and column."""
        problem = Problem(self.file, *place, severity, where, shortened(message, LONGEST_MESSAGE), code)
        self.errors += severity == "error"
        if len(self.found) < MOST_KEPT:
            self.found.append(problem)
        else:
            self.left_out += 1

    def note(self, code: str, place: tuple[int, int], where: str, message: str) -> None:
        """Notes a finding, whose code says how grave it is; what is said already of another place is told there."""
        if self.unwritten and any(where.startswith(path) for path in self.unwritten):
            return
        where = where.removesuffix(self.alone)
        if code in ONCE:
            said = (code if self.coded else "", shortened(message, LONGEST_MESSAGE))
            lines = self.repeated.setdefault(said, [])
            lines.append(place[0])
            if len(lines) > 1:
                return
        self.add(SEVERITIES[code[0]], place, where, message, code if self.coded else "")

    def error(self, place: tuple[int, int], where: str, message: str) -> None:
        """Notes an error that is no finding, such as one of orders or of an experiment."""
        self.add("error", place, where, message)

    def remove(self, problems: Iterable[Problem]) -> None:
        """Takes problems out again."""
        gone = set(map(id, problems))
        self.errors -= sum(problem.severity == "error" for problem in self.found if id(problem) in gone)
        self.found = [problem for problem in self.found if id(problem) not in gone]

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of the file."""
        found = [self.with_others(problem) for problem in self.found] if self.repeated else self.found
        return tuple(sorted(found, key=lambda p: (p.line, p.column, RANKS[p.severity])))

    def with_others(self, problem: Problem) -> Problem:
        """A problem with the lines of the other places for which it stands."""
        lines = self.repeated.get((problem.code, problem.message), ())
        others = sorted({line for line in lines if line != problem.line})
        return replace(problem, also=tuple(others)) if others else problem
