"""The promises of the scenario, and that nothing in it is there for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.layout import NEVER
from engine.rules.votes import Decision
from engine.scenario.models import Effect
from engine.scenario.words.spoken import without_words
from tests.cuba.conftest import Played

pytestmark = pytest.mark.slow

LONG = 30.0
"""Days within which more is promised than this story has."""


class Seen:
    """Which events came about in some run."""

    def __init__(self) -> None:
        self.events: set[str] = set()

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Not what is looked for here."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event in some run."""
        self.events.add(occurrence.id)

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """Not what is looked for here."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Not what is looked for here."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """Not what is looked for here."""


def test_every_expectation_holds(played: Played) -> None:
    """None fails, and none is too close to tell."""
    verdicts = played.verdicts
    assert [f"{v.verdict}: {v.text}: {v.found.share:.4f}" for v in verdicts if v.verdict != "pass"] == []
    assert len(verdicts) >= 25


def test_every_ending_is_reached(rules: Rules, played: Played) -> None:
    """Ten ways out, each of them taken in some run, and no one in more than six runs of ten."""
    shares = np.bincount(played.world.ending, minlength=len(rules.scenario.endings)) / played.world.runs
    assert len(shares) == 10
    assert shares.min() > 0
    assert shares.max() < 0.6


def test_no_action_is_there_for_nothing(rules: Rules, played: Played) -> None:
    """Each of them is done in some run, which the state remembers of all that can't be done at any time.

    What is promised for the days after this story is not done in it.
    """
    never, promised = [], {one.act for one in rules.scenario.undertakings.values() if one.within > LONG}
    for action in without_words(rules.scenario).actions:
        if action in promised:
            continue
        block = rules.roster.block_of[action]
        assert block.memory is not None, action
        if (played.world.cells[block.memory : block.memory + len(block.options)] == NEVER).all():
            never.append(action)
    assert never == []


def test_no_event_is_there_for_nothing(rules: Rules, played: Played) -> None:
    """Each comes about in some run: what happens at most once is remembered, the rest is seen in a hundred games."""
    own = without_words(rules.scenario).events
    memories = {o.id: o.memory for o in rules.roster.occurrences if o.id in own}
    never = {event for event, row in memories.items() if row is not None and (played.world.cells[row] == NEVER).all()}
    seen = Seen()
    world = rules.open(seed=3, runs=100)
    while not rules.is_over(world):
        rules.step(world, seen)
    assert sorted(never | {event for event, row in memories.items() if row is None and event not in seen.events}) == []
