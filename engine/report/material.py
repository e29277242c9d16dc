"""What a report is made of: the arms of a batch, and numbers of their runs that no other module counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.distributions import Distribution, distributions
from engine.batch.analysis.groups import Group, rows_of_group
from engine.batch.analysis.measuring import choice_title, title_of
from engine.batch.analysis.pooling import shares_by_run
from engine.batch.analysis.settings import levers, ordered_choices
from engine.batch.analysis.summary import Summary, summarise
from engine.batch.statistics import Share
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected
from engine.report.story import Story
from engine.report.style import LOOKS
from engine.report.words import name_of
from engine.rules.arrays import Numbers

if TYPE_CHECKING:
    import polars as pl

QUANTILES = ("q05", "q25", "q50", "q75", "q95")
"""The columns of a fan, from below."""


@dataclass(frozen=True)
class Material:
    """A batch as a report tells it."""

    results: Results
    summary: Summary
    scenario: Story
    lead: Group
    """The runs that figures of one arm show: the base where several choices were tried, else all runs."""
    others: tuple[Group, ...]
    """Further arms, each one choice away from the base."""

    @classmethod
    def of(cls, results: Results) -> Material:
        """Everything that is told of some results."""
        summary = summarise(results)
        lead, *others = arms(results, summary)
        return cls(results, summary, Story.of(results.manifest["scenario"]["content"]), lead, tuple(others))

    @property
    def manifest(self) -> dict[str, Any]:
        """What the results are."""
        return self.results.manifest

    @property
    def experiment(self) -> dict[str, Any]:
        """What was asked."""
        return dict(self.manifest["experiment"]["content"])

    @property
    def drawn(self) -> tuple[Group, ...]:
        """The arms that figures show: as many as can be told apart."""
        return (self.lead, *self.others)[: len(LOOKS)]

    @property
    def titles(self) -> list[str]:
        """What the arms in figures are called; nothing where there is only one."""
        return [arm.title for arm in self.drawn] if self.others else [""]

    @property
    def is_everything(self) -> bool:
        """Whether the lead is all runs together."""
        return len(self.lead.points) == self.summary.points

    @cached_property
    def days(self) -> tuple[float, ...]:
        """The opening day of each turn, and the day after the last."""
        return tuple(float(turn * self.scenario.step) for turn in range(self.scenario.turns + 1))

    def rows(self, group: Group) -> pl.LazyFrame:
        """The runs of a group."""
        found: pl.LazyFrame = rows_of_group(self.results, group)
        return found

    def title(self, column: str) -> str:
        """What a column is called."""
        return name_of(title_of(self.manifest, column))

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The columns of a kind, in their order."""
        return tuple(name for name, said in self.manifest["columns"].items() if said["kind"] == kind)

    def spread(self, group: Group, columns: Sequence[str]) -> dict[str, Distribution]:
        """How columns are spread in a group."""
        return {one.column: one for one in distributions(self.rows(group), columns)}

    def arrived(self, group: Group, column: str) -> tuple[Share, ...]:
        """The share of runs in which something had come about by each day of :attr:`days`."""
        import polars as pl

        table = collected(self.rows(group).select("run", pl.col(column).cast(pl.Float64).fill_null(np.inf)))
        runs, first = table["run"].to_numpy(), table[column].to_numpy()
        return shares_by_run(runs, (first <= day for day in self.days))

    def still_open(self, group: Group) -> tuple[Share, ...]:
        """The share of runs that had not closed by each day of :attr:`days`."""
        table = collected(self.rows(group).select("run", "day"))
        runs, closes = table["run"].to_numpy(), table["day"].to_numpy()
        return shares_by_run(runs, (closes > day for day in self.days))

    def closing_days(self, group: Group) -> Numbers:
        """The day on which each run closes: shape (runs,)."""
        found: Numbers = collected(self.rows(group).select("day"))["day"].to_numpy()
        return found

    def held(self, group: Group, column: str) -> Share:
        """The share of runs in which an outcome that is yes or no is yes."""
        import polars as pl

        table = collected(self.rows(group).select("run", (pl.col(column) == 1).fill_null(False).alias("yes")))
        (share,) = shares_by_run(table["run"].to_numpy(), [table["yes"].to_numpy()])
        return share

    def histogram(self, group: Group, one: Distribution, most: int = 20) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The edges of equal steps, and the share of the runs in each."""
        import polars as pl

        low, high = one.low or 0.0, one.high or 0.0
        table = collected(self.rows(group).select(pl.col(one.column).cast(pl.Float64)).drop_nulls())
        values: Numbers = table[one.column].to_numpy()
        steps = most
        if high - low < most and bool((values == np.floor(values)).all()):
            low, high, steps = low - 0.5, high + 0.5, int(high - low) + 1
        elif high <= low:
            low, high = low - 0.5, low + 0.5
        counts, edges = np.histogram(values, bins=steps, range=(low, high))
        return tuple(edges.tolist()), tuple((counts / max(1, group.runs)).tolist())

    def fan(self, group: Group, name: str) -> tuple[tuple[float, ...], ...] | None:
        """Five quantiles at each turn: of the runs of a design point, or of the means of several points."""
        import polars as pl

        if self.results.trajectories is None:
            return None
        own = self.results.trajectories.filter((pl.col("name") == name) & pl.col("point").is_in(list(group.points)))
        if not own.height:
            return None
        if len(group.points) == 1:
            table = own.sort("turn")
        else:
            asked = [pl.col("mean").quantile(int(q[1:]) / 100, "nearest").alias(q) for q in QUANTILES]
            table = own.group_by("turn").agg(asked).sort("turn")
        return tuple(tuple(table[q].to_list()) for q in QUANTILES)

    def followed(self) -> Iterator[tuple[str, str, float, float, str, str]]:
        """Issues and values: name, title, the ends of their scales, and what these are called."""
        for name, issue in self.scenario.issues.items():
            (low, low_name), (high, high_name) = issue.scale[0], issue.scale[-1]
            yield name, issue.title, low, high, low_name, high_name
        for name, (title, low, high) in self.scenario.values.items():
            yield name, title, low, high, "", ""


def arms(results: Results, summary: Summary) -> list[Group]:
    """The base and what is one choice away from it, by the choice; without levers, every arm there is."""
    known = levers(results)
    by_name = {group.name: group for group in summary.groups}
    if not known:
        return list(summary.groups)
    base = {lever: ordered_choices(results, lever)[0] for lever in known}
    found = [(base, known)]
    for lever in known:
        elsewhere = ordered_choices(results, lever)[1:]
        found += [(base | {lever: choice}, (lever,)) for choice in elsewhere]
    kept = [
        replace(by_name[name], title=", ".join(choice_title(results.manifest, lever, at[lever]) for lever in changed))
        for at, changed in found
        if (name := ", ".join(f"{lever}={choice}" for lever, choice in at.items())) in by_name
    ]
    is_base_known = ", ".join(f"{lever}={choice}" for lever, choice in base.items()) in by_name
    return kept if is_base_known else list(summary.groups)
