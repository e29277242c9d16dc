"""What a scenario offers, each thing with the number that the rules know it by: options, questions, bodies, events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import numpy as np

from engine.rules.arrays import Rows
from engine.rules.asks import askings_of
from engine.rules.happenings import Occurrence
from engine.rules.layout import Layout
from engine.rules.options import Block, Option, Spread
from engine.rules.program.program import Gamble
from engine.rules.replies import Caller, Calls, caller_of
from engine.rules.votes import Bodies, Body, Question
from engine.scenario.models import Action, Effect, Scenario
from engine.scenario.parsing import Parser
from engine.scenario.replies import replies_to
from engine.scenario.words.pledges import pledges
from engine.scenario.words.spoken import without_words
from engine.scenario.words.vows import Vow, vows


class Roster:
    """The options, questions and events of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        """For a scenario that the checker has passed."""
        self.scenario, self.timeline = scenario, scenario.timeline
        pairs = {action: tuple(_pairs(scenario, action)) for action in scenario.choices}
        remembered = {
            action: len(pairs[action]) for action, rule in scenario.actions.items() if rule.once or rule.cooldown
        }
        replying = {action: len(pairs[action]) for action, rule in scenario.actions.items() if rule.reply_to}
        once_only = [event for event, rule in scenario.events.items() if rule.once]
        self.layout = Layout(scenario, sum(remembered.values()) + len(once_only) + sum(replying.values()))
        self.bodies = Bodies(scenario, self.layout)
        self.options = tuple(sorted((o for found in pairs.values() for o in found), key=self._order()))
        """Every option, moves sorted by actor, then answers by question; an option's number is its place here."""
        self.number_of = {option: number for number, option in enumerate(self.options)}
        memory = _give_rows(self.layout.first_memory, remembered, once_only, replying)
        self.blocks = tuple(self._block(action, found, memory) for action, found in pairs.items() if found)
        self.block_of = {block.action_id: block for block in self.blocks}
        self.callers = self._called_by()
        """By action, what it calls for when it is done."""
        self.questions = tuple(q for block in self.blocks for q in block.questions.values())
        self.question_of = {question.id: number for number, question in enumerate(self.questions)}
        """The number of each question, by its id."""
        self.actor_options = self._by_actor()
        self.askings = askings_of(self.layout, self.options)
        """Every question to a side, with everybody to whom it may be put."""
        self.occurrences = tuple(
            Occurrence(scenario, event, rule, memory.get(f"event {event}")) for event, rule in scenario.events.items()
        )

    @cached_property
    def parser(self) -> Parser:
        """What reads the scenario's expressions."""
        return Parser(self.scenario)

    @cached_property
    def own(self) -> dict[str, Action]:
        """Each action for which somebody may give its word, as it would be if nobody had."""
        acts = dict.fromkeys(act for pledge in pledges(self.scenario) for act in pledge.about)
        bare = without_words(self.scenario).actions if acts else {}
        return {act: bare[act] for act in acts}

    @cached_property
    def vows(self) -> dict[tuple[str, str | None, str], list[Vow]]:
        """What words may be given about votes, by the action that tables the question, its target, and the member."""
        found: dict[tuple[str, str | None, str], list[Vow]] = {}
        for vow in vows(self.scenario):
            found.setdefault((vow.action, vow.at, vow.member), []).append(vow)
        return found

    @cached_property
    def acting(self) -> tuple[Option, ...]:
        """All options in the order of acting: action by action, then by actor and target."""
        return tuple(option for block in self.blocks for option in block.options)

    @cached_property
    def order(self) -> dict[Option, int]:
        """The place of each option in the order of acting."""
        return {option: place for place, option in enumerate(self.acting)}

    @cached_property
    def places(self) -> Rows:
        """The place of each option in the order of acting, by its number: shape (options,)."""
        return np.array([self.order[option] for option in self.options], dtype=np.intp)

    @cached_property
    def actor_of(self) -> Rows:
        """The number of each option's actor: shape (options,)."""
        return np.array([self.layout.actors[option.actor] for option in self.options], dtype=np.intp)

    @cached_property
    def slot_of(self) -> Rows:
        """In which slot an actor chooses each option: 0 for moves, then one for each question to a side."""
        asks = list(self.scenario.asks)
        return np.array([1 + asks.index(o.answers) if o.answers else 0 for o in self.options], dtype=np.intp)

    @cached_property
    def sittings(self) -> tuple[tuple[tuple[int, Body], ...], ...]:
        """By question, who decides it: the first pace of each composition, and the body that sits from then on."""
        return tuple(tuple(self._compositions(question)) for question in self.questions)

    @cached_property
    def seats(self) -> tuple[tuple[int, ...], ...]:
        """By question and composition, the place of the first member's ballot among all ballots."""
        found, first = [], 0
        for sittings in self.sittings:
            row = []
            for _, body in sittings:
                row.append(first)
                first += len(body.names)
            found.append(tuple(row))
        return tuple(found)

    def effect_of(self, gamble: Gamble) -> Effect:
        """The effect on which a uniform number decides, or that brings news."""
        match gamble.kind:
            case "option":
                return self.block_of[self.options[gamble.source].action].action.effects[gamble.effect]
            case "event":
                event = self.occurrences[gamble.source].event
                effects = event.effects if gamble.outcome is None else event.outcomes[gamble.outcome].effects
                return effects[gamble.effect]
        vote = self.questions[gamble.source].vote
        return (vote.passes if gamble.kind == "pass" else vote.fails)[gamble.effect]

    def sitting(self, question: int, tick: int) -> int:
        """Which of its compositions decides a question in a pace."""
        return max(number for number, (first, _) in enumerate(self.sittings[question]) if first <= tick)

    @cached_property
    def tabling(self) -> tuple[Rows, ...]:
        """By question, the numbers of the options that table it."""
        found: list[list[int]] = [[] for _ in self.questions]
        for block in self.blocks:
            for option, number in zip(block.options, block.numbers.tolist(), strict=True):
                if block.questions:
                    found[self.question_of[block.questions[option.target].id]].append(number)
        return tuple(np.array(numbers, dtype=np.intp) for numbers in found)

    def _compositions(self, question: Question) -> Iterator[tuple[int, Body]]:
        last: Body | None = None
        for tick in range(self.timeline.paces):
            body = question.body(tick)
            if last is None or last.names != body.names:
                last = body
                yield tick, body

    def _order(self) -> Callable[[Option], tuple[int, ...]]:
        actors, asks = self.layout.actors, list(self.scenario.asks)
        actions = {action: number for number, action in enumerate(self.scenario.choices)}

        def place(option: Option) -> tuple[int, ...]:
            ask = option.answers
            slot = 1 + asks.index(ask) if ask else 0
            return slot, actors[option.actor], actions[option.action], actors[option.target] if option.target else 0

        return place

    def _block(self, action: str, options: tuple[Option, ...], memory: Mapping[str, int]) -> Block:
        rule, actors = self.scenario.choice(action), self.layout.actors
        vote = rule.when_in_force().vote
        asked: dict[str | None, Question] = {}
        if vote is not None:
            aims = {option.target for option in options}
            targets = [None] if aims == {None} else [actor for actor in self.scenario.actors if actor in aims]
            asked = {target: Question(self.bodies, action, vote, target) for target in targets}
        numbers = np.array([self.number_of[option] for option in options], dtype=np.intp)
        calls = None
        if rule.reply_to is not None:
            calls = Calls(self.scenario, rule.reply_to, memory[f"reply {action}"], len(options))
        doers = tuple(actors[option.actor] for option in options)
        spread = None
        if rule.each is not None:
            spread = Spread(rule.each, doers, tuple(actors[name] for name in self.scenario.members(rule.each.of)))
        return Block(
            action, rule.when_in_force(), options, numbers, tuple(actors), memory.get(action), asked, calls, spread
        )

    def _called_by(self) -> dict[str, list[Caller]]:
        found = dict[str, list[Caller]]()
        for deed, replies in replies_to(self.scenario).items():
            for reply in replies:
                calls = self.block_of[reply].calls if reply in self.block_of else None
                if deed in self.block_of and calls is not None:
                    done, answered = self.block_of[deed].deeds, self.block_of[reply].deeds
                    found.setdefault(deed, []).append(caller_of(self.scenario, deed, done, calls, answered))
        return found

    def _by_actor(self) -> dict[str, slice]:
        """The numbers of each actor's moves, for actors that have any."""
        found: dict[str, slice] = {}
        for number, option in enumerate(self.options):
            if option.answers:
                break
            first = found[option.actor].start if option.actor in found else number
            found[option.actor] = slice(first, number + 1)
        return found


def _pairs(scenario: Scenario, action_id: str) -> Iterator[Option]:
    """The options of an action, sorted by actor and target."""
    action = scenario.choice(action_id)
    for actor in scenario.members(action.by):
        if action.one_of is None:
            yield Option(actor, action_id)
        else:
            yield from (Option(actor, action_id, t) for t in scenario.members(action.one_of) if t != actor)


def _give_rows(first: int, remembered: dict[str, int], events: list[str], replying: dict[str, int]) -> dict[str, int]:
    """The first row of each action's last days, then the row of each event's, then the first of each action's calls."""
    rows, row = {}, first
    for action, options in remembered.items():
        rows[action] = row
        row += options
    for event in events:
        rows[f"event {event}"] = row
        row += 1
    for action, options in replying.items():
        rows[f"reply {action}"] = row
        row += options
    return rows
