"""A batch from its plan to its results: which parts there are, who makes them, and where they go."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.asked import MOST_PARTS, MOST_RUNS_IN_MEMORY, MOST_WORKERS
from engine.batch.design.checks import too_many
from engine.batch.design.families import Families
from engine.batch.errors import BatchError
from engine.batch.running.address import Address, Tls
from engine.batch.running.executors import Executor, InProcess, MakersLostError, Processes
from engine.batch.running.making import Job
from engine.batch.running.parts import Cut, Part, stages
from engine.batch.running.progress import Pace
from engine.batch.running.runner import CHUNK
from engine.batch.running.tallies import Tallies
from engine.batch.storage.entries import WITH_COUNTS, Seal, part_name
from engine.batch.storage.rows import as_parquet
from engine.batch.storage.stores import NoStore, Store, Tables, remembering
from engine.batch.storage.trajectories import MODES, NONE, Summary, Track, frame_of, tracks
from engine.executors import BEST
from engine.rules import Rules
from engine.scenario.problems import listed, shortened

if TYPE_CHECKING:
    import polars as pl

    from engine.batch.design.plan import Plan
    from engine.batch.storage.results import Results

GOES_ON = "; what is finished is kept, and the same command goes on from there"
"""What to do where the makers are gone, and their parts are in a folder."""


def run_plan(
    plan: Plan,
    out: str | Path | None = None,
    *,
    workers: int = 1,
    cluster: str | None = None,
    tls: Tls | None = None,
    chunk: int = CHUNK,
    trajectories: str = NONE,
    until: float | None = None,
    executor: str = BEST,
    command: Sequence[str] = (),
    progress: Callable[[Pace], None] = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run a plan, into a folder or into memory; the results are the same for any workers, cluster and chunk.

    With ``until``, the runs of the plan are the most that are made: the batch stops as soon as no 95 % interval of an
    ending reaches farther than that to either side. Where a folder holds a part of these very results, the batch goes
    on from there. ``executor`` works the rules out, one of EXECUTORS; the runs are the same. ``command`` is noted in
    the manifest; ``progress`` is told how far the batch is, and ``notice`` gets sentences for the user.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    from engine.batch.storage.folder import Folder  # read here, since who only counts waits for none of it
    from engine.batch.storage.keeping import FolderStore, MemoryStore
    from engine.batch.storage.manifest import Manifest
    from engine.batch.storage.results import Results

    job, crew = Job(plan, chunk, trajectories, executor=executor), Crew(workers, cluster, tls)
    batch = Batch(job, crew, until, Pace(tell=progress))
    crew.warn(notice)
    table = as_parquet(designs(plan))
    manifest = Manifest.of(job, until, command, Seal.of(table))
    if out is None:
        if plan.total_runs > MOST_RUNS_IN_MEMORY:
            raise BatchError(f"{plan.total_runs:,} runs are too many for the memory: write them into a folder")
        memory = MemoryStore(job)
        runs = batch.make(memory)
        manifest.complete(runs)
        manifest.runs_done = batch.tallies.runs
        return memory.results(manifest, designs(plan), batch.tables(memory))
    if (most := batch.most_parts) > MOST_PARTS:
        raise BatchError(
            f"a folder of results has at most {MOST_PARTS:,} parts, and this batch may have {most:,}: divide it among "
            "folders, each with another seed"
        )
    with Folder(out, manifest) as folder:
        if folder.begin(table):
            notice("going on from what is there")
        store = FolderStore(folder, job, notice)
        runs = batch.make(store)
        store.finish(batch.tables(store), runs)
    return Results.open(out)


def count_plan(
    plan: Plan,
    *,
    workers: int = 1,
    cluster: str | None = None,
    tls: Tls | None = None,
    chunk: int = CHUNK,
    until: float | None = None,
    executor: str = BEST,
    progress: Callable[[Pace], None] = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
) -> Tallies:
    """The same, but only how the runs end is counted: it takes the least memory, and writes nothing.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    job, crew = Job(plan, chunk, rows=False, executor=executor), Crew(workers, cluster, tls)
    batch = Batch(job, crew, until, Pace(tell=progress))
    crew.warn(notice)
    batch.make(NoStore())
    return batch.tallies


@dataclass(frozen=True)
class Crew:
    """Who makes the parts."""

    workers: int = 1
    cluster: str | None = None
    tls: Tls | None = None
    """Files that an address of a cluster is asked with."""

    def warn(self, notice: Callable[[str], None]) -> None:
        """Before anybody is started: an address that is none, and what whoever gives it should know."""
        if self.cluster is None:
            if self.tls:
                raise BatchError("certificates are for a cluster, and none is named")
        elif warning := Address.read(self.cluster, self.tls).warning:
            notice(warning)

    def start(self, job: Job) -> Executor:
        """Start them; a batch for which all is there already starts nobody."""
        if self.cluster is not None:
            from engine.batch.running.cluster import Cluster

            return Cluster(job, self.cluster, self.tls)
        return InProcess(job) if self.workers == 1 else Processes(job, self.workers)


