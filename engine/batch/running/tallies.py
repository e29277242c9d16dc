"""How the runs of a batch end, counted while it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from engine.batch.running.expectations import Counted, Verdict, verdict
from engine.batch.running.making import Notes
from engine.batch.statistics import Share, share_at_least_known
from engine.scenario.models import Expectation


class Tallies:
    """Running counts of a batch: its memory does not grow with its runs."""

    def __init__(self, endings: Iterable[str], expect: Sequence[Expectation], points: int) -> None:
        """For the ids of the endings, in their order, and what the scenario expects."""
        self._ids, self._expect = tuple(endings), tuple(expect)
        self._endings = np.zeros((points, len(self._ids)), dtype=np.int64)
        self._expectations = [Counted()] * len(self._expect)
        self._is_single = points == 1
        self.failures: dict[int, str] = {}
        """Design points that could not be run, and why."""

    def add(self, notes: Notes) -> None:
        """What a part says."""
        self.failures.update(notes.failures)
        for tally in notes.tallies:
            self._endings[tally.point] += tally.endings
            if self._is_single:
                pairs = zip(self._expectations, tally.expectations, strict=True)
                self._expectations = [known + new for known, new in pairs]

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return int(self._endings.sum())

    def shares(self, points: int | Sequence[int] | None = None) -> dict[str, Share]:
        """How often each ending closed a run, of one design point, of some, or of all.

        Points share their chance, and which run ended how is not kept: the interval of all is as wide as were every
        run alike at all points. :func:`engine.batch.summarise` knows more.
        """
        counted = (
            self._endings if points is None else self._endings[[points] if isinstance(points, int) else list(points)]
        )
        runs, counts = counted.sum(axis=1).tolist(), counted.sum(axis=0).tolist()
        return {ending: share_at_least_known(count, runs) for ending, count in zip(self._ids, counts, strict=True)}

    def verdicts(self) -> tuple[Verdict, ...]:
        """What became of the scenario's expectations; nothing where other assumptions were tried too."""
        if not self._is_single:
            return ()
        return tuple(verdict(e, counted) for e, counted in zip(self._expect, self._expectations, strict=True))

    def widest(self) -> float:
        """Half the width of the widest interval of an ending, of any design point that could be run."""
        tried = [point for point in range(len(self._endings)) if self._endings[point].any()]
        return max(((s.high - s.low) / 2 for point in tried for s in self.shares(point).values()), default=0.0)
