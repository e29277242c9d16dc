"""What is found of each assumption, and what so many tests at once are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

SOBOL, MORRIS, PAWN = "sobol", "morris", "pawn"

METHODS = (SOBOL, MORRIS, PAWN)
"""Ways of asking."""

LEVEL = 0.05
"""The share of assumptions without effect that are called real by chance."""


@dataclass(frozen=True)
class Factor:
    """An uncertainty or a lever, and how much the outcome hangs on it."""

    name: str
    title: str
    index: float
    """What the ranking is by: Sobol's total index, Morris's mu*, PAWN's median."""
    low: float
    high: float
    """Of the index, 95 %."""
    chance: float
    """Below which 95 % of the indices lie that this factor would have, had it no effect."""
    p: float
    """How often a factor without effect has an index as large as this by chance."""
    more: Mapping[str, float] = field(default_factory=dict)
    """Further numbers of the method."""

    @property
    def matters(self) -> bool:
        """Whether the index is more than chance, this factor taken by itself."""
        return self.p <= LEVEL


@dataclass(frozen=True)
class Sensitivity:
    """What an outcome hangs on."""

    outcome: str
    title: str
    method: str
    factors: tuple[Factor, ...]
    """The most important first."""
    points: int
    runs: float
    """Runs of a design point, on average, that have the outcome."""
    mean: float
    """Of the outcome, over the points."""
    noise_share: float | None
    """The share of the variance between points that is run-to-run noise; None with one run a point."""
    notes: tuple[str, ...]
    """What the reader should know."""

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each factor, the most important first; ``p_holm`` is ``p`` corrected for their number."""
        import polars as pl

        return pl.DataFrame(
            [
                {"rank": rank, "name": f.name, "title": f.title, "index": f.index, "low": f.low, "high": f.high}
                | {"chance": f.chance, "p": f.p, "p_holm": corrected, "matters": f.matters, **f.more}
                for rank, (f, corrected) in enumerate(zip(self.factors, self.corrected, strict=True), start=1)
            ]
        )

    @property
    def corrected(self) -> tuple[float, ...]:
        """Holm's p of each factor, in their order: with those at most 5 % real, one table in twenty has an error."""
        return holm([f.p for f in self.factors])

    @property
    def multiplicity(self) -> str:
        """How many were tested, and what stands when all are judged together, in a sentence."""
        return told_together([self])


def holm(found: Sequence[float]) -> tuple[float, ...]:
    """The p values corrected so that the chance of any error among them is bounded.

    Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65-70.
    """
    order = sorted(range(len(found)), key=lambda place: found[place])
    largest, corrected = 0.0, [1.0] * len(found)
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(found) - rank) * found[place]))
        corrected[place] = largest
    return tuple(corrected)


def told_together(every: Sequence[Sensitivity]) -> str:
    """How many tests these are, how many false alarms to expect, and how many stand all the same."""
    tests = [factor for one in every for factor in one.factors]
    called = [factor.matters for factor in tests]
    together = holm([factor.p for factor in tests])
    stand = sum(p <= LEVEL for p in together)
    said = f"{len(tests)} tests at 5 % each: had nothing an effect, {LEVEL * len(tests):.2g} would be called real"
    if not any(called):
        return said
    both = f"all {sum(called)}" if stand == sum(called) else f"{stand} of the {sum(called)}"
    return f"{said}; judged together (Holm 1979), {both} called real here stand"
