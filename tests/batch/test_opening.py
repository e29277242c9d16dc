"""A folder of results is opened, not trusted: what is not of it is told and never counted, whatever it is called."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from engine.asked import MOST_PARTS
from engine.batch import BatchError, Results, compare, discover, query, run_plan, sensitivity, summarise
from engine.batch.analysis.browse import Wanted, page_of
from engine.batch.storage.doubt import sealed
from engine.batch.storage.manifest import LARGEST, MANIFEST
from engine.report import report_on
from tests.batch.batches import files, small_plan

ROOT = Path(__file__).parents[2]

RUNS = 4100
"""Two parts."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished batch of two parts."""
    folder = tmp_path_factory.mktemp("kept")
    run_plan(small_plan(folder / "scenario", RUNS), folder / "out")
    return folder


@pytest.fixture
def out(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(kept / "out", tmp_path / "out"))


@pytest.fixture(scope="module")
def designed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished batch of several design points, with every run turn by turn."""
    folder = tmp_path_factory.mktemp("designed")
    vary = ["issues.status.start=30,40,50,60", "values.unrest.start=0.1,0.2,0.3,0.4"]
    run_plan(small_plan(folder / "scenario", 10, vary=vary), folder / "out", trajectories="all")
    return folder


ODD = (
    b"a[1]",
    b"results (1)[old]",
    b"b*",
    b"c?",
    b"d{x,y}",
    b'100%25/it\'s "quoted"/two\nlines/back\\slash',
    b"~/$HOME/-x/file:/s3:",
    b"alt\xe4",
    "ünï 数".encode(),
)
"""Names of folders, some in another, that something takes for a pattern, an address, SQL, or no text at all."""


@pytest.fixture(scope="module")
def neighbour_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Other results."""
    folder = tmp_path_factory.mktemp("neighbour")
    plan = small_plan(folder / "scenario", 10, vary=["issues.status.start=30,60"])
    run_plan(plan, folder / "out")
    return folder / "out"


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_any_name_of_a_folder_is_taken_as_it_stands(
    designed: Path, neighbour_of_all: Path, tmp_path: Path, name: bytes
) -> None:
    """Every reader reads these results, and not those of a neighbour that its name as a pattern would mean too."""
    pytest.importorskip("duckdb")
    for neighbour in ("a1", "b", "bb", "c", "cc", "dx"):
        shutil.copytree(neighbour_of_all, tmp_path / neighbour)
    out = tmp_path / os.fsdecode(name)
    shutil.copytree(designed / "out", out)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"}
    results = Results.open(out)
    assert (results.caveats, results.tallies.runs, summarise(results).runs) == ((), 160, 160)
    counted = query(results, "select count(*), count(distinct point) from runs join every_run using (point, run)")
    assert counted.rows()[0][1] == 16
    assert query(results, "select count(*) from runs").rows() == [(160,)]
    assert query(results, "select count(*) from designs").rows() == [(16,)]
    assert page_of(results, Wanted()).total == 160
    assert results.every_run is not None
    assert results.every_run.select(pl.col("run").n_unique()).collect().item() == 10
    assert compare(results, Results.open(out)).pairs == 160
    again = run_plan(small_plan(designed / "scenario", 10, vary=VARY), out, trajectories="all")
    assert again.tallies.runs == 160
    now = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"}
    assert now == before


VARY = ["issues.status.start=30,40,50,60", "values.unrest.start=0.1,0.2,0.3,0.4"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["r[ab]", "b*", "c?"])
def test_a_question_reaches_exactly_that_folder(kept: Path, tmp_path: Path, name: str) -> None:
    """Not a neighbour that the name of the folder, taken for a pattern, would mean too."""
    pytest.importorskip("duckdb")
    out, neighbour = tmp_path / name, tmp_path / {"r[ab]": "ra", "b*": "bb", "c?": "cc"}[name]
    shutil.copytree(kept / "out", out)
    shutil.copytree(kept / "out", neighbour)
    results = Results.open(out)
    for folder in (neighbour, out, tmp_path):
        with pytest.raises(BatchError, match="file system operations are disabled"):
            query(results, f"select * from read_parquet('{folder}/runs/part-000000.parquet')")


