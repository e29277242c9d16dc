"""What an undertaking is worth to whoever judges it: what the act promises, as far as the word changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from engine.rules.options import STEEPEST, Block
from engine.rules.program.expressions import UNINVOLVED, Lowering, Who
from engine.rules.program.legality import alone, conditions, is_called_for, rested, somebody
from engine.rules.program.tape import Operand
from engine.scenario.models import Undertaking
from engine.scenario.names import Reference
from engine.scenario.words.exchanges import MOST_WORTH


class Judging(Lowering):
    """What the expressions of a scenario come to, words between sides among them."""

    def known_to(self, knower: int) -> Judging:
        """The same on what an actor knows: others stand where they were coded, where there is doubt."""
        return Judging(self.roster, self.tape, self._beside, knower)

    def worth(self, reference: Reference) -> Operand:
        """What an undertaking is worth to an actor as it knows the world, or seems to be worth to it to anybody else.

        An act counts by the chance that it would not be done anyway, what is refrained from by the chance that it
        would be: for the giver as the gain of its option, for anybody else as the relief that it brings.
        """
        undertaking, judge = self.scenario.undertakings[reference.id], self.layout.actors[reference.who]
        view = self.known_to(judge if reference.kind == "worth" else UNINVOLVED)
        worth = [view.of_option(block, nth, judge, undertaking) for block, nth in self._options(undertaking)]
        pure, number = self.tape.pure, self.tape.number
        whole = reduce(lambda one, other: pure("ADD", one, other), worth)
        return pure("HELD", whole, number(-MOST_WORTH), number(MOST_WORTH))

    def possible(self, reference: Reference) -> Operand:
        """Whether any act that is undertaken is legal."""
        legal = []
        for block, nth in self._options(self.scenario.undertakings[reference.id]):
            option, actors = block.options[nth], self.layout.actors
            who = Who(actors[option.actor], None if option.target is None else actors[option.target])
            legal.append(self._conditions(block, nth, who)[1])
        return reduce(lambda one, other: self.tape.pure("OR", one, other), legal)

    def _options(self, undertaking: Undertaking) -> Iterator[tuple[Block, int]]:
        """The options that an undertaking is about, each as its place in a block."""
        for block in map(self.roster.block_of.__getitem__, undertaking.acts):
            for nth, option in enumerate(block.options):
                if option.actor == undertaking.by and undertaking.at in (None, option.target):
                    yield block, nth

    def of_option(self, block: Block, nth: int, judge: int, undertaking: Undertaking) -> Operand:
        """What it is worth to a judge that an option is done, or not done."""
        pure, option, actors = self.tape.pure, block.options[nth], self.layout.actors
        doer = actors[option.actor]
        who = Who(doer, None if option.target is None else actors[option.target])
        own, action = self._relief(block, who, doer), self.roster.own[block.action_id]
        for name, amounts in (("ADD", action.appeals), ("SUB", action.costs)):
            for text in amounts.values():
                own = pure(name, own, self.number(text, who))
        free, legal = self._conditions(block, nth, who)
        likely = self._likely(block, own, doer, legal, self.known(undertaking.within))
        if undertaking.act is None:
            changes = pure("NEG", likely)
        else:
            changes = pure("MUL", pure("SUB", self.tape.number(1.0), likely), free if undertaking.ahead else legal)
        return pure("MUL", changes, own if judge == doer else self._relief(block, who, judge))

    def _relief(self, block: Block, who: Who, judge: int) -> Operand:
        """By how much an act by itself is expected to make a judge's loss smaller."""
        relief = self.tape.number(0.0)
        for issue, branches in self.outlook(alone(block), judge, who, block.action.each).items():
            relief = self.tape.pure("ADD", relief, self.relief(issue, branches, judge))
        return relief

    def _likely(self, block: Block, gain: Operand, doer: int, legal: Operand, days: Operand) -> Operand:
        """The chance that an option would be taken within so many days, if nothing else were: 1 - exp(-rate * days)."""
        pure, number = self.tape.pure, self.tape.number
        steep = pure("DIV", gain, self.known(self.layout.temperature(doer)))
        rate = pure("EXP", pure("HELD", steep, number(-STEEPEST), number(STEEPEST)))
        rate = pure("MUL", pure("MUL", rate, pure("DIV", number(1.0), self.known(block.action.tempo))), legal)
        return pure("SUB", number(1.0), pure("EXP", pure("NEG", pure("MUL", rate, days))))

    def _conditions(self, block: Block, nth: int, who: Who) -> tuple[Operand, Operand]:
        """Whether an option was never done, or long enough ago; and whether it is legal."""
        free = self.tape.number(1.0) if block.memory is None else rested(self, block, nth)
        found = [free, *(self.of(part, who) for _, part in conditions(self, block))]
        found += [] if block.action.each is None else [somebody(self, block.action.each, who)]
        found += [] if block.calls is None else [is_called_for(self, block.calls, nth)]
        return free, reduce(lambda one, other: self.tape.pure("MUL", one, other), found)
