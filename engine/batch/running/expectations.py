"""Whether a scenario keeps what its author promises about many runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.batch.statistics import Share, share_of, wilson
from engine.expressions import Expression, Kind
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, YesNo
from engine.rules.gauges import NEVER, FirstPace
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


class ExpectationTally:
    """Counts, world after world, what the expectations of a scenario are about."""

    def __init__(self, rules: Rules) -> None:
        self._expect = rules.scenario.expect
        self._claims = rules.reading(*(_parsed(rules, expectation.chance) for expectation in self._expect))
        self._given = rules.reading(*(_parsed(rules, expectation.given) for expectation in self._expect))
        self.gauges = tuple(FirstPace(_parsed(rules, one.never)) for one in self._expect if one.never is not None)
        """What finds the first pace after which each ``never`` was broken."""

    def count(self, world: World, breaches: Numbers, times: int = 1) -> list[tuple[Counted, ...]]:
        """At the end of some runs: in how many of them each expectation holds.

        ``breaches`` are what the gauges have found: shape (gauges, runs). Of a world in which runs stand so many times
        side by side, each time for itself.
        """
        broken, found = iter(breaches), []
        for expectation, holds, given in zip(
            self._expect, self._claims.read(world), self._given.read(world), strict=True
        ):
            if expectation.never is None:
                found.append(self._stretches(holds & given, given, world, times))
            else:
                paces = next(broken)
                found.append(self._stretches(paces < NEVER, given, world, times, paces))
        return list(zip(*found, strict=True)) if found else [()] * times

    @staticmethod
    def _stretches(held: YesNo, given: YesNo, world: World, times: int, paces: Numbers | None = None) -> list[Counted]:
        found, numbers = [], world.draws.numbers
        for part in np.split(np.arange(len(held)), times):
            breaches = part[:0] if paces is None else part[held[part]]
            first = None
            if paces is not None and len(breaches):
                first = int(numbers[breaches[0]]), int(paces[breaches[0]])
            found.append(Counted(int(held[part].sum()), int(given[part].sum()), first))
        return found


def verdicts(expectations: Sequence[Expectation], counts: Iterable[Sequence[Counted]]) -> tuple[Verdict, ...]:
    """What was found, expectation by expectation, in several worlds."""
    found = [Counted()] * len(expectations)
    for each in counts:
        found = [known + new for known, new in zip(found, each, strict=True)]
    return tuple(verdict(expectation, counted) for expectation, counted in zip(expectations, found, strict=True))


def _parsed(rules: Rules, condition: str | None) -> Expression:
    """A condition; one that is not there always holds."""
    return rules.parser.expression(condition or "True", Kind.YESNO, endings=True)


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
