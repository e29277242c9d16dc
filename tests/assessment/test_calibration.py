"""Numbers fitted to what happened: history matching, rejection, what it is worth, and the posterior that is left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import variance
from typing import Any

import numpy as np
import pytest

from engine.assessment.calibration.calibrating import Calibrated, calibrate, leave_one_out
from engine.assessment.calibration.fitting import Box, distances, fit
from engine.assessment.calibration.frames import Calibration
from engine.assessment.calibration.matching import match, squared
from engine.assessment.calibration.over import read_calibration
from engine.assessment.calibration.plain import plain, plain_of_crises, posterior_file
from engine.assessment.calibration.running import Running, Size
from engine.assessment.calibration.trial import Crisis, crisis_of, errors_of, kind_of, scale_of, try_points
from engine.assessment.errors import AssessmentError
from engine.assessment.forecasts import Forecaster
from engine.assessment.measured import Sampled, measure
from engine.assessment.questions import Question
from engine.scenario.canon import scenario_hash
from engine.scenario.load import check_scenario
from engine.scenario.overrides import with_settings
from engine.scenario.problems import ScenarioError
from tests.assessment.small import HISTORY, small
from tests.scenario.minimal import MINIMAL, load, minimal, write

TEMPO = {"wait": {"path": "actions.declare.tempo", "log_range": [7, 280]}}
SHARED = {"heat": {"every": "temperature", "range": [0.5, 2]}, "pace": {"every": "tempo", "range": [0.5, 2]}}
SIZE = Size(points=40, runs=16, waves=1, scored=40)

EARLY = """\
history_format: 1
entries: []
targets:
  declared_on:
    title: The day of the declaration
    day: {of: declared, was: 2007-12-11}
    background: known
  declared_by:
    title: It is declared by Christmas
    done: {what: declared, by: 2007-12-24, was: true}
    background: known
  war:
    title: Unrest is everywhere
    range: {of: unrest, on: 2007-12-24, between: [0.9, 1], was: true}
    background: known
