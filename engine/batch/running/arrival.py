"""Whether a part that came from elsewhere is the one that was asked for.

It is where it holds these runs of these design points in these columns, and its notes say of them what its rows say.
That the numbers themselves are right nobody can see without making them again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.batch.running.making import Job, Made
from engine.batch.running.parcel import WrongParcelError
from engine.batch.running.parts import Part, Piece
from engine.batch.storage.entries import PartEntry
from engine.batch.storage.notes import fit, written_notes
from engine.batch.storage.tables import unreadable
from engine.batch.storage.trajectories import ALL, NONE, counts_schema, every_run_schema, names_of

if TYPE_CHECKING:
    import polars as pl


def check(made: Made, part: Part, job: Job) -> None:
    """Raises :class:`WrongParcelError` where a part is another than was asked for."""
    if made.number != part.number:
        raise WrongParcelError(f"sent part {made.number} where part {part.number} was asked for")
    try:
        _Arrival(made, part, job).check()
    except _OddError as odd:
        raise WrongParcelError(f"sent, as part {part.number}, {odd}") from None


class _OddError(ValueError):
    """What is odd about a part."""


@dataclass(frozen=True)
class _Arrival:
    made: Made
    part: Part
    job: Job

    def check(self) -> None:
        """Everything."""
        played = self._played()
        self._check_rows(played)
        mode = self.job.trajectories
        if _expect(self.made.counts, mode != NONE and bool(played), "counts"):
            self._check_counts(_table(self.made.counts, counts_schema(), "counts"), played)
        if _expect(self.made.followed, mode == ALL and bool(played), "trajectories"):
            schema = every_run_schema(names_of(self.job.plan.scenario))
            _check_followed(_table(self.made.followed, schema, "trajectories"), played)

    def _played(self) -> tuple[Piece, ...]:
        """The pieces that could be run, whose tallies fit."""
        notes = self.made.notes
        if not fit(notes, PartEntry.of(self.part, 0, {}), self.job.plan.scenario):
            raise _OddError("notes of other runs than were asked for")
        failed = {point for point, _ in notes.failures}
        return tuple(piece for piece in self.part.pieces if piece.point not in failed)

    def _check_rows(self, played: tuple[Piece, ...]) -> None:
        """The rows are those of the runs that were asked for, and end as the notes say."""
        if not _expect(self.made.runs or None, self.job.rows, "runs"):
            return
        rows = _table(self.made.runs, self.job.columns.schema(), "runs")
        if rows.select("point", "run").rows() != list(_runs(played)):
            raise _OddError("other runs than were asked for")
        if written_notes(io.BytesIO(self.made.runs)) != self.made.notes:
            raise _OddError("runs with other notes than it tells")
        counts = {(point, ending): count for point, ending, count in rows.group_by("point", "ending").len().rows()}
        ids = [ending.id for ending in self.job.plan.scenario.endings]
        for tally in self.made.notes.tallies:
            if tuple(counts.get((tally.point, ending), 0) for ending in ids) != tally.endings:
                raise _OddError(f"runs of design point {tally.point} that end otherwise than its notes say")

    def _check_counts(self, counts: pl.DataFrame, played: tuple[Piece, ...]) -> None:
        """Of each thing that is followed, at each turn, just the runs that were asked for are counted."""
        import polars as pl

        runs, tracks = {piece.point: piece.runs for piece in played}, len(names_of(self.job.plan.scenario))
        sums = counts.filter(pl.col("step").is_null())
        grid = counts.filter(pl.col("step").is_not_null()).group_by("point", "track", "turn").agg(pl.col("runs").sum())
        for table in (sums, grid):
            found = table.select("point", "track", "runs").rows()
            if any(runs.get(point) != of or track >= tracks for point, track, of in found):
                raise _OddError("counts of other runs than were asked for")
        if set(sums["point"]) != set(runs) or sums["sum"].null_count():
            raise _OddError("counts that lack some of the runs that were asked for")


def _check_followed(followed: pl.DataFrame, played: tuple[Piece, ...]) -> None:
    """Every run that was asked for is there from its first turn on."""
    import polars as pl

    by_run = followed.group_by("point", "run", maintain_order=True).agg(pl.col("turn"))
    turns = by_run["turn"].to_list()
    if by_run.select("point", "run").rows() != list(_runs(played)) or any(
        among != list(range(len(among))) for among in turns
    ):
        raise _OddError("trajectories of other runs than were asked for")


def _runs(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    for piece in pieces:
        yield from ((piece.point, run) for run in range(piece.first, piece.first + piece.runs))


def _expect(content: bytes | None, wanted: bool, what: str) -> bool:
    """Whether there is something to look at; odd where there is and nobody wanted it, or the other way about."""
    if (content is not None) != wanted:
        raise _OddError(f"{what} that nobody asked for" if content is not None else f"no {what}")
    return wanted


def _table(content: bytes | None, schema: Mapping[str, Any], what: str) -> pl.DataFrame:
    import polars as pl

    try:
        table = pl.read_parquet(io.BytesIO(content or b""))
    except unreadable(ValueError):
        raise _OddError(f"{what} that are no table") from None
    if dict(table.schema) != schema:
        raise _OddError(f"{what} with other columns than were asked for")
    return table