Way = Callable[[Path], Any]


def link(target: str) -> Way:
    """A link in the place of a file."""

    def place(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return place


def moved_and_linked(path: Path) -> None:
    """A file somewhere else, with a link to it: the bytes are right."""
    shutil.move(path, path.parents[1] / "elsewhere")
    path.symlink_to(path.parents[1] / "elsewhere")


def pipe(path: Path) -> None:
    """A pipe, to which nobody writes."""
    path.unlink()
    os.mkfifo(path)


def folder_there(path: Path) -> None:
    """A folder of the name."""
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Way] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "only its tail": lambda path: path.write_bytes(bytes(path.stat().st_size - 300) + path.read_bytes()[-300:]),
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-900] + b"\x00" + path.read_bytes()[-899:]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\x00"),
    "empty": lambda path: path.write_bytes(b""),
    "another table": lambda path: pl.DataFrame({"point": ["0"]}).write_parquet(path),
    "another part": lambda path: shutil.copy(path.with_name("part-000001.parquet"), path),
    "a link to its own bytes": moved_and_linked,
    "a link to nowhere": link("/nowhere"),
    "a link to itself": link("part-000000.parquet"),
    "a device": link("/dev/zero"),
    "a pipe": pipe,
    "a folder": folder_there,
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", ["runs/part-000000.parquet", "designs.parquet", "failures.parquet"])
def test_a_file_that_is_not_what_was_written_is_refused(out: Path, kept: Path, name: str, damage: str) -> None:
    """In one sentence that names it; the same command mends it, or refuses what is no file."""
    if damage == "another part" and not name.startswith("runs"):
        shutil.copy(out / "runs" / "part-000001.parquet", out / name)
    else:
        DAMAGE[damage](out / name)
    with pytest.raises(BatchError) as caught:
        Results.open(out)
    said = str(caught.value)
    assert said.startswith(str(out / name))
    assert said.count("\n") == 0
    plan = small_plan(kept / "scenario", RUNS)
    if damage.startswith(("a link", "a device", "a pipe")):
        with pytest.raises(BatchError, match="is no plain file"):
            run_plan(plan, out)
    elif damage != "a folder":
        assert run_plan(plan, out).tallies.runs == RUNS
        assert files(out) == files(kept / "out")


@pytest.mark.parametrize(
    "name",
    [
        "runs/part-000000 2.parquet",
        "runs/part-000000 (conflicted copy).parquet",
        "runs/part-000002.parquet",
        "runs/part-000000.parquet.bak",
        "runs/notes.txt",
        "trajectories/runs/part-000000.parquet",
        "failures 2.parquet",
        "manifest (1).json",
    ],
)
def test_what_was_copied_in_is_told_and_not_counted(out: Path, kept: Path, name: str) -> None:
    """By every reader; the same command leaves it where it is, and says so too."""
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(out / "runs" / "part-000000.parquet", out / name)
    results = Results.open(out)
    assert results.caveats == (f"{name} is not in the manifest and not counted",)
    assert results.tallies.runs == summarise(results).runs == RUNS
    assert results.runs.collect().height == RUNS
    again = run_plan(small_plan(kept / "scenario", RUNS), out)
    assert (again.caveats, (out / name).exists()) == (results.caveats, True)


def test_links_and_pipes_among_the_parts_are_not_counted_either(out: Path) -> None:
    """Nor waited for."""
    (out / "runs" / "part-000002.parquet").symlink_to("part-000000.parquet")
    os.mkfifo(out / "runs" / "part-000003.parquet")
    results = Results.open(out)
    assert results.tallies.runs == RUNS
    assert results.caveats == (
        "runs/part-000002.parquet and runs/part-000003.parquet are not in the manifest and not counted",
    )


