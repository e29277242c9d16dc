"""Secrets that are noticed by chance: as often as is declared, by those who are named, while they are so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.play.game import Game
from engine.rules import Rules
from engine.scenario.canon import canonical, from_canonical
from engine.scenario.load import load_scenario
from engine.scenario.names import Reference
from engine.scenario.noticing import with_notices, without_notices
from engine.scenario.overrides import with_settings
from tests.scenario.minimal import check, load, replaced, write
from tests.scenario.test_knowledge import STORY

NOTICED = replaced(
    "  pact: {known_to: [russia, kosovo], assumed: for the test}\n",
    "  pact: {known_to: [russia, kosovo], chance: 0.5, noticed: {us: 0.05}, assumed: for the test}\n",
    STORY,
)
NOTICED = replaced("when: not self.knows.pact\n    tempo: 3w", "when: self.knows.pact\n    tempo: 3w", NOTICED)
"""The pact is there from the start or not, and Washington notices it by chance alone."""

RUNS = 4000


def noticed(text: str, folder: Path, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """In which runs the pact was so from the start, and Washington knows of it after some weeks."""
    rules = Rules(load(folder, text))
    world = rules.open(1, 0, RUNS)
    rows = rules.layout.rows
    was = world.cells[rows[Reference("flag", "pact")]] != 0.0
    for _week in range(weeks):
        rules.step(world)
    return was, world.cells[rows[Reference("knows", "pact", "us")]] != 0.0


@pytest.mark.parametrize("weeks", [1, 3])
def test_each_day_has_its_chance(weeks: int, tmp_path: Path) -> None:
    """Within four standard errors; what is not so is not noticed before it comes true."""
    text = replaced("    effects: [{set: {pact: true}}]\n", "    effects: [{add: {arms: 0.1}}]\n", NOTICED)
    text = replaced("effects: [{set: {pact: true}}]}", "effects: [{add: {arms: 0.1}}]}", text)
    was, knows = noticed(text, tmp_path, weeks)
    expected = 1.0 - 0.95 ** (7 * weeks)
    error = np.sqrt(expected * (1 - expected) / was.sum())
    assert abs(knows[was].mean() - expected) < 4 * error
    assert not knows[~was].any()


def test_pace_does_not_matter(tmp_path: Path) -> None:
    """Day by day it is as likely as week by week."""
    daily = replaced("pace: 1w", "pace: 1d", NOTICED)
    scenario = load(tmp_path, daily)
    event = scenario.events["us_notices_pact"]
    assert float(event.chance_per_week or 0) == pytest.approx(1 - 0.95**7)
    assert event.known_to == ("us",)


def test_who_notices_is_told_and_nobody_else(tmp_path: Path) -> None:
    """It is learned in some games, and the one who has the secret does not hear of that."""
    rules = Rules(load(tmp_path, NOTICED))
    told = 0
    for seed in range(6):
        game = Game(rules, seed=seed)
        for _turn in range(3):
            if game.is_over:
                break
            game.step()
            happened = {event.event for event in game.turns[-1].events}
            told += "us_notices_pact" in happened
            if not game.is_over:
                assert all(e.event != "us_notices_pact" for e in game.seen_by("russia").turns[-1].events)
    assert told


def test_a_scenario_is_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    """The events stand once, in what results keep too, and secrets without the word are what they were."""
    scenario = load_scenario(write(tmp_path, NOTICED))
    assert from_canonical(canonical(scenario)) == scenario
    assert from_canonical(canonical(load(tmp_path, STORY))) == load(tmp_path, STORY)
    assert with_notices(scenario).events == scenario.events
    assert without_notices(scenario).events == load(tmp_path, STORY).events
    assert [name for name in scenario.events if "notices" in name] == ["us_notices_pact"]
    assert "noticed" not in load(tmp_path, STORY).secrets["pact"].model_dump()


def test_how_likely_it_is_can_be_set(tmp_path: Path) -> None:
    """Like any other number; the event follows."""
    scenario = with_settings(load(tmp_path, NOTICED), {"secrets.pact.noticed.us": 0.5})
    assert float(scenario.events["us_notices_pact"].chance_per_week or 0) == pytest.approx(1 - 0.5**7)
    assert list(scenario.events) == list(load(tmp_path, NOTICED).events)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("noticed: {us: 0.05}", "noticed: {uss: 0.05}", "E203", 'unknown actor or group "uss", did you mean "us"?'),
        ("noticed: {us: 0.05}", "noticed: {kosovo: 0.05}", "E320", '"kosovo" knows "pact" anyway'),
        ("  courier: {", "  us_notices_pact: {", "E320", 'an event is called "us_notices_pact"'),
        ("noticed: {us: 0.05}", "noticed: {us: 1.5}", "E104", "should be at most 1"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, code: str, words: str, tmp_path: Path) -> None:
    """Where it stands."""
    problems = check(tmp_path, replaced(old, new, NOTICED)).problems
    assert any(p.code.startswith(code) and words in p.message for p in problems), [str(p) for p in problems]
