"""The power of each member of a body: the indices of Shapley and Shubik, and of Penrose and Banzhaf.

* L. S. Shapley and M. Shubik, "A method for evaluating the distribution of power in a committee system", American
  Political Science Review 48(3), 1954: members say yes one after the other, in any order; whose yes decides?
* L. S. Penrose, "The elementary statistics of majority voting", Journal of the Royal Statistical Society 109(1), 1946,
  and J. F. Banzhaf, "Weighted voting doesn't work", Rutgers Law Review 19, 1965: the others say yes or no as a coin
  falls; how often does it depend on this member? In sum 1 it is the normalised index.
* With abstention: D. S. Felsenthal and M. Machover, "Ternary voting games", International Journal of Game Theory 26(3),
  1997. The others vote yes, abstain or vote no, each way as likely; members are called up in any order, and decisive is
  the vote after which the outcome is certain, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from engine.power.coalitions import minimal_coalitions
from engine.power.game import Counts, VotingGame
from engine.power.ways import MOST_STATES, Menu, Ways, in_kinds, unpacked


@dataclass(frozen=True)
class Power:
    """The power of one member; every number is exact."""

    voter: str
    shapley_shubik: Fraction
    """Its share of decisive votes, 0 to 1; those of all members sum to 1."""
    banzhaf: Fraction
    """Absolute (Penrose's measure): the share of the others' ways to vote in which its own decides, 0 to 1."""
    banzhaf_normalised: Fraction
    """The same as a share of the sum over all members."""


@dataclass(frozen=True)
class Measured:
    """A body in which everybody votes yes or no."""

    powers: tuple[Power, ...]
    coalitions: int
    """All coalitions: 2 to the number of members."""
    winning: int
    """Coalitions whose yes passes a question against the no of all others."""
    minimal: int
    """Winning coalitions that lose without any one of their members."""
    dummies: tuple[str, ...]
    """Members whose vote never decides anything."""
    blockers: tuple[str, ...]
    """Members without whom nothing passes."""
    dictator: str | None
    """The member whose vote decides alone."""


@dataclass(frozen=True)
class Abstaining:
    """The same body, in which everybody may abstain, too."""

    powers: tuple[Power, ...]
    ways: int
    """All ways to vote: 3 to the number of members."""
    passing: int
    """Those in which a question passes."""


def measure(game: VotingGame, most: int = MOST_STATES) -> Measured:
    """The game of yes and no. Raises :class:`~engine.power.ways.PowerError` where it has more than ``most`` states."""
    members, nothing = len(game.voters), (0,) * len(game.needed)
    width = members + 2
    one = 1 << width
    menus: list[Menu] = [_menu((nothing, 1), (voter.yes, one)) for voter in game.voters]
    kinds, of = in_kinds(menus)
    ways = Ways(game.needed, kinds, most)
    weights = [max(kind.menu) for kind in kinds]
    decided = [
        unpacked(ways.difference(number, ((own, 1), (nothing, -1))), width, members) if any(own) else [0] * members
        for number, own in enumerate(weights)
    ]
    swings = [sum(terms) for terms in decided]
    shares = [Fraction(_orders(terms, 1), factorial(members)) for terms in decided]
    absolute = [Fraction(found, 2 ** (members - 1)) for found in swings]
    winning = sum(unpacked(ways.passing, width, members + 1))
    names = [voter.name for voter in game.voters]
    return Measured(
        _powers(names, of, shares, absolute),
        2**members,
        winning,
        minimal_coalitions(game.needed, weights, [kind.size for kind in kinds]),
        tuple(name for name, kind in zip(names, of, strict=True) if not swings[kind]),
        tuple(name for name, kind in zip(names, of, strict=True) if winning and swings[kind] == winning),
        next((name for name, kind in zip(names, of, strict=True) if absolute[kind] == 1), None),
    )


def measure_with_abstention(game: VotingGame, most: int = MOST_STATES) -> Abstaining:
    """The game of yes, abstention and no.

    Raises :class:`~engine.power.ways.PowerError` where it has more than ``most`` states.
    """
    members, nothing = len(game.voters), (0,) * len(game.needed)
    menus = [_menu((voter.yes, 1), (voter.abstain, 1), (nothing, 1)) for voter in game.voters]
    kinds, of = in_kinds(menus)
    ways = Ways(game.needed, kinds, most)
    sample = [of.index(number) for number in range(len(kinds))]
    swings = [
        ways.difference(number, ((game.voters[voter].yes, 1), (nothing, -1))) if any(game.voters[voter].yes) else 0
        for number, voter in enumerate(sample)
    ]
    decided = [_called_up(game, when_open, most) for when_open in ("yes", "no")]
    shares = [
        Fraction(sum(_orders(terms[voter], 3) for terms in decided), factorial(members) * 3**members)
        for voter in sample
    ]
    absolute = [Fraction(found, 3 ** (members - 1)) for found in swings]
    names = [voter.name for voter in game.voters]
    return Abstaining(_powers(names, of, shares, absolute), 3**members, ways.passing)


def _called_up(game: VotingGame, rest: str, most: int) -> list[list[int]]:
    """For each member, by how many have been called up before it, the ways in which its vote settles the outcome.

    Those not called up yet all vote ``rest``. Where it would fail although they vote yes, or pass although they vote
    no, the outcome is settled. The ways count the member's own vote.
    """
    members, nothing = len(game.voters), (0,) * len(game.needed)
    width = 2 * members + 4
    one = 1 << width
    ballots = [(voter.yes, voter.abstain, nothing) for voter in game.voters]
    last: list[Counts] = [voter.yes if rest == "yes" else nothing for voter in game.voters]
    menus = [_menu((waits, 1), *((ballot, one) for ballot in own)) for own, waits in zip(ballots, last, strict=True)]
    kinds, of = in_kinds(menus)
    ways = Ways(game.needed, kinds, most)
    sign = 1 if rest == "no" else -1
    found = []
    for number in range(len(kinds)):
        voter = of.index(number)
        choices = [(ballot, sign) for ballot in ballots[voter]] + [(last[voter], -3 * sign)]
        found.append(unpacked(ways.difference(number, choices), width, members))
    return [found[number] for number in of]


def _menu(*choices: tuple[Counts, int]) -> dict[Counts, int]:
    menu: dict[Counts, int] = {}
    for adds, ways in choices:
        menu[adds] = menu.get(adds, 0) + ways
    return menu


def _orders(terms: Sequence[int], each: int) -> int:
    """Orders in which a member decides, from the ways in which it does so after so many others.

    ``each`` is in how many ways a member votes: those who come after it may vote in any way.
    """
    members = len(terms)
    return sum(
        ways * factorial(before) * factorial(members - 1 - before) * each ** (members - 1 - before)
        for before, ways in enumerate(terms)
    )


def _powers(
    names: Sequence[str], of: Sequence[int], shares: Sequence[Fraction], absolute: Sequence[Fraction]
) -> tuple[Power, ...]:
    total = sum(absolute[kind] for kind in of)
    return tuple(
        Power(name, shares[kind], absolute[kind], absolute[kind] / total if total else Fraction(0))
        for name, kind in zip(names, of, strict=True)
    )