def test_a_missing_part_is_told_with_what_is_there(out: Path, kept: Path) -> None:
    """Of a finished batch; and the same command makes it again."""
    (out / "runs" / "part-000001.parquet").unlink()
    results = Results.open(out)
    assert results.tallies.runs == 4096
    (said,) = results.caveats
    assert said == (
        "1 of 2 parts is missing (runs/part-000001.parquet): 4,096 of 4,100 runs are there; "
        "the command of the batch makes the rest"
    )
    assert run_plan(small_plan(kept / "scenario", RUNS), out).caveats == ()


def test_a_batch_that_has_not_finished_says_how_far_it_is(out: Path) -> None:
    """As does one whose manifest lists too little."""
    change(out, lambda m: m.update(status="running", failures=None, parts=m["parts"][:1]))
    (said, strange) = Results.open(out).caveats
    assert said == (
        "the batch has not finished: 4,096 of 4,100 runs are there; the command of the batch makes the rest"
    )
    assert strange == "runs/part-000001.parquet is not in the manifest and not counted"
    change(out, lambda m: m.update(status="complete"))
    assert Results.open(out).caveats[0].startswith("the manifest lists fewer parts than were planned: 4,096 of 4,100")


def change(out: Path, how: Callable[[dict[str, Any]], object]) -> None:
    """Edit a manifest."""
    content = json.loads((out / MANIFEST).read_text())
    how(content)
    (out / MANIFEST).write_text(json.dumps(content | {"seal": sealed(content)}))


def forged(content: dict[str, Any]) -> None:
    """A scenario that was changed, with its hash."""
    written = content["scenario"]
    written["content"]["issues"]["status"]["start"] = "x"
    text = json.dumps(written["content"], separators=(",", ":"))
    written["hash"] = hashlib.sha256(text.encode()).hexdigest()


MANIFESTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a column": (lambda m: m["columns"].update(first_declared=1.5), r"columns.first_declared is 1.5"),
    "a column without its kind": (lambda m: m["columns"]["first_declared"].pop("kind"), "does not say columns"),
    "a column too many": (lambda m: m["columns"].update(x={"kind": "score", "title": "x"}), "its columns are not"),
    "an ending less": (lambda m: m["endings"].popitem(), "its actors or endings are not those of the scenario"),
    "levers": (lambda m: m["experiment"]["content"].update(levers=True), "the experiment in it can't be read"),
    "a lever": (lambda m: m["experiment"]["content"].update(levers={"a": {"choices": [1]}}), "the experiment in it"),
    "a title": (lambda m: m["experiment"]["content"].update(title=[1]), "the experiment in it can't be read"),
    "the design": (lambda m: m["experiment"]["content"].update(design="x"), "the experiment in it can't be read"),
    "the scenario": (lambda m: m["scenario"]["content"].update(title="x"), "the scenario in it has been changed"),
    "the scenario and its hash": (forged, "the scenario in it can't be read"),
    "an entry less": (lambda m: m.pop("seed"), "it does not say seed"),
    "an entry too many": (lambda m: m.update(extra=1), "it says extra, which no manifest does"),
    "runs as text": (lambda m: m.update(runs="4100"), "runs is '4100'"),
    "no runs": (lambda m: m.update(runs=0), "runs is 0"),
    "a number that is a yes": (lambda m: m.update(seed=True), "seed is True"),
    "a part twice": (lambda m: m["parts"].append(m["parts"][0]), "part 0 is not behind part 1"),
    "a part's runs twice": (
        lambda m: m["parts"].append({**m["parts"][0], "number": 2}),
        "two parts have the same runs of design point 0",
    ),
    "more runs than asked for": (lambda m: m["parts"][1].update(runs=5), "part 1 has runs that were never asked for"),
    "no file": (lambda m: m["parts"][1].update(files={}), "part 1 has other files than the batch"),
    "a file elsewhere": (
        lambda m: m["parts"][1].update(files={"../../etc": m["parts"][1]["files"]["runs"]}),
        "part 1 has other files than the batch",
    ),
    "a digest that is none": (lambda m: m["parts"][1]["files"]["runs"].update(sha256="x"), "parts.1.files.runs.sha256"),
    "fewer runs than there are": (lambda m: m.update(runs_per_point=9), "it has more runs than it counts"),
    "another title": (lambda m: m["scenario"].update(title="x"), "it calls the scenario or the outcomes otherwise"),
    "no parts": (lambda m: m.update(parts=None), "parts is None"),
    "an old format": (lambda m: m.update(results_format=1), "results of format 1, which do not say what files"),
    "a new format": (lambda m: m.update(results_format=3), "results of format 3; .* it takes a newer brink"),
    "a format that is a yes": (lambda m: m.update(results_format=True), "does not say which format"),
}


