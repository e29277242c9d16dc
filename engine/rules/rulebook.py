"""The rule book: a scenario compiled, and how a pace goes.

Everything is written over arrays with the runs along the last axis. A batch takes many runs through
:meth:`Rules.step` in lockstep; a game is a world of one run whose phases are called one by one, so that
somebody may decide between them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.prose import counted
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.asks import askings_of, close_answered, in_silence, is_asked, with_answers
from engine.rules.compiler import Compiler
from engine.rules.decide import NO_MOVE, Appraisal, choose
from engine.rules.draws import Draws
from engine.rules.effects import Reporter
from engine.rules.happenings import Drift, Occurrence, due_in
from engine.rules.layout import Layout
from engine.rules.options import Block, Option
from engine.rules.replies import Caller, Calls, caller_of
from engine.rules.votes import Bodies, Decision, Instructions, Question
from engine.rules.world import OPEN, Changes, World, open_world
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import Reference
from engine.scenario.replies import replies_to

FREE: Instructions = {}
"""Nobody is told how to vote."""


class Recorder(Protocol):
    """Whoever writes down what happens in a pace."""

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Told of the moves: ``choice`` holds option numbers or NO_MOVE, (actors, runs) or (slots, actors, runs)."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """Told of a vote; ``sponsors`` of shape (actors, runs)."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """Told of an event."""

    def effect(self, world: World, source: object, effect: Effect, doer: int) -> None:
        """Told of an effect that brings news, in a world of one run."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Told of a question that is put to some actors, in a world of one run."""


@dataclass(frozen=True)
class Tabled:
    """A question on the docket: the runs in which it stands, and who sponsors it there."""

    question: Question
    runs: YesNo
    sponsors: YesNo


