"""How votes are counted, held against full enumeration and the published power of the Security Council."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from engine.rules.tally import Count, count_by
from engine.scenario.models import PassRule

PERMANENT = tuple(f"p{number}" for number in range(5))
COUNCIL = (*PERMANENT, *(f"e{number}" for number in range(10)))


def rule(**keys: object) -> PassRule:
    """A rule as it is written in a scenario."""
    return PassRule.model_validate(keys)


RULES = [
    rule(yes=2),
    rule(yes=3, veto=("a",)),
    rule(majority=True),
    rule(majority=True, veto=("b", "d")),
    rule(share="2/3"),
    rule(share="1/2", veto=("c",)),
    rule(share="2/3", weights={"a": 4, "b": 0, "d": 2}),
    rule(share="1/1", weights={"b": 0, "e": 3}, veto=("b", "d")),
    rule(share="3/5", weights={"a": 2, "c": 0, "d": 3}, veto=("c",)),
    rule(majority=True, weights={"a": 3, "c": 0}),
    rule(majority=True, weights={"b": 2, "e": 2}, veto=("b",)),
    rule(unanimous=True),
    rule(quota=7, weights={"a": 4, "b": 3, "d": 2}),
    rule(quota=5, weights={"a": 4, "c": 0}, veto=("e",)),
]
MEMBERS = ("a", "b", "c", "d", "e")


def passes_by_the_book(rule: PassRule, ballots: tuple[int, ...]) -> bool:
    """Whether a text passes, said as plainly as possible."""
    cast = dict(zip(MEMBERS, ballots, strict=True))
    in_favour = [member for member, ballot in cast.items() if ballot > 0]
    against = [member for member, ballot in cast.items() if ballot < 0]
    if any(member in rule.veto for member in against):
        return False
    if rule.unanimous:
        return not against
    if rule.yes is not None:
        return len(in_favour) >= rule.yes
    yes, no = (sum(rule.weights.get(member, 1) for member in side) for side in (in_favour, against))
    if rule.majority:
        return yes > no
    if rule.share is not None:
        return yes > 0 and Fraction(yes, yes + no) >= rule.share
    assert rule.quota is not None
    return yes >= rule.quota


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.model_dump(exclude_defaults=True)))
def test_every_ballot_is_counted_by_the_book(rule: PassRule) -> None:
    """All 3^5 ways to vote give what the words of the rule say."""
    ways = list(product((1, 0, -1), repeat=len(MEMBERS)))
    ballots = np.array(ways).T
    passed = count_by(rule, MEMBERS).passes(ballots == 1, ballots == -1)
    assert passed.tolist() == [passes_by_the_book(rule, way) for way in ways]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.model_dump(exclude_defaults=True)))
def test_the_chance_of_passing_is_exact(rule: PassRule) -> None:
    """The dynamic programme gives the sum over all 3^5 ways to vote."""
    rng = np.random.default_rng(7)
    yes, no, abstain = rng.dirichlet((1, 1, 1), size=(len(MEMBERS), 4)).transpose(2, 0, 1)
    expected = np.zeros(4)
    for way in product((1, 0, -1), repeat=len(MEMBERS)):
        if passes_by_the_book(rule, way):
            chosen = [{1: yes, 0: abstain, -1: no}[ballot][member] for member, ballot in enumerate(way)]
            expected += np.prod(chosen, axis=0)
    assert count_by(rule, MEMBERS).chance(yes, no) == pytest.approx(expected, abs=1e-12)


def test_security_council_has_848_winning_coalitions() -> None:
    """Nine votes and no veto: 848 of 32,768 coalitions win; swings give the published power indices."""
    count = count_by(rule(yes=9, veto=PERMANENT), COUNCIL)
    coalitions = (np.arange(2**15) >> np.arange(15)[:, np.newaxis]) & 1 == 1
    wins = count.passes(coalitions, ~coalitions)
    assert wins.sum() == 848
    swings = [int((wins & ~wins[np.arange(2**15) ^ (1 << member)]).sum()) for member in range(15)]
    assert swings == [848] * 5 + [84] * 10
    assert Fraction(swings[0], sum(swings)) == Fraction(106, 635)
    assert Fraction(swings[-1], sum(swings)) == Fraction(21, 1270)


def test_an_abstaining_permanent_member_does_not_block() -> None:
    """Nine yes votes carry a text while all five permanent members abstain."""
    count = count_by(rule(yes=9, veto=PERMANENT), COUNCIL)
    yes = np.array([[False]] * 5 + [[True]] * 9 + [[False]])
    assert count.passes(yes, np.zeros_like(yes))[0]
    assert not count.passes(yes, np.array([[True]] + [[False]] * 14))[0]


def test_a_run_alone_has_the_chance_that_it_has_among_others() -> None:
    """Not even the last bit of a chance depends on how many runs stand side by side."""
    rng = np.random.default_rng(3)
    yes, no, _ = rng.dirichlet((1, 1, 1), size=(15, 1000)).transpose(2, 0, 1)
    count: Count = count_by(rule(yes=9, veto=PERMANENT), COUNCIL)
    together = count.chance(yes, no)
    alone = [count.chance(yes[:, [run]].copy(), no[:, [run]].copy())[0] for run in range(1000)]
    assert together.tolist() == alone
