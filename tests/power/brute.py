"""Voting power by trying everything: the definitions, word for word, for bodies of a few members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product

YES, ABSTAIN, NO = "yes", "abstain", "no"
TWO, THREE = (YES, NO), (YES, ABSTAIN, NO)

Passes = Callable[[Sequence[str]], bool]
"""Whether a question passes by some ballots, in the order of the members."""


def with_ballot(ballots: Sequence[str], member: int, ballot: str) -> tuple[str, ...]:
    """The same ballots but for one."""
    return (*ballots[:member], ballot, *ballots[member + 1 :])


def decided_by(member: int, members: int, passes: Passes, choices: Sequence[str]) -> int:
    """In how many ways of the others to vote its yes passes what its no would fail."""
    ways = [ballots for ballots in product(choices, repeat=members) if ballots[member] == NO]
    return sum(passes(with_ballot(ballots, member, YES)) and not passes(ballots) for ballots in ways)


def winning(members: int, passes: Passes) -> list[frozenset[int]]:
    """The coalitions whose yes passes a question against the no of everybody else."""
    return [
        frozenset(member for member, ballot in enumerate(ballots) if ballot == YES)
        for ballots in product(TWO, repeat=members)
        if passes(ballots)
    ]


def minimal(members: int, passes: Passes) -> int:
    """How many winning coalitions lose without any one of their members."""
    wins = set(winning(members, passes))
    return sum(all(coalition - {member} not in wins for member in coalition) for coalition in wins)


def pivots(members: int, passes: Passes, choices: Sequence[str]) -> list[Fraction]:
    """Each member's share of decisive votes, over all orders and all ways to vote."""
    found: Counter[int] = Counter()
    orders, ways = list(permutations(range(members))), list(product(choices, repeat=members))
    for order in orders:
        for ballots in ways:
            found[next(decisive(order, ballots, passes))] += 1
    return [Fraction(found[member], len(orders) * len(ways)) for member in range(members)]


def decisive(order: Sequence[int], ballots: Sequence[str], passes: Passes) -> Iterator[int]:
    """The members after whose vote the outcome is certain, whatever those do who come later."""
    for place, member in enumerate(order):
        later = set(order[place + 1 :])
        at_best = [YES if who in later else ballot for who, ballot in enumerate(ballots)]
        at_worst = [NO if who in later else ballot for who, ballot in enumerate(ballots)]
        if passes(at_best) == passes(at_worst):
            yield member
