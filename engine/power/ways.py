"""All ways in which members may vote, counted layer by layer of like members.

What has been cast so far matters only through what is still needed: so the ways run through layers of states, one
layer for each kind of members, and states that whoever is left can't tell apart are one. Where a count has little left
to add up, its need is raised to the next sum that can come about; so there are never more states than in a meeting in
the middle, and mostly far fewer (quasi-reduced decision diagrams: Bolus, "Power indices of simple games and
vector-weighted majority games by means of binary decision diagrams", 2011). The Union of 27 under the treaty of Nice,
with three majorities, has less than four thousand.

Numbers of ways are polynomials in t, each packed into one whole number of Python, t being a power of two that no
coefficient reaches (Kronecker's substitution). So they are exact, however many there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from engine.errors import BrinkmanshipError
from engine.power.game import Counts

Menu = Mapping[Counts, int]
"""What a member may add to the counts, and in how many ways, as a packed polynomial."""

MOST_STATES = 400_000
"""States of a body's ways to vote: with many more, its power takes minutes and gigabytes to work out."""

QUICK_STATES = 20_000
"""States that are worked out in about a second, while somebody looks at a screen."""

MOST_SUMS = 20_000
"""Sums of a count that are told apart, so that lists stay short; beyond it states are merged less."""


class PowerError(BrinkmanshipError):
    """A body whose power can't be worked out."""


@dataclass(frozen=True)
class Kind:
    """Members who are alike: what each may add, and how many there are."""

    menu: Menu
    size: int


def less(needs: Counts, adds: Counts) -> Counts:
    """What is still needed after something was added."""
    return tuple(need - add for need, add in zip(needs, adds, strict=True))


def together(menu: Menu, members: int) -> dict[Counts, int]:
    """What some members of a kind add all together, and in how many ways."""
    width = len(next(iter(menu)))
    sums: dict[Counts, int] = {(0,) * width: 1}
    for _ in range(members):
        after: dict[Counts, int] = {}
        for total, ways in sums.items():
            for adds, more in menu.items():
                reached = tuple(a + b for a, b in zip(total, adds, strict=True))
                after[reached] = after.get(reached, 0) + ways * more
        sums = after
    return sums


class Needs:
    """What may still be needed before each kind votes, with needs that come to the same made the same."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        """For kinds that vote in this order."""
        counts = range(len(next(iter(kinds[0].menu))))
        sums: list[list[int] | None] = [[0] for _ in counts]
        most = [0 for _ in counts]
        self._sums, self._most = [sums], [most]
        for kind in reversed(kinds):
            own = [sorted({adds[c] for adds in kind.menu}) for c in counts]
            most = [most[c] + own[c][-1] * kind.size for c in counts]
            sums = [_more(sums[c], own[c], kind.size) for c in counts]
            self._sums.insert(0, sums)
            self._most.insert(0, most)

    def settled(self, layer: int, needs: Counts) -> Counts | None:
        """What is needed of kind number ``layer`` and those after it; None where it can't be reached any more."""
        found = []
        for need, most, sums in zip(needs, self._most[layer], self._sums[layer], strict=True):
            if need > most:
                return None
            found.append(0 if need <= 0 else need if sums is None else sums[bisect_left(sums, need)])
        return tuple(found)


def _more(sums: list[int] | None, own: Sequence[int], members: int) -> list[int] | None:
    """The sums that can come about with some more members, each of whom adds one of ``own``."""
    for _ in range(members):
        if sums is None:
            return None
        sums = sorted({total + adds for total in sums for adds in own})
        sums = sums if len(sums) <= MOST_SUMS else None
    return sums