@pytest.mark.parametrize("change_of", MANIFESTS)
def test_a_manifest_that_does_not_fit_is_refused(out: Path, kept: Path, change_of: str) -> None:
    """In one sentence that says what does not, and neither read on nor written over."""
    how, said = MANIFESTS[change_of]
    change(out, how)
    before = (out / MANIFEST).read_bytes()
    for attempt in (lambda: Results.open(out), lambda: run_plan(small_plan(kept / "scenario", RUNS), out)):
        with pytest.raises(BatchError, match=said) as caught:
            attempt()
        assert str(caught.value).startswith(str(out / MANIFEST))
        assert "\n" not in str(caught.value)
    assert (out / MANIFEST).read_bytes() == before


@pytest.mark.parametrize(
    ("written", "changed"),
    [('\n "seed": ', '\n "seed": 1'), ('\n "until": null', '\n "until": 0.5'), ('"numpy": "', '"numpy": "9')],
)
def test_a_digit_that_is_another_is_known(out: Path, kept: Path, written: str, changed: str) -> None:
    """Where anything would be possible: by the seal, and what to do is said. Another layout is no matter."""
    text = (out / MANIFEST).read_text()
    (out / MANIFEST).write_text(json.dumps(json.loads(text), indent=4))
    assert Results.open(out).tallies.runs == RUNS
    assert written in text
    (out / MANIFEST).write_text(text.replace(written, changed))
    for attempt in (lambda: Results.open(out), lambda: run_plan(small_plan(kept / "scenario", RUNS), out)):
        with pytest.raises(BatchError, match=r"not what was written; .* makes the same runs again in another folder$"):
            attempt()


RAW: dict[str, tuple[bytes, str]] = {
    "no UTF-8": (b'{"results_format": "\xff"}', "it is no UTF-8"),
    "UTF-16": ('{"results_format": 2}'.encode("utf-16"), "it is no UTF-8"),
    "cut": (b'{"results_format": 2, "sta', "it is no JSON"),
    "nothing": (b"", "it is no JSON"),
    "endless": (b"[" * 1_000_000, "it is no JSON"),
    "a number that is none": (b'{"results_format": 2, "seed": NaN}', "it is no JSON"),
    "half a letter": (b'{"results_format": 2, "engine": "\\ud800"}', "it is no JSON"),
    "many brackets": (b"[" + b"[]," * 3_000_000 + b"[]]", "it holds more than any manifest"),
    "too large": (b" " * (LARGEST + 1), "it is larger than 32 MB"),
}


@pytest.mark.parametrize("damage", RAW)
def test_a_manifest_that_is_none_is_refused(out: Path, damage: str) -> None:
    """At once, and in little memory."""
    raw, said = RAW[damage]
    (out / MANIFEST).write_bytes(raw)
    with pytest.raises(BatchError, match=said):
        Results.open(out)


