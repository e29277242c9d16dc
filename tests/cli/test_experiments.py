"""Batches of more than one world: --set, --vary, --experiment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Brink

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
title: Who warns whom
seed: 5
runs: 20
levers: {russia: {choices: {free: {}, still: {policy: {russia: hold}}}}}
outcomes: {worst: {maximum: unrest}}
"""
"""Two design points."""


@pytest.fixture
def experiment(small: str) -> str:
    """The path of an experiment, beside the scenario."""
    Path("who.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return "who.yaml"


def test_an_experiment_is_announced_run_and_told(brink: Brink, small: str, experiment: str):
    """Its points with their endings; what is going to be run stands where programs don't read it."""
    told = brink("batch", small, "--experiment", experiment)
    assert told.code == 0
    assert told.err == ("brink: Who warns whom\nbrink: 2 design points (2 choices of russia), 20 runs each: 40 runs\n")
    for words in ("seed 5, 40 runs", "russia free", "russia still", "Endings: free", "Endings: still"):
        assert words in told.out
    points = brink("batch", small, "--experiment", experiment, "--json").json["points"]
    assert [point["settings"] for point in points] == [{"russia": "free"}, {"russia": "still"}]
    assert [sum(point["endings"].values()) for point in points] == [20, 20]


def test_runs_and_seed_replace_those_of_an_experiment(brink: Brink, small: str, experiment: str):
    """And without an experiment the seed is the usual one."""
    content = brink("batch", small, "--experiment", experiment, "--runs", 3, "--seed", 9, "--json").json
    assert (content["runs"], content["seed"]) == (6, 9)
    assert brink("batch", small, "--runs", 3, "--json").json["seed"] == 1


def test_values_can_be_set_and_varied(brink: Brink, small: str):
    """What is set holds everywhere; what is varied is crossed."""
    still = brink("batch", small, "--runs", 9, "--json", "--set", "actions.declare.when=False").json
    assert {ending["id"]: ending["count"] for ending in still["endings"]} == {"independent": 0, "frozen": 9}
    crossed = ("--vary", "issues.status.start=20,40", "--vary", "actors.powers.stances.status.salience=*0.5,*1,*2")
    refused = brink("batch", small, "--runs", 9, *crossed)
    assert "actors.russia.stances.status.salience: should be at most 1, is the number 1.8" in refused.sentence
    crossed = (*crossed[:3], crossed[3].replace(",*2", ""))
    points = brink("batch", small, "--runs", 9, "--json", *crossed).json["points"]
    assert [list(point["settings"].values()) for point in points] == [[20, 0.5], [20, 1], [40, 0.5], [40, 1]]


def test_a_point_that_cannot_be_run_is_told_and_the_rest_goes_on(brink: Brink, small: str):
    """With its number and the reason."""
    crossed = ("--vary", "values.unrest.start=0.1,0.9", "--vary", "values.unrest.range=[0, 0.5],[0, 1]")
    told = brink("batch", small, "--runs", 5, *crossed)
    assert told.code == 0
    assert "15 runs" in told.out
    assert "design point 2 could not be run" in told.out
    assert "0.9 is outside its range, 0 to 0.5" in " ".join(told.out.split())


WRONG: list[tuple[tuple[str, ...], str]] = [
    (("--set", "issues.status.strat=1"), '--set: error: issues.status.strat: there is no "strat" under issues.status,'),
    (("--set", "issues.status.start=101"), "--set: error: issues.status.start: 101 is outside the issue's scale"),
    (("--set", "issues.status.start"), "--set: error: write PATH=VALUE"),
    (("--vary", "issues.status.start=1,,2"), '--vary: error: issues.status.start: "1,,2" has an empty value'),
    (("--experiment", "nowhere.yaml"), "nowhere.yaml: error: can't be read: there is no such file"),
    (("--experiment", "who.yaml", "--vary", "temperature=1,2"), "--vary: error: an experiment names what it varies"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_is_wrong_is_one_sentence(
    brink: Brink, small: str, experiment: str, arguments: tuple[str, ...], says: str
):
    """Nothing is run."""
    answer = brink("batch", small, "--runs", 5, *arguments)
    assert answer.code == 2
    assert answer.sentence.startswith(says)


def test_results_of_an_experiment_hold_its_points_and_outcomes(brink: Brink, small: str, experiment: str):
    """A folder with designs and runs; the same command again finds all of it there."""
    import polars as pl

    command = ("batch", small, "--experiment", experiment, "--out", "results")
    assert brink(*command).code == 0
    designs, runs = pl.read_parquet("results/designs.parquet"), pl.read_parquet("results/runs/*.parquet")
    assert designs.to_dicts() == [{"point": 0, "russia": "free"}, {"point": 1, "russia": "still"}]
    assert runs.height == 40
    assert runs["worst"].null_count() == 0
    assert brink(*command).code == 0
