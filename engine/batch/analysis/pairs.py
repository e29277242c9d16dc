"""The runs of two arms, row by row where they share their chance, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.arms import Couple
from engine.batch.analysis.closing import Closing, Together, middle_day, share_open, while_both_are_open
from engine.batch.analysis.compared import CLOSING, ENDING, HAPPENS, OUTCOME, SCORE, TIME, Difference
from engine.batch.analysis.differences import (
    ENDLESS,
    paired_means,
    paired_shares,
    unpaired_means,
    unpaired_shares,
)
from engine.batch.analysis.measuring import title_of
from engine.rules.arrays import Numbers

if TYPE_CHECKING:
    import polars as pl


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
                yield self._at_close(self._means(SCORE, name, *self._numbers(name)))
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
            happens = self._shares(HAPPENS, name, has_a, has_b)
            yield self._by_day(happens, a, b) if self._is_day(name) else self._at_close(happens)
            yield self._of_those_that_have_it(name, a, b, has_a, has_b)
        elif np.isin(a, (0.0, 1.0)).all() and np.isin(b, (0.0, 1.0)).all():
            yield self._at_close(self._shares(OUTCOME, name, a == 1.0, b == 1.0))
        else:
            yield self._at_close(self._means(OUTCOME, name, a, b))

    @property
    def closing(self) -> Difference:
        """When runs close."""
        return self._means(CLOSING, "day", *self._numbers("day"))

    def _is_day(self, name: str) -> bool:
        """Whether a column holds the day on which something first came about."""
        manifest = self.two.first.results.manifest
        asked = manifest["outcomes"].get(name)
        first = asked.get("first") if isinstance(asked, dict) else None
        return manifest["columns"][name]["kind"] == "first" or first is not None

    def _by_day(self, happens: Difference, a: Numbers, b: Numbers) -> Difference:
        """With how many runs are open on the middle day on which it comes, and the difference while both are."""
        closes, others = self._numbers("day")
        day, together = middle_day(a, b), None
        if self.two.share_chance:
            had = self._shares(HAPPENS, happens.name, *while_both_are_open(closes, others, a, b))
            together = Together(had.first, had.second, had.paired)
        return replace(happens, closing=Closing(day, share_open(closes, day), share_open(others, day), together))

    def _at_close(self, one: Difference) -> Difference:
        """Of a number as it stands when a run closes, with how many runs are open in the last turn of any."""
        closes, others = self._numbers("day")
        last = max(closes.max(initial=0.0), others.max(initial=0.0))
        before = np.nextafter(last, -np.inf)
        return replace(one, closing=Closing(last, share_open(closes, before), share_open(others, before)))

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
