"""The Security Council of 1956: two vetoes, and the way around them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.rules import Rules
from engine.rules.votes import NO, YES
from engine.scenario.models import Scenario
from tests.hunting.ballots import Ballots
from tests.suez.conftest import VOTED

PERMANENT = {"china", "france", "ussr", "uk", "us"}
ELECTED = {"australia", "belgium", "cuba", "iran", "peru", "yugoslavia"}


def test_the_council_is_that_of_1956(rules: Rules, suez: Scenario) -> None:
    """Five permanent and six elected members sit throughout; seven votes are needed."""
    for turn in range(suez.turns):
        assert set(rules.roster.bodies.sitting("security_council", turn).names) == PERMANENT | ELECTED
    rule = suez.institutions["security_council"].passes
    assert (rule.yes, set(rule.veto)) == (7, PERMANENT)


@pytest.mark.slow
def test_london_and_paris_veto_the_american_text(votes: Ballots) -> None:
    """Both vote against in nearly every run, and the text never passes when one of them does."""
    text = votes.questions["table_in_council"]
    assert len(text.yes) > 0.9 * VOTED
    assert text.share("uk", NO) > 0.98
    assert text.share("france", NO) > 0.98
    blocked = (np.array(text.ballots["uk"]) == NO) | (np.array(text.ballots["france"]) == NO)
    assert not (np.array(text.passed) & blocked).any()


@pytest.mark.slow
def test_the_american_text_has_the_votes_of_the_record(votes: Ballots) -> None:
    """Seven for, two against, two abstaining is the most frequent count; Moscow is for it, Australia abstains."""
    text = votes.questions["table_in_council"]
    counts = list(zip(text.yes, text.no, text.abstaining, strict=True))
    assert max(set(counts), key=counts.count) == (7, 2, 2)
    assert text.share("ussr", YES) > 0.95
    assert text.share("australia", 0) > 0.85
    assert text.share("belgium", 0) > 0.85


def test_no_veto_counts_in_procedure(rules: Rules, suez: Scenario) -> None:
    """With the seven of 31 October for it, the Assembly is called over two permanent members; with six it is not."""
    assert suez.institutions["council_procedure"].passes.veto == ()
    body = rules.roster.bodies.sitting("council_procedure", 3)
    seven = {"us", "ussr", "china", "cuba", "iran", "peru", "yugoslavia"}
    yes = np.array([[name in seven, name in seven - {"peru"}] for name in body.names])
    no = np.array([[name in {"uk", "france"}] * 2 for name in body.names])
    assert body.count.passes(yes, no).tolist() == [True, False]
    council = rules.roster.bodies.sitting("security_council", 3)
    assert council.names == body.names
    assert not council.count.passes(yes, no).any()


@pytest.mark.slow
def test_the_call_for_an_emergency_session_passes(votes: Ballots) -> None:
    """It does in more than 97 of 100 votes, against London and Paris."""
    call = votes.questions["call_session"]
    assert np.mean(call.passed) > 0.97
    assert call.share("uk", NO) > 0.98
    assert call.share("france", NO) > 0.98
