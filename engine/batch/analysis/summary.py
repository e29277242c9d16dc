"""What the runs of a batch say: how they end, when things happen, what comes of it, and who is content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.batch.analysis.differences import effective_size
from engine.batch.analysis.distributions import Distribution, distributions
from engine.batch.analysis.measuring import choice_title
from engine.batch.statistics import Share, share_among
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected
from engine.rules.arrays import Numbers

if TYPE_CHECKING:
    import polars as pl

FEW = 12
"""Design points that are told one by one; of more, only the choices of levers are told apart."""

RULE_OF_THREE = 3.0
"""What no run of n did has a share below 3/n, with 95 % confidence (Hanley and Lippman-Hand, JAMA 249, 1983)."""


@dataclass(frozen=True)
class Group:
    """Some of the design points, and how often each ending closed their runs."""

    name: str
    """What they have in common, such as ``kfor=halved``; empty for all."""
    title: str
    points: tuple[int, ...]
    runs: int
    shares: dict[str, Share]
    """By ending, with 95 % intervals: see :func:`shares_of`."""
    of_independent: dict[str, float]
    """By ending, with how many independent runs the interval reckons."""

    def never(self) -> Iterator[str]:
        """The endings that no run reached."""
        return (ending for ending, share in self.shares.items() if not share.count)

    def at_most(self, ending: str) -> float:
        """Below which share an ending is that no run reached: the rule of three."""
        return min(1.0, RULE_OF_THREE / max(1.0, self.of_independent[ending]))


@dataclass(frozen=True)
class Summary:
    """A batch in numbers."""

    results: Results
    runs: int
    points: int
    all: Group
    groups: tuple[Group, ...]
    """Design points, where there are few, else choices of levers."""
    times: tuple[Distribution, ...]
    """When each flag of the world first was yes, in days since the start."""
    outcomes: tuple[Distribution, ...]
    scores: tuple[Distribution, ...]
    """Of the playable sides."""

    @cached_property
    def endings(self) -> pl.DataFrame:
        """A row for each group (all of them under an empty name) and ending."""
        import polars as pl

        rows = [
            (group.name, ending, share.count, group.runs, share.count / max(1, group.runs), share.low, share.high)
            for group in (self.all, *self.groups)
            for ending, share in group.shares.items()
        ]
        heads = ["group", "ending", "count", "runs", "share", "low", "high"]
        return pl.DataFrame(rows, schema=heads, orient="row")

    def frame(self, which: Sequence[Distribution]) -> pl.DataFrame:
        """Distributions as a table: ``summary.frame(summary.times)``."""
        import polars as pl

        return pl.DataFrame([as_row(one) for one in which])


def as_row(one: Distribution) -> dict[str, Any]:
    """A distribution in plain words."""
    numbers = {name: getattr(one, name) for name in Distribution.__slots__ if name not in ("column", "had")}
    had = {"had": one.had.count, "runs": one.had.of, "share": one.had.share, "low_share": one.had.low}
    return {"column": one.column, **had, "high_share": one.had.high, **numbers}


def summarise(results: Results) -> Summary:
    """What the runs of a batch say."""
    manifest = results.manifest
    kinds: dict[str, list[str]] = {}
    for column, said in manifest["columns"].items():
        kinds.setdefault(said["kind"], []).append(column)
    counts = ending_counts(results)
    everything = group_of(results, counts, "", "all runs", sorted({point for point, _ in counts}))
    playable = [f"score_{actor}" for actor in playable_sides(results)]
    return Summary(
        results,
        everything.runs,
        len(everything.points),
        everything,
        tuple(groups(results, counts)),
        tuple(distributions(results.runs, kinds.get("first", ()))),
        tuple(distributions(results.runs, kinds.get("outcome", ()))),
        tuple(distributions(results.runs, playable)),
    )


def playable_sides(results: Results) -> tuple[str, ...]:
    """The actors that have a score and can be played; all that have one, where none can."""
    actors = results.manifest["scenario"]["content"]["actors"]
    scored = results.manifest["actors"]
    return tuple(actor for actor in scored if actors.get(actor, {}).get("playable")) or tuple(scored)


Counts = dict[tuple[int, str], int]
"""How many runs of a point closed with an ending."""


def ending_counts(results: Results) -> Counts:
    """How the runs of each point ended."""
    import polars as pl

    table = collected(results.runs.group_by("point", pl.col("ending").cast(pl.String)).len())
    return {(point, ending): count for point, ending, count in table.iter_rows()}


def groups(results: Results, counts: Counts) -> Iterator[Group]:
    """The design points one by one where there are few; else the choices of each lever."""
    ran = {point for point, _ in counts}
    settings = [name for name in results.designs.columns if name != "point"]
    rows = [row for row in results.designs.iter_rows(named=True) if row["point"] in ran]
    if 1 < len(rows) <= FEW:
        for row in rows:
            name = ", ".join(f"{key}={shown(row[key])}" for key in settings if row[key] is not None) or "as it is"
            title = ", ".join(setting_title(results, key, row[key]) for key in settings if row[key] is not None)
            yield group_of(results, counts, name, title or "as it is", [row["point"]])
    elif len(rows) > 1:
        for lever in levers(results):
            for choice in dict.fromkeys(row[lever] for row in rows):
                points = [row["point"] for row in rows if row[lever] == choice]
                title = setting_title(results, lever, choice)
                yield group_of(results, counts, f"{lever}={choice}", title, points)


def levers(results: Results) -> tuple[str, ...]:
    """The columns of the designs that are choices."""
    return choice_columns(results.designs)


def choice_columns(designs: pl.DataFrame) -> tuple[str, ...]:
    """The columns of a table of settings that are choices: the others are numbers."""
    import polars as pl

    return tuple(name for name in designs.columns if designs.schema[name] == pl.String)


def ordered_choices(results: Results, lever: str) -> list[str]:
    """The choices of a lever that were tried, in the order of the experiment: the base first."""
    levers_written = results.manifest["experiment"]["content"].get("levers") or {}
    written = list(levers_written.get(lever, {}).get("choices", {}))
    tried = dict.fromkeys(results.designs[lever])
    return sorted(tried, key=lambda choice: written.index(choice) if choice in written else len(written))


def uncertainties(results: Results) -> tuple[str, ...]:
    """The columns of the designs that are numbers."""
    choices = levers(results)
    return tuple(name for name in results.designs.columns if name != "point" and name not in choices)


def setting_title(results: Results, name: str, value: Any) -> str:
    """A value of an uncertainty or a choice of a lever in words."""
    return choice_title(results.manifest, name, value) if isinstance(value, str) else f"{name} {shown(value)}"


def shown(value: Any) -> str:
    """A value of a design."""
    return value if isinstance(value, str) else f"{value:g}"


def group_of(results: Results, counts: Counts, name: str, title: str, points: Sequence[int]) -> Group:
    """Some design points together."""
    among = set(points)
    found: dict[str, int] = dict.fromkeys(results.manifest["endings"], 0)
    for (point, ending), count in counts.items():
        if point in among:
            found[ending] += count
    shares, sizes = shares_of(results, tuple(points), found)
    return Group(name, title, tuple(points), sum(found.values()), shares, sizes)


def shares_of(
    results: Results, points: tuple[int, ...], counts: dict[str, int]
) -> tuple[dict[str, Share], dict[str, float]]:
    """Wilson intervals of the shares of endings (Wilson 1927).

    Of several points, the same run has the same chance at each, so their runs are not independent, and the plain
    interval would be too narrow. The interval is then that of as many independent runs as know the share equally
    well: ``p (1 - p) / Var(mean)``, with the variance over runs of the mean over points (Korn and Graubard 1998, for
    clusters); no fewer than the runs of one point, no more than there are.
    """
    total = sum(counts.values())
    sizes = dict.fromkeys(counts, float(total))
    if len(points) > 1:
        for ending, (variance, runs) in clustered_variances(results, points, counts).items():
            share = counts[ending] / total if total else 0.0
            sizes[ending] = effective_size(share, variance, float(total), float(runs))
    return {ending: share_among(count, total, sizes[ending]) for ending, count in counts.items()}, sizes


def clustered_variances(
    results: Results, points: tuple[int, ...], endings: dict[str, int]
) -> dict[str, tuple[float, int]]:
    """For each ending the variance of its mean share, runs taken as clusters, and how many runs a point has."""
    import polars as pl

    is_all = len(points) == results.designs.height
    among = results.runs if is_all else results.runs.filter(pl.col("point").is_in(points))
    ending = pl.col("ending").cast(pl.String)
    asked = [(ending == name).mean().alias(name) for name, count in endings.items() if count]
    table = collected(among.group_by("run").agg(asked))
    runs = table.height
    variances: dict[str, tuple[float, int]] = dict.fromkeys(endings, (0.0, runs))
    for name in table.columns[1:]:
        values: Numbers = table[name].to_numpy().astype(np.float64)
        variances[name] = (float(values.var(ddof=1)) / runs if runs > 1 else 0.0, runs)
    return variances
