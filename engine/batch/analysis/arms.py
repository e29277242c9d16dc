"""What is compared: two folders of results, or the choices of a lever within one, run by run on the same chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.batch.analysis.groups import FEW
from engine.batch.analysis.likeness import refuse_unlike
from engine.batch.analysis.measuring import choice_title, unknown_name
from engine.batch.analysis.settings import levers, ordered_choices, setting_title
from engine.batch.errors import BatchError, QuestionError
from engine.batch.storage.results import Results
from engine.batch.storage.tables import collected

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Arm:
    """Runs that are held against others."""

    title: str
    results: Results
    pairs: dict[int, int]
    """By design point, the number that it shares with its partner in the other arm."""

    def rows(self, columns: list[str]) -> pl.DataFrame:
        """The runs with ``pair`` for their design point, in the order of pair and run."""
        import polars as pl

        points = pl.DataFrame({"point": list(self.pairs), "pair": list(self.pairs.values())})
        points = points.cast({"point": pl.UInt32, "pair": pl.UInt32})
        rows = self.results.runs.select("point", "run", *columns).join(points.lazy(), on="point")
        return collected(rows.drop("point")).sort("pair", "run")


@dataclass(frozen=True)
class Couple:
    """Two arms; differences are those of the second from the first."""

    first: Arm
    second: Arm
    share_chance: bool
    """Whether the same run has the same chance in both."""


def couple(first: Results, second: Results, titles: tuple[str, str] = ("first", "second")) -> Couple:
    """Two batches of one scenario, point by point. Raises :class:`~engine.batch.errors.BatchError`."""
    refuse_unlike(first, second)
    has_same_seed = first.manifest["seed"] == second.manifest["seed"]
    points = {int(point): number for number, point in enumerate(first.designs["point"])}
    others = {int(point): number for number, point in enumerate(second.designs["point"])}
    return Couple(Arm(titles[0], first, points), Arm(titles[1], second, others), has_same_seed)


def couples(results: Results, lever: str | None = None) -> Iterator[Couple]:
    """Each choice of a lever against its base, all else the same; without levers, each point against the first.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    known = levers(results)
    if lever is not None and lever not in known:
        raise unknown_name("lever", lever, known) if known else QuestionError("these results have no lever to compare")
    if known:
        for name in (lever,) if lever else known:
            yield from _choices(results, name)
    elif 1 < results.designs.height <= FEW:
        yield from _points(results)
    else:
        raise BatchError("one folder without levers has nothing to compare: name a second folder, or --set PATH=VALUE")


def _choices(results: Results, lever: str) -> Iterator[Couple]:
    rows = list(results.designs.iter_rows(named=True))
    ordered = ordered_choices(results, lever)
    elsewhere: dict[tuple[Any, ...], int] = {}
    points: dict[str, dict[int, int]] = {choice: {} for choice in ordered}
    for row in rows:
        rest = tuple(value for name, value in row.items() if name not in ("point", lever))
        points[row[lever]][row["point"]] = elsewhere.setdefault(rest, len(elsewhere))
    base, *others = ordered
    for other in others:
        shared = set(points[base].values()) & set(points[other].values())
        first, second = (
            Arm(
                choice_title(results.manifest, lever, choice),
                results,
                {point: pair for point, pair in points[choice].items() if pair in shared},
            )
            for choice in (base, other)
        )
        yield Couple(first, second, share_chance=True)


def _points(results: Results) -> Iterator[Couple]:
    base, *others = results.designs.iter_rows(named=True)
    for other in others:
        yield Couple(_point(results, base), _point(results, other), share_chance=True)


def _point(results: Results, row: dict[str, Any]) -> Arm:
    said = [setting_title(results, name, value) for name, value in row.items() if name != "point" and value is not None]
    return Arm(", ".join(said) or "as it is", results, {row["point"]: 0})
