"""The Council of the OAS: twenty members, fourteen votes, and Uruguay without instructions."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.votes import ABSTAIN, NO
from tests.hunting.ballots import Ballots, ballots_of

NEEDED = 14
RUNS = 250


@pytest.fixture(scope="module")
def votes(rules: Rules) -> Ballots:
    """The votes of some hundred runs."""
    return ballots_of(rules, RUNS)


def test_twenty_sit_and_cuba_does_not(rules: Rules) -> None:
    """Its government was excluded in January."""
    sitting = rules.roster.bodies.sitting("oas", 7).names
    assert len(set(sitting)) == 20
    assert "cuba" not in sitting
    assert "us" in sitting


def test_fourteen_of_twenty_are_two_thirds(rules: Rules) -> None:
    """Thirteen fall short of two thirds, fourteen do not."""
    passes = rules.scenario.institutions["oas"].passes
    assert passes.yes == NEEDED
    assert (NEEDED - 1) / 20 < 2 / 3 <= NEEDED / 20


@pytest.mark.slow
def test_the_quarantine_passes_exactly_with_fourteen_votes_for_it(votes: Ballots) -> None:
    """It nearly always has them, as it had nineteen."""
    found = votes.questions["call_oas"]
    assert len(found.yes) > RUNS / 2
    assert found.passed == [yes >= NEEDED for yes in found.yes]
    assert np.mean(found.passed) > 0.95


@pytest.mark.slow
def test_uruguay_abstains_oftenest(rules: Rules, votes: Ballots) -> None:
    """It waits for instructions; the others have theirs."""
    found = votes.questions["call_oas"]
    abstaining = {member: found.share(member, ABSTAIN) for member in rules.roster.bodies.sitting("oas", 7).names}
    assert max(abstaining, key=lambda member: abstaining[member]) == "uruguay"
    assert abstaining["uruguay"] > 0.3
    assert all(share < 0.25 for member, share in abstaining.items() if member != "uruguay")


@pytest.mark.slow
def test_moscow_vetoes_the_american_text_in_the_security_council(votes: Ballots) -> None:
    """So that it is seldom put to the vote, and never passes while Moscow is against it."""
    found = votes.questions["put_us_text"]
    assert 0 < len(found.yes) < 0.2 * RUNS
    assert found.share("ussr", NO) >= 0.9
    assert not any(passed and way == NO for passed, way in zip(found.passed, found.ballots["ussr"], strict=True))
