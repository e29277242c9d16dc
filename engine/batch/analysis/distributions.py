"""How the numbers of many runs are spread: mean, standard deviation, quantiles, and how many runs have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from engine.batch.analysis.pooling import clustered_share
from engine.batch.statistics import Share
from engine.batch.storage.tables import collected

if TYPE_CHECKING:
    import polars as pl

QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
"""The quantiles that are told, by name: the numbers themselves, the lower one where a quantile lies between two."""

AT_ONCE = 8
"""Columns that are read together, so that memory does not grow with their number."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One column over some runs."""

    column: str
    had: Share
    """In how many runs there is a number at all."""
    mean: float | None
    sd: float | None
    low: float | None
    """The smallest."""
    high: float | None
    """The largest."""
    q05: float | None
    q25: float | None
    median: float | None
    q75: float | None
    q95: float | None

    is_yes_no: bool
    """Whether it is nothing but 0 and 1, so that its mean is a share."""


def distributions(runs: pl.LazyFrame, columns: Iterable[str]) -> Iterator[Distribution]:
    """Of each of the columns; ``sd`` with n - 1, quantiles of the numbers that are there."""
    waiting = iter(columns)
    while together := list(islice(waiting, AT_ONCE)):
        yield from _read(runs, together)


def _read(runs: pl.LazyFrame, columns: Sequence[str]) -> Iterator[Distribution]:
    import polars as pl

    asked = []
    for column in columns:
        number = pl.col(column).cast(pl.Float64)
        parts = {
            "mean": number.mean(),
            "sd": number.std(),
            "low": number.min(),
            "high": number.max(),
            "is_yes_no": number.is_in([0.0, 1.0]).all(),
            **{name: number.quantile(q, "lower") for name, q in QUANTILES.items()},
        }
        asked += [part.alias(f"{column}\n{name}") for name, part in parts.items()]
    found = collected(runs.select(asked)).row(0, named=True)
    had = shares_had(runs, columns)
    for column in columns:
        own = {name.partition("\n")[2]: value for name, value in found.items() if name.startswith(f"{column}\n")}
        yield Distribution(column, had[column], **own)


def shares_had(runs: pl.LazyFrame, columns: Sequence[str]) -> dict[str, Share]:
    """In which share of the runs each of the columns has a number, runs of several design points taken together."""
    import polars as pl

    counts = [pl.col(column).count().alias(f"had {column}") for column in columns]
    table = collected(runs.group_by("run").agg(pl.len().alias("of"), *counts))
    of = table["of"].to_numpy().astype(np.float64)
    return {column: clustered_share(table[f"had {column}"].to_numpy().astype(np.float64), of) for column in columns}
