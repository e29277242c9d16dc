"""What differs between two arms whose runs share their chance, and how much of it may be noise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.arms import Arm, Couple, couple, couples
from engine.batch.analysis.differences import (
    ENDLESS,
    Interval,
    paired_means,
    paired_shares,
    unpaired_means,
    unpaired_shares,
)
from engine.batch.analysis.distributions import AT_ONCE
from engine.batch.analysis.groups import playable_sides
from engine.batch.analysis.likeness import differences as unlike
from engine.batch.analysis.measuring import title_of
from engine.batch.storage.manifest import BatchError
from engine.batch.storage.results import Results
from engine.rules.arrays import Numbers

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Arm", "Comparison", "Couple", "Difference", "compare", "compare_choices", "couple", "couples"]

ENDING, HAPPENS, TIME, OUTCOME, SCORE = "ending", "happens", "time", "outcome", "score"
"""What may differ: the share of an ending; the share of runs in which something comes about at all; the day on which
it does, in pairs of runs in which it does in both; a number of each run; how content a side is."""


@dataclass(frozen=True)
class Difference:
    """One thing in two arms."""

    kind: str
    name: str
    title: str
    is_share: bool
    """Whether it is a share of runs."""
    pairs: int
    """Pairs of runs that it rests on."""
    first: float
    second: float
    paired: Interval
    """Of the difference, as the runs share their chance; :data:`ENDLESS` where they do not."""
    unpaired: Interval
    """Had the arms been independent."""

    @property
    def difference(self) -> float:
        """The second less the first."""
        return self.second - self.first

    @property
    def interval(self) -> Interval:
        """The paired one where there is one."""
        return self.unpaired if self.paired == ENDLESS else self.paired

    @property
    def narrower(self) -> float | None:
        """How many times narrower the paired interval is; None where that can't be said."""
        known = np.isfinite(self.paired.width) and np.isfinite(self.unpaired.width) and self.paired.width > 0
        return self.unpaired.width / self.paired.width if known else None

    @property
    def narrower_at_most(self) -> float | None:
        """How many times narrower an interval of a difference of shares could be with the best of pairing.

        ``sqrt((p1 q1 + p2 q2) / (d (1 - d)))`` with ``d = |p2 - p1|``: at least a share d of the pairs must differ
        (Frechet and Hoeffding), so where a change does much, no pairing can make it as narrow as one would like.
        """
        apart = abs(self.difference)
        if not self.is_share or not 0.0 < apart < 1.0:
            return None
        independent = self.first * (1 - self.first) + self.second * (1 - self.second)
        return math.sqrt(independent / (apart * (1 - apart)))

    @property
    def is_noise(self) -> bool:
        """Whether it may be none: the interval has 0 within it."""
        return self.interval.has_zero


@dataclass(frozen=True)
class Comparison:
    """Everything in two arms."""

    first: str
    second: str
    share_chance: bool
    pairs: int
    points: int
    differences: tuple[Difference, ...]
    caveats: tuple[str, ...] = ()
    """What whoever reads them has to know of the two batches."""

    @property
    def frame(self) -> pl.DataFrame:
        """A row for each difference."""
        import polars as pl

        return pl.DataFrame([as_row(difference) for difference in self.differences])


def as_row(one: Difference) -> dict[str, Any]:
    """A difference in plain words."""
    return {
        "kind": one.kind,
        "name": one.name,
        "title": one.title,
        "pairs": one.pairs,
        "first": one.first,
        "second": one.second,
        "difference": one.difference,
        "low": _finite(one.paired.low),
        "high": _finite(one.paired.high),
        "unpaired_low": _finite(one.unpaired.low),
        "unpaired_high": _finite(one.unpaired.high),
        "narrower": one.narrower,
        "narrower_at_most": one.narrower_at_most,
        "same_within_noise": one.is_noise,
    }


def _finite(number: float) -> float | None:
    return number if np.isfinite(number) else None


def compare(first: Results, second: Results, titles: tuple[str, str] = ("first", "second")) -> Comparison:
    """Two batches of one scenario. Raises :class:`~engine.batch.storage.manifest.BatchError`."""
    found = compare_arms(couple(first, second, titles))
    of_each = [f"{title}: {said}" for title, one in zip(titles, (first, second), strict=True) for said in one.caveats]
    return replace(found, caveats=(*unlike(first, second), *of_each))


def compare_choices(results: Results, lever: str | None = None) -> tuple[Comparison, ...]:
    """Each choice of the levers of a batch (or of one of them) against its base.

    Raises :class:`~engine.batch.storage.manifest.BatchError`.
    """
    return tuple(replace(compare_arms(two), caveats=results.caveats) for two in couples(results, lever))


def compare_arms(two: Couple) -> Comparison:
    """Everything that both arms have; of the runs that both have, where they share their chance."""
    columns = _columns(two)
    size, points = 0, 0
    found: list[Difference] = []
    for begin in range(0, len(columns), AT_ONCE):
        together = columns[begin : begin + AT_ONCE]
        first, second = _matched(two, together)
        if not first.height or not second.height:
            raise BatchError("the two arms have no runs in common: there is nothing to compare")
        size, points = min(first.height, second.height), first["pair"].n_unique()
        found += Pairs(two, first, second, points > 1).differences(together)
    return Comparison(two.first.title, two.second.title, two.share_chance, size, points, tuple(found))


