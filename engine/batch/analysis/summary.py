"""What the runs of a batch say, arm by arm: how they end, when things happen, what comes of it, and who is content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.batch.analysis.distributions import Distribution
from engine.batch.analysis.groups import Arm, Group, arms_of
from engine.batch.analysis.measuring import unknown_name
from engine.batch.analysis.settings import levers
from engine.batch.storage.results import Results

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Summary:
    """A batch in numbers. Arms of an experiment are never put together: nobody decides a mixture of decisions."""

    results: Results
    arms: tuple[Arm, ...]
    """The base first."""

    @property
    def runs(self) -> int:
        """How many runs there are, of all arms."""
        return sum(arm.group.runs for arm in self.arms)

    @property
    def points(self) -> int:
        """How many design points were run, of all arms."""
        return sum(len(arm.group.points) for arm in self.arms)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The arms with their endings."""
        return tuple(arm.group for arm in self.arms)

    def never(self) -> dict[str, float]:
        """The endings that no run of any arm reached, and below which share each is in every arm (95 %)."""
        every = [set(group.never()) for group in self.groups]
        return {
            ending: max(group.at_most(ending) for group in self.groups)
            for ending in self.results.manifest["endings"]
            if all(ending in never for never in every)
        }

    @cached_property
    def endings(self) -> pl.DataFrame:
        """A row for each arm and ending: ``arm, ending, count, runs, share, low, high``."""
        import polars as pl

        rows = [
            (group.name, ending, share.count, group.runs, share.share, share.low, share.high)
            for group in self.groups
            for ending, share in group.shares.items()
        ]
        return pl.DataFrame(rows, schema=["arm", "ending", "count", "runs", "share", "low", "high"], orient="row")

    @cached_property
    def times(self) -> pl.DataFrame:
        """A row for each arm and flag: in how many runs it was ever yes, and on which days (since the start) first."""
        return self._frame(lambda arm: arm.times)

    @cached_property
    def outcomes(self) -> pl.DataFrame:
        """A row for each arm and outcome."""
        return self._frame(lambda arm: arm.outcomes)

    @cached_property
    def scores(self) -> pl.DataFrame:
        """A row for each arm and playable side."""
        return self._frame(lambda arm: arm.scores)

    def _frame(self, which: Callable[[Arm], Sequence[Distribution]]) -> pl.DataFrame:
        import polars as pl

        rows = [{"arm": arm.group.name, **as_row(one)} for arm in self.arms for one in which(arm)]
        return pl.DataFrame(rows, schema=None if rows else ["arm", "column"])


def as_row(one: Distribution) -> dict[str, Any]:
    """A distribution in plain words."""
    numbers = {name: getattr(one, name) for name in Distribution.__slots__ if name not in ("column", "had")}
    had = {"had": one.had.count, "runs": one.had.of, "share": one.had.share, "low_share": one.had.low}
    return {"column": one.column, **had, "high_share": one.had.high, **numbers}


def summarise(results: Results, at: Mapping[str, str] | None = None) -> Summary:
    """What the runs of a batch say, arm by arm; ``at`` holds levers at a choice.

    Raises :class:`~engine.batch.errors.BatchError` where there is no such lever or choice.
    """
    for lever, choice in (at or {}).items():
        if lever not in levers(results):
            raise unknown_name("lever", lever, levers(results) or ("none",))
        if choice not in set(results.designs[lever]):
            raise unknown_name(f"choice of {lever}", choice, dict.fromkeys(results.designs[lever]))
    return Summary(results, tuple(Arm(results, group) for group in arms_of(results, at)))
