"""What differs between two arms whose runs share their chance, and how much of it may be noise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.batch.analysis.arms import Arm, Couple, couple, couples
from engine.batch.analysis.compared import (
    ENDING,
    HAPPENS,
    OUTCOME,
    SCORE,
    TIME,
    Comparison,
    Difference,
    as_row,
)
from engine.batch.analysis.distributions import AT_ONCE
from engine.batch.analysis.groups import playable_sides
from engine.batch.analysis.likeness import differences as unlike
from engine.batch.analysis.pairs import Pairs
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "ENDING",
    "HAPPENS",
    "OUTCOME",
    "SCORE",
    "TIME",
    "Arm",
    "Comparison",
    "Couple",
    "Difference",
    "as_row",
    "compare",
    "compare_choices",
    "couple",
    "couples",
]


def compare(first: Results, second: Results, titles: tuple[str, str] = ("first", "second")) -> Comparison:
    """Two batches of one scenario. Raises :class:`~engine.batch.errors.BatchError`."""
    found = compare_arms(couple(first, second, titles))
    of_each = [f"{title}: {said}" for title, one in zip(titles, (first, second), strict=True) for said in one.caveats]
    return replace(found, caveats=(*unlike(first, second), *of_each))


def compare_choices(results: Results, lever: str | None = None) -> tuple[Comparison, ...]:
    """Each choice of the levers of a batch (or of one of them) against its base.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    return tuple(replace(compare_arms(two), caveats=results.caveats) for two in couples(results, lever))


def compare_arms(two: Couple) -> Comparison:
    """Everything that both arms have; of the runs that both have, where they share their chance."""
    columns = _columns(two)
    found: list[Difference] = []
    for begin in range(0, len(columns), AT_ONCE):
        together = columns[begin : begin + AT_ONCE]
        first, second = _matched(two, [*together, "day"])
        if not first.height or not second.height:
            raise BatchError("the two arms have no runs in common: there is nothing to compare")
        size, points = min(first.height, second.height), first["pair"].n_unique()
        pairs = Pairs(two, first, second, points > 1)
        found += pairs.differences(together)
    closing = pairs.closing
    return Comparison(two.first.title, two.second.title, two.share_chance, size, points, tuple(found), closing)


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
