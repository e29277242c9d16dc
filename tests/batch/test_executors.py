"""Whoever makes the parts of a batch, the results are the same to the byte, and a dead worker costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.batch import BatchError, run_plan
from engine.batch.design.planning import plan_from_arguments
from engine.batch.running import cluster as cluster_module
from engine.batch.running import executors as executors_module
from engine.batch.running import parts
from engine.batch.running.cluster import Cluster
from engine.batch.running.executors import TRIES, Processes, serve
from engine.batch.running.kind import Kind
from engine.batch.running.making import Job
from engine.batch.running.parts import cut
from engine.scenario.load import load_scenario
from tests.batch.batches import files, small_plan

pytestmark = pytest.mark.slow

PART_RUNS = 400
"""Runs of a part here: enough that one is in work for a while."""

RUNS = PART_RUNS + 100
"""Two parts of one design point."""

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """Who makes parts has no opinion of how large they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_RUNS", PART_RUNS)
        yield


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a batch made here, with every run turn by turn."""
    folder = tmp_path_factory.mktemp("expected")
    run_plan(small_plan(folder / "scenario", RUNS), folder / "out", trajectories="all")
    return files(folder / "out")


@pytest.mark.parametrize(("workers", "chunk"), [(1, 97), (2, 256)])
def test_same_bytes_for_any_workers_and_chunk(
    expected: dict[str, bytes], tmp_path: Path, workers: int, chunk: int
) -> None:
    """Runs, trajectories, designs and failures do not depend on how they were made."""
    plan = small_plan(tmp_path / "scenario", RUNS)
    run_plan(plan, tmp_path / "out", workers=workers, chunk=chunk, trajectories="all")
    assert files(tmp_path / "out") == expected
    assert len(expected) == 2 * 3 + 3


def test_same_bytes_for_runs_one_by_one(tmp_path: Path) -> None:
    """A run alone is the run among others."""
    plan = small_plan(tmp_path / "scenario", 60)
    for chunk in (1, 60):
        run_plan(plan, tmp_path / str(chunk), chunk=chunk, trajectories="summary")
    assert files(tmp_path / "1") == files(tmp_path / "60")


def test_same_bytes_for_kosovo(tmp_path: Path) -> None:
    """The same for a scenario of real size, where blocks of runs take other ways through the arithmetic."""
    plan = plan_from_arguments(load_scenario("kosovo-2007"), runs=50, seed=3)
    for name, workers, chunk in (("here", 1, 50), ("two", 2, 19)):
        run_plan(plan, tmp_path / name, workers=workers, chunk=chunk)
    assert files(tmp_path / "two") == files(tmp_path / "here")


def test_a_killed_worker_is_replaced(expected: dict[str, bytes], tmp_path: Path) -> None:
    """Its part is made again, and the runs that it had reported are taken back."""
    job = Job(small_plan(tmp_path / "scenario", RUNS), chunk=16, trajectories="all")
    reported: list[int] = []
    with Processes(job, 2) as processes:

        def kill_once(runs: int) -> None:
            reported.append(runs)
            if len(reported) == 3:
                victim = next(worker for worker in processes._workers if worker.advanced)
                os.kill(victim.process.pid or 0, signal.SIGKILL)

        made = {part.number: part for part in processes.make(cut(1, 0, RUNS), kill_once)}
    assert {f"runs/part-{n:06d}.parquet": part.runs for n, part in made.items()}.items() <= expected.items()
    assert len(made) == 2
    assert sum(reported) == RUNS
    assert min(reported) < 0


def die(pipe: object) -> None:
    """A worker that never gets anywhere."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_part_that_kills_its_workers_ends_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some tries, with one sentence that names it."""
    monkeypatch.setattr(executors_module, "serve", die)
    plan = small_plan(tmp_path / "scenario", 50)
    with pytest.raises(BatchError, match=f"died {TRIES} times while it made part 0 .killed by SIGKILL") as caught:
        run_plan(plan, tmp_path / "out", workers=2)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("; what is finished is kept, and the same command goes on from there")
    monkeypatch.setattr(executors_module, "TRIES", 1)
    with pytest.raises(BatchError, match=r"killed by SIGKILL, perhaps for want of memory\)$"):
        run_plan(plan, workers=2)


def test_an_own_fault_in_a_worker_is_told_with_its_traceback(tmp_path: Path) -> None:
    """So that it can be mended."""
    job = Job(small_plan(tmp_path / "scenario", 50), chunk=0)
    with Processes(job, 2) as processes, pytest.raises(RuntimeError, match="Traceback"):
        list(processes.make(cut(1, 0, 50), lambda _: None))


def test_a_worker_ends_when_its_pipe_does(tmp_path: Path) -> None:
    """So that none outlives a batch that was killed."""
    import multiprocessing

    job = Job(small_plan(tmp_path / "scenario", 50))
    with Processes(job, 1) as processes:
        assert len(list(processes.make(cut(1, 0, 50), lambda _: None))) == 1
        worker = processes._workers[0]
        worker.pipe.close()
        worker.process.join(timeout=120)
        assert worker.process.exitcode == 0
    assert serve.__module__ == "engine.batch.running.executors"
    assert multiprocessing.get_start_method(allow_none=True) in (None, "fork", "forkserver", "spawn")


