"""A batch that was stopped goes on; what is wrong with its folder is said in one sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.batch import BatchError, Results, run_plan
from engine.batch.running.making import Maker
from engine.batch.running.parts import PART_RUNS
from engine.batch.storage.manifest import MANIFEST
from engine.files import take, write_whole
from tests.batch.batches import files, small_plan

ROOT = Path(__file__).parents[2]
RUNS = 3 * PART_RUNS + 100
"""Four parts."""

BATCH = """
import sys
from engine.batch import run_plan
from engine.batch.design.planning import plan_from_arguments
from engine.scenario.load import load_scenario
if __name__ == "__main__":
    scenario, out, runs, workers = sys.argv[1:]
    plan = plan_from_arguments(load_scenario(scenario, {}), runs=int(runs), seed=5)
    run_plan(plan, out, workers=int(workers), chunk=32, trajectories="summary")
"""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a batch that nobody stopped."""
    folder = tmp_path_factory.mktemp("expected")
    run_plan(small_plan(folder / "scenario", RUNS), folder / "out", trajectories="summary")
    return files(folder / "out")


def started(tmp_path: Path, workers: int) -> subprocess.Popen[bytes]:
    """The same batch in a process of its own."""
    script = tmp_path / "batch.py"
    script.write_text(BATCH)
    command = [sys.executable, str(script), str(tmp_path / "scenario" / "scenario.yaml"), str(tmp_path / "out")]
    return subprocess.Popen([*command, str(RUNS), str(workers)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(
    expected: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    """kill -9 three times, at moments of chance, then to the end."""
    plan = small_plan(tmp_path / "scenario", RUNS)
    moments = random.Random(workers)
    for _ in range(3):
        process = started(tmp_path, workers)
        deadline = time.monotonic() + 120
        while not (tmp_path / "out" / MANIFEST).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = {name: content for name, content in files(tmp_path / "out").items() if "part-" in name}
        assert done.items() <= expected.items()
    run_plan(plan, tmp_path / "out", trajectories="summary")
    assert files(tmp_path / "out") == expected
    assert not list((tmp_path / "out").rglob(".unfinished-*"))


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on_and_leaves_no_worker(tmp_path: Path) -> None:
    """Exit code 130, one line, whole parts only."""
    small_plan(tmp_path / "scenario", 1)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "engine.cli", "batch", str(tmp_path / "scenario"), "--runs", "400000"]
    command += ["--out", str(out), "--workers", "2", "--chunk", "16"]
    with subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 120
        while not list(out.glob("runs/part-*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells all that it runs
        _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err.splitlines()[-1] == (
        f"brink: interrupted; what is finished is kept in {out}, and the same command goes on from there"
    )
    assert "Traceback" not in err
    assert Results.open(out).manifest["status"] == "running"
    assert not still_at_work(process.pid)


def read_if_there(path: Path) -> str:
    """The text of a file that may vanish at any moment."""
    try:
        return path.read_text()
    except OSError:
        return ""


def still_at_work(group: int) -> list[str]:
    """The processes of a group that are alive some seconds later."""
    deadline, alive = time.monotonic() + 60, ["nobody has looked yet"]
    while alive and time.monotonic() < deadline:
        time.sleep(0.05)
        stats = [line for path in Path("/proc").glob("[0-9]*/stat") if (line := read_if_there(path))]
        fields = {line: line.rpartition(")")[2].split() for line in stats}
        alive = [line for line, (state, _, of, *_) in fields.items() if of == str(group) and state != "Z"]
    return alive


def test_what_is_there_is_not_made_again(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """The same command on a finished folder changes nothing, not even its times."""
    plan, out = small_plan(tmp_path / "scenario", RUNS), tmp_path / "out"
    run_plan(plan, out, trajectories="summary")
    before = {path: path.stat().st_mtime_ns for path in out.glob("runs/*")}
    manifest = (out / MANIFEST).read_bytes()
    told: list[str] = []
    results = run_plan(plan, out, trajectories="summary", workers=3, notice=told.append)
    assert {path: path.stat().st_mtime_ns for path in out.glob("runs/*")} == before
    assert (out / MANIFEST).read_bytes() == manifest
    assert told == ["going on from what is there"]
    assert results.tallies.runs == RUNS


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "empty", "other", "flipped", "gone"])
def test_a_damaged_part_is_named_and_made_again(tmp_path: Path, expected: dict[str, bytes], damage: str) -> None:
    """Whatever happened to it."""
    plan, out = small_plan(tmp_path / "scenario", RUNS), tmp_path / "out"
    run_plan(plan, out, trajectories="summary")
    part = out / "runs" / "part-000001.parquet"
    content = part.read_bytes()
    middle = len(content) // 2
    match damage:
        case "cut":
            part.write_bytes(content[:middle])
        case "empty":
            part.write_bytes(b"")
        case "other":
            shutil.copy(out / "runs" / "part-000002.parquet", part)
        case "flipped":
            part.write_bytes(content[:4] + bytes(200) + content[204:])
        case "gone":
            part.unlink()
    told: list[str] = []
    run_plan(plan, out, trajectories="summary", notice=told.append)
    assert files(out) == expected
    assert told[1:] == ([] if damage == "gone" else ["runs/part-000001.parquet is damaged and is made again"])


def test_a_damaged_part_of_trajectories_is_made_again(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Its runs with it."""
    plan, out = small_plan(tmp_path / "scenario", RUNS), tmp_path / "out"
    run_plan(plan, out, trajectories="summary")
    (out / "trajectories" / "counts" / "part-000000.parquet").write_bytes(b"no")
    run_plan(plan, out, trajectories="summary")
    assert files(out) == expected


def test_another_command_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    """All differences at once; the folder stays as it is."""
    plan, out = small_plan(tmp_path / "scenario", 50), tmp_path / "out"
    run_plan(plan, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    others = {
        "the seed is 5 there and 6 here": small_plan(tmp_path / "scenario", 50, seed=6),
        "the number of runs is 50 there and 60 here": small_plan(tmp_path / "scenario", 60),
        "the number of design points is 1 there and 2 here": small_plan(
            tmp_path / "scenario", 50, vary=["values.unrest.start=0.1,0.3"]
        ),
        "the content of the scenario is another": small_plan(
            tmp_path / "other", 50, text=small_text().replace("start: 35", "start: 36")
        ),
    }
    for difference, other in others.items():
        with pytest.raises(BatchError, match=difference) as caught:
            run_plan(other, out)
        assert "\n" not in str(caught.value)
    with pytest.raises(BatchError, match="what is kept of trajectories is none there and summary here"):
        run_plan(plan, out, trajectories="summary")
    with pytest.raises(BatchError, match=r"the width to stop at .--until. is none there and 0.1 here"):
        run_plan(plan, out, until=0.1)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def small_text() -> str:
    """The minimal scenario."""
    from tests.scenario.minimal import MINIMAL

    return MINIMAL


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    """Nothing in it is touched; an empty folder, or one with hidden files only, is welcome."""
    plan = small_plan(tmp_path / "scenario", 50)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with pytest.raises(BatchError, match="letters is not empty and holds no results of a batch: choose another"):
        run_plan(plan, tmp_path / "letters")
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["dear.txt"]
    with pytest.raises(BatchError, match=r"dear.txt is a file: name a folder"):
        run_plan(plan, tmp_path / "letters" / "dear.txt")
    with pytest.raises(BatchError, match="can't be written: a part of its path is a file, not a folder"):
        run_plan(plan, tmp_path / "letters" / "dear.txt" / "out")
    (tmp_path / "letters" / "link").symlink_to("dear.txt")
    with pytest.raises(BatchError, match="is not empty and holds no results"):
        run_plan(plan, tmp_path / "letters")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / ".directory").write_text("x")
    run_plan(plan, tmp_path / "hidden")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"results_format": "x"}', "[" * 100_000, '{"results_format": 1}', '{"results_format": 2}'],
)
def test_a_damaged_manifest_is_said(tmp_path: Path, text: str) -> None:
    """And neither read on nor overwritten."""
    plan, out = small_plan(tmp_path / "scenario", 50), tmp_path / "out"
    run_plan(plan, out)
    (out / MANIFEST).write_text(text)
    for attempt in (lambda: run_plan(plan, out), lambda: Results.open(out)):
        with pytest.raises(BatchError, match=r"manifest.json(:| is damaged)"):
            attempt()
    assert (out / MANIFEST).read_text() == text


def test_two_batches_do_not_write_into_one_folder(tmp_path: Path) -> None:
    """The second is refused as long as the first is at work."""
    plan, out = small_plan(tmp_path / "scenario", 50), tmp_path / "out"
    run_plan(plan, out)
    held = take(out / ".lock")
    assert held is not None
    with pytest.raises(BatchError, match="is being written by another batch at this moment"):
        run_plan(plan, out)
    os.close(held)
    run_plan(plan, out)


def test_what_a_killed_batch_had_begun_to_write_is_cleared_away(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Such files have names of their own, and are never read."""
    plan, out = small_plan(tmp_path / "scenario", RUNS), tmp_path / "out"
    (out / "runs").mkdir(parents=True)
    (out / "runs" / ".unfinished-part-000000.parquet").write_bytes(b"half")
    shutil.rmtree(out / "runs" / "nothing", ignore_errors=True)
    (out / ".unfinished-manifest.json").write_bytes(b"half")
    for path in (out / "runs", out):
        assert path.exists()
    with pytest.raises(BatchError, match="is not empty"):
        run_plan(plan, out)
    (out / "runs" / ".unfinished-part-000000.parquet").rename(out / ".unfinished-x")
    (out / "runs").rmdir()
    run_plan(plan, out, trajectories="summary")
    assert files(out) == expected
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == [".lock"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with hardly any room, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = ["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(size, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_full_disk_is_said_and_what_is_finished_stays(tmp_path: Path, tiny_disk: Path) -> None:
    """Once there is room, the same command goes on."""
    plan = small_plan(tmp_path / "scenario", RUNS)
    with pytest.raises(BatchError, match=r"can't be written: the disk is full. Make room and give the same command"):
        run_plan(plan, tiny_disk / "out")
    finished = files(tiny_disk / "out")
    assert any("part-" in name for name in finished)
    assert not list(tiny_disk.rglob(".unfinished-*"))
    subprocess.run(["mount", "-o", "remount,size=8m", str(tiny_disk)], check=True)
    run_plan(plan, tiny_disk / "out")
    assert finished.items() <= files(tiny_disk / "out").items()
    assert json.loads((tiny_disk / "out" / MANIFEST).read_text())["status"] == "complete"


def test_a_read_only_folder_is_said(tmp_path: Path, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any run is made."""
    plan = small_plan(tmp_path / "scenario", RUNS)
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    monkeypatch.delattr(Maker, "make")
    with pytest.raises(BatchError, match=r"out can't be written: the folder is read-only$"):
        run_plan(plan, tiny_disk / "out")


def test_a_file_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    """Where a file may not grow beyond a size, as on a full disk."""
    path = tmp_path / "file"
    write_whole(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_whole(path, bytes(2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("file", b"old")]
