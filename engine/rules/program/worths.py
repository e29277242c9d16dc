"""What words between sides are worth to whoever judges them: promises, warnings, and whether they can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from engine.rules.options import STEEPEST, Block
from engine.rules.program.expressions import UNINVOLVED
from engine.rules.program.foresight import Foreseeing, Sworn
from engine.rules.program.legality import alone, conditions, is_called_for, rested, somebody
from engine.rules.program.program import TICK as TICKS
from engine.rules.program.tape import SPECIAL, Operand
from engine.rules.program.trees import Who
from engine.scenario.doubts import ends_of
from engine.scenario.names import Reference
from engine.scenario.words.additions import USUAL
from engine.scenario.words.drafts import draft_value, parties_to
from engine.scenario.words.exchanges import MOST_WORTH, trust_value
from engine.scenario.words.pledges import Pledge, pledge_of, warning_of

if TYPE_CHECKING:
    from engine.rules.votes import Question
    from engine.scenario.models.words import Cast

TICK: Operand = (SPECIAL, TICKS)


@dataclass(frozen=True)
class Act:
    """An option that a pledge is about."""

    block: Block
    nth: int
    who: Who

    @property
    def doer(self) -> int:
        """The number of its actor."""
        assert self.who.doer is not None
        return self.who.doer


class Judging(Foreseeing):
    """What the expressions of a scenario come to, words between sides among them."""

    def known_to(self, knower: int) -> Judging:
        """The same on what an actor knows: others stand where they were coded, where there is doubt."""
        return Judging(self.roster, self.tape, self.counting, self._beside, knower)

    def of_words(self, reference: Reference, who: Who) -> Operand:
        """What words are worth to an actor, or whether what they are about is possible."""
        actor = self._actor(reference, who)
        assert actor is not None, "the checker lets pass only what means somebody"
        if reference.kind == "possible":
            legal = [self.legal(act)[1] for act in self.acts(self.pledge(reference.id))]
            return reduce(lambda one, other: self.tape.pure("OR", one, other), legal)
        number = self.tape.number
        match reference.kind:
            case "worth":
                found = self.known_to(actor).worth(self.pledge(reference.id), actor)
            case "seen":
                found = self.known_to(UNINVOLVED).worth(self.pledge(reference.id), actor)
            case "dread":
                harm = self.known_to(actor).harm(reference.id)
                found = self.tape.pure("MUL", self.belief(reference.id), harm)
            case "threat":
                found = self.known_to(actor).warning(reference.id)
            case "signing":
                found = self.known_to(actor).text(reference.id, actor)
            case _:
                found = self.known_to(actor).amended(reference, actor)
        return self.tape.pure("HELD", found, number(-MOST_WORTH), number(MOST_WORTH))

    def pledge(self, name: str) -> Pledge:
        """A pledge by its name."""
        found = pledge_of(self.scenario, name)
        assert found is not None, name
        return found

    def acts(self, pledge: Pledge) -> Iterator[Act]:
        """The options that a pledge is about."""
        for block in map(self.roster.block_of.__getitem__, pledge.acts):
            for nth, option in enumerate(block.options):
                if option.actor == pledge.by and pledge.at in (None, option.target):
                    yield self._act(block, nth)

    def _act(self, block: Block, nth: int) -> Act:
        option, actors = block.options[nth], self.layout.actors
        return Act(block, nth, Who(actors[option.actor], None if option.target is None else actors[option.target]))

    def worth(self, pledge: Pledge, judge: int) -> Operand:
        """What it is worth to a judge that a pledge is given.

        An act counts by the chance that it would not be done anyway, what is refrained from by the chance that it
        would be: for the giver as the gain of its option, for anybody else as the relief that it brings.
        """
        if pledge.vote is not None:
            return self.vote(pledge, judge)
        pure, days = self.tape.pure, self.known(pledge.within)
        found = []
        for act in self.acts(pledge):
            free, legal = self.legal(act)
            likely = self.likely(act, legal, days)
            if pledge.refrains:
                changes = pure("NEG", likely)
            else:
                changes = pure("MUL", pure("SUB", self.tape.number(1.0), likely), free if pledge.ahead else legal)
            found.append(pure("MUL", changes, self.value(act, judge)))
        return self._sum(found)

    def vote(self, pledge: Pledge, judge: int) -> Operand:
        """What it is worth to a judge that a member gives its word about a vote.

        By how likely the question is put in time, it counts by how much likelier it is to pass; for the member itself
        its lean counts besides, by how far the word moves its ballot, from -1 for a no to 1 for a yes.
        """
        assert pledge.vote is not None
        assert pledge.cast is not None
        pure, block, member = self.tape.pure, self.roster.block_of[pledge.vote], self.layout.actors[pledge.by]
        question, relief = block.questions[pledge.at], self.tape.number(0.0)
        for sign, reasons in zip(("ADD", "SUB"), self.reasons(question, judge), strict=True):
            for one in reasons.values():
                relief = pure(sign, relief, one)
        given = self.passing(question, Sworn(member, pledge.cast))
        worth = pure("MUL", pure("SUB", given, self.passing(question)), relief)
        if judge == member:
            worth = pure("ADD", worth, self._ballot(question, member, pledge.cast))
        return pure("MUL", self._tabled(block, pledge), worth)

    def _tabled(self, block: Block, pledge: Pledge) -> Operand:
        """The chance that a question is put within the time of a pledge, if nothing else were done."""
        pure, one, days = self.tape.pure, self.tape.number(1.0), self.known(pledge.within)
        quiet = one
        for nth, option in enumerate(block.options):
            if option.target == pledge.at:
                act = self._act(block, nth)
                quiet = pure("MUL", quiet, pure("SUB", one, self.likely(act, self.legal(act)[1], days)))
        return pure("SUB", one, quiet)

    def _ballot(self, question: Question, member: int, cast: Cast) -> Operand:
        """By how far a word moves a member's ballot, times half its lean: nothing where it has no seat."""
        pure, number, vote = self.tape.pure, self.tape.number, self.own_vote(question)
        lean, moved = number(0.0), number(0.0)
        for one in self.leans(question, vote, member).values():
            lean = pure("ADD", lean, one)
        sittings = self.roster.sittings[self.roster.question_of[question.id]]
        last = [first for first, _ in sittings[1:]] + [self.scenario.timeline.paces]
        for (first, body), end in zip(sittings, last, strict=True):
            if member in body.members:
                yes, no = self.chances(question, vote, body, member)
                becomes = {"for": number(1.0), "against": number(-1.0), "not for": pure("NEG", no), "not against": yes}
                sits = pure("ANDGE", pure("LT", TICK, number(float(end))), TICK, number(float(first)))
                moved = pure("ADD", moved, pure("MUL", sits, pure("SUB", becomes[cast], pure("SUB", yes, no))))
        return pure("MUL", pure("MUL", moved, number(0.5)), lean)

    def belief(self, warning: str) -> Operand:
        """How likely a threat seems to be carried out: as far as that would pay, or backing down would cost."""
        each, pure = warning_of(self.scenario, warning), self.tape.pure
        trust = self.layout.rows[Reference("value", trust_value(each.to, each.threat.by))]
        honour = pure("MUL", self.tape.number(2.0 * each.honour(self.scenario.words or USUAL)), (self.cell(trust)))
        giver = self.layout.actors[each.threat.by]
        pays = self.known_to(UNINVOLVED).values(warning, giver)
        steep = pure("DIV", pure("ADD", pays, honour), self.known(self.layout.temperature(giver)))
        return self._call("logistic", [steep])

    def harm(self, warning: str) -> Operand:
        """What the one who is warned would lose, were a threat carried out; never less than nothing."""
        judge = self.layout.actors[warning_of(self.scenario, warning).to]
        return self.tape.pure("MAX", self.tape.pure("NEG", self.values(warning, judge)), self.tape.number(0.0))

    def warning(self, name: str) -> Operand:
        """What a warning may prevent, less what it may cost to be bound by it; as its giver knows the world."""
        each, pure = warning_of(self.scenario, name), self.tape.pure
        giver, other = self.layout.actors[each.threat.by], self.layout.actors[each.to]
        belief, loose = self.belief(name), self.known(self.layout.temperature(other))
        left = pure("EXP", pure("NEG", pure("DIV", pure("MUL", belief, self.harm(name)), loose)))
        price = pure("MUL", belief, pure("MIN", self.values(name, giver), self.tape.number(0.0)))
        deed, days = self.pledge(each.deed), self.known(each.threat.lasts)
        found = []
        for act in self.acts(deed):
            prevented = pure("MUL", pure("SUB", self.tape.number(1.0), left), pure("NEG", self.value(act, giver)))
            comes = pure("ADD", prevented, pure("MUL", left, price))
            found.append(pure("MUL", self.likely(act, self.legal(act)[1], days), comes))
        return self._sum(found)

    def text(self, name: str, judge: int, moved: str = "", step: float = 0.0) -> Operand:
        """What the draft of a text is worth to a party, perhaps with a term moved.

        What it would gain, as likely as all others sign it; what it would lose, in full: it asks for what it can sign
        before it gives way to have others sign.
        """
        pure, nothing = self.tape.pure, self.tape.number(0.0)
        drafted = self.draft(name, judge, moved, step)
        worth = pure("MAX", drafted, nothing)
        for party in parties_to(self.scenario, name):
            number = self.layout.actors[party]
            if number != judge:
                loose = self.known(self.layout.temperature(number))
                signs = self._call("logistic", [pure("DIV", self.draft(name, number, moved, step), loose)])
                worth = pure("MUL", worth, signs)
        return pure("ADD", pure("MIN", drafted, nothing), worth)

    def amended(self, reference: Reference, judge: int) -> Operand:
        """What a text is worth more to a party once a term is moved by a step."""
        name, issue = reference.id.split(".")
        step = self.scenario.texts[name].terms[issue].step
        assert step is not None, "the checker lets pass only what may be amended"
        step = step if reference.kind == "amends_up" else -step
        return self.tape.pure("SUB", self.text(name, judge, issue, step), self.text(name, judge))

    def draft(self, name: str, judge: int, moved: str, step: float) -> Operand:
        """By how much a party's loss would be smaller with the terms of a draft than without a text."""
        pure, number, worth = self.tape.pure, self.tape.number, self.tape.number(0.0)
        party = list(self.layout.actors)[judge]
        for issue, term in self.scenario.texts[name].terms.items():
            if ends_of(self.layout.salience(issue, judge)) == (0.0, 0.0):
                continue
            row = self.layout.rows[Reference("value", draft_value(name, issue))]
            place = self.cell(row)
            if issue == moved:
                place = self.held(pure("ADD", place, number(step)), row)
            expected = term.expected(party)
            without = self.place(issue) if expected is None else number(expected)
            wanted = self.position(issue, judge)
            hurts = [self._hurt(issue, pure("FAR", one, wanted)) for one in (without, place)]
            worth = pure("ADD", worth, pure("MUL", pure("SUB", *hurts), self.weight(issue, judge)))
        return worth

    def values(self, name: str, judge: int) -> Operand:
        """What all acts of a pledge are worth to a judge, whether they would be done or not."""
        return self._sum([self.value(act, judge) for act in self.acts(self.pledge(name))])

    def value(self, act: Act, judge: int) -> Operand:
        """What an option is worth to a judge: its gain, without words, to its doer; the relief to anybody else."""
        return self.gain(act) if judge == act.doer else self._relief(act, judge)

    def gain(self, act: Act) -> Operand:
        """What an option promises its doer, without what words add to it."""
        gain, action = self._relief(act, act.doer), self.roster.own[act.block.action_id]
        for name, amounts in (("ADD", action.appeals), ("SUB", action.costs)):
            for text in amounts.values():
                gain = self.tape.pure(name, gain, self.number(text, act.who))
        return gain

    def likely(self, act: Act, legal: Operand, days: Operand) -> Operand:
        """The chance that an option would be taken within so many days, if nothing else were: 1 - exp(-rate * days)."""
        pure, number = self.tape.pure, self.tape.number
        steep = pure("DIV", self.gain(act), self.known(self.layout.temperature(act.doer)))
        rate = pure("EXP", pure("HELD", steep, number(-STEEPEST), number(STEEPEST)))
        rate = pure("MUL", pure("MUL", rate, pure("DIV", number(1.0), self.known(act.block.action.tempo))), legal)
        return pure("SUB", number(1.0), pure("EXP", pure("NEG", pure("MUL", rate, days))))

    def legal(self, act: Act) -> tuple[Operand, Operand]:
        """Whether an option was never done, or long enough ago; and whether it is legal."""
        block = act.block
        free = self.tape.number(1.0) if block.memory is None else rested(self, block, act.nth)
        found = [free, *(self.of(part, act.who) for _, part in conditions(self, block))]
        found += [] if block.action.each is None else [somebody(self, block.action.each, act.who)]
        found += [] if block.calls is None else [is_called_for(self, block.calls, act.nth)]
        return free, reduce(lambda one, other: self.tape.pure("MUL", one, other), found)

    def _relief(self, act: Act, judge: int) -> Operand:
        """By how much an act is expected to make a judge's loss smaller; by how likely its question would pass."""
        relief, question = self.tape.number(0.0), act.block.questions.get(act.block.options[act.nth].target)
        if question is not None:
            return self._relief_of_question(act, question, judge)
        for issue, branches in self.outlook(alone(act.block), judge, act.who, act.block.action.each).items():
            relief = self.tape.pure("ADD", relief, self.relief(issue, branches, judge))
        return relief

    def _relief_of_question(self, act: Act, question: Question, judge: int) -> Operand:
        pure, one, relief = self.tape.pure, self.tape.number(1.0), self.tape.number(0.0)
        chance = self.passing(question)
        sides = self.outlooks(alone(act.block), question.vote, judge, act.who)
        passed, failed = ({k: self.relief(k, found, judge) for k, found in side.items()} for side in sides)
        for issue in dict.fromkeys((*passed, *failed)):
            yes, no = (side.get(issue, self.tape.number(0.0)) for side in (passed, failed))
            mixed = pure("ADD", pure("MUL", chance, yes), pure("MUL", pure("SUB", one, chance), no))
            relief = pure("ADD", relief, mixed)
        return relief

    def _sum(self, values: list[Operand]) -> Operand:
        return reduce(lambda one, other: self.tape.pure("ADD", one, other), values)
