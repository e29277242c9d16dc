"""Orders: a file in which somebody has written down what a seat does, turn by turn.

It is YAML, read as strictly as a scenario::

    orders:
      0: pledge                        # the number of a turn, 0 first
      2007-12-11: lobby:cyprus         # or a day in it, on which it is done; a target follows a colon
      4: lobby:cyprus@2008-01-03       # a later day of the turn, where the rules go in shorter steps
      5: {move: table_mission, votes: {table_mission: no}}
      8: {moves: [pledge, lobby:cyprus]}   # where the scenario lets a seat make several in a turn
      6: hold                          # nothing
      7: rule                          # what the rule would do
    otherwise: hold                    # or rule, greedy, random
    standing_votes: {table_mission: abstain}
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from engine.play.budget import WORDS_A_TURN, excess
from engine.play.plans import AT, Later, ordered, put_off, trouble_with
from engine.play.policies import BUILT_IN, BY_RULE, ByRule, Decision, Order, ScriptPolicy, plan_of
from engine.rules import Rules
from engine.rules.options import Option
from engine.rules.votes import BALLOTS
from engine.scenario.answers import NOWHERE
from engine.scenario.document import Document, Node
from engine.scenario.document import Path as Keys
from engine.scenario.models import Scenario
from engine.scenario.orders import OrderError, moment_in
from engine.scenario.problems import Problems, ScenarioError, listed, quoted
from engine.scenario.reader import read_document
from engine.scenario.records import Record
from engine.scenario.shape import dotted, validate
from engine.scenario.spelling import instead

HOLD, RULE = "hold", "rule"
"""Orders to do nothing, and to do what the rule would do."""

MOST_ORDERS = 10_000
"""Orders that one file may hold."""

MOST_MOVES = 100
"""Moves that are read of one order; how many a seat may make is said by the scenario."""


Told = tuple[Decision, dict[str, int]]
"""What a seat is told to do in a turn, answers included, and its votes by question."""


class OrdersError(ScenarioError):
    """Orders that can't be followed; carries every problem that was found."""


def as_vote(value: Any) -> Any:
    """How to vote, by word."""
    if value not in BALLOTS:
        raise ValueError(f"a vote is {listed(BALLOTS, last='or')}")
    return value


def as_order(value: Any) -> Any:
    """A move alone is an order too."""
    if isinstance(value, str):
        return {"move": value}
    if isinstance(value, dict):
        return value
    raise ValueError("an order is an action, hold, rule, or {move: ..., votes: {...}}, or moves: [...] for move")


VoteWord = Annotated[str, BeforeValidator(as_vote)]
WrittenVotes = Annotated[dict[str, VoteWord], Field(max_length=MOST_ORDERS)]


class WrittenOrder(Record):
    """What a seat does in one turn."""

    move: str | None = None
    """``hold``, ``rule``, an action, or ``action:target``, with ``@day`` for a later day; or ``ASK.ANSWER``, the answer
    to a question."""
    moves: Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=MOST_MOVES)] | None = None
    """Several actions, each perhaps with a target, and answers to questions."""
    votes: WrittenVotes = Field(default_factory=dict)
    """How it votes in this turn, by question."""

    @model_validator(mode="after")
    def moves_one_way(self) -> WrittenOrder:
        """What is done is said once."""
        if (self.move is None) == (self.moves is None):
            raise ValueError("an order needs move or moves" if self.move is None else "choose one of move, moves")
        return self


class WrittenOrders(Record):
    """A file of orders."""

    orders: Annotated[
        dict[Annotated[str, BeforeValidator(str)], Annotated[WrittenOrder, BeforeValidator(as_order)]],
        Field(max_length=MOST_ORDERS),
    ] = Field(default_factory=dict)
    """What the seat does, by turn or day."""
    otherwise: Literal["hold", "rule", "greedy", "random"] = "hold"
    """What it does in every other turn."""
    standing_votes: WrittenVotes = Field(default_factory=dict)
    """How it votes on a question whenever it is tabled."""


def read_orders(path: str | Path, rules: Rules, actor: str) -> ScriptPolicy:
    """The policy that follows the orders in a file.

    Raises :class:`OrdersError`, with every problem at its line and column.
    """
    problems = Problems(str(path))
    return _policy_in(read_document(Path(path), problems), rules, actor, problems)