@dataclass
class Batch:
    """A batch at work."""

    job: Job
    crew: Crew
    until: float | None
    pace: Pace
    cuts: list[Cut] = field(default_factory=list)
    """Stage by stage, the parts that were made or found."""

    def __post_init__(self) -> None:
        self._check()
        scenario = self.job.plan.scenario
        ids = [ending.id for ending in scenario.endings]
        self.tallies = Tallies(ids, scenario.expect, len(self.job.plan.points))
        self._executor: Executor | None = None

    def _check(self) -> None:
        job, points = self.job, self.job.plan.points
        if not 1 <= self.crew.workers <= MOST_WORKERS:
            raise BatchError(f"a batch has 1 to {MOST_WORKERS} workers, not {self.crew.workers}")
        if job.chunk < 1:
            raise BatchError(f"a chunk has at least one run, not {job.chunk}")
        if job.trajectories not in MODES:
            raise BatchError(f"trajectories are one of {listed(MODES, last='or')}, not {shortened(job.trajectories)}")
        if self.until is not None and not 0 < self.until < 1:
            raise BatchError(f"half the width of an interval is more than 0 and less than 1, not {self.until:g}")
        if clashes := job.columns.clashes():
            raise BatchError(f"no outcome can be called {listed(clashes, last='or')}: runs have a column of that name")
        if (excess := too_many(len(points), job.plan.runs)) is not None:
            raise BatchError(excess)
        if "point" in (*points.uncertainties, *points.levers):
            raise BatchError("no uncertainty or lever can be called point: designs have a column of that name")

    @property
    def most_parts(self) -> int:
        """How many parts it may have, if it is never asked whether there are enough runs."""
        plan = self.job.plan
        return sum(len(Cut(len(plan.points), *stage)) for stage in stages(plan.runs, self.until is not None))

    def make(self, store: Store) -> int:
        """Stage by stage, until there are enough runs; gives how many each design point has."""
        runs = 0
        with contextlib.ExitStack() as stack:
            for begin, runs in stages(self.job.plan.runs, self.until is not None):
                self._make_stage(begin, runs, store, stack)
                if self.until is not None and self.tallies.widest() <= self.until:
                    break
        return runs

    def _make_stage(self, begin: int, end: int, store: Store, stack: contextlib.ExitStack) -> None:
        cut = Cut(len(self.job.plan.points), begin, end, sum(map(len, self.cuts)))
        self.cuts.append(cut)
        self.pace.want(cut.runs)
        missing = array("Q", (part.number for part in cut if not self._is_there(part, store)))
        if missing:
            asked = _Asked(cut, missing)
            try:
                if self._executor is None:
                    self._executor = stack.enter_context(self.crew.start(self.job))
                for made in self._executor.make(asked, self.pace.advance):
                    store.keep(made, asked.answered(made.number))
                    self.tallies.add(made.notes)
            except MakersLostError as error:
                raise BatchError(f"{error}{GOES_ON if store.is_lasting else ''}") from None
            asked.check()

    def _is_there(self, part: Part, store: Store) -> bool:
        notes = store.kept(part)
        if notes is not None:
            self.tallies.add(notes)
            self.pace.find(part.runs)
        return notes is not None

    def tables(self, store: Store) -> Tables:
        """What stands beside the parts."""
        import polars as pl

        from engine.batch.storage.tables import failures_schema

        failures = pl.DataFrame(sorted(self.tallies.failures.items()), schema=failures_schema(), orient="row")
        return Tables(failures, self._summary(store))

    def _summary(self, store: Store) -> pl.DataFrame | None:
        """The summary of trajectories, point by point."""
        import polars as pl

        if self.job.trajectories == NONE:
            return None
        plan, counts, families = self.job.plan, remembering(store), Families(self.job.plan)
        followed: dict[Hashable, tuple[Track, ...]] = {}
        tables = [pl.DataFrame(schema=Summary.schema())]
        for point in range(len(plan.points)):
            if point in self.tallies.failures:
                continue
            scenario = families.of(point).arm.scenario
            frame = frame_of(scenario)
            if frame not in followed:
                followed[frame] = tracks(Rules(scenario))
            summary = Summary(scenario, followed[frame], point)
            for number in (number for cut in self.cuts for number in cut.numbers_of(point)):
                table = counts(number)
                if table is not None and not summary.add(table):
                    name = f"{WITH_COUNTS}/{part_name(number)}"
                    raise BatchError(f"{name} counts what can't be: remove it and give the same command again")
            tables.append(summary.frame())
        return pl.concat(tables)


class _Asked:
    """The parts that are to be made, handed out one by one; what is handed out and not yet made is remembered."""

    def __init__(self, cut: Cut, numbers: Sequence[int]) -> None:
        self._cut, self._numbers = cut, numbers
        self._out: dict[int, Part] = {}

    def __iter__(self) -> Iterator[Part]:
        for number in self._numbers:
            self._out[number] = self._cut.part(number)
            yield self._out[number]

    def answered(self, number: int) -> Part:
        """A part that has been made."""
        return self._out.pop(number)

    def check(self) -> None:
        """Everything that was handed out has come back."""
        assert not self._out, f"parts {list(self._out)} were never made"


def designs(plan: Plan) -> pl.DataFrame:
    """A row for each design point: its number, and its settings; null where the scenario's own value stays."""
    import polars as pl

    points = plan.points
    columns = {name: points.column(name) for name in (*points.uncertainties, *points.levers)}
    table = pl.DataFrame({"point": pl.Series(range(len(points)), dtype=pl.UInt32), **columns})
    return table.with_columns(pl.col(name).fill_nan(None) for name in points.uncertainties)
