"""The General Assembly: two thirds of votes that blocs cast as one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from engine.play import Game
from engine.rules import Rules
from engine.rules.votes import Body
from engine.scenario.models import Scenario
from tests.hunting.ballots import Ballots

ADMISSIONS = dt.date(1956, 11, 12)
FOR = ("us", "latin_america", "arab_states", "asian_african", "soviet_bloc")
"""Forty-two votes."""


def passes(body: Body, in_favour: tuple[str, ...], against: tuple[str, ...]) -> bool:
    """Whether a text passes with these for and against it."""
    yes = np.array([[name in in_favour] for name in body.names])
    no = np.array([[name in against] for name in body.names])
    return bool(body.count.passes(yes, no)[0])


def test_the_assembly_has_75_votes_and_78_after_the_admissions(rules: Rules, suez: Scenario) -> None:
    """As many as voted on resolution 997; three more from 12 November on."""
    rule = suez.institutions["general_assembly"].passes
    for pace in range(suez.timeline.paces):
        votes = rule.votes_of(rules.roster.bodies.sitting("general_assembly", pace).names)
        assert votes == (75 if suez.timeline.day_of(pace) < ADMISSIONS else 78)


def test_two_thirds_pass_and_one_vote_more_against_does_not(rules: Rules, suez: Scenario) -> None:
    """Forty-two for and twenty-one against are two thirds; one more against and the text fails."""
    rule, body = suez.institutions["general_assembly"].passes, rules.roster.bodies.sitting("general_assembly", 5)
    others = tuple(name for name in body.names if name not in FOR)
    against: tuple[str, ...] = ()
    for name in sorted(others, key=rule.weight_of, reverse=True):
        if rule.votes_of((*against, name)) <= 21:
            against = (*against, name)
    assert (rule.votes_of(FOR), rule.votes_of(against)) == (42, 21)
    assert passes(body, FOR, against)
    left = next(name for name in others if name not in against and rule.weight_of(name) == 1)
    assert not passes(body, FOR, (*against, left))


def test_members_are_not_counted_as_heads(rules: Rules) -> None:
    """Nine members against five blocs have the heads and not the votes."""
    body = rules.roster.bodies.sitting("general_assembly", 5)
    nine = ("uk", "france", "israel", "australia", "new_zealand", "belgium", "netherlands", "portugal", "laos")
    assert passes(body, FOR, nine)
    assert not passes(body, nine, FOR)


@pytest.mark.slow
def test_the_call_for_a_ceasefire_has_the_majority_of_the_record(votes: Ballots) -> None:
    """Resolution 997 passes by 64 to 5 with 6 abstentions in the middle run."""
    text = votes.questions["table_ceasefire"]
    assert np.mean(text.passed) > 0.99
    assert [np.median(count) for count in (text.yes, text.no, text.abstaining)] == [64, 5, 6]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("propose_force", (57, 0, 19)),
        ("renew_call", (59, 5, 12)),
        ("set_up_force", (64, 0, 12)),
        ("demand_withdrawal", (65, 1, 10)),
        ("demand_forthwith", (63, 5, 10)),
    ],
)
def test_later_votes_are_near_the_record(votes: Ballots, question: str, record: tuple[int, int, int]) -> None:
    """The middle run is within five votes of the roll call on each count."""
    text = votes.questions[question]
    found = [float(np.median(count)) for count in (text.yes, text.no, text.abstaining)]
    assert np.abs(np.array(found) - record).max() <= 5


def test_the_news_counts_votes_and_not_members(rules: Rules) -> None:
    """The dispatch on a vote of the Assembly gives the votes of blocs."""
    game = Game(rules, seed=1)
    game.play()
    told = 0
    for turn in game.turns:
        for vote in turn.votes:
            if vote.institution != "general_assembly":
                continue
            rule = rules.scenario.institutions["general_assembly"].passes
            counts = f"{rule.votes_of(vote.yes)} for, {rule.votes_of(vote.no)} against"
            assert any(counts in dispatch.text for dispatch in turn.dispatches)
            told += 1
    assert told >= 3