class Rules:
    """A scenario, compiled."""

    def __init__(self, scenario: Scenario) -> None:
        """For a scenario that the checker has passed."""
        self.scenario = scenario
        self.timeline = scenario.timeline
        pairs = {action: tuple(_pairs(scenario, action)) for action in scenario.choices}
        remembered = {
            action: len(pairs[action]) for action, rule in scenario.actions.items() if rule.once or rule.cooldown
        }
        replying = {action: len(pairs[action]) for action, rule in scenario.actions.items() if rule.reply_to}
        once_only = [event for event, rule in scenario.events.items() if rule.once]
        self.layout = Layout(scenario, sum(remembered.values()) + len(once_only) + sum(replying.values()))
        compiler = self.compiler = Compiler(self.layout)
        self.bodies = Bodies(compiler)
        self.options = tuple(sorted((o for found in pairs.values() for o in found), key=self._order()))
        """Every option, moves sorted by actor, then answers by question; an option's number is its place here."""
        self.number_of = {option: number for number, option in enumerate(self.options)}
        memory = _give_rows(self.layout.first_memory, remembered, once_only, replying)
        self.blocks = tuple(self._block(action, found, memory) for action, found in pairs.items() if found)
        self.callers = self._called_by()
        """By action, what it calls for when it is done."""
        self.questions = tuple(q for block in self.blocks for q in block.questions.values())
        self.actor_options = self._by_actor()
        self.askings = askings_of(compiler, self.options)
        """Every question to a side, with everybody to whom it may be put."""
        self.occurrences = tuple(
            Occurrence(compiler, event, rule, memory.get(f"event {event}")) for event, rule in scenario.events.items()
        )
        self.drifts = tuple(Drift(compiler, dynamic) for dynamic in scenario.dynamics.values())
        self.endings = tuple((e, None if e.when is None else compiler.condition(e.when)) for e in scenario.endings)

    def __repr__(self) -> str:
        return f"<Rules of {self.scenario.id}: {counted(len(self.options), 'option')}>"

    def __reduce__(self) -> tuple[type[Rules], tuple[Scenario]]:
        """Pickled as the scenario, and compiled anew where it is read: what is compiled are functions."""
        return type(self), (self.scenario,)

    def __copy__(self) -> Rules:
        """Itself, since nothing in it ever changes."""
        return self

    def __deepcopy__(self, _: object) -> Rules:
        """Itself, since nothing in it ever changes."""
        return self

    def _order(self) -> Callable[[Option], tuple[int, ...]]:
        actors, asks = self.layout.actors, list(self.scenario.asks)
        actions = {action: number for number, action in enumerate(self.scenario.choices)}

        def place(option: Option) -> tuple[int, ...]:
            ask, _, answer = option.action.partition(".")
            slot = 1 + asks.index(ask) if answer else 0
            return slot, actors[option.actor], actions[option.action], actors[option.target] if option.target else 0

        return place

    def _block(self, action: str, options: tuple[Option, ...], memory: Mapping[str, int]) -> Block:
        vote = self.scenario.choice(action).when_in_force().vote
        asked: dict[str | None, Question] = {}
        if vote is not None:
            aims = {option.target for option in options}
            targets = [None] if aims == {None} else [actor for actor in self.scenario.actors if actor in aims]
            asked = {target: Question(self.compiler, self.bodies, action, vote, target) for target in targets}
        numbers = np.array([self.number_of[option] for option in options], dtype=np.intp)
        reply = self.scenario.choice(action).reply_to
        calls = None if reply is None else Calls(self.scenario, reply, memory[f"reply {action}"], len(options))
        return Block(self.compiler, action, options, numbers, memory.get(action), asked, calls)

    def _called_by(self) -> dict[str, list[Caller]]:
        blocks, found = {block.action_id: block for block in self.blocks}, dict[str, list[Caller]]()
        for deed, replies in replies_to(self.scenario).items():
            for reply in replies:
                calls = blocks[reply].calls if reply in blocks else None
                if deed in blocks and calls is not None:
                    caller = caller_of(self.scenario, deed, blocks[deed].deeds, calls, blocks[reply].deeds)
                    found.setdefault(deed, []).append(caller)
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

    @property
    def answers(self) -> tuple[Option, ...]:
        """The options that answer a question."""
        return tuple(option for option in self.options if option.answers)

    def question(self, question_id: str) -> Question:
        """The question of an id."""
        return next(question for question in self.questions if question.id == question_id)

    def open(self, seed: int, first_run: int = 0, runs: int = 1, times: int = 1) -> World:
        """A world of some runs, so many times side by side on the same chance, before its first pace."""
        draws = Draws(seed, first_run, runs)
        return open_world(self.layout, draws if times == 1 else draws.repeated(times))

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One pace in which the rules decide for everyone."""
        self.open_pace(world, recorder)
        appraisal = self.appraise(world)
        self.play_pace(world, appraisal, self.decide(world, appraisal), recorder)

    def is_over(self, world: World) -> bool:
        """Whether every run of a world has closed."""
        return not world.is_open.any()

    def finish(self, world: World) -> None:
        """Pace after pace in which the rules decide for everyone, until every run has closed."""
        while not self.is_over(world):
            self.step(world)

    def play_pace(
        self,
        world: World,
        appraisal: Appraisal,
        choice: Rows,
        recorder: Recorder | None = None,
        instructions: Mapping[str, Instructions] | None = None,
    ) -> None:
        """The rest of a pace, once everyone has decided; ``instructions`` say, by question, how members vote.

        ``choice`` is of shape (actors, runs), or (slots, actors, runs) where somebody makes several moves.
        """
        docket = self.act(world, appraisal, choice, recorder)
        self.vote(world, docket, recorder, instructions or {})
        self.drift(world)
        self.chance(world, recorder)
        self.close(world)

    def open_pace(self, world: World, recorder: Recorder | None = None, without: Collection[str] = ()) -> None:
        """The calendar: dated events come due, but for those ``without`` which it is to go."""
        self._happen(world, due_in(self.occurrences, world.tick), recorder, without)

    def appraise(self, world: World) -> Appraisal:
        """What everybody may do, and what it promises, on the world as it stands."""
        offers = [offer for block in self.blocks if (offer := block.offer(world)) is not None]
        rates = np.zeros((len(self.options), world.runs))
        for offer in offers:
            rates[offer.block.numbers] = offer.rate
        return Appraisal(tuple(offers), rates)

    def decide(self, world: World, appraisal: Appraisal) -> Rows:
        """What everybody does and answers by the rule: option numbers or NO_MOVE.

        Of shape (actors, runs), or (slots, actors, runs) where somebody is asked: a slot for moves, one a question.
        """
        choice = self.choose(world, appraisal)
        return with_answers(choice, self.answer(world, appraisal)) if is_asked(appraisal) else choice

    def answer(self, world: World, appraisal: Appraisal) -> Rows:
        """What everybody answers by the rule: option numbers or NO_MOVE, of shape (questions, actors, runs)."""
        answers = np.full((len(self.scenario.asks), len(self.layout.actors), world.runs), NO_MOVE, dtype=np.intp)
        for asking in self.askings:
            answers[asking.slot, asking.number] = asking.by_rule(world, appraisal.rates)
        return answers

    def choose(self, world: World, appraisal: Appraisal) -> Rows:
        """The move that everybody makes by the rule: option numbers or NO_MOVE, of shape (actors, runs)."""
        choice = np.full((len(self.layout.actors), world.runs), NO_MOVE, dtype=np.intp)
        pace = self.timeline.pace_in_days
        for actor, numbers in self.actor_options.items():
            choice[self.layout.actors[actor]] = choose(world, actor, numbers, appraisal.rates, pace)
        return choice

    def act(self, world: World, appraisal: Appraisal, choice: Rows, recorder: Recorder | None = None) -> list[Tabled]:
        """All moves and answers take effect together; gives the docket of questions that were tabled.

        ``choice`` is of shape (actors, runs), or (slots, actors, runs) where somebody makes several moves, or answers.
        """
        choice = in_silence(world, self.askings, choice)
        if recorder is not None:
            recorder.moves(world, appraisal, choice)
        changes = Changes()
        docket: list[Tabled] = []
        done: list[tuple[Block, YesNo]] = []
        for offer in appraisal.offers:
            block = offer.block
            taken = _chosen(choice, block) & offer.legal
            if taken.any():
                block.effects.cause(world, taken, changes, _reporter(world, block, recorder))
                block.remember(world, taken)
                docket += self._table(world, block, taken)
                done.append((block, taken if block.spread is None else block.spread.over(world, taken)))
        for block, taken in done:  # once all replies are made, so that what is done now calls for others
            for caller in self.callers.get(block.action_id, ()):
                caller.tell(world, taken)
        close_answered(world, self.askings, choice)
        changes.take_place(world)
        return docket

    def _table(self, world: World, block: Block, taken: YesNo) -> Iterator[Tabled]:
        for target, question in block.questions.items():
            sponsors: YesNo = np.zeros((len(self.layout.actors), world.runs), dtype=np.bool_)
            for number, option in enumerate(block.options):
                if option.target == target:
                    sponsors[block.doers[number]] |= taken[number]
            if sponsors.any():
                yield Tabled(question, np.any(sponsors, axis=0), sponsors)

    def vote(
        self,
        world: World,
        docket: list[Tabled],
        recorder: Recorder | None = None,
        instructions: Mapping[str, Instructions] | None = None,
    ) -> None:
        """The questions on the docket are decided, one after the other."""
        for tabled in docket:
            question = tabled.question
            told = (instructions or {}).get(question.id, FREE)
            decision = question.decide(world, tabled.runs, told)
            if recorder is not None:
                recorder.decision(world, decision, tabled.sponsors)
            question.follow(world, decision, _reporter(world, question, recorder))

    def drift(self, world: World) -> None:
        """Things move by themselves; then what was delayed falls due."""
        changes = Changes()
        for drift in self.drifts:
            drift.move(world, changes)
        changes.take_place(world)
        late = world.due.pop(world.tick, None)
        if late is not None:
            late.only_where(world.is_open)
            late.take_place(world)

    def chance(self, world: World, recorder: Recorder | None = None, without: Collection[str] = ()) -> None:
        """Undated events happen, or not; those ``without`` which it is to go do not."""
        self._happen(world, due_in(self.occurrences, None), recorder, without)

    def _happen(
        self, world: World, occurrences: list[Occurrence], recorder: Recorder | None, without: Collection[str]
    ) -> None:
        changes = Changes()
        for occurrence in occurrences:
            if occurrence.id not in without:
                tell = None if recorder is None else _teller(world, recorder)
                occurrence.happen(world, changes, tell, _reporter(world, occurrence, recorder))
        changes.take_place(world)

    def close(self, world: World) -> None:
        """The clock moves on, and the first ending that holds closes a run."""
        is_open = world.is_open
        np.copyto(world.cells[self.layout.day], self.timeline.days_until(world.tick + 1), where=is_open)
        world.known.clear()
        is_last = world.tick + 1 >= self.timeline.paces
        for number, (ending, holds) in enumerate(self.endings):
            if is_last or (holds is not None and not ending.at_end):
                closes = is_open if holds is None else is_open & holds(world)
                np.copyto(world.ending, number, where=closes & (world.ending == OPEN))
        world.tick += 1

    def scores(self, world: World) -> Numbers:
        """How well the world fits what each actor wanted at the start, 0..100: shape (actors, runs).

        Not a number for an actor without stances.
        """
        weighed = np.zeros((len(self.layout.actors), world.runs))
        worst = np.zeros_like(weighed)
        for _, loss, most in self._losses(world):
            weighed += loss
            worst += most
        fit: Numbers = 100.0 * (1.0 - np.divide(weighed, worst, out=np.full_like(worst, np.nan), where=worst > 0))
        return fit

    def shortfalls(self, world: World) -> dict[str, Numbers]:
        """By issue, how many of its 100 points each actor lacks for where the world stands: shape (actors, runs)."""
        losses = list(self._losses(world))
        worst = sum((most for _, _, most in losses), np.zeros((len(self.layout.actors), world.runs)))
        return {
            issue: 100.0 * np.divide(loss, worst, out=np.zeros_like(worst), where=worst > 0)
            for issue, loss, _ in losses
        }

    def _losses(self, world: World) -> Iterator[tuple[str, Numbers, Numbers]]:
        """By issue, each actor's loss against what it wanted at the start, and the largest that it could have."""
        for number, issue in enumerate(self.scenario.issues):
            row = self.layout.rows[Reference("issue", issue)]
            low, high = self.layout.bounds[0][row], self.layout.bounds[1][row]
            weight = self.layout.salience[number, :, np.newaxis] / self.layout.span[issue]
            position = world.origin[number]
            loss = weight * np.abs(world.cells[row] - position)
            yield issue, loss, weight * np.maximum(position - low, high - position)


