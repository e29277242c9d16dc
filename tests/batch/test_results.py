"""What a folder of results holds, and that it is what the runs were."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import platform
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from engine import batch
from engine.batch import BatchError, Results, count_plan, run_plan
from engine.batch.design.plan import Plan
from engine.batch.design.planning import plan_from_arguments, read_plan
from engine.batch.running.making import Notes
from engine.batch.running.parts import FIRST_STAGE, PART_RUNS, Piece, cut, stages
from engine.batch.running.progress import Pace
from engine.batch.storage.trajectories import Track, tracks
from engine.rules import Rules
from engine.scenario.load import scenario_hash
from tests.batch.batches import files, small_plan
from tests.scenario.minimal import MINIMAL, load, minimal

RUNS = 300

HESITANT = minimal(temperature="10")
"""The minimal scenario with actors who do not declare, or recognise, in every run."""

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
seed: 7
runs: 40
uncertainties:
  unrest: {path: values.unrest.start, range: [0, 1]}
levers:
  russia: {choices: {free: {}, still: {policy: {russia: hold}}}}
outcomes:
  declared_on: {first: declared, title: Declared on}
  worst: {maximum: unrest}
design:
  grid: {unrest: [0.1, 0.9]}
"""


def experiment(folder: Path, text: str = EXPERIMENT, scenario: str = HESITANT) -> Plan:
    """The plan of an experiment on the minimal scenario."""
    (folder / "experiment.yaml").write_text(text, encoding="utf-8")
    return read_plan(folder / "experiment.yaml", load(folder, scenario))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A small batch with every run turn by turn."""
    folder = tmp_path_factory.mktemp("results")
    return run_plan(
        small_plan(folder / "s", RUNS, text=HESITANT), folder / "out", trajectories="all", command=["brink", "batch"]
    )


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The rules of the minimal scenario."""
    return Rules(load(tmp_path_factory.mktemp("rules"), HESITANT))


def test_columns_are_those_of_the_scenario(results: Results) -> None:
    """Point, run, ending, day, date, then outcomes, scores of those with stances, first days of flags."""
    assert dict(results.runs.collect_schema()) == {
        "point": pl.UInt32,
        "run": pl.UInt64,
        "ending": pl.Enum(["independent", "frozen"]),
        "day": pl.Float64,
        "date": pl.Date,
        "score_russia": pl.Float32,
        "score_us": pl.Float32,
        "score_kosovo": pl.Float32,
        "first_declared": pl.Float32,
    }
    assert list(results.manifest["columns"]) == results.runs.collect_schema().names()
    assert results.manifest["columns"]["score_us"] == {"kind": "score", "title": "United States"}


def test_rows_are_the_runs(results: Results, rules: Rules) -> None:
    """The same endings, days and scores as the runs have that stay in memory, and the same verdicts."""
    rows, found = results.runs.collect(), batch.run(rules, RUNS, seed=5)
    ids = [ending.id for ending in rules.scenario.endings]
    assert rows["run"].to_list() == list(range(RUNS))
    assert rows["ending"].to_list() == [ids[number] for number in found.endings]
    assert rows["day"].to_list() == found.days.tolist()
    days = [rules.scenario.start + dt.timedelta(days=day) for day in found.days.tolist()]
    assert rows["date"].to_list() == days
    assert np.array_equal(rows["score_kosovo"].to_numpy(), found.scores[2].astype(np.float32))
    assert results.tallies.shares() == found.shares()
    assert results.tallies.verdicts() == found.verdicts


def test_first_days_are_the_days_of_the_declaration(results: Results) -> None:
    """Null where it never came; else the end of a turn in which the flag is yes for the first time."""
    assert results.every_run is not None
    followed = results.every_run.filter(pl.col("declared") == 1).group_by("run").agg(pl.col("turn").min())
    rows = results.runs.collect().join(followed.collect(), on="run", how="left")
    is_null = rows["first_declared"].is_null().to_numpy()
    assert np.array_equal(is_null, rows["turn"].is_null().to_numpy())
    assert 0 < is_null.sum() < RUNS
    came = rows.filter(pl.col("turn").is_not_null())
    assert (came["first_declared"] == (came["turn"].cast(pl.Float32) - 1) * 7).all()


