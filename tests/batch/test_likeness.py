"""What can be compared: two variants of one question, and never two things of one name."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.batch import BatchError, Results, compare, compare_choices, run_plan
from engine.batch.design.planning import read_plan
from tests.scenario.minimal import load, minimal

EXPERIMENT = """\
experiment_format: 1
scenario: small-crisis
runs: 40
uncertainties:
  unrest: {path: values.unrest.start, range: [0, 1]}
levers:
  russia: {title: Russia, choices: {free: {}, still: {policy: {russia: hold}}}}
outcomes:
  worst: {maximum: unrest, title: Worst unrest}
design: {list: [{unrest: 0.1}, {unrest: 0.9}]}
"""


def results_of(folder: Path, *changes: tuple[str, str], scenario: str = "10") -> Results:
    """The experiment with some words changed."""
    folder.mkdir()
    text = EXPERIMENT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "experiment.yaml").write_text(text)
    return run_plan(read_plan(folder / "experiment.yaml", load(folder, minimal(temperature=scenario))), folder / "out")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What the others are held against."""
    return results_of(tmp_path_factory.mktemp("base") / "one")


REFUSED = {
    "an outcome": (
        ("maximum: unrest", "mean: unrest"),
        "the outcome worst is not the same in both.*: maximum unrest and",
    ),
    "its expression": (("maximum: unrest", "maximum: unrest * 2"), "the outcome worst is not the same in both"),
    "an uncertainty": (
        ("values.unrest.start", "issues.status.start"),
        "the uncertainty unrest is not the same",
    ),
    "a choice": (("russia: hold", "russia: greedy"), "the choice russia=still is not the same in both"),
    "the points": (("{unrest: 0.9}", "{unrest: 0.8}"), "results of different designs can't be compared"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", REFUSED)
def test_what_has_one_name_and_is_two_things_is_refused(base: Results, tmp_path: Path, what: str) -> None:
    """An outcome, an uncertainty or a choice that is defined otherwise, and points that do not match."""
    change, said = REFUSED[what]
    with pytest.raises(BatchError, match=said) as caught:
        compare(base, results_of(tmp_path / "other", change))
    assert "\n" not in str(caught.value)


def test_what_people_read_may_differ(base: Results, tmp_path: Path) -> None:
    """A title or a reason changes no number."""
    other = results_of(tmp_path / "other", ("Worst unrest", "The worst"), ("title: Russia,", "title: Moscow,"))
    found = compare(base, other)
    assert (found.caveats, all(one.difference == 0 for one in found.differences if one.pairs)) == ((), True)


def test_another_text_of_the_scenario_is_compared_and_said(base: Results, tmp_path: Path) -> None:
    """As an author does who holds two versions against each other."""
    found = compare(base, results_of(tmp_path / "other", scenario="1"))
    assert found.caveats == ("the scenarios have different content, so what differs may come from anything in it",)


def changed(results: Results, change: Callable[[dict[str, Any]], object]) -> Results:
    """Results whose manifest says something else."""
    manifest = deepcopy(results.manifest)
    change(manifest)
    return replace(results, manifest=manifest)


MADE_OTHERWISE: dict[str, Callable[[dict[str, Any]], object]] = {
    "the version of the engine is 0 in the first and 9.9 in the second": lambda m: m.update(engine="9.9"),
    "the version of numpy is": lambda m: m["libraries"].update(numpy="9.9"),
    "what works the rules out is best in the first and loops in the second": lambda m: m.update(executor="loops"),
    "in the first and not known in the second": lambda m: m.pop("engine"),
}


@pytest.mark.parametrize("said", MADE_OTHERWISE)
def test_what_was_made_otherwise_is_compared_and_said(base: Results, said: str) -> None:
    """By another engine, numpy or executor."""
    other = changed(base, MADE_OTHERWISE[said])
    (told,) = compare(base, other).caveats
    assert said.replace("is 0 in", f"is {base.manifest['engine']} in") in told


def test_stories_that_begin_on_different_days_are_refused(base: Results) -> None:
    """Days are counted from the start."""
    other = changed(base, lambda m: m["scenario"]["content"].update(start="2007-12-01"))
    with pytest.raises(BatchError, match="whose stories begin on different days can't be compared"):
        compare(base, other)


def test_what_a_folder_lacks_is_said_with_the_differences(base: Results) -> None:
    """Of each of two folders under its name, and of one that is compared with itself."""
    lacking = replace(base, caveats=("1 of 2 parts is missing",))
    assert compare(base, lacking, ("a", "b")).caveats == ("b: 1 of 2 parts is missing",)
    assert [one.caveats for one in compare_choices(lacking)] == [("1 of 2 parts is missing",)]
