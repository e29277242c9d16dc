"""Making a part: its runs are played, and become the bytes of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from engine.batch.design.families import Families, Family
from engine.batch.design.outcomes import Outcome, OutcomeWatch
from engine.batch.design.policies import Seats
from engine.batch.running.expectations import Counted, ExpectationTally
from engine.batch.running.parts import Part, Piece
from engine.batch.running.runner import CHUNK, blocks, play_out
from engine.batch.storage.rows import Block, Columns, as_parquet
from engine.batch.storage.trajectories import ALL, NONE, Follower, Track, count_piece, every_run, tracks
from engine.executors import BEST
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows
from engine.rules.gauges import Gauges
from engine.scenario.problems import ScenarioError

if TYPE_CHECKING:
    import polars as pl

    from engine.batch.design.plan import Plan

T = TypeVar("T")

Advance = Callable[[int], None]
"""Told how many more runs have closed."""


@dataclass(frozen=True)
class Job:
    """What every worker has to know to make any part."""

    plan: Plan
    chunk: int = CHUNK
    trajectories: str = NONE
    rows: bool = True
    """Whether each run is wanted, or only counts."""
    executor: str = BEST
    """What works the rules out, one of EXECUTORS; the runs are the same."""

    @property
    def columns(self) -> Columns:
        """What a row holds."""
        titles = {name: outcome.title or name for name, outcome in self.plan.outcomes.items()}
        return Columns(self.plan.scenario, titles)

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What is asked of each run."""
        return self.plan.outcomes


@dataclass(frozen=True)
class Tally:
    """What the runs of one design point in a part say, for running counts."""

    point: int
    endings: tuple[int, ...]
    """How many runs closed with each ending."""
    expectations: tuple[Counted, ...]


@dataclass(frozen=True)
class Notes:
    """What a part's file says beside its rows, so that a batch that goes on need not make it again."""

    tallies: tuple[Tally, ...]
    failures: tuple[tuple[int, str], ...]
    """Design points that can't be run, and why."""

    @property
    def runs(self) -> int:
        """How many runs the part has."""
        return sum(sum(tally.endings) for tally in self.tallies)

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "tallies": [
                [t.point, list(t.endings), [[c.held, c.of, c.first_breach] for c in t.expectations]]
                for t in self.tallies
            ],
            "failures": [list(failure) for failure in self.failures],
        }

    @classmethod
    def read(cls, plain: Any) -> Notes:
        """From JSON; ValueError where it is something else."""
        form = _NotesForm.model_validate(plain)
        return cls(
            tuple(
                Tally(point, endings, tuple(Counted(*counted) for counted in expectations))
                for point, endings, expectations in form.tallies
            ),
            form.failures,
        )


_Count = Annotated[int, Field(strict=True, ge=0, lt=2**53)]


_Counted = tuple[_Count, _Count, tuple[_Count, _Count] | None]


