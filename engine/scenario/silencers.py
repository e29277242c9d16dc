"""Comments that accept a finding: ``# ok: W622 why``, on its line or on a line of its own above."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from engine.scenario.problems import Problem, Problems, quoted
from engine.scenario.spelling import instead

REMARK = re.compile(r"#(?<![^ \t\n]#)[ \t]*ok:[ \t]*(?P<words>[^\r\n]*)")
"""A comment that accepts findings: it begins a line, or has a space or tab before it."""

CODES = re.compile(
    r"(?P<codes>(?:[A-Z]\d+|never\b|dead\b)(?:[ \t]*,[ \t]*(?:[A-Z]\d+|never\b|dead\b))*)[ \t]*(?P<why>.*)"
)
"""The codes of a remark, and the reason after them."""

OF_RUNS = {"never": "nothing that may happen", "dead": "no action"}
"""Words in place of a code, which accept what `brink dry-run` finds, and what it is that stands elsewhere."""

WITHOUT_WORDS = re.compile(r"[ \t]*(?:#.*)?")
"""A line that is blank or a comment."""

BY_THEMSELVES = ("E6", "E7")
"""Groups of errors in spite of which everything else is checked."""


@dataclass(slots=True)
class Silencer:
    """One remark: where it stands, the line it speaks of, what it accepts and why."""

    place: tuple[int, int]
    line: int
    codes: tuple[str, ...]
    why: str
    words: str
    heard: set[str] = field(default_factory=set)
    """The codes that it has silenced something with."""


class Remarks:
    """Where a text has remarks; those inside scalars are text, and are struck out as the scalars are met."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._matches = list(REMARK.finditer(text))
        self._places = [match.start() for match in self._matches]
        self._struck: set[int] = set()

    def strike(self, start: int, end: int) -> None:
        """Takes out what stands inside a scalar."""
        number = bisect_left(self._places, start)
        while number < len(self._places) and self._places[number] < end:
            self._struck.add(number)
            number += 1

    def silencers(self) -> tuple[Silencer, ...]:
        """What is left, in the order of the text."""
        kept = [match for number, match in enumerate(self._matches) if number not in self._struck]
        lines = _Lines(self.text) if kept else None
        return tuple(lines.silencer(match) for match in kept) if lines else ()


class _Lines:
    """The lines of a text: where each begins, and which is the next that has words in it."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.begins = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self.worded = [len(lines)] * (len(lines) + 1)
        """For each line from 0, the first line from there on that is more than a comment."""
        for number in range(len(lines) - 1, -1, -1):
            is_empty = WITHOUT_WORDS.fullmatch(lines[number].rstrip("\r"))
            self.worded[number] = self.worded[number + 1] if is_empty else number

    def silencer(self, match: re.Match[str]) -> Silencer:
        """What a remark says, and of which line."""
        line = bisect_right(self.begins, match.start()) - 1
        place = (line + 1, match.start() - self.begins[line] + 1)
        words = match["words"].strip()
        said = CODES.fullmatch(words)
        codes = tuple(re.split(r"[ \t]*,[ \t]*", said["codes"])) if said else ()
        return Silencer(place, self.worded[line] + 1, codes, said["why"] if said else "", words)


def can_be_silenced(code: str) -> bool:
    """Whether an author may accept a finding: not an error, unless it is of what can come about."""
    return not code.startswith("E") or code.startswith("E6")


def silence(problems: Problems, silencers: Sequence[Silencer]) -> tuple[Problem, ...]:
    """Takes out what the author has accepted, and returns it; notes remarks that do not do what they should."""
    if not silencers:
        return ()
    is_whole = not any(
        problem.severity == "error" and problem.code[:2] not in BY_THEMSELVES for problem in problems.found
    )
    by_line: dict[int, list[Silencer]] = {}
    for silencer in silencers:
        by_line.setdefault(silencer.line, []).append(silencer)
    accepted = [problem for problem in problems.found if hear(problem, by_line.get(problem.line, ()))]
    problems.remove(accepted)
    for silencer in silencers:
        for code, message in complaints(silencer, is_whole):
            problems.note(code, silencer.place, "", message)
    return tuple(accepted)


def hear(problem: Problem, silencers: Iterable[Silencer]) -> bool:
    """Whether one of these accepts a problem."""
    heard = [silencer for silencer in silencers if problem.code in silencer.codes]
    for silencer in heard:
        silencer.heard.add(problem.code)
    return bool(heard) and can_be_silenced(problem.code)


def complaints(silencer: Silencer, is_whole: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with a remark; whether it silences anything is only known where the check was whole."""
    from engine.scenario.findings import FINDINGS  # the pages are only needed here

    if not silencer.codes:
        yield "W912", f"names no finding: write # ok: CODE and why, such as # ok: W622 kept for later{after(silencer)}"
    for code in silencer.codes:
        if code in OF_RUNS:
            if code not in silencer.heard and is_whole:
                yield "I914", f"silences nothing: {OF_RUNS[code]} begins in line {silencer.line}"
        elif code not in FINDINGS:
            yield "W912", f"unknown finding {quoted(code)}{instead(code, FINDINGS, '`brink check --codes` lists them')}"
        elif not can_be_silenced(code):
            yield "W913", f"{code} is an error without which the scenario can't be used: it can't be accepted"
        elif code not in silencer.heard and is_whole:
            yield "I914", f"silences nothing: there is no {code} in line {silencer.line}"
    if silencer.codes and not silencer.why:
        yield "W911", f"says no reason: write why {' and '.join(silencer.codes)} is all right here"


def after(silencer: Silencer) -> str:
    """What stands there instead, where anything does."""
    return f" (found {quoted(silencer.words)})" if silencer.words else ""
