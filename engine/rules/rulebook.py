"""The rule book: a scenario compiled, and how a turn goes.

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
from engine.rules.compiler import Compiler
from engine.rules.decide import NO_MOVE, Appraisal, choose
from engine.rules.draws import Draws
from engine.rules.effects import Reporter
from engine.rules.happenings import Drift, Occurrence, due_in
from engine.rules.layout import Layout
from engine.rules.options import Block, Option
from engine.rules.votes import Bodies, Decision, Instructions, Question
from engine.rules.world import OPEN, Changes, World, open_world
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import Reference

FREE: Instructions = {}
"""Nobody is told how to vote."""


class Recorder(Protocol):
    """Whoever writes down what happens in a turn."""

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Told of the moves: ``choice`` holds option numbers or NO_MOVE, (actors, runs) or (slots, actors, runs)."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """Told of a vote; ``sponsors`` of shape (actors, runs)."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """Told of an event."""

    def effect(self, world: World, source: object, effect: Effect, doer: int) -> None:
        """Told of an effect that brings news, in a world of one run."""


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
        pairs = {action: tuple(_pairs(scenario, action)) for action in scenario.actions}
        remembered = {
            action: len(pairs[action]) for action, rule in scenario.actions.items() if rule.once or rule.cooldown
        }
        once_only = [event for event, rule in scenario.events.items() if rule.once]
        self.layout = Layout(scenario, sum(remembered.values()) + len(once_only))
        compiler = self.compiler = Compiler(self.layout)
        self.bodies = Bodies(compiler)
        self.options = tuple(sorted((o for found in pairs.values() for o in found), key=self._order()))
        """Every option, sorted by actor; an option's number is its place here."""
        self.number_of = {option: number for number, option in enumerate(self.options)}
        memory = _give_rows(self.layout.first_memory, remembered, once_only)
        self.blocks = tuple(self._block(action, found, memory.get(action)) for action, found in pairs.items() if found)
        self.questions = tuple(q for block in self.blocks for q in block.questions.values())
        self.actor_options = self._by_actor()
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

    def _order(self) -> Callable[[Option], tuple[int, int, int]]:
        actors = self.layout.actors
        actions = {action: number for number, action in enumerate(self.scenario.actions)}
        return lambda option: (
            actors[option.actor],
            actions[option.action],
            actors[option.target] if option.target else 0,
        )

    def _block(self, action: str, options: tuple[Option, ...], memory: int | None) -> Block:
        vote = self.scenario.actions[action].vote
        asked: dict[str | None, Question] = {}
        if vote is not None:
            aims = {option.target for option in options}
            targets = [None] if aims == {None} else [actor for actor in self.scenario.actors if actor in aims]
            asked = {target: Question(self.compiler, self.bodies, action, vote, target) for target in targets}
        numbers = np.array([self.number_of[option] for option in options], dtype=np.intp)
        return Block(self.compiler, action, options, numbers, memory, asked)

    def _by_actor(self) -> dict[str, slice]:
        """The numbers of each actor's options, for actors that have any."""
        found: dict[str, slice] = {}
        for number, option in enumerate(self.options):
            first = found[option.actor].start if option.actor in found else number
            found[option.actor] = slice(first, number + 1)
        return found

    def question(self, question_id: str) -> Question:
        """The question of an id."""
        return next(question for question in self.questions if question.id == question_id)

    def open(self, seed: int, first_run: int = 0, runs: int = 1, times: int = 1) -> World:
        """A world of some runs, so many times side by side on the same chance, before its first turn."""
        draws = Draws(seed, first_run, runs)
        return open_world(self.layout, draws if times == 1 else draws.repeated(times))

    def step(self, world: World, recorder: Recorder | None = None) -> None:
        """One turn in which the rules decide for everyone."""
        self.open_turn(world, recorder)
        appraisal = self.appraise(world)
        self.play_turn(world, appraisal, self.choose(world, appraisal), recorder)

    def is_over(self, world: World) -> bool:
        """Whether every run of a world has closed."""
        return not world.is_open.any()

    def finish(self, world: World) -> None:
        """Turn after turn in which the rules decide for everyone, until every run has closed."""
        while not self.is_over(world):
            self.step(world)

    def play_turn(
        self,
        world: World,
        appraisal: Appraisal,
        choice: Rows,
        recorder: Recorder | None = None,
        instructions: Mapping[str, Instructions] | None = None,
    ) -> None:
        """The rest of a turn, once everyone has decided; ``instructions`` say, by question, how members vote.

        ``choice`` is of shape (actors, runs), or (slots, actors, runs) where somebody makes several moves.
        """
        docket = self.act(world, appraisal, choice, recorder)
        self.vote(world, docket, recorder, instructions or {})
        self.drift(world)
        self.chance(world, recorder)
        self.close(world)

    def open_turn(self, world: World, recorder: Recorder | None = None, without: Collection[str] = ()) -> None:
        """The calendar: dated events come due, but for those ``without`` which it is to go."""
        self._happen(world, due_in(self.occurrences, world.turn), recorder, without)

    def appraise(self, world: World) -> Appraisal:
        """What everybody may do, and what it promises, on the world as it stands."""
        offers = [offer for block in self.blocks if (offer := block.offer(world)) is not None]
        rates = np.zeros((len(self.options), world.runs))
        for offer in offers:
            rates[offer.block.numbers] = offer.rate
        return Appraisal(tuple(offers), rates, self._days(world))

    def _days(self, world: World) -> Numbers:
        """The days for which the rates of each actor count, with what it is ahead by: shape (actors, runs)."""
        _, ahead, _ = self.layout.clock(f"actor:{next(iter(self.layout.actors))}")
        days: Numbers = self.scenario.step * (1.0 + world.cells[ahead : ahead + len(self.layout.actors)])
        return days

    def choose(self, world: World, appraisal: Appraisal) -> Rows:
        """What everybody does by the rule: option numbers or NO_MOVE, of shape (actors, runs)."""
        choice = np.full((len(self.layout.actors), world.runs), NO_MOVE, dtype=np.intp)
        for actor, numbers in self.actor_options.items():
            choice[self.layout.actors[actor]] = choose(world, actor, numbers, appraisal.rates, self.scenario.step)
        return choice

    def act(self, world: World, appraisal: Appraisal, choice: Rows, recorder: Recorder | None = None) -> list[Tabled]:
        """All moves take effect together; gives the docket of questions that were tabled.

        ``choice`` is of shape (actors, runs), or (slots, actors, runs) where somebody makes several moves.
        """
        if recorder is not None:
            recorder.moves(world, appraisal, choice)
        changes = Changes()
        docket: list[Tabled] = []
        for offer in appraisal.offers:
            block = offer.block
            taken = _chosen(choice, block) & offer.legal
            if taken.any():
                block.effects.cause(world, taken, changes, _reporter(world, block, recorder))
                block.remember(world, taken)
                docket += self._table(world, block, taken)
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
        late = world.due.pop(world.turn, None)
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
        world.cells[self.layout.day] += np.where(is_open, self.scenario.step, 0.0)
        world.known.clear()
        is_last = world.turn + 1 >= self.scenario.turns
        for number, (ending, holds) in enumerate(self.endings):
            if is_last or (holds is not None and not ending.at_end):
                closes = is_open if holds is None else is_open & holds(world)
                np.copyto(world.ending, number, where=closes & (world.ending == OPEN))
        world.turn += 1

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
    action = scenario.actions[action_id]
    for actor in scenario.members(action.by):
        if action.targets is None:
            yield Option(actor, action_id)
        else:
            yield from (Option(actor, action_id, t) for t in scenario.members(action.targets) if t != actor)


def _give_rows(first: int, remembered: dict[str, int], events: list[str]) -> dict[str, int]:
    """The first row of each action's last days, then the row of each event's."""
    rows, row = {}, first
    for action, options in remembered.items():
        rows[action] = row
        row += options
    for event in events:
        rows[f"event {event}"] = row
        row += 1
    return rows


def _reporter(world: World, source: object, recorder: Recorder | None) -> Reporter | None:
    if recorder is None:
        return None
    return lambda effect, doer: recorder.effect(world, source, effect, doer)


def _teller(world: World, recorder: Recorder) -> Callable[[Occurrence, YesNo, Rows], None]:
    return lambda occurrence, happens, outcome: recorder.event(world, occurrence, happens, outcome)