def _chosen(choice: Rows, block: Block) -> YesNo:
    """Which options of a block were chosen, in any slot: shape (options, runs)."""
    if choice.ndim == 2:
        chosen: YesNo = choice[block.doer_rows] == block.numbers[:, np.newaxis]
    else:
        chosen = (choice[:, block.doer_rows] == block.numbers[:, np.newaxis]).any(axis=0)
    return chosen


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


def _reporter(world: World, source: object, recorder: Recorder | None) -> Reporter | None:
    return None if recorder is None else _Reporter(world, source, recorder)


@dataclass(frozen=True)
class _Reporter:
    """Tells a recorder of what a source brings about in a world."""

    world: World
    source: object
    recorder: Recorder

    def effect(self, effect: Effect, doer: int) -> None:
        self.recorder.effect(self.world, self.source, effect, doer)

    def asked(self, ask: str, rows: Collection[int]) -> None:
        layout = self.world.layout
        to = dict(zip(layout.actors, layout.block("asked", ask), strict=True))
        self.recorder.asked(self.world, ask, tuple(actor for actor, row in to.items() if row in rows))


def _teller(world: World, recorder: Recorder) -> Callable[[Occurrence, YesNo, Rows], None]:
    return lambda occurrence, happens, outcome: recorder.event(world, occurrence, happens, outcome)
