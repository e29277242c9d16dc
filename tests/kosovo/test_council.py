"""The Security Council: who votes how, which an effect can't see."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.batch.design.agenda import Whenever
from engine.batch.design.policies import SEATS, Seating
from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.votes import NO, Decision
from engine.scenario.models import Effect

INDEPENDENCE = "table_independence"

LAST_DAY = 70
"""Texts that are tabled up to the end of January 2008 are counted."""

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
    """In at least 95 of 100 votes that a stubborn Washington asks for; and where it does, the text does not pass."""
    count = BallotCount(INDEPENDENCE, "russia")
    world = rules.open(seed=3, runs=100)
    seating = Seating(rules, {"us": Whenever((INDEPENDENCE,), SEATS["rule"])})
    while world.day[0] < LAST_DAY and not rules.is_over(world):
        seating.step(world, count)
    assert count.votes > 100
    assert count.against >= 0.95 * count.votes
    assert count.passed <= count.votes - count.against


def test_five_seats_change_with_the_year(rules: Rules) -> None:
    """Fifteen sit on each day; five others from 1 January 2008 on."""
    seats = [set(rules.roster.bodies.sitting("security_council", tick).names) for tick in range(rules.timeline.paces)]
    assert all(len(sitting) == 15 for sitting in seats)
    january = rules.timeline.first_pace_from(dt.date(2008, 1, 1))
    old, new = seats[january - 1], seats[january]
    assert old - new == {"congo", "ghana", "peru", "qatar", "slovakia"}
    assert new - old == {"burkina_faso", "costa_rica", "croatia", "libya", "viet_nam"}
