"""A body as a game of votes: what each ballot adds to some counts, all of which must reach what is needed.

A vector-weighted majority game (Taylor & Zwicker, "Simple Games", 1999), with an abstention of its own (Felsenthal &
Machover, "Ternary voting games", 1997). A count of votes, of states, or of people is one number each; so is a veto,
of which a member gives up its own by a yes or an abstention. All that is added is 0 or more, and a yes adds no less
than an abstention, which adds no less than a no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.rules.tally import Count

Counts = tuple[int, ...]
"""A number for each count."""


@dataclass(frozen=True)
class Voter:
    """A member: what its ballot adds to each count. A no adds nothing."""

    name: str
    yes: Counts
    abstain: Counts


@dataclass(frozen=True)
class VotingGame:
    """Members, and what each count must reach for a question to pass."""

    voters: tuple[Voter, ...]
    needed: Counts

    @property
    def is_abstention_a_no(self) -> bool:
        """Whether an abstention is as good as a no, whoever abstains."""
        return all(not any(voter.abstain) for voter in self.voters)


def weighted(weights: Mapping[str, Sequence[int]], needed: Sequence[int]) -> VotingGame:
    """A game of one or several majorities, all of which are needed; whoever is not for it counts against it.

    ``weights`` holds for each member a weight of 0 or more in each majority, ``needed`` what each must reach.
    """
    nothing = (0,) * len(needed)
    return VotingGame(tuple(Voter(name, tuple(own), nothing) for name, own in weights.items()), tuple(needed))


def game_of(names: Sequence[str], count: Count) -> VotingGame:
    """The game of those who sit in a body, as their votes are counted."""
    voters = []
    for name, gain, loss, blocks, weighs in zip(names, count.gain, count.loss, count.blocks, count.weighs, strict=True):
        yes, abstain = (gain + loss, int(blocks), int(weighs)), (loss, int(blocks), 0)
        voters.append(Voter(name, yes, abstain))
    return VotingGame(tuple(voters), (count.needed + sum(count.loss), sum(count.blocks), int(count.someone_for)))
