"""Whether a scenario keeps what its author promises about many runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.batch.statistics import Share, share_of, wilson
from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import YesNo
from engine.rules.sheets import Reading
from engine.scenario.models import Claim, Expectation

PASS, FAIL, UNSURE = "pass", "fail", "too close"
"""Verdicts: the whole interval is within the bounds, it is outside, or neither, as where there are no runs."""

MOST_NEEDED = 1_000_000_000
"""More runs than this are not proposed to anybody."""


@dataclass(frozen=True)
class Verdict:
    """An expectation, what was found, and whether it holds."""

    expectation: Expectation
    found: Share
    """The share of runs (for ``never``: of runs in which it did hold after some pace)."""
    verdict: str
    first_breach: tuple[int, int] | None = None
    """For a broken ``never``: the first run, and the pace."""

    @property
    def text(self) -> str:
        """The expectation in the words of the scenario."""
        e = self.expectation
        if e.never is not None:
            return f"never: {e.never}"
        given = f" given {e.given}" if e.given else ""
        return f"chance of {e.chance}{given} {_bounds_text(e)}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What some runs say about one expectation."""

    held: int = 0
    """Runs in which it held; for a ``never``, in which it was broken."""
    of: int = 0
    """Runs that it is about."""
    first_breach: tuple[int, int] | None = None
    """For a broken ``never``: the first run, and the pace."""

    def __add__(self, other: Counted) -> Counted:
        """What these and other runs say."""
        breaches = [breach for breach in (self.first_breach, other.first_breach) if breach is not None]
        return Counted(self.held + other.held, self.of + other.of, min(breaches, default=None))


@dataclass
class _Watched:
    """One expectation, and what was counted of it so far."""

    expectation: Expectation
    broken: YesNo | None = None
    """In which runs of the block at hand a ``never`` was broken."""
    counted: Counted = Counted()


class ExpectationTally:
    """Counts, world after world, what the expectations of a scenario are about."""

    def __init__(self, rules: Rules) -> None:
        self._watched = [_Watched(expectation) for expectation in rules.scenario.expect]
        self._never = [watched for watched in self._watched if watched.expectation.never is not None]
        self._broken = _reading(rules, [watched.expectation.never for watched in self._never])
        self._claims = _reading(rules, [watched.expectation.chance for watched in self._watched])
        self._given = _reading(rules, [watched.expectation.given for watched in self._watched])

    def watch(self, world: World, was_open: YesNo) -> None:
        """After a pace: whether an invariant broke in the runs that were open in it."""
        if not self._never:
            return
        for watched, broken in zip(self._never, self._broken.read(world), strict=True):
            breaks: YesNo = broken & was_open
            if breaks.any():
                first = (world.draws.first_run + int(np.argmax(breaks)), world.tick - 1)
                watched.counted += Counted(first_breach=first)
                watched.broken = breaks if watched.broken is None else watched.broken | breaks

    def count(self, world: World) -> None:
        """At the end of some runs: in how many of them each expectation holds."""
        for watched, holds, given in zip(self._watched, self._claims.read(world), self._given.read(world), strict=True):
            if watched.expectation.never is None:
                held = int((holds & given).sum())
            else:
                held = 0 if watched.broken is None else int(watched.broken.sum())
                watched.broken = None
            watched.counted += Counted(held, int(given.sum()))

    @property
    def counts(self) -> tuple[Counted, ...]:
        """What was counted, expectation by expectation."""
        return tuple(watched.counted for watched in self._watched)

    def verdicts(self) -> tuple[Verdict, ...]:
        """What was found, expectation by expectation."""
        return tuple(verdict(watched.expectation, watched.counted) for watched in self._watched)


def _reading(rules: Rules, conditions: Iterable[str | None]) -> Reading:
    """What reads some conditions; one that is not there always holds."""
    return rules.reading(*(rules.parser.expression(text or "True", Kind.YESNO, endings=True) for text in conditions))


def verdict(expectation: Expectation, counted: Counted) -> Verdict:
    """Whether an expectation holds, as far as the runs say."""
    found = share_of(counted.held, counted.of)
    if expectation.never is not None:
        return Verdict(expectation, found, FAIL if counted.held else PASS, counted.first_breach)
    if not counted.of:
        return Verdict(expectation, found, UNSURE)
    return Verdict(expectation, found, judge(found, *bounds(expectation)))


def judge(found: Share, low: float, high: float) -> str:
    """Whether a share lies between two numbers, as far as its interval says."""
    if low <= found.low and found.high <= high:
        return PASS
    outside = found.high < low or found.low > high
    is_promised_exactly = low == high == found.share  # none, or all: of these no interval is within the bounds
    return FAIL if outside else PASS if is_promised_exactly else UNSURE


def runs_needed(found: Share, low: float, high: float) -> int | None:
    """How many runs would tell, were the share to stay as it was found: to two digits, rounded up.

    None where no number would, or more than a thousand million: the share is a bound itself, or all but.
    """
    least, most = max(1, found.of), MOST_NEEDED
    if judge(_as_found(found, most), low, high) == UNSURE:
        return None
    while least < most:
        middle = (least + most) // 2
        least, most = (middle + 1, most) if judge(_as_found(found, middle), low, high) == UNSURE else (least, middle)
    unit = int(10 ** max(0, len(str(most)) - 2))
    return -(-most // unit) * unit


def _as_found(found: Share, size: int) -> Share:
    """The same share, known as well as that number of runs would know it."""
    return Share(found.count, found.of, *wilson(found.share, size))


def bounds(expectation: Expectation) -> tuple[float, float]:
    """The lowest and the highest share that keep the promise."""
    return share_bounds(expectation) or (0.0, 1.0)


def share_bounds(said: Expectation | Claim) -> tuple[float, float] | None:
    """The lowest and the highest share that are asked for; None where no share is."""
    if said.between is not None:
        return said.between
    if said.at_least is None and said.at_most is None:
        return None
    return said.at_least or 0.0, 1.0 if said.at_most is None else said.at_most


def _bounds_text(expectation: Expectation) -> str:
    low, high = bounds(expectation)
    if expectation.between is not None:
        return f"between {low:g} and {high:g}"
    return f"at most {high:g}" if expectation.at_most is not None else f"at least {low:g}"
