"""What several coders say together of one stance, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Literal

from engine.scenario.coding.models import Code, Coding

Way = Literal["median", "mean"]
"""How the values of several coders become one."""

MIDDLE_95 = 3.92
"""The width of the middle 95 % of a normal distribution, in standard deviations."""

About = tuple[str, str]
"""An actor and an issue."""


@dataclass(frozen=True)
class Coded:
    """A stance as coders have read it: the code of each who has, by the coder's name."""

    actor: str
    issue: str
    codes: Mapping[str, Code]

    @property
    def positions(self) -> dict[str, float]:
        """The positions that were coded, by coder."""
        return {coder: code.position for coder, code in self.codes.items() if code.position is not None}

    @property
    def saliences(self) -> dict[str, float]:
        """The saliences that were coded, by coder."""
        return {coder: code.salience for coder, code in self.codes.items() if code.salience is not None}

    @property
    def between(self) -> tuple[float, float] | None:
        """The lowest and the highest position that any coder allows; None where none has a position."""
        ranges = [code.range for code in self.codes.values() if code.range is not None]
        return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None

    def pooled(self, way: Way) -> Pooled:
        """What they say together."""
        middle = median if way == "median" else mean
        positions, saliences = list(self.positions.values()), list(self.saliences.values())
        low_high = self.between
        return Pooled(
            float(middle(positions)) if positions else None,
            low_high,
            (low_high[1] - low_high[0]) / MIDDLE_95 if low_high else None,
            float(middle(saliences)) if saliences else None,
            (min(saliences), max(saliences)) if saliences else None,
        )


@dataclass(frozen=True)
class Pooled:
    """A stance pooled over coders."""

    position: float | None
    between: tuple[float, float] | None
    """The lowest and the highest position that any coder allows."""
    spread: float | None
    """The standard deviation for which these are the middle 95 %."""
    salience: float | None
    salience_between: tuple[float, float] | None


def coded(coders: Mapping[str, Coding]) -> dict[About, Coded]:
    """Each stance that somebody has coded, in the order in which they were read."""
    found: dict[About, dict[str, Code]] = {}
    for coder, coding in coders.items():
        for code in coding.codes:
            found.setdefault(code.about, {})[coder] = code
    return {about: Coded(*about, codes) for about, codes in found.items()}


def units(stances: Sequence[Coded], of: Literal["position", "salience"]) -> Iterator[list[float]]:
    """The values that coders gave each stance."""
    for stance in stances:
        yield list((stance.positions if of == "position" else stance.saliences).values())