@pytest.mark.parametrize("way", ["a pipe", "a device", "a folder", "a link to its own bytes", "a link to nowhere"])
def test_a_manifest_that_is_no_plain_file_is_refused(out: Path, kept: Path, way: str) -> None:
    """And not waited for."""
    DAMAGE[way](out / MANIFEST)
    with pytest.raises(BatchError, match=r"manifest.json can't be read: it is not a plain file"):
        Results.open(out)
    with pytest.raises(BatchError, match=r"is no(t a)? plain file"):
        run_plan(small_plan(kept / "scenario", RUNS), out)


@pytest.mark.parametrize("name", ["runs", "trajectories", "trajectories/counts", ".lock", ".unfinished-1-0", "x"])
@pytest.mark.parametrize("is_begun", [True, False])
def test_going_on_never_writes_through_a_link(out: Path, kept: Path, tmp_path: Path, name: str, is_begun: bool) -> None:
    """Wherever it lies in the folder; what is behind it stays as it is, and so does the link."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = out if is_begun else tmp_path / "new"
    if (target / name).is_dir():
        shutil.rmtree(target / name)
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    (target / name).unlink(missing_ok=True)
    (target / name).symlink_to(elsewhere if "." not in name else elsewhere / "made")
    change_begun: dict[str, Any] = {"status": "running", "parts": [], "failures": None}
    if is_begun:
        change(out, lambda m: m.update(change_begun))
    with pytest.raises(BatchError, match=r"is no plain file: results are not|is not empty and holds no results"):
        run_plan(small_plan(kept / "scenario", RUNS), target, trajectories="none")
    assert (list(elsewhere.iterdir()), (target / name).is_symlink()) == ([], True)


def test_runs_behind_a_link_are_none_of_these_results(out: Path, tmp_path: Path) -> None:
    """A folder of parts that is a link is refused by readers as well."""
    shutil.move(out / "runs", tmp_path / "elsewhere")
    (out / "runs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BatchError, match="can't be read: runs in it is a link"):
        Results.open(out)


def test_the_folder_itself_may_be_a_link(kept: Path, tmp_path: Path) -> None:
    """As where results lie on another disk."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "results").symlink_to(tmp_path / "disk")
    results = run_plan(small_plan(kept / "scenario", RUNS), tmp_path / "results")
    assert (results.tallies.runs, (tmp_path / "disk" / MANIFEST).exists()) == (RUNS, True)


def test_old_results_stay_as_they_are(out: Path, kept: Path) -> None:
    """They are refused with the command that made them, and nothing of theirs is altered."""
    change(out, lambda m: m.update(results_format=1, command=["brink", "batch", "x", "--runs", "9"]))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    said = r"results of format 1, .* in another folder: it was made by `brink batch x --runs 9`"
    for attempt in (lambda: Results.open(out), lambda: run_plan(small_plan(kept / "scenario", RUNS), out)):
        with pytest.raises(BatchError, match=said):
            attempt()
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_file_that_is_damaged_after_it_was_opened_is_said(out: Path) -> None:
    """By whatever reads it then, in one sentence."""
    results = Results.open(out)
    for part in out.glob("runs/*"):
        part.write_bytes(b"PAR1" + bytes(500))
    readers: tuple[Callable[[], object], ...] = (
        lambda: summarise(results),
        lambda: page_of(results, Wanted()),
        lambda: compare(results, results),
        lambda: report_on(results),
        lambda: discover(results, "ending.frozen"),
        lambda: sensitivity(results, "day"),
        lambda: query(results, "select count(ending) from runs where day > 1"),
    )
    for read in readers:
        with pytest.raises(BatchError):
            read()


def test_every_run_is_looked_at_when_it_is_asked_for(designed: Path, tmp_path: Path) -> None:
    """A batch can be opened without reading all of it; a flipped byte is found before it becomes a number."""
    out = Path(shutil.copytree(designed / "out", tmp_path / "out"))
    path = out / "trajectories" / "runs" / "part-000000.parquet"
    path.write_bytes(path.read_bytes()[:-1000] + b"\x00" + path.read_bytes()[-999:])
    results = Results.open(out)
    assert results.caveats == ()
    with pytest.raises(BatchError, match=r"trajectories/runs/part-000000.parquet is damaged"):
        _ = results.every_run
    pytest.importorskip("duckdb")
    with pytest.raises(BatchError, match=r"trajectories/runs/part-000000.parquet is damaged"):
        query(results, "select * from EVERY_RUN limit 1")
    path.unlink()
    results = Results.open(out)
    assert (results.every_run, results.caveats) == (
        None,
        ("files are missing in trajectories/runs: the command of the batch makes them again",),
    )