class _NotesForm(BaseModel):
    """Notes as JSON writes them; what they count is held against the part by whoever knows it."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # who makes parts reads none

    tallies: tuple[tuple[_Count, tuple[_Count, ...], tuple[_Counted, ...]], ...]
    failures: tuple[tuple[_Count, Annotated[str, Field(strict=True)]], ...]


@dataclass(frozen=True)
class Made:
    """A part, made: the content of its files."""

    number: int
    runs: bytes
    """A table with a row for each run; empty where rows are not wanted."""
    notes: Notes
    counts: bytes | None = None
    """What the part adds to the summary of trajectories."""
    followed: bytes | None = None
    """Every run turn by turn."""


FAMILIES_KEPT = 8
"""The programs of so many families are kept at hand, since the next part may need them again."""


@dataclass
class Prepared:
    """Design points of one family, ready to be run, and what is to be found in their runs."""

    family: Family
    rules: Rules
    job: Job

    def __post_init__(self) -> None:
        self.tally, self.outcomes = ExpectationTally(self.rules), OutcomeWatch(self.rules, self.job.outcomes)
        self._kept = self.tally.gauges, self.job.columns.firsts, self.outcomes.gauges

    @cached_property
    def gauges(self) -> Gauges:
        """All that is kept of each run while it goes on."""
        return self.rules.gauges([gauge for each in self._kept for gauge in each], self.outcomes.deeds)

    def width(self, runs: int) -> int:
        """How many of so many runs stand side by side."""
        return self.rules.side_by_side(runs, self.job.chunk, is_stopped=bool(self.seats or self.outcomes.deeds))

    def found(self, world: World) -> list[Numbers]:
        """What the gauges have come to, of the expectations, the flags and the outcomes: shape (gauges, runs) each."""
        return np.split(self.gauges.found(world), np.cumsum([len(each) for each in self._kept[:-1]]))

    @property
    def seats(self) -> Seats:
        """Who does not follow the rule."""
        return self.family.arm.seats


@dataclass
class Maker:
    """Makes parts of one job: the design points of a family stand side by side in one world."""

    job: Job
    _prepared: dict[int, Prepared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.families = Families(self.job.plan)

    def make(self, part: Part, advance: Advance = lambda _: None) -> Made:
        """The files of a part; a design point that can't be run is a failure, and the rest goes on."""
        kept = _Kept(self.job.columns if self.job.rows else None)
        for family in self._by_family(part.pieces):
            self._make(family, kept, advance)
        return kept.made(part.number)

    def _by_family(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        found: dict[int, list[Piece]] = {}
        for piece in pieces:
            found.setdefault(self.families.number_of(piece.point), []).append(piece)
        return list(found.values())

    def _make(self, pieces: list[Piece], kept: _Kept, advance: Advance) -> None:
        """Some pieces of one family, unless it turns out that each of them stands alone."""
        try:
            ready = self.prepare(pieces[0].point)
        except ScenarioError as error:
            message = str(error).encode("utf-8", "backslashreplace").decode()  # it may name a file that is no text
            kept.failures[pieces[0].point] = message
            advance(pieces[0].runs)
            rest = pieces[1:]
        else:
            is_whole = self.families.number_of(pieces[0].point) >= 0
            self._play(pieces if is_whole else pieces[:1], ready, kept, advance)
            rest = [] if is_whole else pieces[1:]
        for piece in rest:
            self._make([piece], kept, advance)

    def prepare(self, point: int) -> Prepared:
        """The family of a design point, with its rules; raises :class:`ScenarioError`."""
        number = self.families.number_of(point)
        if number not in self._prepared:
            family = self.families.of(point)
            number = self.families.number_of(point)  # it may have turned out that the point stands alone
            while len(self._prepared) >= FAMILIES_KEPT:
                del self._prepared[next(iter(self._prepared))]
            self._prepared[number] = Prepared(family, Rules(family.arm.scenario, self.job.executor), self.job)
        return self._prepared[number]

    def _play(self, pieces: Sequence[Piece], ready: Prepared, kept: _Kept, advance: Advance) -> None:
        """The same runs of some design points, as many points side by side as there is room for."""
        first, runs = pieces[0].first, pieces[0].runs
        assert all((piece.first, piece.runs) == (first, runs) for piece in pieces)
        width = ready.width(runs * len(pieces))
        many = max(1, width // runs)
        for begin in range(0, len(pieces), many):
            points = [piece.point for piece in pieces[begin : begin + many]]
            stands = [self._stand(points, *block, ready, advance) for block in blocks(first, runs, width)]
            kept.add(points, first, stands, tracks(ready.rules), self.job.trajectories)

    def _stand(self, points: Sequence[int], first: int, runs: int, ready: Prepared, advance: Advance) -> _Stand:
        """Some runs of some points, side by side, played to their end."""
        job, rules, times = self.job, ready.rules, len(points)
        world = rules.open(job.plan.seed, first, runs, times, ready.family.given(points, runs))
        outcomes = ready.outcomes
        follower = [] if job.trajectories == NONE else [Follower(rules, world)]
        play_out(rules, world, follower, ready.seats, outcomes.recorder(), ready.gauges, lambda: outcomes.beside(world))
        breaches, days, kept = ready.found(world)
        endings = np.arange(len(rules.scenario.endings))
        advance(world.runs)
        return _Stand(
            (world.ending.reshape(times, runs, 1) == endings).sum(axis=1),
            ready.tally.count(world, breaches, times),
            job.columns.of(rules, world, points, days, outcomes.values(world, kept)) if job.rows else None,
            np.stack(np.split(follower[0].seen, times, axis=2)) if follower else None,
        )


@dataclass(frozen=True)
class _Stand:
    """What became of some runs of some points."""

    endings: Rows
    """Shape (points, endings)."""
    expectations: Sequence[tuple[Counted, ...]]
    """By point."""
    rows: Block | None
    seen: np.ndarray[Any, Any] | None
    """Shape (points, tracks, turns + 1, runs)."""


@dataclass
class _Kept:
    """What has been made of a part so far."""

    columns: Columns | None
    """None where rows are not wanted."""
    blocks: list[Block] = field(default_factory=list)
    failures: dict[int, str] = field(default_factory=dict)
    tallies: dict[int, Tally] = field(default_factory=dict)
    counts: dict[int, pl.DataFrame] = field(default_factory=dict)
    followed: dict[int, pl.DataFrame] = field(default_factory=dict)
    """By point."""

    def add(
        self, points: Sequence[int], first: int, stands: Sequence[_Stand], among: tuple[Track, ...], mode: str
    ) -> None:
        """All runs of some points, block after block."""
        self.blocks += [stand.rows for stand in stands if stand.rows is not None]
        for place, point in enumerate(points):
            endings = sum(stand.endings[place] for stand in stands)
            expectations = reduce(_summed, (stand.expectations[place] for stand in stands))
            self.tallies[point] = Tally(point, tuple(np.asarray(endings).tolist()), expectations)
            seen = [stand.seen[place] for stand in stands if stand.seen is not None]
            if seen:
                whole = np.concatenate(seen, axis=2)
                self.counts[point] = count_piece(among, point, whole)
                if mode == ALL:
                    self.followed[point] = every_run(among, point, first, whole)

    def made(self, number: int) -> Made:
        """The part: points in their order, whoever ran beside whom."""
        notes = Notes(tuple(in_order(self.tallies)), tuple(sorted(self.failures.items())))
        rows = as_parquet(self.columns.frame(self.blocks), notes.plain()) if self.columns else b""
        return Made(number, rows, notes, _together(in_order(self.counts)), _together(in_order(self.followed)))


def in_order(by_point: dict[int, T]) -> list[T]:
    """What belongs to points, in their order."""
    return [by_point[point] for point in sorted(by_point)]


def _summed(one: tuple[Counted, ...], other: tuple[Counted, ...]) -> tuple[Counted, ...]:
    return tuple(known + new for known, new in zip(one, other, strict=True))


def _together(tables: list[pl.DataFrame]) -> bytes | None:
    if not tables:
        return None
    import polars as pl

    return as_parquet(pl.concat(tables))
