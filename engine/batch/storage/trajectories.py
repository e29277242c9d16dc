"""How the world moves in a batch: every run turn by turn on request, and its means and quantiles.

Quantiles of any number of runs have to be found in little memory and from parts that come in any order. So each
number is counted on a grid of a thousand steps of its range: a quantile is exact to half a step, and round numbers
are themselves. Means and shares are exact.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.scenario.models import Scenario
from engine.scenario.names import Reference, scale_of

if TYPE_CHECKING:
    import polars as pl

NONE, SUMMARY, ALL = "none", "summary", "all"
"""What is kept of how the runs went."""

MODES = (NONE, SUMMARY, ALL)

STEPS = 1000
"""At most so many steps of the grid lie within the range of a number."""

LAST_STEP = STEPS + 1
"""The number of the last step: both ends of a range may lie between two."""

QUANTILES = {"q05": 5, "q25": 25, "q50": 50, "q75": 75, "q95": 95}
"""The quantiles that are kept, by column: the share of the runs, in percent, that they are not exceeded by."""


@dataclass(frozen=True)
class Track:
    """Something that is followed: an issue, a value, a measure, a flag, or how many actors have a flag."""

    name: str
    kind: str
    title: str
    low: float
    high: float

    @property
    def is_number(self) -> bool:
        """Whether it has quantiles; a yes/no has a share."""
        return self.kind != "flag"

    @cached_property
    def grain(self) -> Fraction:
        """The width of a step: 1, 2 or 5 times a power of ten, so that round numbers are on the grid."""
        least = max((self.high - self.low) / STEPS, 1e-9)
        power = Fraction(10) ** math.floor(math.log10(least))
        return next(times * power for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))

    @property
    def _first(self) -> int:
        return round(Fraction(self.low) / self.grain)

    def on_grid(self, numbers: Any) -> Rows:
        """The nearest step of the grid, from 0."""
        steps = np.rint(np.asarray(numbers, dtype=np.float64) * float(1 / self.grain)) - self._first
        found: Rows = np.clip(steps, 0, LAST_STEP).astype(np.intp)
        return found

    def number(self, step: Any) -> Numbers:
        """The number at a step of the grid."""
        found: Numbers = (step + self._first) * float(self.grain.numerator) / float(self.grain.denominator)
        return found


def tracks(rules: Rules) -> tuple[Track, ...]:
    """Everything that is followed, in the order of the scenario."""
    s = rules.scenario
    measures = rules.parser.measures
    return (
        *(Track(name, "issue", issue.title, *scale_of(s, name)) for name, issue in s.issues.items()),
        *(Track(name, "value", value.title, *value.range) for name, value in s.values.items()),
        *(
            Track(name, "flag" if root.kind is Kind.YESNO else "measure", s.measures[name].title, root.low, root.high)
            for name, root in ((name, measure.root) for name, measure in measures.items())
        ),
        *(Track(name, "flag", says, 0.0, 1.0) for name, says in s.flags.items()),
        *(Track(counted(name), "count", says, 0.0, float(len(s.actors))) for name, says in s.actor_flags.items()),
    )


def names_of(scenario: Scenario) -> tuple[str, ...]:
    """What the tracks of a scenario are called, and of all its design points."""
    s = scenario
    return (*s.issues, *s.values, *s.measures, *s.flags, *map(counted, s.actor_flags))


def frame_of(scenario: Scenario) -> Hashable:
    """What tracks and their turns follow from, and a design point may change: calendar, scales, ranges and measures."""
    return (
        scenario.timeline,
        tuple(scale_of(scenario, name) for name in scenario.issues),
        tuple(value.range for value in scenario.values.values()),
        tuple(measure.value for measure in scenario.measures.values()),
    )


def counted(flag: str) -> str:
    """What the number of actors with a flag is called: the expression that gives it."""
    return f"count({flag}, actors)"


class Follower:
    """Follows one world: what each track was at the start and after each turn."""

    each_pace = False

    def __init__(self, rules: Rules, world: World) -> None:
        s, measures = rules.scenario, rules.parser.measures
        self._reading, self._timeline = rules.reading(*(measures[name] for name in s.measures)), rules.timeline
        numbers = [*(Reference("issue", name) for name in s.issues), *(Reference("value", name) for name in s.values)]
        self._rows = [rules.layout.rows[reference] for reference in numbers]
        self._flags = [rules.layout.rows[Reference("flag", name)] for name in s.flags]
        self._counted = [rules.layout.block("actor_flag", name) for name in s.actor_flags]
        self.seen = np.empty((len(tracks(rules)), s.turns + 1, world.runs), dtype=np.float32)
        """Shape (tracks, turns + 1, runs)."""
        self.watch(world, world.is_open)

    def watch(self, world: World, was_open: YesNo) -> None:
        """After a pace: the state is kept where a turn opens, or nothing more happens and all else stays the same."""
        if not self._timeline.opens_turn(world.tick) and world.is_open.any():
            return
        turn = -(-world.tick // self._timeline.paces_per_turn)
        measured = self._reading.read(world)
        counted = [np.add.reduce(world.cells[rows], axis=0) for rows in self._counted]
        for number, now in enumerate([*world.cells[self._rows], *measured, *world.cells[self._flags], *counted]):
            self.seen[number, turn:] = now


def count_piece(followed: Sequence[Track], point: int, seen: np.ndarray[Any, Any]) -> pl.DataFrame:
    """What a piece adds to the summary: sums, and for numbers how many runs were at each step of the grid.

    ``step`` is null in the rows that hold the sum over all runs.
    """
    import polars as pl

    turns, runs = seen.shape[1:]
    every_turn = np.arange(turns)
    tables = []
    for number, track in enumerate(followed):
        sums = seen[number].sum(axis=1, dtype=np.float64)
        tables.append(_counts(point, number, every_turn, None, np.full(turns, runs), sums))
        if track.is_number:
            cells = track.on_grid(seen[number]) + every_turn[:, np.newaxis] * (LAST_STEP + 1)
            counts = np.bincount(cells.ravel(), minlength=turns * (LAST_STEP + 1))
            found = np.flatnonzero(counts)
            turn, step = np.divmod(found, LAST_STEP + 1)
            tables.append(_counts(point, number, turn, step, counts[found], None))
    return pl.concat(tables)


def _counts(
    point: int,
    track: int,
    turns: np.ndarray[Any, Any],
    steps: np.ndarray[Any, Any] | None,
    runs: np.ndarray[Any, Any],
    sums: Numbers | None,
) -> pl.DataFrame:
    import polars as pl

    height = len(turns)
    return pl.DataFrame(
        {
            "point": np.full(height, point, dtype=np.uint32),
            "track": np.full(height, track, dtype=np.uint16),
            "turn": turns.astype(np.uint16),
            "step": pl.Series([None] * height, dtype=pl.UInt16) if steps is None else steps.astype(np.uint16),
            "runs": runs.astype(np.uint32),
            "sum": pl.Series([None] * height, dtype=pl.Float64) if sums is None else sums,
        }
    )


def counts_schema() -> dict[str, Any]:
    """The columns of what a piece adds to the summary."""
    import polars as pl

    numbers = {"track": pl.UInt16(), "turn": pl.UInt16(), "step": pl.UInt16(), "runs": pl.UInt32()}
    return {"point": pl.UInt32(), **numbers, "sum": pl.Float64()}


def every_run_schema(names: Sequence[str]) -> dict[str, Any]:
    """The columns of every run turn by turn, given what the tracks are called."""
    import polars as pl

    return {"point": pl.UInt32(), "run": pl.UInt64(), "turn": pl.UInt16(), **dict.fromkeys(names, pl.Float32())}


def every_run(followed: Sequence[Track], point: int, first: int, seen: np.ndarray[Any, Any]) -> pl.DataFrame:
    """A row for each run and turn of a piece, with a column for each track."""
    import polars as pl

    _, turns, runs = seen.shape
    return pl.DataFrame(
        {
            "point": np.full(runs * turns, point, dtype=np.uint32),
            "run": np.repeat(np.arange(first, first + runs, dtype=np.uint64), turns),
            "turn": np.tile(np.arange(turns, dtype=np.uint16), runs),
            **{track.name: seen[number].T.ravel() for number, track in enumerate(followed)},
        }
    )


class Summary:
    """Means, shares and quantiles of one design point, from the counts of its pieces."""

    def __init__(self, scenario: Scenario, followed: Sequence[Track], point: int) -> None:
        self._scenario, self._followed, self._point = scenario, followed, point
        shape = (len(followed), scenario.turns + 1)
        self._runs = 0
        self._sums = np.zeros(shape)
        self._counts = np.zeros((*shape, LAST_STEP + 1), dtype=np.uint32)

    def add(self, counts: pl.DataFrame) -> bool:
        """The counts of some parts, of which those of this point are taken; whether they can be of this point."""
        import polars as pl

        own = counts.filter(pl.col("point") == self._point)
        sums = own.filter(pl.col("step").is_null())
        if not len(sums):
            return True
        if not self._can_be(own):
            return False
        self._runs += int(sums["runs"][0])
        np.add.at(self._sums, (sums["track"].to_numpy(), sums["turn"].to_numpy()), sums["sum"].to_numpy())
        grid = own.filter(pl.col("step").is_not_null())
        cells = (grid["track"].to_numpy(), grid["turn"].to_numpy(), grid["step"].to_numpy())
        np.add.at(self._counts, cells, grid["runs"].to_numpy())
        return True

    def _can_be(self, own: pl.DataFrame) -> bool:
        """Whether everything that is counted, and every turn and step of it, is there."""
        within = all(
            own[name].null_count() == 0 and int(own[name].max()) < most  # type: ignore[arg-type] # it is a number
            for name, most in zip(("track", "turn"), self._sums.shape, strict=True)
        )
        steps = own["step"].drop_nulls()
        return within and own["runs"].null_count() == 0 and (not len(steps) or int(steps.max()) <= LAST_STEP)  # type: ignore[arg-type]

    def frame(self) -> pl.DataFrame:
        """A row for each track and turn: the state at the start of turn ``turn``, on the day ``date``."""
        import polars as pl

        if not self._runs:
            return pl.DataFrame(schema=self.schema())
        turns = np.arange(self._scenario.turns + 1)
        tables = []
        for number, track in enumerate(self._followed):
            mean = self._sums[number] / self._runs
            quantiles = {name: self._quantile(number, track, percent) for name, percent in QUANTILES.items()}
            tables.append(
                pl.DataFrame(
                    {
                        "point": np.full(len(turns), self._point, dtype=np.uint32),
                        "turn": turns.astype(np.uint16),
                        "date": [self._scenario.date_of(int(turn)) for turn in turns],
                        "name": [track.name] * len(turns),
                        "kind": [track.kind] * len(turns),
                        "mean": mean,
                        **quantiles,
                        "share": None if track.is_number else mean,
                    },
                    schema=self.schema(),
                )
            )
        return pl.concat(tables)

    def _quantile(self, number: int, track: Track, percent: int) -> Numbers | None:
        """The lowest step that at least this share of the runs does not exceed."""
        if not track.is_number:
            return None
        reached = np.cumsum(self._counts[number], axis=1, dtype=np.int64)
        return track.number(np.argmax(reached * 100 >= percent * self._runs, axis=1))

    @staticmethod
    def schema() -> dict[str, Any]:
        """The columns of the summary."""
        import polars as pl

        numbers = {name: pl.Float64() for name in ("mean", *QUANTILES, "share")}
        names = {"name": pl.String(), "kind": pl.String()}
        return {"point": pl.UInt32(), "turn": pl.UInt16(), "date": pl.Date(), **names, **numbers}
