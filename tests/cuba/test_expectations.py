"""The promises of the scenario, and that nothing in it is there for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batch import run
from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.votes import Decision
from engine.scenario.models import Effect

pytestmark = pytest.mark.slow


class Seen:
    """Which actions and events came about in some run."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.actions: set[str] = set()
        self.events: set[str] = set()

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """The actions of all moves."""
        self.actions |= {self.rules.options[number].action for number in np.unique(choice) if number != NO_MOVE}

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event in some run."""
        self.events.add(occurrence.id)

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """Not what is looked for here."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Not what is looked for here."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """Not what is looked for here."""


def test_every_expectation_holds_on_eight_thousand_runs(rules: Rules) -> None:
    """None fails, and none is too close to tell."""
    verdicts = run(rules, 8_000, seed=1).verdicts
    assert [f"{v.verdict}: {v.text}: {v.found.share:.4f}" for v in verdicts if v.verdict != "pass"] == []
    assert len(verdicts) >= 25


def test_every_ending_but_none_by_itself_is_reached(rules: Rules) -> None:
    """Ten ways out, each of them taken in some run, and no one in more than six runs of ten."""
    world = rules.open(seed=2, runs=8_000)
    rules.finish(world)
    shares = np.bincount(world.ending, minlength=len(rules.scenario.endings)) / world.runs
    assert len(shares) == 10
    assert shares.min() > 0
    assert shares.max() < 0.6


def test_no_action_and_no_event_is_there_for_nothing(rules: Rules) -> None:
    """Each of them comes about in some of ten thousand runs."""
    seen = Seen(rules)
    for first in range(0, 10_000, 2_500):
        world = rules.open(seed=3, first_run=first, runs=2_500)
        while not rules.is_over(world):
            rules.step(world, seen)
    assert sorted(set(rules.scenario.actions) - seen.actions) == []
    assert sorted(set(rules.scenario.events) - seen.events) == []
