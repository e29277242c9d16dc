"""Loading: names and paths, the content hash, histories, and that no text upsets a check."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.scenario import places
from engine.scenario.load import check_scenario, list_scenarios, load_scenario, scenario_hash
from engine.scenario.parsing import Parser
from engine.scenario.problems import ScenarioError
from tests.fuzz.effort import cases
from tests.scenario.minimal import MINIMAL, check, edited, load, replaced, write


def test_folder_and_file_are_the_same(tmp_path):
    """A scenario is loaded by its folder or its file."""
    path = write(tmp_path)
    assert load_scenario(path, {}) == load_scenario(tmp_path, {}) == load_scenario(str(path), {})


def test_bundled_scenarios_by_name(tmp_path, monkeypatch):
    """A bundled scenario is found by its name, wherever one stands; a misspelled name gets the nearest."""
    monkeypatch.setattr(places, "BUNDLED", tmp_path)
    (tmp_path / "small-crisis").mkdir()
    write(tmp_path / "small-crisis")
    monkeypatch.chdir(tmp_path)
    assert list_scenarios() == ("small-crisis",)
    assert load_scenario("small-crisis", {}).id == "small-crisis"
    with pytest.raises(ScenarioError) as caught:
        load_scenario("smal-crisis")
    assert str(caught.value) == (
        'smal-crisis: error: there is no scenario "smal-crisis", did you mean "small-crisis"? (there is small-crisis)'
    )


@pytest.mark.parametrize("name", ["", "nowhere/at-all.yaml", "a\0b", "x" * 5_000, "/dev/zero", "..\x1b[31m"])
def test_names_of_nothing(name):
    """What names no scenario gets one clear sentence."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    assert len(caught.value.problems) == 1
    assert str(caught.value).isprintable()


def test_errors_are_raised_and_warnings_are_not(tmp_path):
    """A scenario with warnings can be played; one with errors can't, and all of them are told."""
    idle = replaced("flags:\n  declared", "flags:\n  idle: it idles\n  declared")
    assert load(tmp_path, idle).flags["idle"] == "it idles"
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path, replaced("by: kosovo", "by: kosova", replaced("in: council", "in: concil", idle)))
    assert [problem.where for problem in caught.value.problems] == [
        "actions.declare.by.0",
        "actions.table_resolution.vote.in",
    ]
    assert all(problem.severity == "error" for problem in caught.value.problems)


def test_hash_is_of_the_content(tmp_path):
    """Comments, layout and the spelling of numbers leave the hash; any other change makes another."""
    first = scenario_hash(load(tmp_path, MINIMAL))
    same = replaced(
        "start: 35", "start: 35.0  # as it was", "# a comment\n" + MINIMAL.replace("title: Status", 'title: "Status"')
    )
    assert scenario_hash(load(tmp_path, same)) == first
    assert scenario_hash(load(tmp_path, replaced("start: 35", "start: 36"))) != first
    assert scenario_hash(load(tmp_path, replaced("title: Russia", "title: Rossija"))) != first


def test_measures_are_resolved_in_order(tmp_path):
    """A measure sees those before it, and its symbol says which measure it is."""
    text = replaced(
        "measures:\n", "measures:\n  calm: {title: C, value: unrest < 0.1}\n  calmer: {title: D, value: not calm}\n"
    )
    parser = Parser(load(tmp_path, text))
    assert list(parser.measures) == ["calm", "calmer", "tension"]
    (symbol,) = parser.measures["calmer"].symbols()
    assert (symbol.reference.kind, symbol.reference.id) == ("measure", "calm")  # type: ignore[attr-defined]
    assert parser.condition("calm and declared") is parser.condition("calm and declared")
    assert parser.number("self.capability", frozenset({"self"})).high == 1


HISTORY = """\
history_format: 1
entries:
  - {on: 2007-11-20, title: Talks fail, evidence: [{source: bbc-2007-11-20, quote: No agreement in Kosovo discussion}]}
  - {on: 2008-02-17, title: The declaration, background: it is widely known}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("history_format: 1", "history_format: 1", None),
        (
            "No agreement",
            "An agreement",
            "history.yaml:3:84: error[E702]: entries.0.evidence.0.quote: the quote does not stand in",
        ),
        (
            ", background: it is widely known",
            "",
            "history.yaml:4:5: error[E107]: entries.1: an entry needs evidence, or background",
        ),
        ("2008-02-17", "2006-02-17", "history.yaml:1:1: error[E107]: entries are in the order of their days"),
        (
            "title: The",
            "titel: The",
            'history.yaml:4:22: error[E101]: entries.1.titel: unknown key "titel", did you mean "title"?',
        ),
    ],
)
def test_history(tmp_path, old, new, told):
    """What really happened is read beside the scenario, and its quotes are proved."""
    write(tmp_path)
    (tmp_path / "history.yaml").write_text(replaced(old, new, HISTORY))
    report = check_scenario(tmp_path)
    lines = [line.removeprefix(f"{tmp_path}/") for line in report.lines()]
    if told is None:
        assert lines == []
        assert report.history is not None
        assert [entry.title for entry in report.history.entries] == ["Talks fail", "The declaration"]
    else:
        assert any(line.startswith(told) for line in lines), lines


@pytest.mark.parametrize("name", list_scenarios())
def test_bundled_scenarios_are_clean(name):
    """What comes with the game has no error and no warning."""
    assert list(check_scenario(name).lines()) == []


WORDS = [
    *MINIMAL.replace("\n", " \n ").split(" "),
    "[",
    "]",
    "{",
    "}",
    "&a",
    "*a",
    "!!int",
    "-",
    "|",
    "~",
    "9e99",
    "self.is.us",
]


@given(st.integers(0, 2**32))
@settings(max_examples=cases(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutilated_scenarios(tmp_path, seed):
    """A scenario with some words exchanged is loaded or refused with located messages."""
    luck = random.Random(seed)
    words = MINIMAL.split(" ")
    for _ in range(luck.randint(1, 6)):
        words[luck.randrange(len(words))] = luck.choice(WORDS)
    report = check(tmp_path, " ".join(words))
    assert report.scenario is not None or report.errors
    assert all(line.isprintable() for line in report.lines())


def test_parts_may_be_left_out(tmp_path):
    """What a scenario does not need it need not have."""
    bare = edited(
        MINIMAL, values="", flags="", actor_flags="", groups="", measures="", institutions="", calendar="", actions="",
        dynamics="", events="", endings="[{id: open, title: Open}]", expect="",
    )  # fmt: skip
    report = check(tmp_path, bare)
    assert report.errors == ()
    assert {problem.message for problem in report.warnings} == {"has no action to take"}