"""
"""The declaration comes as soon as it may; that there is so much unrest no number of these brings about."""

HOT = minimal(temperature="1")
"""What is gained counts for little, so that waits decide."""


def hot(folder: Path, text: str = HOT, history: str = EARLY) -> Crisis:
    """The small scenario with what happened."""
    write(folder, text)
    (folder / "history.yaml").write_text(history)
    report = check_scenario(folder)
    assert report.scenario is not None and not report.errors
    return crisis_of(report.scenario, report.history)


@pytest.fixture(name="crisis", scope="module")
def small_crisis(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    """The small scenario, with an early declaration."""
    return hot(tmp_path_factory.mktemp("small"))


@pytest.fixture(name="found", scope="module")
def fitted(crisis: Crisis) -> Calibrated:
    """How long it waits, fitted to that."""
    return calibrate([crisis], read_calibration({"numbers": TEMPO}, [crisis.scenario]), Running(SIZE))


def test_a_wait_is_shorter_where_what_it_waits_for_came_early(found: Calibrated) -> None:
    """The posterior lies where the forecast of the day is best, and is better on fresh chance."""
    [told] = plain(found)["numbers"]
    assert told["now"] == 56.0
    assert told["median"] < 30 and told["high"] < 56 and told["narrower"] > 0.3
    [part] = plain(found)["scenarios"][0]["parts"]
    days = next(score for score in part["scores"] if score["name"] == "days")
    assert days["after"]["value"] < days["before"]["value"] and days["gain"]["low"] > 0
    assert part["error"]["gain"] == pytest.approx(part["error"]["before"] - part["error"]["after"])


def test_what_no_point_brings_about_is_said_and_rules_nothing_out(found: Calibrated) -> None:
    """A facet that is implausible everywhere tells no points apart."""
    assert found.search.fit.missed == (("small-crisis", "war"),)
    assert found.search.fit.plausible > 0
    assert plain(found)["missed_everywhere"] == [{"scenario": "small-crisis", "target": "war"}]


def test_facets_that_are_left_out_say_whether_the_gain_holds(found: Calibrated) -> None:
    """Three facets, each fitted to the other two; the interval holds the gain."""
    assert found.crossed is not None and found.crossed.facets == 3
    assert found.crossed.low <= found.crossed.value <= found.crossed.high
    assert found.crossed.holds is (plain(found)["left_out"]["low"] > 0)


def test_the_same_seed_writes_the_same_bytes(crisis: Crisis, found: Calibrated) -> None:
    """And another seed others."""
    over = read_calibration({"numbers": TEMPO}, [crisis.scenario])
    first = posterior_file(found, plain(found)).as_bytes()
    again, other = (calibrate([crisis], over, Running(SIZE, seed)) for seed in (1, 2))
    assert posterior_file(again, plain(again)).as_bytes() == first
    assert posterior_file(other, plain(other)).as_bytes() != first


def test_points_are_columns_of_one_world(crisis: Crisis) -> None:
    """Each point comes to what the scenario comes to with its numbers set, run by run."""
    over = read_calibration({"numbers": {**TEMPO, "heat": SHARED["heat"]}}, [crisis.scenario])
    numbers = np.array([[20.0, 0.7], [90.0, 1.5]])
    trial = try_points(crisis, over, numbers, Running(Size(runs=12), 5))
    for place, (wait, heat) in enumerate(numbers):
        alone = with_settings(
            crisis.scenario,
            {"actions.declare.tempo": wait, "temperature": crisis.scenario.temperature * heat},
        )
        for values, sampled in zip(trial.values, measure(alone, crisis.fit, 12, 5), strict=True):
            assert values[place].tolist() == sampled.values.tolist()


def test_an_error_is_the_score_of_a_backtest_as_a_share_of_the_worst(tmp_path: Path) -> None:
    """Of every kind of question, also of those that some runs don't count for."""
    crisis = crisis_of(*small(tmp_path, HISTORY.replace("cut_off: 2007-12-31\n", "")))
    rows = [measure(crisis.scenario, crisis.fit, 10, seed) for seed in (1, 2)]
    for number, question in enumerate(crisis.fit):
        values = np.stack([row[number].values for row in rows])
        found = errors_of(question, values, crisis.calendar)
        for row, error in zip(rows, found, strict=True):
            who = Forecaster("", "", (question,), crisis.calendar, sampled=[row[number]])
            assert error == pytest.approx(who.score(kind_of(question), 0) / scale_of(question))
    assert {question.kind for question in crisis.fit} == {"yes or no", "day", "value", "rank"}


def a_question(crisis: Crisis, kind: str) -> Question:
    """The first of a kind."""
    return next(question for question in crisis.fit if question.kind == kind)


def test_implausibility_is_the_distance_over_all_that_is_uncertain(crisis: Crisis) -> None:
    """By hand: what came is one run more of the ensemble; the discrepancy is the variance of distances over points."""
    question = a_question(crisis, "yes or no")
    assert question.truth == 1.0
    values = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    discrepancy = variance([1.0, 0.5, 0.0])
    ensemble = [variance([0, 0, 0, 0, 1]), variance([1, 1, 0, 0, 1]), 0.0]
    wanted = [1.0 / (ensemble[0] + discrepancy), 0.25 / (ensemble[1] + discrepancy), 0.0]
    assert squared(question, values, 3, 7.0) == pytest.approx(wanted)
    days = a_question(crisis, "day")
    assert days.truth is not None
    one_point = np.array([[days.truth + 7.0, days.truth + 7.0]])
    assert squared(days, one_point, 1, 7.0) == pytest.approx(49 / (variance([7, 7, 0]) + 49 / 12))


def test_a_facet_that_is_left_out_weighs_nothing(found: Calibrated) -> None:
    """Neither in what is plausible nor in the distance."""
    trials = found.search.trials
    facet = ("small-crisis", "declared_on")
    others = [place for place, one in enumerate(trials[0].facets) if one != facet]
    assert distances(trials, facet).tolist() == trials[0].errors[:, others].mean(axis=1).tolist()
    assert fit(trials, SIZE.points, without=("small-crisis", "war")).missed == ()
    assert match(trials, SIZE.points).facets == trials[0].facets


