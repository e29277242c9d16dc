"""Where the parties stand decides whether there is a text, and what it says: beyond noise, on the same chance."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.world import World
from engine.scenario.models import Scenario
from engine.scenario.names import Reference
from engine.scenario.overrides import Settings, with_settings

RUNS = 300

TERMS = ("limits", "inspection", "relief", "duration", "arms")

SURE = 3.0
"""A difference of so many standard errors is no noise."""


class Talks:
    """How the talks went in many runs."""

    def __init__(self, rules: Rules) -> None:
        self.world: World = rules.open(seed=2015, runs=RUNS)
        rules.finish(self.world)
        self.rules = rules
        self.signed = self.row("flag", "signed_plan") != 0

    def row(self, kind: str, name: str) -> np.ndarray:
        """What a part of the state came to, by run."""
        row: np.ndarray = self.world.cells[self.rules.layout.rows[Reference(kind, name)]]
        return row

    def draft(self, issue: str) -> np.ndarray:
        """Where the text as last drafted puts an issue, by run."""
        return self.row("value", f"draft_plan_{issue}")


def certainty(here: np.ndarray, there: np.ndarray) -> float:
    """The mean difference of pairs of runs, in standard errors of it."""
    pairs = there.astype(float) - here
    return float(pairs.mean() / (pairs.std(ddof=1) / len(pairs) ** 0.5))


@pytest.fixture(scope="module")
def base(rules: Rules) -> Talks:
    """The scenario as it is."""
    return Talks(rules)


def otherwise(vienna: Scenario, settings: Settings) -> Talks:
    """The same with other stances."""
    return Talks(Rules(with_settings(vienna, settings)))


def test_a_text_lies_between_its_parties(vienna: Scenario, base: Talks) -> None:
    """Signed in some of the runs and not in all; no term of it is beyond what one of them wants."""
    assert 0.5 < base.signed.mean() < 0.8
    for issue in TERMS:
        wanted = [float(vienna.actors[party].stances[issue].position) for party in vienna.groups["parties"]]
        drafts = base.draft(issue)[base.signed]
        assert min(wanted) < drafts.min() and drafts.max() < max(wanted), issue


def test_a_washington_that_asks_for_more_moves_the_text(vienna: Scenario, base: Talks) -> None:
    """At 84 on limits in place of 68 the draft is stricter, and is signed no more often."""
    harder = otherwise(vienna, {"actors.us.stances.limits.position": 84})
    assert certainty(base.draft("limits"), harder.draft("limits")) > SURE
    assert harder.signed.mean() < base.signed.mean()


def test_a_leader_who_cares_half_as_much_for_inspections_lets_more_be_signed(vienna: Scenario, base: Talks) -> None:
    """More texts, and more of what inspectors may see in them."""
    at_ease = otherwise(vienna, {"actors.leader.stances.inspection.salience": 0.07})
    assert certainty(base.signed, at_ease.signed) > SURE
    assert certainty(base.draft("inspection"), at_ease.draft("inspection")) > SURE
