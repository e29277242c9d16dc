"""Options as code: when they are legal, what they promise, and at what rate they are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expressions import Kind, tree
from engine.rules.layout import NEVER
from engine.rules.machine import program as p
from engine.rules.machine.draft import Draft, Stretch
from engine.rules.machine.expressions import NOBODY, Branches, Lowering, Who
from engine.rules.machine.program import NONE
from engine.rules.machine.questions import Questions
from engine.rules.machine.tape import RATE, ROW, SPECIAL, Operand, Region, Tape
from engine.scenario.names import Reference

if TYPE_CHECKING:
    from engine.expressions.tree import Node
    from engine.rules.options import Block, Option
    from engine.rules.votes import Question
    from engine.scenario.models import Belief, Effect

IS_OPEN: Operand = (SPECIAL, p.OPEN)
GAIN: Operand = (SPECIAL, p.GAIN)


def option_rows(draft: Draft, questions: Questions) -> list[tuple[int, ...]]:
    """By option, its place in the order of acting, its block, its effects, its memory and what it tables."""
    rows: list[tuple[int, ...]] = [()] * len(draft.rules.options)
    for number, block in enumerate(draft.rules.blocks):
        for place, option in enumerate(block.options):
            stream = ":".join(part for part in ("effect", option.action, option.actor, option.target) if part)
            tabled = block.questions.get(option.target)
            rows[int(block.numbers[place])] = (
                number * len(rows) + place,
                number,
                draft.list(block.action.effects, who_of(draft, option), stream),
                NONE if block.memory is None else block.memory + place,
                NONE if tabled is None else questions.number[tabled.id],
            )
    return rows


def who_of(draft: Draft, option: Option) -> Who:
    """Whom ``self`` and ``target`` mean in an option."""
    actors = draft.layout.actors
    return Who(actors[option.actor], None if option.target is None else actors[option.target])


def appraisal(draft: Draft, questions: Questions) -> Stretch:
    """The rates of all options on the world as it stands."""
    at = draft.stretch()
    writer = _Writer(draft, questions, at.tape)
    for block in draft.rules.blocks:
        writer.block(block)
    return at


@dataclass
class _Writer:
    draft: Draft
    questions: Questions
    tape: Tape

    def __post_init__(self) -> None:
        self.on: Lowering = self.draft.on(self.tape)
        self.legal, self.possible = self.tape.register(), self.tape.register()
        self.passed, self.failed = self.tape.register(), self.tape.register()
        self.chances = [self.tape.register() for _ in self.draft.rules.questions]

    def block(self, block: Block) -> None:
        """An action: what all its options ask for is asked once, and nothing more where no lane grants it."""
        line, names = self.tape.line, block.scope.names
        parts = self.on.conjuncts(block.action.when, names)
        parts += [self.draft.parser.expression(text, Kind.YESNO, names).root for text in block.action.needs.values()]
        own = [part for part in parts if _speaks_of(part, names)]
        region = self.tape.root.inside()
        region.head.append(line("COPY", self.possible, IS_OPEN))
        for part in parts:
            if part not in own:
                region.head.append(line("MUL", self.possible, self.possible, self.on.of(part, NOBODY)))
        region.head.append(line("JNONE", self.possible))
        for question in block.questions.values():
            self.questions.foresee(question, self._chance(question), region, self.tape)
        for place in range(len(block.options)):
            self._option(block, place, own, region.inside())

    def _chance(self, question: Question) -> Operand:
        return self.chances[self.questions.number[question.id]]

    def _option(self, block: Block, place: int, own: Sequence[Node], region: Region) -> None:
        line, option, action = self.tape.line, block.options[place], block.action
        who = who_of(self.draft, option)
        self._ask(block, place, own, who, region)
        region.body.append(line("COPY", GAIN, self.tape.number(0.0)))
        self._promise(block, option, who, region)
        for name, text in (("ADD", action.appeal), ("SUB", action.cost)):
            if text != "0":
                region.body.append(line(name, GAIN, GAIN, self.on.number(text, who)))
        assert who.doer is not None
        temperature = self.tape.number(float(self.draft.layout.temperature[who.doer]))
        region.body.append(line("MUL", self.legal, self.legal, self.tape.number(1.0 / action.tempo)))
        region.body.append(line("RATE", (RATE, int(block.numbers[place])), GAIN, self.legal, temperature))

    def _ask(self, block: Block, place: int, own: Sequence[Node], who: Who, region: Region) -> None:
        """Whether it is legal; the rest is jumped over where it is so in no lane."""
        asked = [] if block.memory is None else [self._rested(block, place, block.memory)]
        asked += [self.on.of(part, who) for part in own]
        region.head.append(self.tape.line("COPY", self.legal, self.possible))
        region.head += [self.tape.line("MUL", self.legal, self.legal, holds) for holds in asked]
        region.head.append(self.tape.line("JNONE", self.legal))

    def _rested(self, block: Block, place: int, memory: int) -> Operand:
        last: Operand = (ROW, memory + place)
        if block.action.once:
            return self.tape.pure("EQ", last, self.tape.number(NEVER))
        assert block.action.cooldown is not None
        since = self.tape.pure("SUB", (ROW, self.draft.layout.day), last)
        return self.tape.pure("GE", since, self.tape.number(float(block.action.cooldown)))

    def _promise(self, block: Block, option: Option, who: Who, region: Region) -> None:
        """The gain grows by what each issue promises."""
        assert who.doer is not None
        alone: list[Effect | Belief] = [*block.action.effects, *block.action.expects]
        question = block.questions.get(option.target)
        if question is None:
            for issue, branches in self.on.outlook(alone, who.doer, who).items():
                self._relieve(issue, branches, who.doer, region)
            return
        vote, zero = question.vote, self.tape.number(0.0)
        passed = self.on.outlook([*alone, *vote.passes, *vote.pass_expects], who.doer, who)
        failed = self.on.outlook([*alone, *vote.fails, *vote.fail_expects], who.doer, who)
        for issue in dict.fromkeys((*passed, *failed)):
            sides = [zero, zero]
            for number, (side, into) in enumerate(((passed, self.passed), (failed, self.failed))):
                if issue in side:
                    sides[number] = self._weigh(into, issue, side[issue], who.doer, region)
            region.body.append(self.tape.line("MIX", GAIN, sides[0], sides[1], self._chance(question)))

    def _relieve(self, issue: str, branches: Branches, judge: int, region: Region) -> None:
        if len(branches) == 1:
            weight, now, wanted = self.on.weight(issue, judge), self.on.place(issue), self.on.position(issue, judge)
            region.body.append(self.tape.line("ISSUE", weight, now, wanted, branches[0][1]))
        else:
            relief = self._weigh(self.passed, issue, branches, judge, region)
            region.body.append(self.tape.line("ADD", GAIN, GAIN, relief))

    def _weigh(self, into: Operand, issue: str, branches: Branches, judge: int, region: Region) -> Operand:
        """How much smaller a judge's loss is expected to be, in a register."""
        line, wanted = self.tape.line, self.on.position(issue, judge)
        region.body.append(line("FAR", into, self.on.place(issue), wanted))
        for probability, place in branches:
            if probability is None:
                region.body.append(line("NEARER", into, place, wanted))
            else:
                region.body.append(line("NEARERP", into, place, wanted, probability))
        region.body.append(line("MUL", into, into, self.on.weight(issue, judge)))
        return into


def _speaks_of(node: Node, names: frozenset[str]) -> bool:
    """Whether an expression says ``self`` or ``target``."""
    return any(
        isinstance(part, tree.Name)
        and isinstance(part.symbol.reference, Reference)
        and part.symbol.reference.who in names
        for part in tree.walk(node)
    )
