"""The scenario of October 1962, compiled once for all tests here, and some thousand games of it, played once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from engine.batch.running.expectations import ExpectationTally, Verdict, verdicts
from engine.batch.running.runner import play_out
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, YesNo
from engine.scenario.load import load_scenario
from engine.scenario.models import Scenario
from engine.scenario.names import Reference

RUNS = 4_000


@dataclass(frozen=True)
class Played:
    """Games in which the rule decides for everybody, once they have closed."""

    world: World
    verdicts: tuple[Verdict, ...]
    nearest: Numbers
    """The highest nearness of war of each run while the world stood: shape (runs,)."""


class Highest:
    """The highest that an issue stood in each run, up to the pace in which the world is lost."""

    each_pace = True

    def __init__(self, rules: Rules, issue: str) -> None:
        self.row = rules.layout.rows[Reference("issue", issue)]
        self.lost = rules.layout.rows[Reference("flag", "nuclear")]
        self.found: Numbers = np.zeros(RUNS)

    def watch(self, world: World, was_open: YesNo) -> None:
        """After each pace."""
        self.found = np.maximum(self.found, np.where(world.cells[self.lost] > 0, 0.0, world.cells[self.row]))


@pytest.fixture(scope="session")
def cuba() -> Scenario:
    """The scenario as it ships."""
    return load_scenario("cuba-1962")


@pytest.fixture(scope="session")
def rules(cuba: Scenario) -> Rules:
    """Its rules."""
    return Rules(cuba)


@pytest.fixture(scope="session")
def played(rules: Rules) -> Played:
    """Some thousand games of one seed."""
    world, tally, highest = rules.open(1, runs=RUNS), ExpectationTally(rules), Highest(rules, "war")
    gauges = rules.gauges(tally.gauges)
    play_out(rules, world, [highest], gauges=gauges)
    counted = tally.count(world, gauges.found(world))
    return Played(world, verdicts(rules.scenario.expect, counted), highest.found)