@pytest.mark.slow
def test_more_parts_than_any_batch_are_refused(out: Path) -> None:
    """Before they are looked at one by one."""
    change(out, lambda m: m.update(parts=[m["parts"][0]] * (MOST_PARTS + 1)))
    with pytest.raises(BatchError, match="is damaged: parts is"):
        Results.open(out)


SEVERAL = """
import json, sys
from engine.cli.main import main
if __name__ == "__main__":
    print(*(main(command) for command in json.loads(sys.argv[1])), file=sys.stderr)
"""
"""Runs commands one after the other, and says with what codes they ended."""


@pytest.mark.slow
def test_every_command_works_without_utf8(tmp_path: Path) -> None:
    """Where the locale is C and names of folders are no text: no command ends in a traceback, each does its work."""
    pytest.importorskip("duckdb")
    pytest.importorskip("matplotlib")
    place = tmp_path / os.fsdecode("ünï ".encode() + b"alt\xe4 [2026]")
    place.mkdir()
    small_plan(place / "scenario", 1)
    batch = ["batch", "scenario", "--runs", "5", "--out", "res", *(word for path in VARY for word in ("--vary", path))]
    (tmp_path / "several.py").write_text(SEVERAL)
    commands = [batch, batch, ["summary", "res"], ["query", "res", "select count(*) from runs"]]
    commands += [["compare", "res", "res"], ["sensitivity", "res", "--outcome", "day"]]
    commands += [["report", "res", "-o", "r.html"]]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, tmp_path / "several.py", json.dumps(commands)],
        cwd=place,
        env=environment,
        capture_output=True,
        check=False,
        timeout=200,
    )
    assert done.stderr.decode().split("\n")[-2] == "0 0 0 0 0 0 0", done.stderr
    assert Results.open(place / "res").tallies.runs == 80


def test_more_parts_than_a_manifest_can_list_are_not_begun(tmp_path: Path) -> None:
    """Three points of a hundred million runs would fill it: said before a folder is made."""
    plan = small_plan(tmp_path / "scenario", 10, vary=["issues.status.start=30,40,50"])
    giant = replace(plan, experiment=plan.experiment.model_copy(update={"runs": 200_000_000}))
    with pytest.raises(BatchError, match=r"at most 100,000 parts, and this batch may have 146,487: divide it"):
        run_plan(giant, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_counts_that_cannot_be_are_said_by_whoever_goes_on(designed: Path, tmp_path: Path) -> None:
    """Where somebody has changed them and their digest: a thing, a turn or a step that is not there."""
    for number, change_of in enumerate((pl.col("track") + 900, pl.col("turn") + 900, pl.col("step") + 2000)):
        out = Path(shutil.copytree(designed / "out", tmp_path / str(number)))
        path = out / "trajectories" / "counts" / "part-000000.parquet"
        forged_counts = pl.read_parquet(path).with_columns(change_of.cast(pl.UInt16))
        forged_counts.write_parquet(path)
        seal = {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        change(out, lambda m, seal=seal: m["parts"][0]["files"].update({"trajectories/counts": seal}))  # type: ignore[misc]
        with pytest.raises(BatchError, match=r"counts/part-000000.parquet counts what can't be: remove it"):
            run_plan(small_plan(designed / "scenario", 10, vary=VARY), out, trajectories="all")
        path.unlink()
        run_plan(small_plan(designed / "scenario", 10, vary=VARY), out, trajectories="all")
        assert files(out) == files(designed / "out")
