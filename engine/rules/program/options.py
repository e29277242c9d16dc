"""Options as code: when they are legal, what they promise, and what is done when they are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expressions.tree import Node
from engine.rules.layout import NEVER
from engine.rules.program import asks
from engine.rules.program import program as p
from engine.rules.program.draft import IS_OPEN, Draft, Source
from engine.rules.program.expressions import Branches, Lowering
from engine.rules.program.legality import alone, conditions, is_called_for, rested, scope_of, somebody, speaks_of
from engine.rules.program.questions import Questions
from engine.rules.program.tape import Operand, Region, Tape, plain
from engine.rules.program.trees import NOBODY, Who

if TYPE_CHECKING:
    from engine.rules.options import Block, Option
    from engine.rules.replies import Caller
    from engine.rules.votes import Question


def looseness(draft: Draft, tape: Tape) -> None:
    """By option, its temperature and one over its tempo, which its rate is worked out from."""
    on, one, waits = draft.on(tape), tape.number(1.0), dict[int, Operand]()
    for option in draft.roster.options:
        ask, _, answer = option.action.rpartition(".")
        asked = draft.scenario.asks[ask].temperature if ask and answer else None
        loose = on.known(draft.layout.temperature(draft.layout.actors[option.actor]) if asked is None else asked)
        tempo = draft.scenario.choice(option.action).tempo
        row = draft.layout.row_of(tempo)
        if row is not None and row not in waits:
            waits[row] = tape.register()
            tape.root.body.append(tape.line("DIV", waits[row], one, on.cell(row)))
        tape.keep(loose)
        tape.keep(tape.number(1.0 / tempo) if row is None else waits[row])
        draft.rated.append(draft.roster.order[option])


def who_of(draft: Draft, option: Option) -> Who:
    """Whom ``self`` and ``target`` mean in an option."""
    actors = draft.layout.actors
    return Who(actors[option.actor], None if option.target is None else actors[option.target])


def act(draft: Draft) -> None:
    """All moves take effect together; questions that are tabled are marked."""
    for block in draft.roster.blocks:
        tape = draft.tape(p.ACT)
        region = tape.root.inside()
        region.head.append(tape.unless(draft.site("take", draft.roster.order[block.options[0]]), len(block.options)))
        for nth in range(len(block.options)):
            _take(draft, tape, region.inside(), block, nth)
    tape = draft.tape(p.ACT)
    for deed, callers in draft.roster.callers.items():
        for caller in callers:
            _call(draft, tape, deed, caller)
    asks.close_answered(draft, tape)
    tape.root.body.append(tape.line("SETTLE"))


def _call(draft: Draft, tape: Tape, deed: str, caller: Caller) -> None:
    """What was done calls for replies, once those that were made are made."""
    on, block = draft.on(tape), draft.roster.block_of[deed]
    for done, reply in caller.pairs:
        called = on.cell(caller.calls.rows.start + reply)
        owner, target = (done, None) if block.spread is None else block.spread.pairs[done]
        taken = draft.site("take", draft.roster.order[block.options[owner]])
        if block.spread is not None:
            who = Who(who_of(draft, block.options[owner]).doer, target)
            taken = tape.pure("MUL", taken, on.condition(block.spread.each.each, who))
        tape.root.body.append(tape.line("PICK", called, taken, on.cell(draft.layout.day), called))


def _take(draft: Draft, tape: Tape, region: Region, block: Block, nth: int) -> None:
    line, on, option = tape.line, draft.on(tape), block.options[nth]
    taken = draft.site("take", draft.roster.order[option])
    region.head.append(tape.unless(taken))
    stream = ":".join(part for part in ("effect", option.action, option.actor, option.target) if part)
    source = Source(stream, "option", int(block.numbers[nth]))
    draft.cause(tape, region, block.action.effects, who_of(draft, option), taken, source, block.action.each)
    if block.memory is not None:
        last = on.cell(block.memory + nth)
        region.body.append(line("PICK", last, taken, on.cell(draft.layout.day), last))
    if block.calls is not None:
        called = on.cell(block.calls.rows.start + nth)
        region.body.append(line("PICK", called, taken, tape.number(NEVER), called))
    if block.questions:
        tabled = draft.site("tabled", draft.roster.question_of[block.questions[option.target].id])
        region.body.append(line("OR", tabled, tabled, taken))


def appraise(draft: Draft, questions: Questions) -> None:
    """The rates of all options on the world as it stands."""
    tape = draft.tape(p.APPRAISE)
    tape.root.body.append(tape.line("CLEAR", draft.site("legal"), plain(draft.options)))
    writer = Appraisal(draft, questions, tape)
    for block in draft.roster.blocks:
        writer.block(block)
    looseness(draft, tape)
    tape.root.body.append(tape.line("RATES"))


@dataclass
class Appraisal:
    """What options promise, on one tape."""

    draft: Draft
    questions: Questions
    tape: Tape

    def __post_init__(self) -> None:
        self.on: Lowering = self.draft.on(self.tape)
        self.possible = self.tape.register()
        self.passed, self.failed = self.tape.register(), self.tape.register()

    def block(self, block: Block) -> None:
        """An action: what all its options ask for is asked once, and nothing more where no lane grants it."""
        names = scope_of(block)
        parts = [part for _, part in conditions(self.on, block)]
        own = [part for part in parts if speaks_of(part, names)]
        region = self.tape.root.inside()
        common = [self.on.of(part, NOBODY) for part in parts if part not in own]
        region.head += [*self.tape.every(self.possible, IS_OPEN, *common), self.tape.unless(self.possible)]
        for question in block.questions.values():
            self.questions.foresee(question, self._chance(question), region, self.tape)
        for nth in range(len(block.options)):
            self._option(block, nth, own, region.inside())

    def _chance(self, question: Question) -> Operand:
        return self.draft.site("chance", self.draft.roster.question_of[question.id])

    def _option(self, block: Block, nth: int, own: Sequence[Node], region: Region) -> None:
        option, number = block.options[nth], int(block.numbers[nth])
        who = who_of(self.draft, option)
        self._ask(block, nth, own, who, region)
        gain = self.draft.site("gain", number)
        region.body.append(self.tape.line("COPY", gain, self.tape.number(0.0)))
        question = block.questions.get(option.target)
        chance = None if question is None else self._chance(question)
        self.promise(block, option, who, region, chance, lambda _: gain)
        for name, amounts in (("ADD", block.action.appeals), ("SUB", block.action.costs)):
            for text in amounts.values():
                region.body.append(self.tape.line(name, gain, gain, self.on.number(text, who)))

    def _ask(self, block: Block, nth: int, own: Sequence[Node], who: Who, region: Region) -> None:
        """Whether it is legal; the rest is jumped over where it is so in no lane."""
        legal = self.draft.site("legal", int(block.numbers[nth]))
        asked = [] if block.memory is None else [rested(self.on, block, nth)]
        asked += [] if block.action.each is None else [somebody(self.on, block.action.each, who)]
        asked += [] if block.calls is None else [is_called_for(self.on, block.calls, nth)]
        asked += [self.on.of(part, who) for part in own]
        region.head += [*self.tape.every(legal, self.possible, *asked), self.tape.unless(legal)]

    def promise(
        self,
        block: Block,
        option: Option,
        who: Who,
        region: Region,
        chance: Operand | None,
        into: Callable[[str], Operand],
    ) -> None:
        """What each issue promises; ``into`` gives, by issue, what grows by it.

        Of an option that tables a question, ``chance`` is how likely that passes.
        """
        assert who.doer is not None
        question = block.questions.get(option.target)
        if question is None or chance is None:
            for issue, branches in self.on.outlook(alone(block), who.doer, who, block.action.each).items():
                self._relieve(issue, branches, who.doer, region, into(issue))
            return
        zero = self.tape.number(0.0)
        passed, failed = self.on.outlooks(alone(block), question.vote, who.doer, who)
        for issue in dict.fromkeys((*passed, *failed)):
            sides = [zero, zero]
            for number, (side, register) in enumerate(((passed, self.passed), (failed, self.failed))):
                if issue in side:
                    sides[number] = self.weigh(register, issue, side[issue], who.doer, region)
            region.body.append(self.tape.line("MIX", into(issue), sides[0], sides[1], chance))

    def _relieve(self, issue: str, branches: Branches, judge: int, region: Region, gain: Operand) -> None:
        if len(branches) == 1 and self.on.layout.loss[issue].is_plain:
            weight, now, wanted = self.on.weight(issue, judge), self.on.place(issue), self.on.position(issue, judge)
            region.body.append(self.tape.line("ISSUE", gain, now, wanted, branches[0][1], weight))
        else:
            relief = self.weigh(self.passed, issue, branches, judge, region)
            region.body.append(self.tape.line("ADD", gain, gain, relief))

    def weigh(self, into: Operand, issue: str, branches: Branches, judge: int, region: Region) -> Operand:
        """How much smaller a judge's loss is expected to be; where it is the distance, in a register, step by step."""
        if not self.on.layout.loss[issue].is_plain:
            return self.on.relief(issue, branches, judge)
        line, wanted = self.tape.line, self.on.position(issue, judge)
        region.body.append(line("FAR", into, self.on.place(issue), wanted))
        for probability, place in branches:
            if probability is None:
                region.body.append(line("NEARER", into, into, place, wanted))
            else:
                region.body.append(line("NEARERP", into, place, wanted, probability))
        region.body.append(line("MUL", into, into, self.on.weight(issue, judge)))
        return into
