"""Pairs of lines that contradict each other: a table a scenario, and the hunt for them through many games.

A contradiction is a fact about rules, not about words: one line never stands below another, on the same day as another,
or on a later day. So the tables name moves, votes, events and flags (see :mod:`tests.hunting.lines`), and a test asks

    assert contradictions(rules, TABLE, games=400) == []
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.expressions import nearest
from engine.rules import Rules
from engine.rules.arrays import YesNo
from tests.hunting.lines import WHILE, Apart, Line, Lines, all_names

GAMES = 400
"""So many games are hunted through where nothing else is said."""

SEED = 1962


@dataclass(frozen=True)
class Never:
    """Two lines that may not stand so in the news of one game."""

    first: str
    apart: Apart
    then: str
    because: str = ""
    hours: float = 0
    """How long after the first is still soon."""

    def __str__(self) -> str:
        soon = f"less than {self.hours:g} hours before"
        said = {"below": "above", "same day": "on the same day as", "after": "on a day before", "soon after": soon}[
            self.apart
        ]
        return f'"{self.first}" {said} "{self.then}"'

    def stands_in(self, first: Line, then: Line) -> YesNo:
        """In which runs it does all the same."""
        if self.apart == "same day":
            return first.shares_a_day_with(then)
        if self.apart == "soon after":
            return first.is_soon_followed_by(then, self.hours)
        by_day = self.apart == "after"
        found: YesNo = first.first(by_day) < then.last(by_day)
        return found


def never(firsts: str | Iterable[str], apart: Apart, thens: str | Iterable[str], because: str = "") -> list[Never]:
    """Each of some lines against each of some others."""
    return [Never(first, apart, then, because) for first in listed(firsts) for then in listed(thens)]


def not_within(hours: float, firsts: str | Iterable[str], thens: str | Iterable[str], because: str = "") -> list[Never]:
    """None of some others so soon after any of some lines; less than an hour is the same pace."""
    return [Never(first, "soon after", then, because, hours) for first in listed(firsts) for then in listed(thens)]


def listed(lines: str | Iterable[str]) -> list[str]:
    """One line, or several, as a list."""
    return [lines] if isinstance(lines, str) else list(lines)


def contradictions(rules: Rules, table: Sequence[Never], games: int = GAMES, seed: int = SEED) -> list[str]:
    """What some games by the rule hold of a table, a sentence a pair: how many, and one to read."""
    return found_in(lines_of(rules, table, games, seed), table, seed)


def lines_of(rules: Rules, table: Sequence[Never], games: int, seed: int) -> Lines:
    """The lines of some games. Raises ``ValueError`` where the table names one that no game can have."""
    named = {name for pair in table for name in (pair.first, pair.then)}
    conditions = {name.removeprefix(WHILE) for name in named if name.startswith(WHILE)}
    known = all_names(rules.scenario, rules)
    for name in sorted(named - known):
        if not name.startswith(WHILE):
            raise ValueError(f'no news has a line "{name}"{_perhaps(name, known)}')
    lines = Lines(rules, conditions)
    lines.play(rules.open(seed, runs=games))
    return lines


def found_in(lines: Lines, table: Sequence[Never], seed: int) -> list[str]:
    """The pairs of a table that stand in some games."""
    return [said for pair in table for said in _sentence(lines, pair, seed)]


def _sentence(lines: Lines, pair: Never, seed: int) -> Iterable[str]:
    if pair.first not in lines.known or pair.then not in lines.known:
        return
    first, then = lines.known[pair.first], lines.known[pair.then]
    stands = pair.stands_in(first, then)
    if stands.any():
        run, scenario = int(np.argmax(stands)), lines.rules.scenario.id
        days = f"days {first.days(run)} and {then.days(run)}"
        yield f"{pair}: {stands.sum()} of {len(stands)} games; brink run {scenario} --seed {seed} --run {run}, {days}"


def _perhaps(name: str, known: Iterable[str]) -> str:
    found = nearest(name, known)
    return f', did you mean "{found}"?' if found else ""
