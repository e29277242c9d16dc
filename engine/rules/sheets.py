"""Sheets: little programs that read a world and change nothing: expressions, reasons, how members lean.

They are lowered by the same functions as the rules, so that what is told of a rule is what the rule does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from engine.expressions import Expression, Kind
from engine.rules.arrays import Numbers
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import Glance
from engine.rules.options import Block, Option
from engine.rules.program import happenings
from engine.rules.program.draft import Draft
from engine.rules.program.legality import conditions, is_called_for, rested, somebody
from engine.rules.program.options import Appraisal, who_of
from engine.rules.program.program import CALENDAR, HAPPENS, Gamble
from engine.rules.program.questions import Questions
from engine.rules.program.tape import Operand, Tape
from engine.rules.program.trees import NOBODY, Who
from engine.rules.roster import Roster
from engine.rules.votes import Body, Leaning, Question
from engine.rules.world import World

Writer = Callable[[Draft, Tape], Sequence[Operand]]
"""Writes on a tape, and says which values are wanted."""


class Sheet:
    """Some values of a world, worked out together."""

    def __init__(self, roster: Roster, write: Writer, beside: tuple[Hashable, ...] = ()) -> None:
        """``beside`` are what symbols may refer to that stand in no row of the state."""
        draft = Draft(roster, is_whole=False, beside=beside)
        tape = draft.tape(CALENDAR)
        for operand in write(draft, tape):
            tape.keep(operand)
        self._program, self._slots = draft.program(), draft.kept
        self._executor = NumpyExecutor(self._program)

    def read(self, world: World, beside: Sequence[Numbers] = ()) -> Numbers:
        """The values: shape (values, runs); a yes/no is 1.0 or 0.0."""
        if not self._slots:
            return np.zeros((0, world.runs))
        constants = self._program.constants
        memory = np.zeros((self._program.slots - self._program.sites.news, world.runs))
        first = len(beside)
        memory[first : first + len(constants)] = constants[:, np.newaxis]
        for row, numbers in enumerate(beside):
            memory[row] = numbers
        glance = Glance(self._program, memory, world)
        self._executor.run(glance, CALENDAR, CALENDAR)
        return glance.read(self._slots)


class Reading:
    """Some expressions over a world."""

    def __init__(
        self, roster: Roster, expressions: Iterable[Expression], who: Who = NOBODY, beside: tuple[Hashable, ...] = ()
    ) -> None:
        parsed = tuple(expressions)
        self._kinds = tuple(expression.kind for expression in parsed)
        self._sheet = Sheet(roster, lambda draft, tape: [draft.on(tape).of(one.root, who) for one in parsed], beside)

    def read(self, world: World, beside: Sequence[Numbers] = ()) -> list[Any]:
        """What each of them is: shape (runs,), of a yes/no bools; ``beside`` has the numbers that stand in no row."""
        values = self._sheet.read(world, beside)
        return [value != 0.0 if kind is Kind.YESNO else value for kind, value in zip(self._kinds, values, strict=True)]


@dataclass(frozen=True, slots=True)
class Account:
    """All that is to be said of an option in a world of one run."""

    legal: bool
    conditions: tuple[tuple[str, bool], ...]
    """Each part of its conditions, as words or text, and whether it holds, in the order in which they are asked."""
    terms: dict[str, float]
    """The reasons of which the gain is the sum: issues, ``appeal``, ``cost``; of several ``cost.WORDS`` each."""
    passing: float | None
    """The chance that the question that it tables would pass."""
    targets: tuple[str, ...]
    """At whom it would be directed, where it is at several at once."""

    @property
    def failing(self) -> tuple[str, ...]:
        """The conditions that fail."""
        return tuple(words for words, holds in self.conditions if not holds)

    @property
    def gain(self) -> float:
        """What it promises: term by term, as the rules add; sum() differs between Pythons."""
        return reduce(add, self.terms.values(), 0.0)


class OptionSheet:
    """What decides about one option."""

    def __init__(self, roster: Roster, option: Option) -> None:
        self._block, self._option = roster.block_of[option.action], option
        self._names = tuple(roster.scenario.actors)
        self._words: list[str] = []
        self._terms: list[str] = []
        self._everybody: list[int] = []
        self._sheet = Sheet(roster, self._write)

    def read(self, world: World) -> Account:
        """The account, in a world of one run."""
        found = iter(self._sheet.read(world)[:, 0].tolist())
        holds = tuple((words, next(found) != 0.0) for words in self._words)
        terms = {name: next(found) for name in self._terms}
        passing = next(found) if self._block.questions else None
        targets = tuple(self._names[target] for target in self._everybody if next(found) != 0.0)
        legal = bool(world.is_open[0]) and all(does for _, does in holds)
        return Account(legal, holds, terms, passing, targets)

    def _write(self, draft: Draft, tape: Tape) -> list[Operand]:
        block, option = self._block, self._option
        questions = Questions(draft)
        page, who, on = Appraisal(draft, questions, tape), who_of(draft, option), draft.on(tape)
        wanted = [*self._conditions(draft, tape, page, who)]
        chance, question = None, block.questions.get(option.target)
        if question is not None:
            chance = tape.register()
            questions.foresee(question, chance, tape.root, tape)
        amounts: dict[str, Operand] = {}

        def into(issue: str) -> Operand:
            amounts[issue] = tape.register()
            tape.root.body.append(tape.line("COPY", amounts[issue], tape.number(0.0)))
            return amounts[issue]

        page.promise(block, option, who, tape.root, chance, into)
        amounts |= {term: on.number(text, who) for term, text in block.action.appeals.items()}
        amounts |= {term: tape.pure("NEG", on.number(text, who)) for term, text in block.action.costs.items()}
        self._terms = list(amounts)
        wanted += [*amounts.values(), *([] if chance is None else [chance])]
        if block.action.each is not None:
            for one, holds in on.several(block.action.each, who):
                assert one.target is not None
                self._everybody.append(one.target)
                wanted.append(holds)
        return wanted

    def _conditions(self, draft: Draft, tape: Tape, page: Appraisal, who: Who) -> list[Operand]:
        block, nth = self._block, self._block.options.index(self._option)
        found = [(words, page.on.of(part, who)) for words, part in conditions(page.on, block)]
        if block.memory is not None:
            days = f"{block.action.cooldown or 0:g} days since it was done last"
            found.append(("that it was never done" if block.action.once else days, rested(page.on, block, nth)))
        if block.calls is not None:
            found.append((block.calls.words, is_called_for(page.on, block.calls, nth)))
        if block.action.each is not None:
            each = block.action.each
            found.append((f"somebody for whom it holds that {each.each}", somebody(page.on, each, who)))
        self._words = [words for words, _ in found]
        return [holds for _, holds in found]


class QuestionSheet:
    """How the members of a body lean on a question, and why."""

    def __init__(self, roster: Roster, question: Question, body: Body) -> None:
        self._question, self._body = question, body
        self._names: list[list[str]] = []
        self._leaning = Sheet(roster, self._lean)
        self._reasons = Sheet(roster, self._reason)

    def leaning(self, world: World) -> Leaning:
        """How they lean on the world as it stands."""
        gain, yes, no = self._leaning.read(world).reshape(3, len(self._body.names), world.runs)
        return Leaning(gain, yes, no)

    def reasons(self, world: World) -> dict[str, Numbers]:
        """What the gain of each member is the sum of: issues and leans; shape (members, runs) each."""
        values, at = self._reasons.read(world), 0
        names = dict.fromkeys(name for own in self._names for name in own)
        found = {name: np.zeros((len(self._names), world.runs)) for name in names}
        for member, own in enumerate(self._names):
            for name in own:
                found[name][member] = values[at]
                at += 1
        return found

    def _lean(self, draft: Draft, tape: Tape) -> list[Operand]:
        on, members = draft.on(tape), self._body.members.tolist()
        kind, area = on.lean(self._question, self._question.vote, self._body, tape.root)
        gains = [on.leaning(self._question, self._question.vote, member) for member in members]
        pairs = [[(kind, area + 2 * seat + side) for seat in range(len(members))] for side in (0, 1)]
        return [*gains, *pairs[0], *pairs[1]]

    def _reason(self, draft: Draft, tape: Tape) -> list[Operand]:
        on, zero = draft.on(tape), tape.number(0.0)
        wanted: list[Operand] = []
        for member in self._body.members.tolist():
            passed, failed = on.reasons(self._question, member)
            own = {
                issue: tape.pure("SUB", passed.get(issue, zero), failed.get(issue, zero))
                for issue in dict.fromkeys((*passed, *failed))
            }
            own |= on.leans(self._question, self._question.vote, member)
            self._names.append(list(own))
            wanted += own.values()
        return wanted


def chance_sheet(roster: Roster, question: Question) -> Sheet:
    """The exact chance that a question would pass if it were voted on now."""

    def write(draft: Draft, tape: Tape) -> list[Operand]:
        chance = tape.register()
        Questions(draft).foresee(question, chance, tape.root, tape)
        return [chance]

    return Sheet(roster, write)


def event_sheet(roster: Roster) -> Sheet:
    """Of each event, whether nothing but chance is against it, should it be due."""
    return Sheet(
        roster, lambda draft, tape: [happenings.may_happen(draft, tape, event) for event in roster.occurrences]
    )


def gamble_sheet(roster: Roster, gambles: Sequence[Gamble]) -> Sheet:
    """How likely each of some things is that have a chance, where what they follow from takes place."""

    def write(draft: Draft, tape: Tape) -> list[Operand]:
        return [_chance_of(draft, tape, gamble) for gamble in gambles]

    return Sheet(roster, write)


def outcome_sheet(roster: Roster, number: int) -> Sheet:
    """The weight of each outcome of an event."""
    outcomes = roster.occurrences[number].event.outcomes.values()
    return Sheet(roster, lambda draft, tape: [draft.on(tape).number(outcome.weight) for outcome in outcomes])


def _chance_of(draft: Draft, tape: Tape, gamble: Gamble) -> Operand:
    """The chance of an effect times whether its conditions hold; of an event, times whether it may happen."""
    on, roster = draft.on(tape), draft.roster
    if gamble.effect == HAPPENS:
        occurrence = roster.occurrences[gamble.source]
        may, chance = happenings.may_happen(draft, tape, occurrence), happenings.probability(draft, tape, occurrence)
        return may if chance is None else tape.pure("MUL", may, chance)
    effect, who = roster.effect_of(gamble), NOBODY
    holds = tape.number(1.0)
    if gamble.kind == "option":
        option = roster.options[gamble.source]
        who, each = who_of(draft, option), roster.block_of[option.action].action.each
        if gamble.target is not None and each is not None:
            who = Who(who.doer, gamble.target)
            holds = on.condition(each.each, who)
    elif gamble.kind in ("pass", "fail"):
        target = roster.questions[gamble.source].target
        who = Who(target=None if target is None else draft.layout.actors[target])
    if effect.when:
        holds = tape.pure("MUL", holds, on.condition(effect.when, who))
    assert effect.chance is not None
    return tape.pure("MUL", holds, on.probability(effect.chance, who))


def pair_sheet(roster: Roster, block: Block) -> Sheet:
    """Of an act at several at once, whether each pair of option and target is meant."""

    def write(draft: Draft, tape: Tape) -> list[Operand]:
        assert block.spread is not None
        on, doers, each = draft.on(tape), block.spread.doers, block.spread.each.each
        return [on.condition(each, Who(doers[place], target)) for place, target in block.spread.pairs]

    return Sheet(roster, write)