def _matched(two: Couple, columns: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The runs of both arms, row by row where they share their chance."""
    first, second = two.first.rows(columns), two.second.rows(columns)
    keys = ["pair", "run"]
    if two.share_chance and not first.select(keys).equals(second.select(keys)):
        first = first.join(second.select(keys), on=keys, how="semi").sort(keys)
        second = second.join(first.select(keys), on=keys, how="semi").sort(keys)
    return first, second


def _columns(two: Couple) -> list[str]:
    """The columns that are compared: scores of the playable sides only."""
    a, b = two.first.results.manifest["columns"], two.second.results.manifest["columns"]
    sides = {f"score_{actor}" for actor in playable_sides(two.first.results)}
    return [
        name
        for name, said in a.items()
        if name in b and (said["kind"] in (ENDING, "outcome", "first") or (said["kind"] == "score" and name in sides))
    ]


@dataclass(frozen=True)
class Pairs:
    """The runs of two arms, row by row where they share their chance."""

    two: Couple
    first: pl.DataFrame
    second: pl.DataFrame
    has_clusters: bool
    """Whether a run comes at several design points."""

    def differences(self, columns: list[str]) -> Iterator[Difference]:
        """Of everything, in the order of the columns."""
        manifest = self.two.first.results.manifest
        for name in columns:
            kind = manifest["columns"][name]["kind"]
            if kind == "ending":
                yield from self._endings()
            elif kind == "score":
                yield self._means(SCORE, name, *self._numbers(name))
            else:
                yield from self._number(name)

    def _endings(self) -> Iterator[Difference]:
        import polars as pl

        closed = [arm["ending"].cast(pl.String).to_numpy() for arm in (self.first, self.second)]
        endings = (arm.results.manifest["endings"] for arm in (self.two.first, self.two.second))
        for ending in dict.fromkeys(chain.from_iterable(endings)):
            yield self._shares(ENDING, f"ending.{ending}", closed[0] == ending, closed[1] == ending)

    def _number(self, name: str) -> Iterator[Difference]:
        """An outcome or the first day of something, which a run may not have."""
        a, b = self._numbers(name)
        has_a, has_b = ~np.isnan(a), ~np.isnan(b)
        is_whole = bool(has_a.all() and has_b.all())
        if self.two.first.results.manifest["columns"][name]["kind"] == "first" or not is_whole:
            yield self._shares(HAPPENS, name, has_a, has_b)
            yield self._of_those_that_have_it(name, a, b, has_a, has_b)
        elif np.isin(a, (0.0, 1.0)).all() and np.isin(b, (0.0, 1.0)).all():
            yield self._shares(OUTCOME, name, a == 1.0, b == 1.0)
        else:
            yield self._means(OUTCOME, name, a, b)

    def _of_those_that_have_it(self, name: str, a: Numbers, b: Numbers, has_a: Any, has_b: Any) -> Difference:
        """Among pairs in which both runs have it, since a mean over others would compare different histories."""
        if self.two.share_chance:
            has_a = has_b = has_a & has_b
        return self._means(TIME, name, a[has_a], b[has_b], (has_a, has_b))

    def _numbers(self, name: str) -> tuple[Numbers, Numbers]:
        import polars as pl

        a, b = (arm[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for arm in (self.first, self.second))
        return a, b

    def _means(self, kind: str, name: str, a: Numbers, b: Numbers, among: Any = None) -> Difference:
        among_a, among_b = among or (None, None)
        clusters, others = self._clusters(self.first, among_a), self._clusters(self.second, among_b)
        paired = paired_means(a, b, clusters) if self.two.share_chance else ENDLESS
        unpaired = unpaired_means(a, b, clusters, others)
        first, second = (float(arm.mean()) if len(arm) else float("nan") for arm in (a, b))
        pairs = min(len(a), len(b))
        return Difference(kind, name, self._title(name), False, pairs, first, second, paired, unpaired)

    def _clusters(self, arm: pl.DataFrame, among: Any) -> Any:
        if not self.has_clusters:
            return None
        runs = arm["run"].to_numpy()
        return runs if among is None else runs[among]

    def _shares(self, kind: str, name: str, a: Any, b: Any) -> Difference:
        n = min(len(a), len(b))
        differs = not self.two.share_chance or bool((a != b).any())
        if self.has_clusters and differs:
            return replace(self._means(kind, name, a.astype(np.float64), b.astype(np.float64)), is_share=True)
        if self.has_clusters:  # of no difference among so many independent runs
            n = self.first["run"].n_unique()
            a = b = np.arange(n) < round(float(a.mean()) * n)
        paired = ENDLESS
        if self.two.share_chance:
            paired = paired_shares(*(int(c.sum()) for c in (a & b, a & ~b, ~a & b, ~a & ~b)))
        unpaired = unpaired_shares(int(a.sum()), len(a), int(b.sum()), len(b))
        return Difference(kind, name, self._title(name), True, n, float(a.mean()), float(b.mean()), paired, unpaired)

    def _title(self, name: str) -> str:
        told = title_of(self.two.first.results.manifest, name)
        return told if told != name else title_of(self.two.second.results.manifest, name)
