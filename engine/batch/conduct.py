"""A batch from its plan to its results: which parts there are, who makes them, and where they go."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.batch.executors import Executor, InProcess, Processes
from engine.batch.folder import Folder
from engine.batch.making import Job, Notes
from engine.batch.manifest import COMPLETE, BatchError, Manifest, now
from engine.batch.parts import Part, cut, stages
from engine.batch.progress import Pace
from engine.batch.results import Results, Tallies, failures_schema
from engine.batch.runner import CHUNK
from engine.batch.stores import FolderStore, MemoryStore, Store, Tables, remembering
from engine.batch.trajectories import MODES, NONE, Summary, tracks
from engine.rules import Rules
from engine.scenario.problems import listed

if TYPE_CHECKING:
    import polars as pl

    from engine.batch.plan import Plan

MOST_WORKERS = 1024
"""Processes of one batch."""


def run_plan(
    plan: Plan,
    out: str | Path | None = None,
    *,
    workers: int = 1,
    cluster: str | None = None,
    chunk: int = CHUNK,
    trajectories: str = NONE,
    until: float | None = None,
    keep: bool = True,
    command: Sequence[str] = (),
    progress: Callable[[Pace], None] = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run a plan, into a folder or into memory; the results are the same for any workers, cluster and chunk.

    With ``until``, the runs of the plan are the most that are made: the batch stops as soon as no 95 % interval of an
    ending reaches farther than that to either side. Where a folder holds a part of these very results, the batch goes
    on from there. Without a folder and without ``keep``, only counts remain. ``command`` is noted in the manifest;
    ``progress`` is told how far the batch is, and ``notice`` gets sentences for the user.

    Raises :class:`~engine.batch.manifest.BatchError`.
    """
    job = Job(plan, chunk, trajectories)
    _check(job, workers, until)
    manifest = Manifest.of(job, until, command)
    batch = _Batch(job, manifest, until, Pace(tell=progress), lambda: _executor(job, workers, cluster))
    if out is None:
        return batch.make(MemoryStore(job, manifest.content, keep))
    with Folder(out) as folder:
        if folder.begin(manifest):
            notice("going on from what is there")
        return batch.make(FolderStore(folder, job, notice))


def _check(job: Job, workers: int, until: float | None) -> None:
    if not 1 <= workers <= MOST_WORKERS:
        raise BatchError(f"a batch has 1 to {MOST_WORKERS} workers, not {workers}")
    if job.chunk < 1:
        raise BatchError(f"a chunk has at least one run, not {job.chunk}")
    if job.trajectories not in MODES:
        raise BatchError(f"trajectories are one of {listed(MODES, last='or')}, not {job.trajectories}")
    if until is not None and not 0 < until < 1:
        raise BatchError(f"half the width of an interval is more than 0 and less than 1, not {until:g}")
    if clashes := job.columns.clashes():
        raise BatchError(f"no outcome can be called {listed(clashes, last='or')}: each run has a column of that name")


def _executor(job: Job, workers: int, cluster: str | None) -> Executor:
    if cluster is not None:
        from engine.batch.cluster import Cluster

        return Cluster(job, cluster)
    return InProcess(job) if workers == 1 else Processes(job, workers)


@dataclass
class _Batch:
    """A batch at work."""

    job: Job
    manifest: Manifest
    until: float | None
    pace: Pace
    executor: Callable[[], Executor]
    """Starts whoever makes the parts; called only if there is something to make."""
    failures: dict[int, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    _at_work: Executor | None = None

    def __post_init__(self) -> None:
        scenario = self.job.plan.scenario
        ids = [ending.id for ending in scenario.endings]
        self.tallies = Tallies(ids, scenario.expect, len(self.job.plan.points))

    def make(self, store: Store) -> Results:
        """Stage by stage, until there are enough runs."""
        plan, runs = self.job.plan, 0
        with contextlib.ExitStack() as stack:
            for begin, end in stages(plan.runs, self.until is not None):
                self._make_stage(begin, end, store, stack)
                runs = end
                if self.until is not None and self.tallies.widest() <= self.until:
                    break
        self._say_complete(runs)
        return store.finish(Tables(designs(plan), self._failures(), self._summary(store)))

    def _make_stage(self, begin: int, end: int, store: Store, stack: contextlib.ExitStack) -> None:
        parts = list(cut(len(self.job.plan.points), begin, end, len(self.parts)))
        self.parts += parts
        self.pace.want(sum(part.runs for part in parts))
        missing = [part for part in parts if not self._is_there(part, store)]
        if missing:
            if self._at_work is None:
                self._at_work = stack.enter_context(self.executor())
            for made in self._at_work.make(missing, self.pace.advance):
                store.keep(made)
                self._count(Notes(made.tallies, made.failures))

    def _is_there(self, part: Part, store: Store) -> bool:
        notes = store.kept(part)
        if notes is not None:
            self._count(notes)
            self.pace.find(part.runs)
        return notes is not None

    def _count(self, notes: Notes) -> None:
        self.tallies.add(notes.tallies)
        self.failures.update(notes.failures)

    def _say_complete(self, runs: int) -> None:
        done = self.tallies.runs
        self.manifest.content |= {"status": COMPLETE, "runs_per_point": runs, "runs_done": done, "finished": now()}

    def _failures(self) -> pl.DataFrame:
        import polars as pl

        return pl.DataFrame(sorted(self.failures.items()), schema=failures_schema(), orient="row")

    def _summary(self, store: Store) -> pl.DataFrame | None:
        """The summary of trajectories, point by point."""
        import polars as pl

        if self.job.trajectories == NONE:
            return None
        plan, counts = self.job.plan, remembering(store)
        followed = tracks(Rules(plan.scenario))
        where: dict[int, list[int]] = {}
        for part in self.parts:
            for piece in part.pieces:
                where.setdefault(piece.point, []).append(part.number)
        tables = [pl.DataFrame(schema=Summary.schema())]
        for point, numbers in where.items():
            summary = Summary(plan.scenario, followed, point)
            for number in numbers:
                table = counts(number)
                if table is not None:
                    summary.add(table)
            tables.append(summary.frame())
        return pl.concat(tables)


def designs(plan: Plan) -> pl.DataFrame:
    """A row for each design point: its number, and its settings; null where the scenario's own value stays."""
    import polars as pl

    points = plan.points
    columns = {name: points.column(name) for name in (*points.uncertainties, *points.levers)}
    table = pl.DataFrame({"point": pl.Series(range(len(points)), dtype=pl.UInt32), **columns})
    return table.with_columns(pl.col(name).fill_nan(None) for name in points.uncertainties)
