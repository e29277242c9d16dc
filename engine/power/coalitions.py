"""How many coalitions are minimal: they win, and each of their members is needed for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import comb

from engine.power.game import Counts
from engine.power.ways import Kind, Needs, less


def minimal_coalitions(needed: Counts, weights: Sequence[Counts], sizes: Sequence[int]) -> int:
    """The number of minimal winning coalitions of members of some kinds, each a weight in each count."""
    nothing = (0,) * len(needed)
    needs = Needs([Kind({own: 1, nothing: 1}, size) for own, size in zip(weights, sizes, strict=True)])
    lightest = [_outweighs_all(own, weights[kind + 1 :]) for kind, own in enumerate(weights)]

    @cache
    def found(kind: int, need: Counts, without: frozenset[Counts]) -> int:
        """Completed from a kind on. ``without`` holds what would be needed if one of those chosen left again."""
        if kind == len(weights):
            return 0
        total, one_less = 0, needs.settled(kind + 1, need)
        for members in range(sizes[kind] + 1):
            added = tuple(members * weight for weight in weights[kind])
            after = needs.settled(kind + 1, less(need, added))
            left = {needs.settled(kind + 1, less(one, added)) for one in without}
            if after == nothing:
                # one more member would be one too many, and so is whoever can leave
                return total + (comb(sizes[kind], members) if nothing not in left else 0)
            if members and not lightest[kind]:
                left.add(one_less)
            if after is not None:
                total += comb(sizes[kind], members) * found(kind + 1, after, frozenset(_nearest(left)))
            one_less = after
        return total

    start = needs.settled(0, needed)
    if start is None:
        return 0
    return 1 if start == nothing else found(0, start, frozenset())


def _outweighs_all(own: Counts, others: Sequence[Counts]) -> bool:
    """Whether a member is needed wherever one of some others is, since none weighs more than it in any count."""
    return all(mine >= theirs for other in others for mine, theirs in zip(own, other, strict=True))


def _nearest(needs: set[Counts | None]) -> set[Counts]:
    """Those that are met first: of the others each is met only with one of them."""
    open_needs = [need for need in needs if need is not None]
    return {
        need
        for need in open_needs
        if not any(other != need and all(map(int.__le__, other, need)) for other in open_needs)
    }
