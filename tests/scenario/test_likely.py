"""Mistakes of authors that are possible and hardly meant: each is found, and what is meant so is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenario.checks.likely import numbers_in
from engine.scenario.load import check_scenario
from engine.scenario.places import list_scenarios
from tests.scenario.minimal import MINIMAL, check, edited, replaced

WRONG = [
    ("chance_per_week: 0.15 * unrest", "chance_per_week: 15", "E305"),
    ("chance_per_week: 0.15 * unrest", "chance_per_week: 1.5 + unrest", "E305"),
    ("chance_per_week: 0.15 * unrest", "chance_per_week: -0.5", "E305"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true, status: -1}}", "W315"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true, status: 140}}", "W315"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true, status: -62 - unrest}}", "W315"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true}, add: {status: 400}}", "W315"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true}, add: {unrest: -4, status: 40}}", "W315"),
    ("pass: [{add: {status: 20}}]", "pass: [{add: {status: 0.02}}]", "I316"),
    ("effects: [{add: {unrest: 0.2}}]", "effects: [{add: {unrest: 0.0005}}]", "I316"),
    ("    tempo: 4w\n", "    tempo: 4w\n    appeal: 5\n", "I317"),
    ("    tempo: 4w\n", "    tempo: 4w\n    cost: 5\n", "I317"),
    ("    tempo: 4w\n", "    tempo: 4w\n    cost: -0.2\n", "I317"),
    ("    tempo: 4w\n", "    tempo: 4w\n    appeal: -5\n", "I317"),
    ("when: declared and not self.recognised", "when: not self.recognised and days_since.declared < 10", "W318"),
    ("when: declared and not self.recognised", "when: days_since.declared <= 10 and not self.recognised", "W318"),
    ("when: declared and not self.recognised", "when: not self.recognised and 10 > days_since.declared", "W318"),
    ("when: declared and not self.recognised", "when: days_since.declared < 30 or unrest > 0.4", "W318"),
    ("when: declared and not self.recognised", "when: declared and days_since.recognised.self < 9", "W318"),
    ("when: unrest > 0.25", "when: days_since.declared < 7", "W318"),
    ("when: unrest > 0.25", "when: unrest > 0.25 and (declared or not declared)", "W611"),
    ("when: unrest > 0.25", "when: not (declared and not declared)", "W611"),
    ("when: unrest > 0.25", "when: status < 40 or status >= 40", "W611"),
    ("when: unrest > 0.25", "when: unrest > 0.25 or (declared and not declared)", "W614"),
    ("when: unrest > 0.25", "when: declared or (status == 3 and status != 3)", "W614"),
    ("when: target.is.us", "when: target.is.us or not target.is.us", "W611"),
    ("never: recognised.us and not declared", "never: recognised.us and declared and not recognised.us", "W610"),
    ("never: recognised.us and not declared", "never: declared and status > 100", "W610"),
    ("at_most: 0.99", "at_most: 1", "W610"),
    ("at_most: 0.99", "at_least: 0", "W610"),
    ("at_most: 0.99", "between: [0, 1]", "W610"),
    ("tempo: 8w", "tempo: 800w", "I411"),
    ("tempo: 8w", "tempo: 0.01d", "I411"),
    ("pass: {yes: 2, veto: [russia]}", "pass: {quota: 51, weights: {russia: 40, us: 30, kosovo: 29}}", "I505"),
    ("pass: {yes: 2, veto: [russia]}", "pass: {share: 1/2, weights: {russia: 50, us: 30, kosovo: 21}}", "I505"),
]


@pytest.mark.parametrize(("old", "new", "code"), WRONG)
def test_what_is_hardly_meant(tmp_path: Path, old: str, new: str, code: str):
    """Each such slip is told, once."""
    found = [problem.code for problem in check(tmp_path, replaced(old, new)).problems]
    assert found.count(code) == 1


RIGHT = [
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true, status: 100}}"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true}, add: {status: -100}}"),
    ("{set: {declared: true}, add: {status: 40}}", "{set: {declared: true, status: status - 1}}"),
    ("    tempo: 4w\n", "    tempo: 4w\n    appeal: 0.4\n    cost: 0.1 - 0.2 * unrest\n"),
    ("when: declared and not self.recognised", "when: declared and days_since.declared < 10 and not self.recognised"),
    ("when: declared and not self.recognised", "when: days_since.declared >= 0 and days_since.declared < 10"),
    ("when: declared and not self.recognised", "when: 0 <= days_since.declared < 10 and not self.recognised"),
    ("when: declared and not self.recognised", "when: not declared or days_since.declared < 10"),
    ("when: declared and not self.recognised", "when: days_since.declared > 10 and not self.recognised"),
    ("when: unrest > 0.25", "when: (declared and unrest > 0.25) or (not declared and unrest > 0.4)"),
    ("when: unrest > 0.25", "when: status < 40 or status > 60"),
    ("tempo: 8w", "tempo: 60w"),
    ("pass: {yes: 2, veto: [russia]}", "pass: {quota: 51, weights: {russia: 40, us: 30, kosovo: 30}}"),
]


@pytest.mark.parametrize(("old", "new"), RIGHT)
def test_what_may_be_meant(tmp_path: Path, old: str, new: str):
    """What is near such a slip and is none is not told."""
    codes = {code for _, _, code in WRONG}
    assert not codes & {problem.code for problem in check(tmp_path, replaced(old, new)).problems}


@pytest.mark.parametrize(
    ("day", "codes"), [("2006-12-01", ["I410"]), ("1907-12-01", ["I410"]), ("2007-06-01", []), ("2001-09-11", [])]
)
def test_a_day_in_the_wrong_year(tmp_path: Path, day: str, codes: list[str]):
    """A day that would lie in the story in another year is told; one that is long past anyway is not."""
    visit = f"{{on: {day}, title: A visit, summary: It comes once more., assumed: for the test}}"
    deadline = "{on: 2007-12-10, title: The deadline, assumed: for the test}"
    text = edited(MINIMAL, calendar=f"{{deadline: {deadline}, visit: {visit}}}")
    assert [problem.code for problem in check(tmp_path, text).problems] == codes


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("nineteen thousand centrifuges were installed", {19_000}),
        ("some 16,000 men, and no more", {16_000}),
        ("three hundred and fifty men", {350}),
        ("twenty-five of them came in May", {25}),
        ("the talks go on and on", set()),
        ("two of 27 members", {2, 27}),
    ],
)
def test_numbers_in_words(text: str, numbers: set[float]):
    """English number words and digits alike."""
    assert numbers_in(text) == numbers


@pytest.mark.slow
@pytest.mark.parametrize("name", list_scenarios())
def test_no_bundled_scenario_is_found_fault_with(name: str):
    """What authors really mean is no finding."""
    assert check_scenario(name).problems == ()