def test_trajectories_are_means_shares_and_quantiles_of_the_runs(results: Results, rules: Rules) -> None:
    """Means and shares exactly, quantiles to half a step of the grid."""
    assert results.trajectories is not None
    assert results.every_run is not None
    every = results.every_run.collect()
    assert every.height == RUNS * 11
    grains = {track.name: float(track.grain) for track in tracks(rules)}
    for name in ("status", "unrest", "declared", "tension", "count(recognised, actors)"):
        told = results.trajectories.filter(pl.col("name") == name).sort("turn")
        runs = every.group_by("turn", maintain_order=True).agg(pl.col(name)).sort("turn")
        numbers = np.array(runs[name].to_list(), dtype=np.float64)
        assert told["mean"].to_numpy() == pytest.approx(numbers.mean(axis=1))
        if name == "declared":
            assert told["share"].to_list() == told["mean"].to_list()
            assert told["q50"].null_count() == 11
            continue
        assert told["share"].null_count() == 11
        for column, percent in {"q05": 5, "q50": 50, "q95": 95}.items():
            exact = np.sort(numbers, axis=1)[:, RUNS * percent // 100 - 1]
            assert told[column].to_numpy() == pytest.approx(exact, abs=grains[name] * 0.51)
    first = results.trajectories.filter(pl.col("turn") == 0)
    assert first["date"].unique().to_list() == [dt.date(2007, 11, 20)]
    assert first.filter(pl.col("name") == "status")["q05"].to_list() == [35.0]


@pytest.mark.parametrize(
    ("low", "high"), [(0, 100), (0, 1), (-5, 37.3), (0, 59), (2.5, 2.5), (-1e30, 1e30), (0.1, 0.3)]
)
def test_the_grid_has_the_round_numbers_of_a_range(low: float, high: float) -> None:
    """At most a thousand steps within it, and every number of the range is half a step from one of them."""
    track = Track("x", "value", "X", low, high)
    numbers = np.linspace(low, high, 5001)
    steps = track.on_grid(numbers)
    assert steps.min() >= 0
    assert steps.max() <= 1001
    assert track.number(steps) == pytest.approx(numbers, abs=float(track.grain) * 0.500001, rel=1e-12)
    if (low, high) == (0, 59):
        assert track.number(track.on_grid(np.arange(60))).tolist() == list(range(60))


def test_the_manifest_says_what_the_results_are(results: Results, rules: Rules) -> None:
    """Scenario, experiment, versions, machine, times; and no name of a person or a machine."""
    manifest = results.manifest
    assert manifest["results_format"] == 2
    assert manifest["scenario"]["id"] == "small-crisis"
    assert manifest["scenario"]["hash"] == scenario_hash(rules.scenario)
    assert manifest["scenario"]["content"]["issues"]["status"]["start"] == 35
    assert (manifest["seed"], manifest["runs"], manifest["points"]) == (5, RUNS, 1)
    assert (manifest["runs_done"], manifest["runs_per_point"], manifest["status"]) == (RUNS, RUNS, "complete")
    assert manifest["endings"] == {"independent": "Independent", "frozen": "No decision"}
    assert manifest["actors"] == {"russia": "Russia", "us": "United States", "kosovo": "Kosovo"}
    assert manifest["command"] == ["brink", "batch"]
    assert manifest["libraries"]["numpy"] == np.__version__
    assert manifest["python"] == platform.python_version()
    assert manifest["started"] <= manifest["finished"]
    names = {platform.node(), os.environ.get("USER", "")} - {"", "localhost"}
    assert not names & set(json.dumps(manifest["machine"]).split('"'))


def test_results_in_memory_are_those_in_a_folder(tmp_path: Path, results: Results) -> None:
    """Whether or not there is a folder."""
    again = run_plan(small_plan(tmp_path / "s", RUNS, text=HESITANT), trajectories="all")
    assert again.runs.collect().equals(results.runs.collect())
    assert again.trajectories is not None
    assert results.trajectories is not None
    assert again.trajectories.equals(results.trajectories)
    assert again.tallies.verdicts() == results.tallies.verdicts()
    assert count_plan(small_plan(tmp_path / "s", RUNS, text=HESITANT)).shares() == results.tallies.shares()


def test_design_points_share_their_chance_and_have_outcomes(tmp_path: Path) -> None:
    """Rows by point, designs with numbers and choices, outcomes that are null where nothing came."""
    results = run_plan(experiment(tmp_path), tmp_path / "out")
    assert results.designs.to_dict(as_series=False) == {
        "point": [0, 1, 2, 3],
        "unrest": [0.1, 0.1, 0.9, 0.9],
        "russia": ["free", "still", "free", "still"],
    }
    rows = results.runs.collect()
    assert rows["point"].to_list() == [point for point in range(4) for _ in range(40)]
    assert rows["run"].to_list() == [*range(40)] * 4
    assert rows["declared_on"].null_count() == rows["first_declared"].null_count() > 0
    assert rows["worst"].min() == pytest.approx(0.1, abs=0.1)
    assert results.manifest["columns"]["declared_on"]["title"] == "Declared on"
    assert results.manifest["experiment"]["text"] == EXPERIMENT
    assert results.tallies.verdicts() == ()
    assert sum(share.count for share in results.tallies.shares(2).values()) == 40


OVERDONE = EXPERIMENT.replace(
    "unrest: {path: values.unrest.start, range: [0, 1]}",
    """unrest: {path: values.unrest.start, apply: plus, range: [0, 0.7]}
  most: {path: values.unrest.range.1, values: [1, 0.5]}""",
).replace("{unrest: [0.1, 0.9]}", "{unrest: [0, 0.6], most: [1, 0.5]}")
"""Two numbers that are each within bounds, and in one design point of four together are not."""


@pytest.mark.parametrize(
    "setting", ["end=2008-06-30", "end=2008-01-21", "step=2w", "values.unrest.range=[0, 4]"], ids=lambda s: s[:9]
)
def test_trajectories_have_the_calendar_and_the_ranges_of_their_design_point(tmp_path: Path, setting: str) -> None:
    """A changed calendar, or a changed range, is summed up as a scenario that was written so from the start."""
    scenario = load(tmp_path, HESITANT)
    changed = plan_from_arguments(scenario, [setting], runs=40, seed=3)
    written = plan_from_arguments(changed.arm(changed.points[0]).scenario, runs=40, seed=3)
    found, wanted = run_plan(changed, trajectories="summary"), run_plan(written, trajectories="summary")
    assert found.trajectories is not None
    assert wanted.trajectories is not None
    assert found.trajectories.equals(wanted.trajectories)


def test_a_design_point_that_cannot_be_run_is_recorded_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Its reason with its place in the experiment; the others have their runs; also after a second look."""
    plan = experiment(tmp_path, OVERDONE)
    for _ in range(2):
        results = run_plan(plan, tmp_path / "out", trajectories="summary")
        assert results.failures["point"].to_list() == [6, 7]
        assert "experiment.yaml:6:3: error: design point 6: values.unrest.start" in results.failures["message"][0]
        assert set(results.runs.collect()["point"]) == {*range(6)}
        assert results.trajectories is not None
        assert set(results.trajectories["point"]) == {*range(6)}
        assert results.manifest["runs_done"] == 6 * 40
        assert set(results.tallies.failures) == {6, 7}


def test_a_reason_may_name_a_file_that_is_no_text(tmp_path: Path) -> None:
    """A folder whose name is not UTF-8 stands in the reason in numbers."""
    folder = tmp_path / os.fsdecode(b"alt\xe4")
    folder.mkdir()
    results = run_plan(experiment(folder, OVERDONE), folder / "out")
    assert "alt\\udce4/experiment.yaml:6:3: error: design point 6" in results.failures["message"][0]
    assert Results.open(folder / "out").failures.equals(results.failures)


def test_a_batch_of_nothing_but_failures_ends_well(tmp_path: Path) -> None:
    """There are no runs, and it says why."""
    nothing_else = OVERDONE.replace("{unrest: [0, 0.6], most: [1, 0.5]}", "{unrest: [0.6], most: [0.5]}")
    results = run_plan(experiment(tmp_path, nothing_else), tmp_path / "out", trajectories="summary")
    assert results.runs.collect().is_empty()
    assert results.failures.height == 2
    assert "ending" in results.runs.collect_schema()


@pytest.mark.parametrize("name", ["day", "run", "score_russia", "first_declared"])
def test_an_outcome_with_the_name_of_another_column_is_refused(tmp_path: Path, name: str) -> None:
    """Before anything is run."""
    right = experiment(tmp_path)
    outcomes = {name: right.outcomes["worst"]}
    plan = replace(right, experiment=right.experiment.model_copy(update={"outcomes": outcomes}))
    with pytest.raises(BatchError, match=f"no outcome can be called {name}: runs have a column of that name"):
        run_plan(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_until_stops_at_the_same_runs_each_time(tmp_path: Path) -> None:
    """As soon as every interval is narrow enough; what is made is the beginning of what would have been made."""
    plan = small_plan(tmp_path / "s", 20_000, text=HESITANT)
    results = run_plan(plan, tmp_path / "out", until=0.015)
    runs = results.manifest["runs_per_point"]
    ends = [end for _, end in stages(20_000, by_stages=True)]
    assert runs in ends
    assert results.tallies.widest() <= 0.015
    before = ends[ends.index(runs) - 1]
    assert count_plan(small_plan(tmp_path / "s", before, text=HESITANT)).widest() > 0.015
    assert run_plan(plan, tmp_path / "two", until=0.015, workers=2).manifest["runs_per_point"] == runs
    assert files(tmp_path / "two") == files(tmp_path / "out")
    assert results.runs.collect()["run"].to_list() == list(range(runs))


def test_until_ends_at_the_most_runs(tmp_path: Path) -> None:
    """Even if that is not narrow enough."""
    assert count_plan(small_plan(tmp_path / "s", 1200), until=0.0001).runs == 1200


@pytest.mark.parametrize("points", [1, 3, 1000])
@pytest.mark.parametrize("runs", [1, 500, PART_RUNS, PART_RUNS + 1, 10_000])
def test_parts_hold_every_run_once(points: int, runs: int) -> None:
    """In order, and none is larger than a part may be."""
    parts = list(cut(points, 0, runs))
    assert [part.number for part in parts] == list(range(len(parts)))
    assert max(part.runs for part in parts) <= PART_RUNS
    reached = [0] * points
    for piece in itertools.chain.from_iterable(part.pieces for part in parts):
        assert isinstance(piece, Piece)
        assert piece.first == reached[piece.point]
        reached[piece.point] += piece.runs
    assert reached == [runs] * points


def test_stages_grow_by_half() -> None:
    """From a thousand; all at once where nobody asks whether there are enough."""
    assert list(stages(5000, by_stages=False)) == [(0, 5000)]
    assert [end for _, end in stages(5000, by_stages=True)] == [FIRST_STAGE, 1500, 2250, 3375, 5000]
    assert list(stages(10, by_stages=True)) == [(0, 10)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"workers": 0}, "1 to 1024 workers, not 0"),
        ({"workers": 5000}, "1 to 1024 workers, not 5000"),
        ({"chunk": 0}, "at least one run, not 0"),
        ({"until": 0.0}, "more than 0 and less than 1, not 0"),
        ({"trajectories": "some"}, "none, summary or all, not some"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, asked: dict[str, object], said: str) -> None:
    """In one sentence, before a folder is made."""
    with pytest.raises(BatchError, match=said):
        run_plan(small_plan(tmp_path / "s", 10), tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    """Runs that were there already count as done, and not for the speed."""
    plan = small_plan(tmp_path / "s", 500)
    seen: list[tuple[int, int]] = []
    run_plan(plan, tmp_path / "out", chunk=100, progress=lambda pace: seen.append((pace.done, pace.total)))
    assert seen == [(done, 500) for done in range(0, 600, 100)]
    found: list[int] = []
    run_plan(plan, tmp_path / "out", progress=lambda pace: found.append(pace.found))
    assert found[-1] == 500


def test_pace_tells_speed_and_time_left() -> None:
    """Nothing is known before the first runs."""
    pace = Pace(total=300)
    assert pace.left is None
    pace.find(100)
    assert pace.left is None
    pace.started -= 10.0
    pace.advance(100)
    assert pace.speed == pytest.approx(10.0, rel=0.01)
    assert pace.left == pytest.approx(10.0, rel=0.01)


def test_a_damaged_part_is_named_when_results_are_opened(tmp_path: Path) -> None:
    """And so is a folder that holds none."""
    run_plan(small_plan(tmp_path / "s", 10), tmp_path / "out")
    part = tmp_path / "out" / "runs" / "part-000000.parquet"
    part.write_bytes(part.read_bytes()[:-40])
    with pytest.raises(BatchError, match=r"part-000000.parquet is damaged: give the command of the batch again"):
        Results.open(tmp_path / "out")
    part.unlink()
    with pytest.raises(BatchError, match="holds no finished part yet"):
        Results.open(tmp_path / "out")
    with pytest.raises(BatchError, match="holds no results of a batch"):
        Results.open(tmp_path / "nowhere")


def test_notes_of_a_part_come_back_as_they_were(tmp_path: Path) -> None:
    """Through JSON."""
    results = run_plan(small_plan(tmp_path / "s", 50), tmp_path / "out")
    (notes,) = results.notes
    assert Notes.read(json.loads(json.dumps(notes.plain()))) == notes
    assert notes.runs == 50


def test_a_broken_promise_is_found_at_the_same_run_for_any_chunk(tmp_path: Path) -> None:
    """The lowest run, and the first turn in it."""
    text = MINIMAL.replace("never: recognised.us and not declared", "never: unrest > 0.35")
    plan = plan_from_arguments(load(tmp_path, text), runs=200, seed=2)
    verdicts = [count_plan(plan, chunk=chunk).verdicts() for chunk in (200, 7)]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0][1].first_breach is not None
    assert verdicts[0] == batch.run(Rules(plan.scenario), 200, seed=2, chunk=50).verdicts
