"""The power of members, against what was published and against trying everything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from engine.power.game import VotingGame, game_of, weighted
from engine.power.indices import measure, measure_with_abstention
from engine.power.ways import PowerError
from engine.rules.tally import Count, count_by
from engine.scenario.models import PassRule
from tests.power import brute

NICE = {
    "Germany": (29, 83579), "France": (29, 62211), "United Kingdom": (29, 60970), "Italy": (29, 59486),
    "Spain": (27, 44664), "Poland": (27, 38189), "Romania": (14, 22016), "Netherlands": (13, 16443),
    "Greece": (12, 11067), "Belgium": (12, 10678), "Portugal": (12, 10556), "Czechia": (12, 10338),
    "Hungary": (12, 10061), "Sweden": (10, 9159), "Austria": (10, 8311), "Bulgaria": (10, 7563),
    "Denmark": (7, 5468), "Slovakia": (7, 5406), "Finland": (7, 5292), "Ireland": (7, 4291), "Lithuania": (7, 3190),
    "Latvia": (4, 2167), "Slovenia": (4, 2020), "Estonia": (4, 1313), "Cyprus": (4, 1063), "Luxembourg": (4, 476),
    "Malta": (3, 419),
}  # fmt: skip
"""Votes by the treaty of accession of 2005, and people in thousands in 2007 (Correlates of War, NMC 6.0)."""


def security_council() -> VotingGame:
    """Nine of fifteen, and nobody of five against it."""
    members = [f"p{number}" for number in range(5)] + [f"e{number}" for number in range(10)]
    rule = PassRule(yes=9, veto=tuple(members[:5]))
    return game_of(members, count_by(rule, tuple(members)))


def test_the_security_council_as_it_is_published() -> None:
    """Shapley and Shubik 421/2145 and 4/2145, Banzhaf 106/635 and 21/1270, 848 of 32,768 coalitions win."""
    found = measure(security_council())
    permanent, elected = found.powers[0], found.powers[-1]
    assert (permanent.shapley_shubik, elected.shapley_shubik) == (Fraction(421, 2145), Fraction(4, 2145))
    assert (permanent.banzhaf, elected.banzhaf) == (Fraction(53, 1024), Fraction(21, 4096))
    assert (permanent.banzhaf_normalised, elected.banzhaf_normalised) == (Fraction(106, 635), Fraction(21, 1270))
    assert (found.winning, found.coalitions, found.minimal) == (848, 32_768, 210)
    assert found.blockers == ("p0", "p1", "p2", "p3", "p4")
    assert (found.dummies, found.dictator) == ((), None)


def test_the_union_of_27_under_nice() -> None:
    """255 of 345 votes, 14 states, 62 % of the people: all weights differ, and votes alone nearly decide."""
    people = sum(own for _, own in NICE.values())
    by_votes = {name: (votes,) for name, (votes, _) in NICE.items()}
    by_states = {name: (votes, 1) for name, (votes, _) in NICE.items()}
    by_people = {name: (votes, 1, own) for name, (votes, own) in NICE.items()}
    one, two = measure(weighted(by_votes, (255,))), measure(weighted(by_states, (255, 14)))
    three = measure(weighted(by_people, (255, 14, -(-people * 62 // 100))))
    sums = Counter({0: 1})
    for votes, _ in NICE.values():
        sums.update({total + votes: ways for total, ways in sums.copy().items()})
    assert one.winning == sum(ways for total, ways in sums.items() if total >= 255)
    assert one.winning > two.winning > three.winning > 0.9999 * one.winning
    order = [power.shapley_shubik for power in three.powers]
    assert sum(order) == 1
    assert order == sorted(order, reverse=True)


def random_rule(chance: random.Random, members: Sequence[str]) -> PassRule:
    """A rule of any of the five ways of counting, with weights and vetoes as they fall."""
    way = chance.choice(("yes", "majority", "share", "unanimous", "quota"))
    veto = tuple(member for member in members if chance.random() < 0.2)
    weights = {member: chance.randint(0, 5) for member in members if chance.random() < 0.7}
    total = max(1, sum(weights.get(member, 1) for member in members))
    said: dict[str, dict[str, object]] = {
        "yes": {"yes": chance.randint(1, len(members))},
        "majority": {"majority": True, "weights": weights},
        "share": {"share": chance.choice(("1/2", "2/3", "3/5", "1/1")), "weights": weights},
        "unanimous": {"unanimous": True},
        "quota": {"quota": chance.randint(1, total), "weights": weights},
    }
    return PassRule.model_validate({**said[way], "veto": veto})


def by_the_rule(count: Count) -> brute.Passes:
    """Whether ballots pass, as the rules of a game count them."""

    @cache
    def counted(ballots: tuple[str, ...]) -> bool:
        yes, no = (np.array([[ballot == which] for ballot in ballots]) for which in (brute.YES, brute.NO))
        return bool(count.passes(yes, no)[0])

    return lambda ballots: counted(tuple(ballots))


@pytest.mark.parametrize("number", range(100))
def test_a_body_of_the_language_against_trying_everything(number: int) -> None:
    """Every number that is told, for yes and no and with abstention."""
    chance = random.Random(number)
    members = tuple("abcde"[: chance.choice((1, 2, 3, 3, 4))])
    count = count_by(random_rule(chance, members), members)
    passes, size = by_the_rule(count), len(members)
    if not passes([brute.YES] * size):
        assert measure(game_of(members, count)).winning == 0
        return
    for choices in (brute.TWO, brute.THREE):
        found = (measure if choices is brute.TWO else measure_with_abstention)(game_of(members, count))
        decided = [brute.decided_by(member, size, passes, choices) for member in range(size)]
        assert [power.banzhaf for power in found.powers] == [Fraction(n, len(choices) ** (size - 1)) for n in decided]
        assert [power.shapley_shubik for power in found.powers] == brute.pivots(size, passes, choices)
        assert sum(power.banzhaf_normalised for power in found.powers) == 1
    wins = brute.winning(size, passes)
    both = measure(game_of(members, count))
    assert (both.winning, both.minimal) == (len(wins), brute.minimal(size, passes))
    assert set(both.blockers) == {name for seat, name in enumerate(members) if all(seat in one for one in wins)}
    assert set(both.dummies) == {name for name, power in zip(members, both.powers, strict=True) if not power.banzhaf}


@pytest.mark.parametrize("number", range(30))
def test_several_majorities_against_trying_everything(number: int) -> None:
    """Weights that order members one way here and another way there, some of them alike."""
    chance = random.Random(1000 + number)
    majorities, size = chance.randint(1, 3), chance.randint(1, 7)
    weights = {f"m{seat}": tuple(chance.randint(0, 6) for _ in range(majorities)) for seat in range(size)}
    totals = [sum(own[which] for own in weights.values()) for which in range(majorities)]
    needed = [chance.randint(0, total) for total in totals]
    needed[0] = max(needed[0], min(1, totals[0]))

    def passes(ballots: Sequence[str]) -> bool:
        coalition = [own for own, ballot in zip(weights.values(), ballots, strict=True) if ballot == brute.YES]
        return all(sum(own[which] for own in coalition) >= needed[which] for which in range(majorities))

    found = measure(weighted(weights, needed))
    assert (found.winning, found.minimal) == (len(brute.winning(size, passes)), brute.minimal(size, passes))
    decided = [brute.decided_by(member, size, passes, brute.TWO) for member in range(size)]
    assert [power.banzhaf for power in found.powers] == [Fraction(swings, 2 ** (size - 1)) for swings in decided]


def test_who_abstains_on_a_veto_lets_it_pass() -> None:
    """So a permanent member's vote decides less often between yes and abstention than in a game of yes and no alone."""
    council = security_council()
    assert not council.is_abstention_a_no
    found = measure_with_abstention(council)
    assert found.ways == 3**15
    assert sum(power.shapley_shubik for power in found.powers) == 1
    assert found.powers[0].shapley_shubik > found.powers[5].shapley_shubik


def test_a_dictator_leaves_dummies() -> None:
    """Who has the quota alone decides alone."""
    found = measure(weighted({"a": (3,), "b": (1,), "c": (1,)}, (3,)))
    assert (found.dictator, found.dummies, found.blockers, found.minimal) == ("a", ("b", "c"), ("a",), 1)


def test_a_body_that_is_too_large_says_so() -> None:
    """In a sentence, before it takes the memory."""
    with pytest.raises(PowerError, match="too many ways"):
        measure(weighted({str(own): (own,) for own in range(1, 9)}, (18,)), most=5)