def test_a_box_holds_what_it_is_drawn_around() -> None:
    """It is wider by the mean gap, and never leaves the one around it."""
    box = Box.whole(2)
    points = np.array([[0.4, 0.0], [0.6, 1.0], [0.5, 0.5]])
    inner = box.around(points)
    assert inner.low.tolist() == pytest.approx([0.15, 0.0]) and inner.high.tolist() == pytest.approx([0.85, 1.0])
    assert inner.share_of(box) == pytest.approx(0.7)
    assert inner.holds(points).all() and not inner.holds(np.array([[0.1, 0.5]])).any()


def test_a_second_wave_is_drawn_from_what_the_first_left(crisis: Crisis) -> None:
    """It stops where the space shrinks no more; all points in the last box are candidates."""
    over = read_calibration({"numbers": TEMPO}, [crisis.scenario])
    search = calibrate([crisis], over, Running(Size(points=40, runs=16, waves=3, scored=2))).search
    assert search.shares[0] == 1.0 and list(search.shares) == sorted(search.shares, reverse=True)
    assert len(search.quantiles) == 40 * len(search.shares) and search.first == 40


def test_crises_share_numbers_and_each_is_left_out_in_turn(crisis: Crisis, tmp_path: Path) -> None:
    """A factor on all numbers of a name is fitted to one and scored on the other; the scenario file is as it was."""
    text = HOT.replace("id: small-crisis", "id: other-crisis").replace("tempo: 8w", "tempo: 2w")
    other = hot(tmp_path, text)
    over = read_calibration({"title": "Both", "numbers": SHARED}, [crisis.scenario, other.scenario])
    how = Running(Size(20, 8, 1, 20))
    told = plain_of_crises(leave_one_out([crisis, other], over, how), over.title, how)
    assert [(one["scenario"], one["fitted_to"]) for one in told["crises"]] == [
        ("small-crisis", ["other-crisis"]),
        ("other-crisis", ["small-crisis"]),
    ]
    assert all([number["name"] for number in one["numbers"]] == ["heat", "pace"] for one in told["crises"])
    both = calibrate([crisis, other], over, how)
    mean = np.mean([trial.errors.mean(axis=1) for trial in both.search.trials], axis=0)
    assert distances(both.search.trials).tolist() == mean.tolist()
    moved = {(one["scenario"], one["path"]): one for one in plain(both)["diff"]}
    assert moved["other-crisis", "actions.declare.tempo"]["now"] == 14.0
    assert (tmp_path / "scenario.yaml").read_text() == text


def test_the_frames_tell_the_same_as_the_values(found: Calibrated, tmp_path: Path) -> None:
    """The posterior has a row for each point that is kept, and the file holds it."""
    made = Calibration(found)
    assert made.posterior["wait"].to_list() == json.loads(made.write(tmp_path / "p.json").read_text())["draws"]["wait"]
    assert made.numbers["median"].to_list() == [made.values["numbers"][0]["median"]]
    assert made.diff["path"].to_list() == ["actions.declare.tempo"]
    assert made.scores["score"].to_list() == ["brier", "log", "days"]
    held = posterior_file(found, made.values)
    assert held.scenarios["small-crisis"].hash == scenario_hash(found.search.crises[0].scenario)


