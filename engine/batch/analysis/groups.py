"""Design points put together: the arms of an experiment, and how often each ending closed their runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.batch.analysis.distributions import Distribution, distributions
from engine.batch.analysis.pooling import clustered_share
from engine.batch.analysis.settings import levers, ordered_choices, setting_title, shown
from engine.batch.design.experiment import DRAWN
from engine.batch.statistics import Share
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected

FEW = 12
"""Design points that are arms of their own where nobody drew them at random and no lever tells them apart."""


@dataclass(frozen=True)
class Group:
    """Some of the design points, and how often each ending closed their runs."""

    name: str
    """What they have in common, such as ``kfor=halved``; empty for all."""
    title: str
    points: tuple[int, ...]
    runs: int
    shares: dict[str, Share]
    """By ending, with 95 % intervals: see :mod:`engine.batch.analysis.pooling`."""

    def never(self) -> Iterator[str]:
        """The endings that no run reached."""
        return (ending for ending, share in self.shares.items() if not share.count)

    def at_most(self, ending: str) -> float:
        """The upper end of the interval of a share, also of an ending that no run reached."""
        return self.shares[ending].high


@dataclass(frozen=True)
class Arm:
    """What the runs of an arm say: one combination of the levers' choices, over all assumptions that were tried."""

    results: Results
    group: Group

    @property
    def runs(self) -> Any:
        """Its rows, as a lazy frame."""
        return rows_of_group(self.results, self.group)

    @cached_property
    def times(self) -> tuple[Distribution, ...]:
        """When each flag of the world first was yes, in days since the start."""
        return tuple(distributions(self.runs, columns_of(self.results, "first")))

    @cached_property
    def outcomes(self) -> tuple[Distribution, ...]:
        """What was asked of each run."""
        return tuple(distributions(self.runs, columns_of(self.results, "outcome")))

    @cached_property
    def scores(self) -> tuple[Distribution, ...]:
        """Of the playable sides."""
        return tuple(distributions(self.runs, [f"score_{actor}" for actor in playable_sides(self.results)]))

    @cached_property
    def closing(self) -> Distribution:
        """The day on which runs close."""
        (found,) = distributions(self.runs, ["day"])
        return found


def columns_of(results: Results, kind: str) -> tuple[str, ...]:
    """The columns of a kind, in their order."""
    return tuple(name for name, said in results.manifest["columns"].items() if said["kind"] == kind)


def playable_sides(results: Results) -> tuple[str, ...]:
    """The actors that have a score and can be played; all that have one, where none can."""
    actors = results.manifest["scenario"]["content"]["actors"]
    scored = results.manifest["actors"]
    return tuple(actor for actor in scored if actors.get(actor, {}).get("playable")) or tuple(scored)


def rows_of_group(results: Results, group: Group) -> Any:
    """The runs of a group, as a lazy frame."""
    import polars as pl

    if len(group.points) == results.designs.height:
        return results.runs
    return results.runs.filter(pl.col("point").is_in(list(group.points)))


def arms_of(results: Results, at: Mapping[str, str] | None = None) -> tuple[Group, ...]:
    """The arms of a batch, the base first: what may be pooled, and nothing else is.

    Each combination of the levers' choices (those that stand as ``at`` says) is an arm. Without levers, a few design
    points that nobody drew at random are arms too; else all points are one, as a sample of what may be.
    """
    ran = set(points_that_ran(results))
    rows = [row for row in results.designs.iter_rows(named=True) if row["point"] in ran]
    known = levers(results)
    if known:
        return tuple(_by_choices(results, rows, {name: (at or {}).get(name) for name in known}))
    if 1 < len(rows) <= FEW and not is_sample(results):
        return tuple(group_of_point(results, row) for row in rows)
    return (group_of(results, "", "all runs", sorted(ran)),)


def is_sample(results: Results) -> bool:
    """Whether the design points were drawn at random from what may be."""
    design = results.manifest["experiment"]["content"].get("design") or {}
    return any(design.get(name) for name in DRAWN)


def _by_choices(
    results: Results, rows: Sequence[Mapping[str, Any]], wanted: Mapping[str, str | None]
) -> Iterator[Group]:
    points: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        points.setdefault(tuple(row[lever] for lever in wanted), []).append(row["point"])
    order = {lever: {choice: n for n, choice in enumerate(ordered_choices(results, lever))} for lever in wanted}
    for choices in sorted(points, key=lambda own: [order[lever][c] for lever, c in zip(wanted, own, strict=True)]):
        stands = dict(zip(wanted, choices, strict=True))
        if all(stands[lever] == only for lever, only in wanted.items() if only is not None):
            title = ", ".join(setting_title(results, lever, choice) for lever, choice in stands.items())
            name = ", ".join(f"{lever}={choice}" for lever, choice in stands.items())
            yield group_of(results, name, title, points[choices])


def group_of_point(results: Results, row: Mapping[str, Any]) -> Group:
    """One design point."""
    set_here = {key: value for key, value in row.items() if key != "point" and value is not None}
    name = ", ".join(f"{key}={shown(value)}" for key, value in set_here.items()) or "as it is"
    title = ", ".join(setting_title(results, key, value) for key, value in set_here.items()) or "as it is"
    return group_of(results, name, title, [row["point"]])


def points_that_ran(results: Results) -> list[int]:
    """The design points that have runs."""
    return sorted(collected(results.runs.select("point").unique())["point"].to_list())


def group_of(results: Results, name: str, title: str, points: Sequence[int]) -> Group:
    """Some design points together."""
    import polars as pl

    endings = list(results.manifest["endings"])
    among = results.runs.filter(pl.col("point").is_in(list(points)))
    ending = pl.col("ending").cast(pl.String)
    counts = [(ending == one).sum().alias(f"ending {number}") for number, one in enumerate(endings)]
    table = collected(among.group_by("run").agg(pl.len().alias("of"), *counts))
    of = table["of"].to_numpy().astype(np.float64)
    shares = {
        one: clustered_share(table[f"ending {number}"].to_numpy().astype(np.float64), of)
        for number, one in enumerate(endings)
    }
    return Group(name, title, tuple(points), int(of.sum()), shares)