def orders_in(content: Any, rules: Rules, actor: str, called: str) -> ScriptPolicy:
    """The same of what a file would hold; ``called`` is what messages call it. Raises :class:`OrdersError`."""
    return _policy_in(Document(called, Node(NOWHERE, content)), rules, actor, Problems(called))


def _policy_in(document: Document | None, rules: Rules, actor: str, problems: Problems) -> ScriptPolicy:
    written = validate(WrittenOrders, document, problems) if document is not None else None
    if written is None or document is None or problems.errors:
        raise OrdersError(problems.in_order(), problems.left_out)
    policy = _Clerk(rules, actor, document, problems).policy(written)
    if problems.errors:
        raise OrdersError(problems.in_order(), problems.left_out)
    return policy


def turn_at(scenario: Scenario, text: str) -> int | None:
    """The turn that a number (0 first) or a day means; None where the calendar has no such turn."""
    turn = None
    if re.fullmatch(r"[0-9]{1,9}", text):
        turn = int(text)
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            turn = scenario.turn_of(dt.date.fromisoformat(text))
        except ValueError:
            return None
    return turn if turn is not None and 0 <= turn < scenario.turns else None


def order_with(decision: Decision, votes: dict[str, int]) -> Order:
    """An order whose answers are told apart from its moves; one that only answers says nothing of moves."""
    if decision is None or isinstance(decision, ByRule):
        return Order(decision, votes)
    options = (decision,) if isinstance(decision, Option) else tuple(decision)
    if not any(option.answers for option in options):
        return Order(decision, votes)
    moves, answers = (tuple(o for o in options if bool(o.answers) is is_said) for is_said in (False, True))
    return Order(moves, votes, answers, only_answers=bool(answers) and not moves)