@pytest.mark.parametrize(
    ("history", "wrong"),
    [
        ("history_format: 1\nentries: []\n", "has no targets"),
        (EARLY.replace("entries: []", "entries: []\ncut_off: 2007-11-21"), "no target of small-crisis is fit"),
    ],
)
def test_without_a_fit_facet_there_is_nothing_to_fit_to(tmp_path: Path, history: str, wrong: str) -> None:
    """What is held out is never calibrated on."""
    with pytest.raises(AssessmentError, match=wrong):
        crisis_of(*small(tmp_path, history))


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (
            {"a": {"path": "actions.declare.temp", "range": [1, 2]}},
            '"temp" under actions.declare, did you mean "tempo"',
        ),
        ({"a": {"path": "temperature", "range": [2, 1]}}, "the lower end 2 is not below the upper end 1"),
        ({"a": {"path": "temperature", "range": [1, 1]}}, "the lower end 1 is not below the upper end 1"),
        ({"a": {"path": "temperature"}}, "temperature is not in doubt in small-crisis: write a range"),
        ({"a": {"every": "tempi", "range": [1, 2]}}, 'no number called "tempi", did you mean "tempo"'),
        ({"a": {"every": "tempo"}}, "a factor needs a range"),
        ({"a": {"every": "tempo", "apply": "plus", "range": [1, 2]}}, "leave out apply"),
        ({"a": {"path": "temperature", "every": "tempo", "range": [1, 2]}}, "either path or every"),
        ({"a": {"path": "temperature", "range": [1, 2], "values": [1]}}, "found range and values"),
        ({"a": {"path": "temperature", "range": [1, 2], "scenario": "smal-crisis"}}, 'did you mean "small-crisis"'),
        ({"a": {"path": "temperature", "range": [1, 2]}, "b": {"every": "temperature", "range": [1, 2]}}, "numbers.a"),
        ({"a": {"path": "issues.status.start", "range": [-50, 20]}}, "can't be -50"),
        ({"a": {"every": "tempo", "range": [1, 900]}}, "can't be 900: a duration is at most 9,999"),
        ({"a": {"path": "title", "range": [1, 2]}}, "title is no number"),
        ({"a": {"path": "actions.recognise.once", "range": [0, 1]}}, "once is no number"),
        ({}, "numbers"),
    ],
)
def test_what_can_not_be_calibrated_is_refused(crisis: Crisis, numbers: Mapping[str, Any], wrong: str) -> None:
    """Each with the place, and the nearest spelling."""
    with pytest.raises(ScenarioError) as refused:
        read_calibration({"numbers": numbers}, [crisis.scenario])
    assert wrong in str(refused.value)


def test_a_doubt_says_what_a_number_may_be(tmp_path: Path) -> None:
    """Its own ends and shape are the prior, and its best guess is what it is now; other doubts are drawn as ever."""
    text = MINIMAL.replace(
        "tempo: 8w", "tempo: {value: 8w, between: [1w, 40w], shape: orders, assumed: nobody knows}"
    ).replace("position: 90, salience: 0.5", "position: 90, salience: {value: 0.5, between: [0.2, 0.7]}")
    scenario = load(tmp_path, text)
    over = read_calibration({"numbers": {"wait": {"path": "actions.declare.tempo"}}}, [scenario])
    [number] = over.numbers
    assert number.prior.log_range == (7.0, 280.0)
    assert over.plain["small-crisis"].actions["declare"].tempo == 56.0
    assert [doubt.path for doubt in over.plain["small-crisis"].doubts] == ["actors.us.stances.status.salience"]
    factor = read_calibration({"numbers": {"pace": {"every": "tempo", "range": [0.5, 2]}}}, [scenario])
    assert "actions.declare.tempo" not in {doubt.path for doubt in factor.plain["small-crisis"].doubts}


def test_few_runs_that_count_leave_everything_alike(crisis: Crisis) -> None:
    """A question that one run of a point answers is forecast as by whoever knows nothing."""
    question = a_question(crisis, "yes or no")
    values = np.array([[1.0, np.nan, np.nan], [1.0, 1.0, np.nan]])
    alike, known = errors_of(question, values, crisis.calendar)
    who = Forecaster("", "", (question,), crisis.calendar, sampled=[Sampled(values[0])])
    assert alike == pytest.approx(who.score(kind_of(question), 0)) and known == 0.0
    assert np.isfinite(squared(question, np.full((1, 3), np.nan), 1, 7.0)).all()
