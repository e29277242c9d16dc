"""Making a part: its runs are played, and become the bytes of its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from engine.batch.design.outcomes import OutcomeWatch
from engine.batch.design.policies import Seats
from engine.batch.running.expectations import Counted, ExpectationTally
from engine.batch.running.parts import Part, Piece
from engine.batch.running.runner import CHUNK, blocks, play_out
from engine.batch.storage.rows import Block, Columns, FirstDays, as_parquet
from engine.batch.storage.trajectories import ALL, NONE, Follower, Track, count_piece, every_run, tracks
from engine.executors import BEST
from engine.rules import Rules
from engine.scenario.problems import ScenarioError

if TYPE_CHECKING:
    import polars as pl

    from engine.batch.design.plan import Plan

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

    model_config = ConfigDict(extra="forbid")

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


@dataclass
class Maker:
    """Makes parts of one job; keeps the rules of the last design point, which the next part may need again."""

    job: Job
    _point: int = -1
    _arm: tuple[Rules, Seats] | ScenarioError | None = None

    def make(self, part: Part, advance: Advance = lambda _: None) -> Made:
        """The files of a part; a design point that can't be run is a failure, and the rest goes on."""
        kept = _Kept(self.job.columns if self.job.rows else None)
        for piece in part.pieces:
            arm = self._prepared(piece.point)
            if isinstance(arm, ScenarioError):
                message = str(arm).encode("utf-8", "backslashreplace").decode()  # it may name a file that is no text
                kept.failures.append((piece.point, message))
                advance(piece.runs)
            else:
                self._play(piece, *arm, kept, advance)
        return kept.made(part.number)

    def arm(self, point: int) -> tuple[Rules, Seats]:
        """The rules of a design point, and who does not follow them; raises :class:`ScenarioError`."""
        arm = self._prepared(point)
        if isinstance(arm, ScenarioError):
            raise arm
        return arm

    def _prepared(self, point: int) -> tuple[Rules, Seats] | ScenarioError:
        if self._point != point or self._arm is None:
            self._point = point
            try:
                arm = self.job.plan.arm(self.job.plan.points[point])
                self._arm = (Rules(arm.scenario, self.job.executor), arm.seats)
            except ScenarioError as error:
                self._arm = error
        return self._arm

    def _play(self, piece: Piece, rules: Rules, seats: Seats, kept: _Kept, advance: Advance) -> None:
        plan, mode, point = self.job.plan, self.job.trajectories, piece.point
        tally = ExpectationTally(rules)
        endings = np.zeros(len(rules.scenario.endings), dtype=np.intp)
        seen = []
        for first, runs in blocks(piece.first, piece.runs, self.job.chunk):
            world = rules.open(plan.seed, first, runs)
            days, outcomes = FirstDays(rules, runs), OutcomeWatch(rules, plan.outcomes)
            follower = [] if mode == NONE else [Follower(rules, world)]
            play_out(rules, world, [tally, days, outcomes, *follower], seats, outcomes.recorder)
            tally.count(world)
            endings += np.bincount(world.ending, minlength=len(endings))
            if kept.columns:
                kept.blocks.append(kept.columns.of(rules, world, point, days, outcomes.values(world)))
            seen += [one.seen for one in follower]
            advance(runs)
        kept.tallies.append(Tally(point, tuple(endings.tolist()), tally.counts))
        if seen:
            kept.follow(tracks(rules), point, piece.first, np.concatenate(seen, axis=2), mode)


@dataclass
class _Kept:
    """What has been made of a part so far."""

    columns: Columns | None
    """None where rows are not wanted."""
    blocks: list[Block] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)
    counts: list[pl.DataFrame] = field(default_factory=list)
    followed: list[pl.DataFrame] = field(default_factory=list)

    def follow(self, among: tuple[Track, ...], point: int, first: int, seen: np.ndarray[Any, Any], mode: str) -> None:
        """Keep how the runs of a piece went."""
        self.counts.append(count_piece(among, point, seen))
        if mode == ALL:
            self.followed.append(every_run(among, point, first, seen))

    def made(self, number: int) -> Made:
        """The part."""
        notes = Notes(tuple(self.tallies), tuple(self.failures))
        rows = as_parquet(self.columns.frame(self.blocks), notes.plain()) if self.columns else b""
        return Made(number, rows, notes, _together(self.counts), _together(self.followed))


def _together(tables: list[pl.DataFrame]) -> bytes | None:
    if not tables:
        return None
    import polars as pl

    return as_parquet(pl.concat(tables))
