"""Old findings, kept in a file so that only new ones are told: known by code, path and message, on whatever line."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.files import write_whole
from engine.scenario.files import read_text
from engine.scenario.problems import Problem, Problems

VERSION = 1
"""The version of the file's format."""

LINE = re.compile(r"\bline \d+")
"""A line that a message names, which moves as the file is edited."""

Mark = tuple[str, str, str]
"""What a finding is known by: its code, its path, and its message without lines."""


class BaselineError(ValueError):
    """A file that is no baseline; says so in a sentence."""


@dataclass(frozen=True)
class Sifted:
    """Findings held against a baseline."""

    new: tuple[Problem, ...]
    """Those that are not in it."""
    known: int
    """How many are."""
    mended: int
    """How many of the baseline are not there any more."""


def mark_of(problem: Problem) -> Mark:
    """What a finding is known by."""
    return problem.code, problem.where, LINE.sub("line", problem.message)


def sift(problems: Sequence[Problem], known: Counter[Mark]) -> Sifted:
    """The findings that a baseline does not have; each of its entries stands for one."""
    left = known.copy()
    new = []
    for problem in problems:
        mark = mark_of(problem)
        if left[mark] > 0:
            left[mark] -= 1
        else:
            new.append(problem)
    return Sifted(tuple(new), len(problems) - len(new), sum(left.values()))


def read_baseline(path: Path) -> Counter[Mark]:
    """The findings of a baseline. Raises :class:`BaselineError`."""
    problems = Problems(str(path))
    text = read_text(path, problems)
    if text is None or problems.found:
        raise BaselineError(f"{path}: {problems.found[0].message}")
    try:
        content = json.loads(text)
        if content["brink_baseline"] != VERSION:
            raise BaselineError(f"{path}: is a baseline of version {content['brink_baseline']}, not {VERSION}")
        return Counter(dict(entry_of(entry) for entry in content["findings"]))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        if isinstance(error, BaselineError):
            raise
        raise BaselineError(f"{path}: is no baseline: `brink check --write-baseline` writes one") from None


def entry_of(entry: Any) -> tuple[Mark, int]:
    """One entry of the file, and how often it stands for something."""
    times = entry["times"]
    mark = (entry["code"], entry["path"], entry["message"])
    if not isinstance(times, int) or times < 1 or not all(isinstance(word, str) for word in mark):
        raise ValueError
    return mark, times


def write_baseline(path: Path, problems: Iterable[Problem]) -> int:
    """Writes the findings as a baseline, over an older baseline but over nothing else; returns how many they are.

    Raises :class:`BaselineError` and OSError.
    """
    if path.exists() or path.is_symlink():
        read_baseline(path)
    counts = Counter(mark_of(problem) for problem in problems)
    findings = [
        {"code": code, "path": where, "message": message, "times": times}
        for (code, where, message), times in sorted(counts.items())
    ]
    content = json.dumps({"brink_baseline": VERSION, "findings": findings}, indent=1, ensure_ascii=True)
    write_whole(path, f"{content}\n".encode())
    return sum(counts.values())
