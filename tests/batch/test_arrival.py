"""A part that came from elsewhere is taken only if it is the one that was asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from engine.batch.running import arrival, parcel
from engine.batch.running.expectations import Counted
from engine.batch.running.making import Job, Made, Maker, Notes, Tally
from engine.batch.running.parcel import WrongParcelError, pack, read
from engine.batch.running.parts import Part, cut
from engine.batch.storage.rows import as_parquet
from tests.batch.batches import small_plan

RUNS = 6


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Two points, and every run turn by turn."""
    folder = tmp_path_factory.mktemp("scenario")
    return Job(small_plan(folder, RUNS, vary=["values.unrest.start=0.1,0.3"]), trajectories="all")


@pytest.fixture(scope="module")
def part() -> Part:
    """The only one."""
    return next(cut(2, 0, RUNS))


@pytest.fixture(scope="module")
def made(job: Job, part: Part) -> Made:
    """That part, right."""
    return Maker(job).make(part)


Change = Callable[[Made], Made]


def of_notes(change: Callable[[Tally], Tally]) -> Change:
    """The first tally is another."""

    def changed(made: Made) -> Made:
        first, *rest = made.notes.tallies
        return replace(made, notes=replace(made.notes, tallies=(change(first), *rest)))

    return changed


def of_table(name: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Change:
    """A table is another."""

    def changed(made: Made) -> Made:
        table = change(pl.read_parquet(io.BytesIO(getattr(made, name))))
        files: dict[str, Any] = {name: as_parquet(table, made.notes.plain())}
        return replace(made, **files)

    return changed


def failing(made: Made, point: int) -> Made:
    """Says of a point that it can't be run."""
    return replace(made, notes=replace(made.notes, failures=((point, "no reason"),)))


def first_is(column: str, value: object) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """The first row says something else."""
    return lambda table: table.with_columns(
        pl.when(pl.int_range(pl.len()) == 0)
        .then(pl.lit(value))
        .otherwise(column)
        .cast(table[column].dtype)
        .alias(column)
    )


WRONG: dict[str, Change] = {
    "another number": lambda made: replace(made, number=1),
    "one point fewer": lambda made: replace(made, notes=replace(made.notes, tallies=made.notes.tallies[:1])),
    "one point more": lambda made: replace(made, notes=replace(made.notes, tallies=made.notes.tallies * 2)),
    "points the other way about": lambda made: replace(
        made, notes=replace(made.notes, tallies=made.notes.tallies[::-1])
    ),
    "a failure of nobody": lambda made: failing(made, 7),
    "a failure that was played": lambda made: failing(made, 1),
    "other endings": of_notes(lambda tally: replace(tally, endings=(0, *[0] * (len(tally.endings) - 2), RUNS))),
    "an ending too many": of_notes(lambda tally: replace(tally, endings=(*tally.endings, 0))),
    "fewer than no runs": of_notes(
        lambda tally: replace(tally, endings=(-1, RUNS + 1, *[0] * (len(tally.endings) - 2)))
    ),
    "runs too few": of_notes(lambda tally: replace(tally, endings=tuple(0 for _ in tally.endings))),
    "an expectation too many": of_notes(lambda tally: replace(tally, expectations=(*tally.expectations, Counted()))),
    "held more often than asked": of_notes(
        lambda tally: replace(tally, expectations=tuple(Counted(2, 1) for _ in tally.expectations))
    ),
    "held in runs that are none": of_notes(
        lambda tally: replace(tally, expectations=tuple(Counted(0, RUNS + 1) for _ in tally.expectations))
    ),
    "no notes in the file": lambda made: replace(made, runs=as_parquet(pl.read_parquet(io.BytesIO(made.runs)))),
    "no runs": lambda made: replace(made, runs=b""),
    "no table": lambda made: replace(made, runs=b"PAR1 and so on PAR1"),
    "cut": lambda made: replace(made, runs=made.runs[:-9]),
    "another run": of_table("runs", first_is("run", 77)),
    "another point": of_table("runs", first_is("point", 1)),
    "a row twice": of_table("runs", lambda table: pl.concat([table, table[:1]])),
    "a row fewer": of_table("runs", lambda table: table[1:]),
    "another order": of_table("runs", lambda table: table[::-1]),
    "no ending": of_table("runs", lambda table: table.with_columns(ending=pl.lit(None, dtype=table["ending"].dtype))),
    "a column more": of_table("runs", lambda table: table.with_columns(more=1)),
    "a column fewer": of_table("runs", lambda table: table.drop("day")),
    "another type": of_table("runs", lambda table: table.with_columns(pl.col("run").cast(pl.Int64))),
    "no counts": lambda made: replace(made, counts=None),
    "no trajectories": lambda made: replace(made, followed=None),
    "counts of other runs": of_table("counts", first_is("runs", RUNS + 1)),
    "counts of another point": of_table("counts", first_is("point", 9)),
    "counts of nothing known": of_table("counts", first_is("track", 900)),
    "counts of fewer steps": of_table("counts", lambda table: table.filter(pl.col("step") != table["step"].max())),
    "counts of one point": of_table("counts", lambda table: table.filter(pl.col("point") == 1)),
    "sums of nothing": of_table("counts", lambda table: table.with_columns(sum=pl.lit(None, dtype=pl.Float64))),
    "trajectories of fewer turns": of_table("followed", lambda table: table.filter(pl.col("turn") != 1)),
    "trajectories of fewer runs": of_table("followed", lambda table: table.filter(pl.col("run") != 1)),
    "trajectories twice": of_table("followed", lambda table: pl.concat([table, table])),
    "other things followed": of_table("followed", lambda table: table.drop("unrest")),
}


def test_the_part_that_was_asked_for_is_taken(job: Job, part: Part, made: Made):
    """As it was sent, to the byte."""
    came = read(pack(made)).made
    assert came == made
    arrival.check(made, part, job)


@pytest.mark.parametrize("wrong", WRONG)
def test_another_is_not(job: Job, part: Part, made: Made, wrong: str):
    """One sentence says in what it is another."""
    sent = pack(WRONG[wrong](made))
    with pytest.raises(WrongParcelError, match=r"^sent[ ,]") as caught:
        arrival.check(read(sent).made or made, part, job)
    assert "\n" not in str(caught.value)


def test_what_was_not_asked_for_is_not_taken(job: Job, part: Part, made: Made):
    """Where counts alone are wanted, or nothing of trajectories."""
    with pytest.raises(WrongParcelError, match="trajectories that nobody asked for"):
        arrival.check(made, part, replace(job, trajectories="summary"))
    with pytest.raises(WrongParcelError, match="counts that nobody asked for"):
        arrival.check(made, part, replace(job, trajectories="none"))
    with pytest.raises(WrongParcelError, match="runs that nobody asked for"):
        arrival.check(made, part, replace(job, rows=False))
    counted = replace(job, rows=False, trajectories="none")
    arrival.check(Maker(counted).make(part), part, counted)


def test_points_that_cannot_be_run_have_no_rows(job: Job, part: Part, made: Made):
    """A part of nothing but failures is right without trajectories, and with an empty table."""
    notes = Notes((), ((0, "no"), (1, "no")))
    empty = as_parquet(job.columns.frame([]), notes.plain())
    arrival.check(Made(0, empty, notes), part, job)
    with pytest.raises(WrongParcelError, match="counts that nobody asked for"):
        arrival.check(Made(0, empty, notes, made.counts), part, job)


def test_bytes_that_are_no_parcel(made: Made):
    """Cut, with something behind, with a header that is none, or that names other bytes."""
    whole = pack(made)
    header = len(whole) - len(made.runs) - len(made.counts or b"") - len(made.followed or b"")
    broken = [whole[:end] for end in (0, 7, 8, header - 1, header, header + 5, len(whole) - 1)]
    broken += [whole + b"x", whole[:8] + b"[" + whole[9:], b"\xff" * 40, (2).to_bytes(8, "big") + b"{}"]
    broken += [whole[: header + 3] + bytes([whole[header + 3] ^ 1]) + whole[header + 4 :]]
    for content in broken:
        with pytest.raises(WrongParcelError):
            read(content)


def test_a_fault_comes_as_text_that_is_safe_to_print():
    """Line by line, and not more than a screen has use for."""
    told = read(parcel.pack_words(fault="Traceback\n  \x1b]8;;evil\n" + "x" * 100_000)).fault
    assert told is not None and told.startswith("Traceback\n  \\x1b]8;;evil\nxxx")
    assert len(told) < 30_000
