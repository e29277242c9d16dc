"""Every write, flush, renaming and opening of a batch fails in turn: nothing finished is lost, and it goes on."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from engine.batch import BatchError, Results, run_plan
from engine.batch.design.plan import Plan
from engine.batch.running import parts
from engine.batch.running.making import Made, Maker
from engine.batch.storage import folder as writing
from engine.batch.storage.doubt import sealed
from engine.batch.storage.manifest import MANIFEST
from tests.batch.batches import files, small_plan
from tests.faults import DEATHS, ERRORS, Fault, every_fault
from tests.fuzz.effort import cases

RUNS, SIZE = 20, 8
"""Three parts, once a part is small."""

STEP = 1 if cases(1) > 1 else 5
"""`make fuzz` lets every operation fail, `make test` every third."""

WAYS = (*ERRORS, *DEATHS) if cases(1) > 1 else ("disk full", "power lost")
"""Ways to fail: in `make test` the harsher one of each kind."""

TIMES = ("seal", "started", "finished", "resumed")
"""What a manifest says of when it was written, and the seal of it all."""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A batch of small parts, each of which is made once and then known; the manifest is written after each."""
    monkeypatch.setattr(parts, "PART_RUNS", SIZE)
    monkeypatch.setattr(writing, "BETWEEN_NOTES", 0.0)
    monkeypatch.setattr(writing, "SHARE_OF_TIME", 0.0)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # nothing is on a real disk here
    known: dict[int, Made] = {}
    real = Maker.make

    def make(self: Maker, part: parts.Part, advance: Any = lambda _: None) -> Made:
        if part.number not in known:
            known[part.number] = real(self, part)
        advance(part.runs)
        return known[part.number]

    monkeypatch.setattr(Maker, "make", make)
    return small_plan(tmp_path / "scenario", RUNS)


def run(plan: Plan, out: Path, trajectories: str = "none") -> Results:
    """The batch, or the rest of it."""
    return run_plan(plan, out, trajectories=trajectories)


def manifest_of(out: Path) -> dict[str, Any]:
    """What the manifest says, but for times."""
    content: dict[str, Any] = json.loads((out / MANIFEST).read_text())
    return {key: value for key, value in content.items() if key not in TIMES}


def listed(out: Path) -> set[int]:
    """The parts that the manifest lists."""
    return {part["number"] for part in manifest_of(out)["parts"]} if (out / MANIFEST).exists() else set()


def check(fault: Fault, plan: Plan, out: Path, whole: Path, before: set[int], mode: str = "none") -> None:
    """What was finished is there and right, and the same command makes the rest, to the same bytes."""
    after = listed(out)
    assert before <= after, fault
    if after:
        found = Results.open(out)
        assert set(found.runs.collect()["run"]) == {run for part in after for run in runs_of(part)}, fault
        assert any("has not finished" in caveat for caveat in found.caveats) == (len(after) < 3 or is_running(out))
    elif out.exists():
        with pytest.raises(BatchError, match=r"holds no (results of a batch|finished part yet)"):
            Results.open(out)
    run(plan, out, mode)
    assert files(out) == files(whole), fault
    assert manifest_of(out) == manifest_of(whole), fault
    assert sorted(path.name for path in out.rglob(".*")) == [".lock"], fault


def runs_of(part: int) -> range:
    """The runs of a part."""
    return range(part * SIZE, min(RUNS, (part + 1) * SIZE))


def is_running(out: Path) -> bool:
    """Whether the manifest says that the batch has not finished."""
    return bool(manifest_of(out)["status"] == "running")


@pytest.mark.slow
def test_a_batch_whose_files_fail_goes_on_to_the_same_bytes(tmp_path: Path, plan: Plan) -> None:
    """From nothing: the disk is full or broken, the program killed, or the power lost, at some operation."""
    run(plan, tmp_path / "whole", "summary")
    tried = 0
    for fault in every_fault(WAYS, step=STEP):
        out = tmp_path / "out"
        said = ""
        with fault:
            try:
                run(plan, out, "summary")
            except BatchError as error:
                said = str(error)
        assert not said or "can't be written: " in said, fault
        check(fault, plan, out, tmp_path / "whole", set(), "summary")
        shutil.rmtree(out)
        tried += 1
    assert tried > len(WAYS) * 60 // STEP


@pytest.mark.slow
def test_going_on_loses_nothing_that_was_finished(tmp_path: Path, plan: Plan) -> None:
    """The same where a part is there already, another is damaged, and a killed batch has left a file."""
    run(plan, tmp_path / "whole")
    begun = tmp_path / "begun"
    shutil.copytree(tmp_path / "whole", begun)
    content = json.loads((begun / MANIFEST).read_text())
    content |= {"status": "running", "failures": None, "summary": None, "parts": content["parts"][:2]}
    (begun / MANIFEST).write_text(json.dumps(content | {"seal": sealed(content)}))
    (begun / "runs" / "part-000001.parquet").write_bytes(b"damaged")
    (begun / "runs" / ".unfinished-1-0").write_bytes(b"left")
    for fault in every_fault(WAYS, step=STEP):
        out = tmp_path / "out"
        shutil.copytree(begun, out)
        said = ""
        with fault:
            try:
                run(plan, out)
            except BatchError as error:
                said = str(error)
        assert not said or "can't be written: " in said, fault
        damaged = (out / "runs" / "part-000001.parquet").read_bytes() == b"damaged"
        if damaged:
            with pytest.raises(BatchError, match=r"part-000001.parquet is damaged"):
                Results.open(out)
            run(plan, out)
        check(fault, plan, out, tmp_path / "whole", {0})
        shutil.rmtree(out)


def test_a_report_whose_files_fail_leaves_the_old_one(tmp_path: Path, plan: Plan) -> None:
    """Every file is the old one or the new one; a failure is said, with exit code 1, and names the file."""
    pytest.importorskip("matplotlib")
    from engine.cli.commands import report

    contents = {tmp_path / "figures" / f"{name}.svg": name.encode() * 9 for name in "abc"}
    contents[tmp_path / "page.html"] = b"page" * 99
    for fault in every_fault():
        shutil.rmtree(tmp_path / "figures", ignore_errors=True)
        (tmp_path / "page.html").write_bytes(b"old")
        done, said = False, ""
        with fault:
            try:
                report.write(contents, tmp_path / "figures")
                done = True
            except BatchError as error:
                said = str(error)
        for path, content in contents.items():
            there = path.read_bytes() if path.exists() else None
            assert there == content if done else there in (content, b"old", None), fault
        assert done or fault.is_death or (str(tmp_path) in said and "can't be written: " in said), fault
        for left in tmp_path.rglob(".unfinished-*"):
            assert fault.is_death
            left.unlink()


def test_the_manifest_of_a_batch_that_fails_lists_what_was_made(tmp_path: Path, plan: Plan) -> None:
    """The disk is full at the third part: the first two are listed, although no manifest was due."""
    writing.BETWEEN_NOTES = 1000.0
    out = tmp_path / "out"
    full = out / "runs" / "part-000002.parquet"
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if Path(target) == full:
            raise OSError(28, "No space left on device")
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(BatchError, match=r"part-000002.parquet can't be written: the disk is full. Make room"):
            run(plan, out)
    assert listed(out) == {0, 1}
