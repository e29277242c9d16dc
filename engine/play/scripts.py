"""A case of a scenario as a game: whoever is ordered in it follows its orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.batch.design.seats import orders_of
from engine.batch.running.cases import votes_by_actor
from engine.play.plans import put_off
from engine.play.policies import BUILT_IN, BY_RULE, Answer, ByRule, Decision, Policy, View
from engine.rules.options import Option
from engine.scenario.models import Case, Scenario


@dataclass(frozen=True)
class CasePolicy:
    """Follows the orders of a case, does as ``otherwise`` says in other turns, and votes as it is told."""

    orders: Mapping[int, Option | str]
    """By pace: an option, or the name of a policy for the turn that opens with it."""
    otherwise: Policy
    votes: Mapping[str, int]
    """By question, or by the action that tables it."""

    def decide(self, view: View) -> Decision:
        """As ordered for this turn and days of it; where nothing is, as otherwise."""
        timeline = view.rules.timeline
        paces = timeline.paces_of(view.turn)
        mine = [(tick, order) for tick in paces if (order := self._move(tick)) is not None]
        if not mine:
            return self.otherwise.decide(view)
        (_tick, first), *_more = mine
        if isinstance(first, str):
            return BUILT_IN[first].decide(view)
        moves = [
            option if tick == paces.start else put_off(option, timeline.moment_of(tick))
            for tick, option in mine
            if isinstance(option, Option)
        ]
        return tuple(moves)

    def answer(self, view: View, ask: str) -> Answer:
        """As last ordered in this turn, from the day of the order on; else as otherwise."""
        for tick in reversed(view.rules.timeline.paces_of(view.turn)):
            order = self.orders.get(tick) if tick <= view.world.tick else None
            if isinstance(order, str):
                return BUILT_IN[order].answer(view, ask)
            if order is not None and order.answers == ask:
                return order
        return self.otherwise.answer(view, ask)

    def _move(self, tick: int) -> Option | str | None:
        """The order for a pace, if it is not an answer."""
        order = self.orders.get(tick)
        return None if isinstance(order, Option) and order.answers else order

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