class _Clerk:
    """Turns written orders into those of a policy, and notes what can't be meant."""

    def __init__(self, rules: Rules, actor: str, document: Document, problems: Problems) -> None:
        self.rules, self.scenario, self.actor = rules, rules.scenario, actor
        self.document, self.problems = document, problems
        self.own: dict[str, list[str]] = {}
        answers = (option for option in rules.answers if option.actor == actor)
        for option in (*rules.options[rules.actor_options.get(actor, slice(0, 0))], *answers):
            self.own.setdefault(option.action, []).extend([option.target] if option.target else [])

    def policy(self, written: WrittenOrders) -> ScriptPolicy:
        """The policy that follows the orders."""
        orders = dict(self.orders(written))
        standing = self.votes(("standing_votes",), written.standing_votes)
        return ScriptPolicy(orders, BUILT_IN[written.otherwise], standing)

    def orders(self, written: WrittenOrders) -> Iterator[tuple[int, Order]]:
        """The orders of each turn: those for several of its days are one plan."""
        lines: dict[int, int] = {}
        found: dict[int, Told] = {}
        for key, order in written.orders.items():
            path: Keys = ("orders", key)
            turn = turn_at(self.scenario, key)
            if turn is None:
                self.note(path, self.no_turn(key), key=True)
            move = self.on_its_day(key, turn, self.decision(path, order), path)
            votes = self.votes((*path, "votes"), order.votes)
            if turn is None:
                continue
            if turn in found:
                self.join(path, turn, found, (move, votes), lines[turn])
            else:
                found[turn] = move, votes
                lines[turn] = self.document.locate(path, key=True)[0]
        yield from ((turn, order_with(move, votes)) for turn, (move, votes) in found.items())

    def on_its_day(self, key: str, turn: int | None, move: Decision, path: Keys) -> Decision:
        """What a day within a turn is ordered for is done on that day."""
        moment, timeline = moment_in(key), self.scenario.timeline
        if turn is None or move is None or isinstance(move, ByRule):
            return move
        plan = (move,) if isinstance(move, Option) else tuple(move)
        if moment is not None and not timeline.opens_turn(timeline.pace_of(moment)):
            plan = tuple(o if isinstance(o, Later) or o.answers else put_off(o, moment) for o in plan)
        for option in plan:
            trouble = trouble_with(option, turn, timeline)
            if trouble is not None:
                self.note(path, f"{option} can't be put off: {trouble}")
        return plan if len(plan) != 1 else plan[0]

    def join(self, path: Keys, turn: int, found: dict[int, Told], more: Told, line: int) -> None:
        """An order for another day of a turn that has one already."""
        plans = (plan_of(move) for move, _votes in (found[turn], more))
        first, second = (() if isinstance(plan, ByRule) else plan for plan in plans)
        days = [{option.on if isinstance(option, Later) else None for option in plan} for plan in (first, second)]
        if not first or not second or days[0] & days[1]:
            self.note(path, f"turn {turn} has an order already, in line {line}", key=True)
            return
        plan = (*first, *second)
        too_many = excess(self.rules, plan)
        if too_many:
            self.note(path, f"makes {too_many} of turn {turn}: {self.budget}", key=True)
        found[turn] = plan, {**found[turn][1], **more[1]}

    @property
    def budget(self) -> str:
        """How many moves a seat may make."""
        words = f", and send {WORDS_A_TURN} words" if self.scenario.speaks else ""
        return f"a seat may make {self.scenario.moves_per_turn} a turn in this scenario{words}"

    def no_turn(self, key: str) -> str:
        """Which turns there are."""
        s = self.scenario
        days = f"a day from {s.start} to {s.timeline.last_day_of(s.turns - 1)}"
        return f"{quoted(key)} is no turn: write a number from 0 to {s.turns - 1}, or {days}"

    def decision(self, path: Keys, order: WrittenOrder) -> Decision:
        """What is meant to be done; nothing after noting why not."""
        if order.moves is not None:
            return self.moves((*path, "moves"), order.moves)
        assert order.move is not None, "an order has move or moves"
        if order.move == HOLD:
            return None
        if order.move == RULE:
            return BY_RULE
        return self.move((*path, "move") if self.document.holds((*path, "move")) else path, order.move)

    def moves(self, path: Keys, texts: Sequence[str]) -> Decision:
        """Several options, different ones and not too many."""
        for number, text in enumerate(texts):
            if text in texts[:number]:
                self.note((*path, number), f"{quoted(text)} is in this order already")
            elif text in (HOLD, RULE):
                self.note((*path, number), f"{quoted(text)} is no move among others: write move: {text}")
        places = [(number, text) for number, text in enumerate(texts) if text not in (HOLD, RULE)]
        found = [self.move((*path, number), text) for number, text in places]
        plan = tuple(option for option in found if option is not None)
        too_many = excess(self.rules, plan)
        if too_many:
            self.note(path, f"has {too_many}: {self.budget}")
        return plan

    def move(self, path: Keys, text: str) -> Option | None:
        """The option that is meant; nothing after noting why not."""
        what, at, day = text.partition(AT)
        action, colon, target = what.partition(":")
        doubt = self.doubt(action, target if colon else None)
        if doubt:
            self.note(path, doubt)
            return None
        try:
            return ordered(Option(self.actor, action, target or None), day if at else None)
        except OrderError as error:
            self.note(path, str(error))
            return None

    def doubt(self, action: str, target: str | None) -> str | None:
        """Why the actor has no such option."""
        targets = self.own.get(action)
        if targets is None:
            return self.no_action(action)
        if not targets:
            return None if target is None else f"{action} has no target: write {action}"
        if target is None:
            return f"{action} needs a target: write {action}:{targets[0]}, or another of {listed(targets)}"
        if target not in targets:
            return f"unknown target {quoted(target)} of {action}{instead(target, targets)}"
        return None

    def no_action(self, action: str) -> str:
        """Who else may do it, or what is spelled like it."""
        if action in self.scenario.choices:
            others = self.scenario.members(self.scenario.choice(action).by)
            return f"{self.actor} can't {quoted(action)}: that is for {listed(others)}"
        return f"unknown action {quoted(action)}{instead(action, [*self.own, HOLD, RULE])}"

    def votes(self, path: Keys, written: dict[str, str]) -> dict[str, int]:
        """How to vote, by question."""
        for question in written:
            doubt = self.doubt_question(question)
            if doubt:
                self.note((*path, question), doubt, key=True)
        return {question: BALLOTS[word] for question, word in written.items()}

    def doubt_question(self, question_id: str) -> str | None:
        """Why the actor can't vote on a question."""
        known = {question.id: question for question in self.rules.questions}
        question = known.get(question_id)
        if question is None:
            return f"unknown question {quoted(question_id)}{instead(question_id, known)}"
        if all(self.actor not in question.body(tick).names for tick in range(self.scenario.timeline.paces)):
            return f"{self.actor} has no seat in {question.vote.institution}, which decides {quoted(question_id)}"
        return None

    def note(self, path: Keys, message: str, key: bool = False) -> None:
        """Notes a problem at its place."""
        self.problems.error(self.document.locate(path, key=key), dotted(path), message)
