"""Damaged folders of results: one sentence or the right numbers; no hang, little memory, no run that is not listed."""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from engine.batch import BatchError, Results, compare, compare_choices, query, run_plan, sensitivity, summarise
from engine.batch.analysis.browse import Wanted, arms, odd_ones, page_of
from engine.batch.analysis.measuring import Measure, point_means
from engine.batch.design.plan import Plan
from engine.batch.design.planning import read_plan
from engine.batch.running import parts
from engine.batch.storage.recall import arm_in
from engine.batch.storage.tables import collected, unreadable
from engine.report import report_on
from tests.batch.batches import small_plan
from tests.fuzz.effort import cases, keeping, seed
from tests.fuzz.folders import FORGED, HONEST, content_of
from tests.scenario.minimal import load, minimal

LONGEST, PATIENCE = 20.0, 300.0
"""Seconds of work for everything that is asked of one folder, and on the clock, on a busy machine: nothing waits."""

MOST_MEMORY = 500_000
"""Kilobytes by which all of it may make the program grow."""

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
runs: 6
uncertainties:
  unrest: {path: values.unrest.start, range: [0, 1]}
levers:
  russia: {choices: {free: {}, still: {policy: {russia: hold}}}}
outcomes:
  declared_on: {first: declared, title: Declared on}
design: {random: 3}
"""


class Whole:
    """A batch as it was written, and how to make it again."""

    def __init__(self, plan: Plan, folder: Path, trajectories: str) -> None:
        self.plan, self.folder, self.trajectories = plan, folder, trajectories
        results = run_plan(plan, folder, trajectories=trajectories)
        self.rows = set(results.runs.collect().rows())


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Whole, ...]]:
    """One design point in three parts, and six points with everything that can be kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_RUNS", 8)
        folder = tmp_path_factory.mktemp("wholes")
        plain = Whole(small_plan(folder / "scenario", 20), folder / "plain", "none")
        (folder / "experiment.yaml").write_text(EXPERIMENT)
        plan = read_plan(folder / "experiment.yaml", load(folder, minimal(temperature="10")))
        designed = Whole(plan, folder / "designed", "all")
        report_on(Results.open(designed.folder)).html()  # what it needs takes long to be read for the first time
        yield plain, designed


def asked(results: Results) -> Iterator[Callable[[], Any]]:
    """What commands and screens ask of results."""
    yield lambda: summarise(results)
    yield lambda: (results.tallies.shares(), results.tallies.verdicts())
    yield lambda: page_of(results, Wanted())
    yield lambda: (arms(results), odd_ones(results, Wanted()))
    yield lambda: compare(results, results)
    yield lambda: compare_choices(results)
    yield lambda: point_means(results, Measure.of(results.manifest, "ending.frozen", "it"))
    yield lambda: arm_in(results, 0)
    yield lambda: results.every_run is None or collected(results.every_run)
    yield lambda: results.trajectories is None or results.trajectories.describe()


def rarely(results: Results) -> Iterator[Callable[[], Any]]:
    """What takes longer."""
    yield lambda: query(results, "select count(*), min(run) from runs join designs using (point)")
    yield lambda: sensitivity(results, "day")
    yield lambda: report_on(results).html()


@contextmanager
def one_sentence() -> Iterator[None]:
    """What is refused is refused in one sentence."""
    said = ""
    try:
        yield
    except BatchError as error:
        said = str(error)
    assert "\n" not in said
    assert len(said) < 1000


def listed(folder: Path) -> set[tuple[int, int]]:
    """The runs that a manifest lists, as plainly as it can be read."""
    return {
        (point, run)
        for part in content_of(folder)["parts"]
        for point in range(part["first_point"], part["first_point"] + part["points"])
        for run in range(part["first_run"], part["first_run"] + part["runs"])
    }


def try_one(dice: Random, whole: Whole, folder: Path) -> bool:
    """Damage a copy and ask everything of it; whether it could be opened at all."""
    is_forged = dice.random() < 0.5
    for _ in range(dice.choice((1, 1, 2, 4))):
        damage = dice.choice(FORGED if is_forged and dice.random() < 0.8 else HONEST)
        with suppress(*unreadable()):  # a folder may be a link by now
            damage(dice, folder)
        if not any(path.is_file() and not path.is_symlink() for path in folder.rglob("*")):
            break
    results = None
    with one_sentence():
        results = Results.open(folder)
        check_runs(results, whole, folder, is_forged)
    if results is not None:
        for ask in (*asked(results), *(rarely(results) if dice.random() < 0.02 else ())):
            with one_sentence():
                ask()
    if dice.random() < 0.1:
        with one_sentence():
            again = run_plan(whole.plan, folder, trajectories=whole.trajectories)
            if not is_forged:
                assert set(again.runs.collect().rows()) == whole.rows
    return results is not None


def check_runs(results: Results, whole: Whole, folder: Path, is_forged: bool) -> None:
    """No run that is not listed, none twice, and none with other numbers than were written."""
    rows = collected(results.runs)
    keys = rows.select("point", "run").rows()
    assert len(keys) == len(set(keys))
    assert set(keys) <= listed(folder)
    assert results.tallies.runs == rows.height
    if not is_forged:
        assert set(rows.rows()) <= whole.rows
        if rows.height < len(whole.rows):
            assert results.caveats


@pytest.mark.slow
def test_damaged_folders_give_a_sentence_or_the_right_numbers(wholes: tuple[Whole, ...], tmp_path: Path) -> None:
    """Flipped, cut, swapped, copied, linked, reworded and forged; ``make fuzz`` tries thousands."""
    grown, opened = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0
    for number in range(number_of_cases := cases(50)):
        dice = Random(f"{seed()}-{number}")
        whole = dice.choice(wholes)
        folder = tmp_path / "out"
        shutil.copytree(whole.folder, folder)
        begun, work = time.monotonic(), time.process_time()
        with keeping("results", folder):
            opened += try_one(dice, whole, folder)
            worked, took = time.process_time() - work, time.monotonic() - begun
            assert (worked < LONGEST, took < PATIENCE) == (True, True), (
                f"case {number} took {worked:.1f} s, {took:.1f} s"
            )
        shutil.rmtree(folder)
        if number % 100 == 99:
            print(f"{number + 1} folders, {opened} opened", flush=True)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    assert more < MOST_MEMORY, f"{more} kB"
    assert 0 < opened < number_of_cases
    print(f"{number_of_cases} folders, {opened} opened, {more / 1000:.0f} MB more memory")


@pytest.mark.slow
def test_what_is_tried_is_damage(wholes: tuple[Whole, ...], tmp_path: Path) -> None:
    """Every way of damaging a folder changes it."""
    for damage in {*HONEST, *FORGED}:
        folder = tmp_path / damage.__name__
        for number in range(9):
            shutil.copytree(wholes[1].folder, folder)
            damage(Random(number), folder)
            shutil.rmtree(folder)
    assert pl.read_parquet(wholes[0].folder / "runs" / "part-000000.parquet").height == 8
