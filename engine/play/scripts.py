"""A case of a scenario as a game: whoever is ordered in it follows its orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.batch.design.seats import orders_of
from engine.batch.running.cases import votes_by_actor
from engine.play.policies import BUILT_IN, BY_RULE, Answer, ByRule, Decision, Policy, View
from engine.rules.options import Option
from engine.scenario.models import Case, Scenario


@dataclass(frozen=True)
class CasePolicy:
    """Follows the orders of a case, does as ``otherwise`` says in other turns, and votes as it is told."""

    orders: Mapping[int, Option | str]
    """By turn: an option, or the name of a policy for this turn."""
    otherwise: Policy
    votes: Mapping[str, int]
    """By question, or by the action that tables it."""

    def decide(self, view: View) -> Decision:
        """As ordered for this turn, else as otherwise."""
        order = self.orders.get(view.world.tick)
        if isinstance(order, Option):
            return self.otherwise.decide(view) if order.answers else order
        return (self.otherwise if order is None else BUILT_IN[order]).decide(view)

    def answer(self, view: View, ask: str) -> Answer:
        """As ordered for this turn, else as otherwise."""
        order = self.orders.get(view.turn)
        if isinstance(order, Option) and order.answers == ask:
            return order
        return (BUILT_IN[order] if isinstance(order, str) else self.otherwise).answer(view, ask)

    def vote(self, view: View, question: str) -> int | ByRule:
        """As told, else by the rule."""
        return self.votes.get(question, self.votes.get(question.partition(":")[0], BY_RULE))


def seats_of_case(scenario: Scenario, case: Case) -> dict[str, Policy]:
    """Who decides for whom in a case: the same moves and votes as in its runs side by side."""
    votes = votes_by_actor(case)
    seats: dict[str, Policy] = {}
    for actor in scenario.actors:
        policy = BUILT_IN[case.policies.get(actor, case.otherwise)]
        written = case.seats.get(actor, {})
        orders = orders_of(scenario, actor, written)
        if orders or actor in votes:
            seats[actor] = CasePolicy(orders, policy, votes.get(actor, {}))
        elif policy != BUILT_IN["rule"]:
            seats[actor] = policy
    return seats
