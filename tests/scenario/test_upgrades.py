"""Upgrades: older texts become the format of today by edits at keys, and everything else stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.scenario.models import FORMAT
from engine.scenario.problems import ScenarioError
from engine.scenario.upgrades import FROM_DRAFT, UPGRADES, upgraded
from tests.scenario.minimal import MINIMAL, check, replaced

DRAFT = (
    MINIMAL.replace("scenario_format: 1", "scenario_format: 0  # the draft")
    .replace("    when: not declared and", "    # legal from the deadline on\n    when_legal: not declared and")
    .replace("    when: declared and not self", '    "when_legal": declared and not self')
    .replace("    pass: {yes: 2", "    'voting': {yes: 2")
    .replace("salience: 0.9", "weight: 0.9")
    .replace("salience: 0.5,", "weight: 0.5,   ")
    .replace("salience: 1,", "weight: 1,")
)
"""The small scenario in format 0, with keys in every style, and remarks."""


def test_the_draft_becomes_a_scenario_without_a_finding(tmp_path: Path):
    """All keys that were renamed are, in block and flow style and in quotation marks."""
    assert list(check(tmp_path, upgraded(DRAFT, "f.yaml")).lines()) == []


def test_nothing_but_the_keys_changes():
    """With the old names put back it is the old text: comments, spaces and quotation marks are untouched."""
    old, new = DRAFT.split("\n"), upgraded(DRAFT, "f.yaml").split("\n")
    assert len(old) == len(new)
    words = {name for renaming in FROM_DRAFT for name in (renaming.old, renaming.new)} | {"0", "1"}
    for before, after in zip(old, new, strict=True):
        if before != after:
            pieces = [re.split(r"(\W+)", line) for line in (before, after)]
            assert all(one == other or {one, other} <= words for one, other in zip(*pieces, strict=True))
    assert "# the draft" in new[0]


def test_keys_elsewhere_keep_their_names():
    """An event's `when` and a voting rule's `weights` are not touched, nor is a word inside a text."""
    text = replaced("title: Clashes", 'title: "weight: when_legal"', DRAFT)
    assert 'title: "weight: when_legal"' in upgraded(text, "f.yaml")


def test_windows_line_ends_stay():
    """A text with carriage returns keeps them."""
    assert upgraded(DRAFT.replace("\n", "\r\n"), "f.yaml") == upgraded(DRAFT, "f.yaml").replace("\n", "\r\n")


def test_today_is_left_alone():
    """A scenario of the format of today is the same text afterwards."""
    assert upgraded(MINIMAL, "f.yaml") == MINIMAL


def test_there_is_a_way_from_every_version():
    """Each version below today's has an upgrade to the next."""
    assert set(UPGRADES) == set(range(FORMAT))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MINIMAL.replace("format: 1", "format: 7"), "f.yaml:1:18: error: scenario_format: is format 7, and this"),
        (MINIMAL.replace("format: 1", "format: -1"), "f.yaml:1:18: error: scenario_format: is format -1, which there"),
        (MINIMAL.replace("format: 1", "format: x"), "f.yaml:1:18: error: scenario_format: is no whole number"),
        ("a: [", "f.yaml:1:5: error: can't be read as YAML: the bracket"),
        ("", "f.yaml:1:1: error: scenario_format: is no whole number"),
        (
            DRAFT.replace("    tempo: 4w", "    when: declared\n    tempo: 4w"),
            "error: actions.recognise.when_legal: stands beside when",
        ),
    ],
)
def test_what_cannot_be_upgraded(text: str, told: str):
    """Newer, unknown, unreadable and ambiguous texts get one sentence, and nothing is changed."""
    with pytest.raises(ScenarioError) as caught:
        upgraded(text, "f.yaml")
    assert told in str(caught.value)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("turn >= 4", "day >= 28"),
        ("turn <= 4 and declared", "day < 35 and declared"),
        ("not turn == 2", "not (14 <= day < 21)"),
        ("declared or turn != 2", "declared or not (14 <= day < 21)"),
        ("turn * 2 > 7", "(day / 7) * 2 > 7"),
        ("1 + turn > 7", "1 + (day / 7) > 7"),
    ],
)
def test_turns_become_days(tmp_path: Path, old: str, new: str):
    """A condition about turns is one about days, where the whole turn counts; the result is without a finding."""
    text = upgraded(MINIMAL.replace("when: unrest > 0.25", f"when: {old}"), "f.yaml")
    assert f"when: {new}\n" in text
    assert not check(tmp_path, text).errors


def test_a_chance_each_turn_becomes_one_per_week(tmp_path: Path):
    """The equal one, where it is a number; else the sentence says how it is worked out."""
    daily = MINIMAL.replace("pace: 1w\nstep: 1w", "step: 1d")
    text = upgraded(daily.replace("chance_per_week: 0.15 * unrest", "chance: 0.25"), "f.yaml")
    assert "    chance_per_week: 0.866516\n" in text
    with pytest.raises(ScenarioError, match=r"is per week now: with a chance of p it is 1 - \(1 - p\) \*\* 7"):
        upgraded(daily.replace("chance_per_week: 0.15 * unrest", "chance: 0.15 * unrest"), "f.yaml")
