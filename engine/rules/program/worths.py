"""What an undertaking is worth to whoever judges it: what the act promises, as far as the word changes anything."""

from __future__ import annotations

from functools import reduce

from engine.rules.options import STEEPEST, Block, Option
from engine.rules.program.expressions import UNINVOLVED, Lowering, Who
from engine.rules.program.legality import alone, conditions, is_called_for, rested, somebody
from engine.rules.program.tape import Operand
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
        undertaking, actors = self.scenario.undertakings[reference.id], self.layout.actors
        judge = actors[reference.who]
        view = self.known_to(judge if reference.kind == "worth" else UNINVOLVED)
        doer, days = actors[undertaking.by], self.known(undertaking.within)
        worth: list[Operand] = []
        for act in undertaking.acts:
            block = self.roster.block_of[act]
            for nth, option in enumerate(block.options):
                if option.actor == undertaking.by and undertaking.at in (None, option.target):
                    worth.append(view.of_option(block, nth, option, doer, judge, days, undertaking.act is None))
        pure, number = self.tape.pure, self.tape.number
        whole = reduce(lambda one, other: pure("ADD", one, other), worth)
        return pure("HELD", whole, number(-MOST_WORTH), number(MOST_WORTH))

    def of_option(
        self, block: Block, nth: int, option: Option, doer: int, judge: int, days: Operand, refrains: bool
    ) -> Operand:
        """What it is worth to a judge that an option is done, or not done, for so many days."""
        pure, number = self.tape.pure, self.tape.number
        who = Who(doer, None if option.target is None else self.layout.actors[option.target])
        own = self._relief(block, who, doer)
        action = self.roster.own[block.action_id]
        for name, amounts in (("ADD", action.appeals), ("SUB", action.costs)):
            for text in amounts.values():
                own = pure(name, own, self.number(text, who))
        likely = self._likely(block, nth, own, who, days)
        changes = pure("NEG", likely) if refrains else pure("SUB", number(1.0), likely)
        return pure("MUL", changes, own if judge == doer else self._relief(block, who, judge))

    def _relief(self, block: Block, who: Who, judge: int) -> Operand:
        """By how much an act by itself is expected to make a judge's loss smaller."""
        relief = self.tape.number(0.0)
        for issue, branches in self.outlook(alone(block), judge, who, block.action.each).items():
            relief = self.tape.pure("ADD", relief, self.relief(issue, branches, judge))
        return relief

    def _likely(self, block: Block, nth: int, gain: Operand, who: Who, days: Operand) -> Operand:
        """The chance that an option would be taken within so many days, if nothing else were: 1 - exp(-rate * days)."""
        pure, number = self.tape.pure, self.tape.number
        assert who.doer is not None
        tempo = self.known(block.action.tempo)
        steep = pure("DIV", gain, self.known(self.layout.temperature(who.doer)))
        rate = pure("EXP", pure("HELD", steep, number(-STEEPEST), number(STEEPEST)))
        rate = pure("MUL", rate, pure("DIV", number(1.0), tempo))
        for holds in self._conditions(block, nth, who):
            rate = pure("MUL", rate, holds)
        return pure("SUB", number(1.0), pure("EXP", pure("NEG", pure("MUL", rate, days))))

    def _conditions(self, block: Block, nth: int, who: Who) -> list[Operand]:
        found = [self.of(part, who) for _, part in conditions(self, block)]
        found += [] if block.memory is None else [rested(self, block, nth)]
        found += [] if block.action.each is None else [somebody(self, block.action.each, who)]
        found += [] if block.calls is None else [is_called_for(self, block.calls, nth)]
        return found