WORKER_LOADS = """
import sys
from multiprocessing.connection import Pipe
from engine.batch.running.executors import serve
from engine.batch.running.making import Job
from engine.batch.running.parts import cut
from engine.batch.design.planning import plan_from_arguments
from engine.scenario.load import load_scenario
ours, theirs = Pipe()
ours.send(Job(plan_from_arguments(load_scenario(sys.argv[1], {}), runs=5)))
ours.send(next(cut(1, 0, 5)))
import threading
threading.Thread(target=lambda: (ours.recv(), ours.recv(), ours.recv(), ours.close())).start()
serve(theirs)
print(sorted({"mesa", "textual", "rich", "scipy", "pandas"} & set(sys.modules)))
"""


def test_a_worker_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    """No Mesa and no screens: they cost a second and memory in every process."""
    small_plan(tmp_path, 5)
    command = [sys.executable, "-c", WORKER_LOADS, str(tmp_path / "scenario.yaml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A dask scheduler with two workers, each a process of its own."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster_module, "PATIENCE", 60.0)  # two processes begin, on a machine that tests keep busy
    address_file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    python = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    begun = [
        subprocess.Popen(
            [*python, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", address_file],
            **quiet,  # type: ignore[call-overload]
        )
    ]
    import json

    while not address_file.exists():
        time.sleep(0.05)
    time.sleep(0.2)
    address = json.loads(address_file.read_text())["address"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    worker += ["--no-nanny", "--local-directory", str(tmp_path)]
    workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    try:
        yield address, [*workers, *begun]
    finally:
        for process in (*workers, *begun):
            process.kill()
            process.wait()


def test_a_cluster_makes_the_same_bytes_while_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """Two workers, of which one dies in the middle."""
    address, workers = cluster
    runs = 9 * PART_RUNS  # more than wait on two workers at a time
    plan = small_plan(tmp_path / "scenario", runs)
    run_plan(plan, tmp_path / "here")
    killed: list[bool] = []

    def kill_after_two_parts(pace: object) -> None:
        if not killed and getattr(pace, "done", 0) >= 2 * PART_RUNS:
            workers[0].kill()
            killed.append(True)

    run_plan(plan, tmp_path / "there", cluster=address, chunk=64, progress=kill_after_two_parts)
    assert killed
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_a_cluster_that_is_not_there_is_said_within_ten_seconds(tmp_path: Path) -> None:
    """In one sentence, and what is in the folder stays."""
    pytest.importorskip("distributed")
    begun = time.monotonic()
    with pytest.raises(BatchError, match=r"^no dask scheduler answers at tcp://127.0.0.1:9: connection refused$"):
        run_plan(small_plan(tmp_path / "scenario", 50), tmp_path / "out", cluster="tcp://127.0.0.1:9")
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("address", ["nowhere", "bla://x:1", "tcp://:1", "tcp://a:b", ""])
def test_an_address_that_is_none_is_said(tmp_path: Path, address: str) -> None:
    """Before anybody waits."""
    pytest.importorskip("distributed")
    with pytest.raises(BatchError, match="is no address of a dask scheduler, such as tcp://"):
        run_plan(small_plan(tmp_path / "scenario", 50), cluster=address)


def test_a_cluster_that_goes_away_leaves_what_is_finished(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """One sentence, and the same batch goes on here."""
    address, processes = cluster
    plan = small_plan(tmp_path / "scenario", 6 * PART_RUNS)

    def stop_everything(pace: object) -> None:
        if getattr(pace, "done", 0):
            for process in processes:
                process.kill()

    with pytest.raises(BatchError, match="and the same command goes on from there"):
        run_plan(plan, tmp_path / "out", cluster=address, chunk=64, progress=stop_everything)
    assert list((tmp_path / "out" / "runs").iterdir())
    run_plan(plan, tmp_path / "out")
    run_plan(plan, tmp_path / "here")
    assert files(tmp_path / "out") == files(tmp_path / "here")


def test_no_part_is_lost_between_two_loads_of_a_cluster() -> None:
    """However many are sent at a time, the next load goes on with the next part."""
    cluster: Any = object.__new__(Cluster)
    cluster._sent, cluster._kind = b"", Kind.here()
    cluster._client = SimpleNamespace(submit=lambda make, job, part, asked, pure: object())
    left = iter(cut(1, 0, 7 * PART_RUNS))
    loads = [[part.number for _, part in cluster._send(left, most)] for most in (3, 1, 2, 9)]
    assert loads == [[0, 1, 2], [3], [4, 5], [6]]


SCRIPT = """
import sys
from engine.batch import run_plan
from engine.batch.design.planning import plan_from_arguments
from engine.scenario.load import load_scenario
print("once", run_plan(plan_from_arguments(load_scenario(sys.argv[1], {}), runs=10), workers=2).tallies.runs)
"""


@pytest.mark.parametrize("way", ["a file", "the standard input", "an argument"])
def test_a_script_needs_no_guard_to_start_workers(tmp_path: Path, way: str) -> None:
    """Its workers don't read it, so it may be anything, and does what it does once."""
    (tmp_path / "script.py").write_text(SCRIPT)
    small_plan(tmp_path, 10)
    script = {"a file": ["script.py"], "the standard input": ["-"], "an argument": ["-c", SCRIPT]}[way]
    done = subprocess.run(
        [sys.executable, *script, str(tmp_path / "scenario.yaml")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=SCRIPT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert (done.stdout, done.stderr) == ("once 10\n", "")
