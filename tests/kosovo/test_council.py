"""The Security Council: who votes how, which an effect can't see."""

from __future__ import annotations

import pytest

from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.votes import NO, Decision
from engine.scenario.models import Effect

INDEPENDENCE = "table_independence"

pytestmark = pytest.mark.slow


class BallotCount:
    """Counts, over many runs, how a member votes on one question."""

    def __init__(self, question: str, member: str) -> None:
        self.question, self.member = question, member
        self.votes = self.against = self.passed = 0

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Not what is counted here."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """Not what is counted here."""

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """Not what is counted here."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Not what is looked for here."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote in some runs."""
        if decision.question.id == self.question and self.member in decision.body.names:
            ballots = decision.ballots[decision.body.names.index(self.member)]
            self.votes += len(ballots)
            self.against += int((ballots == NO).sum())
            self.passed += int(decision.passed.sum())


def test_russia_votes_against_any_text_for_independence(rules: Rules) -> None:
    """In at least 95 of 100 votes; and where it does, the text does not pass."""
    count = BallotCount(INDEPENDENCE, "russia")
    world = rules.open(seed=3, runs=4000)
    while not rules.is_over(world):
        rules.step(world, count)
    assert count.votes > 100
    assert count.against >= 0.95 * count.votes
    assert count.passed <= count.votes - count.against


def test_five_seats_change_with_the_year(rules: Rules) -> None:
    """Fifteen sit in each turn; five others from 1 January 2008 on."""
    seats = [set(rules.roster.bodies.sitting("security_council", turn).names) for turn in range(rules.scenario.turns)]
    assert all(len(sitting) == 15 for sitting in seats)
    assert seats[5] - seats[6] == {"congo", "ghana", "peru", "qatar", "slovakia"}
    assert seats[6] - seats[5] == {"burkina_faso", "costa_rica", "croatia", "libya", "viet_nam"}