class Ways:
    """The ways in which all members may vote."""

    def __init__(self, needed: Counts, kinds: Sequence[Kind], most: int = MOST_STATES) -> None:
        """Every way there is. Raises :class:`PowerError` where there are too many states to tell apart."""
        self.most = most
        self.kinds, self.needs = tuple(kinds), Needs(kinds)
        self.all = [1]
        """The ways in which each kind and those after it may vote, whatever comes of it."""
        for kind in reversed(kinds):
            self.all.insert(0, self.all[0] * sum(kind.menu.values()) ** kind.size)
        self.won: Counts = (0,) * len(needed)
        self._moves: list[dict[Counts, list[tuple[Counts, int]]]] = []
        self._before = self._forward(self.needs.settled(0, needed))
        self._after = self._backward()
        self.passing = self._passes(0, self.needs.settled(0, needed))
        """The ways in which a question passes."""

    def _forward(self, start: Counts | None) -> list[dict[Counts, int]]:
        """In how many ways each state is reached."""
        open_states = {} if start is None or start == self.won else {start: 1}
        layers, states = [open_states], len(open_states)
        for layer, kind in enumerate(self.kinds):
            sums = together(kind.menu, kind.size)
            moves: dict[Counts, list[tuple[Counts, int]]] = {}
            reached: dict[Counts, int] = {}
            for state, ways in layers[-1].items():
                moves[state] = []
                for adds, more in sums.items():
                    after = self.needs.settled(layer + 1, less(state, adds))
                    if after is None:
                        continue
                    moves[state].append((after, more))
                    if after != self.won:
                        reached[after] = reached.get(after, 0) + ways * more
            states += len(reached)
            if states > self.most:
                raise PowerError(
                    "the members of this body can vote in too many ways that matter for its power to be worked out "
                    f"(more than {self.most:,} states): give members fewer different weights, or smaller ones"
                )
            self._moves.append(moves)
            layers.append(reached)
        return layers

    def _backward(self) -> list[dict[Counts, int]]:
        """In how many ways of those who have not voted yet a question passes from each state."""
        after: list[dict[Counts, int]] = [{}]
        for layer in range(len(self.kinds) - 1, -1, -1):
            nearer, all_ways = after[0], self.all[layer + 1]
            after.insert(
                0,
                {
                    state: sum(more * (all_ways if to == self.won else nearer[to]) for to, more in moves)
                    for state, moves in self._moves[layer].items()
                },
            )
        return after

    def _passes(self, layer: int, state: Counts | None) -> int:
        if state is None:
            return 0
        return self.all[layer] if state == self.won else self._after[layer][state]

    def difference(self, number: int, choices: Sequence[tuple[Counts, int]]) -> int:
        """What the vote of one member of a kind decides, over all ways of the others, as a packed polynomial.

        ``choices`` are what the member may add, each with a factor; the factors sum to 0.
        """
        kind, total = self.kinds[number], 0
        others = together(kind.menu, kind.size - 1)
        for state, ways in self._before[number].items():
            decided = 0
            for adds, more in others.items():
                for own, factor in choices:
                    to = self.needs.settled(number + 1, less(less(state, adds), own))
                    decided += factor * more * self._passes(number + 1, to)
            total += ways * decided
        return total


def unpacked(packed: int, width: int, terms: int) -> list[int]:
    """The coefficients of a packed polynomial, each of ``width`` bits, from that of t^0 on."""
    mask = (1 << width) - 1
    return [packed >> (width * power) & mask for power in range(terms)]


def in_kinds(voters: Sequence[Menu]) -> tuple[list[Kind], list[int]]:
    """The kinds of members, the heaviest first, and of which kind each member is."""
    keys = [tuple(sorted(menu.items())) for menu in voters]
    order = sorted(dict.fromkeys(keys), key=_weight, reverse=True)
    number = {key: place for place, key in enumerate(order)}
    kinds = [Kind(dict(key), keys.count(key)) for key in order]
    return kinds, [number[key] for key in keys]


def _weight(key: tuple[tuple[Counts, int], ...]) -> Counts:
    """The most that a kind adds to each count, the last count first: vetoes and heads decide soonest."""
    return reduce(lambda one, other: tuple(map(max, one, other)), (adds for adds, _ in key))[::-1]
