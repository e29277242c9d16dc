"""Who decides for a side in a game: the rule of the scenario, a simple strategy, a script, or an object of your own.

Your own policy has ``decide(view)``, which answers with an option of ``view.legal`` (its ``option``), a tuple of them,
None to hold or :data:`BY_RULE`; and ``vote(view, question)``, which answers YES, ABSTAIN, NO or :data:`BY_RULE`. It may
have ``answer(view, ask)`` for questions that are put to its side: the option of one of ``view.answers(ask)``, None to
say nothing yet, or :data:`BY_RULE`, which also holds for a policy without it.

A view holds what the side knows. ``view.state`` has issues, values and flags by their names (``flag.actor`` for those
of actors), and raises :class:`~brinkmanship.errors.KeptError` for what its side can't know.

>>> import brinkmanship as bm
>>> class Cautious(bm.policies.Hold):
...     def decide(self, view):
...         safe = [option for option in view.legal if option.gain > 0.05]
...         return safe[0].option if safe else None
>>> game = bm.play("cuba-1962", seed=1, policies={"us": Cautious(), "ussr": bm.policies.rule})
>>> game.play().ending in {ending.id for ending in game.scenario.endings}
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.play.policies import BY_RULE, Policy, View
from engine.play.policies import GreedyPolicy as Greedy
from engine.play.policies import HoldPolicy as Hold
from engine.play.policies import RandomPolicy as Random
from engine.play.policies import RolloutPolicy as Rollout
from engine.play.policies import RulePolicy as Rule
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, NO, YES

__all__ = [
    "ABSTAIN",
    "BY_RULE",
    "NO",
    "YES",
    "Greedy",
    "Hold",
    "Option",
    "Policy",
    "Random",
    "Rollout",
    "Rule",
    "Script",
    "View",
    "greedy",
    "hold",
    "random",
    "rollout",
    "rule",
    "script",
]

rule, hold, greedy, random, rollout = Rule(), Hold(), Greedy(), Random(), Rollout()
"""The rule; doing nothing; what promises most; anything that is legal; the best of 64 futures of each move."""


@dataclass(frozen=True)
class Script:
    """Orders turn by turn, which are read once it is known whose they are; made by :func:`script`."""

    orders: Mapping[int | str, Any]
    otherwise: str
    votes: Mapping[str, str]

    def written(self) -> dict[str, Any]:
        """As a file of orders has it."""
        orders = {str(when): "hold" if told is None else told for when, told in self.orders.items()}
        return {"orders": orders, "otherwise": self.otherwise, "standing_votes": dict(self.votes)}


def script(orders: Mapping[int | str, Any], otherwise: str = "hold", votes: Mapping[str, str] | None = None) -> Script:
    """A policy that follows orders by turn (a number, 0 first, or a day), and else does as ``otherwise`` says.

    An order is what a file of orders has: an action, ``action:target``, ``hold``, ``rule``, or a mapping with ``moves``
    and ``votes``; ``votes`` say how to vote on a question whenever it is tabled. A name that the actor does not have is
    refused when the game begins; a move that is not legal in its turn when that turn is played.

    >>> import brinkmanship as bm
    >>> game = bm.play("cuba-1962", policies={"us": bm.policies.script({0: "move_forces", "1962-10-17": "hold"})})
    >>> [str(move.option) for move in game.step().moves if move.option.actor == "us"]
    ['move_forces']
    """
    return Script(dict(orders), otherwise, dict(votes or {}))
