"""Questions as code: how members lean, what a proposer foresees, how it is decided, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.rules.program import program as p
from engine.rules.program.draft import TICK, Draft, Source
from engine.rules.program.tape import Operand, Region, Tape, plain
from engine.rules.program.trees import Who
from engine.rules.votes import NO, YES
from engine.scenario.models.words import Cast
from engine.scenario.names import Reference
from engine.scenario.words.vows import Vow

if TYPE_CHECKING:
    from engine.rules.votes import Body, Question

MEANT: Mapping[Cast, tuple[str, int]] = {
    "for": ("EQ", YES),
    "against": ("EQ", NO),
    "not for": ("LT", YES),
    "not against": ("GT", NO),
}
"""How a ballot is compared with what it was promised to be."""


class Questions:
    """The questions of a scenario in a draft."""

    def __init__(self, draft: Draft) -> None:
        """For all questions of the draft's scenario."""
        self.draft = draft

    def foresee(self, question: Question, into: Operand, outer: Region, tape: Tape) -> None:
        """The chance that it would pass, whoever sits in the tick in which this is executed."""
        for sitting, body in enumerate(self._bodies_of(question)):
            region = self._while_sitting(question, sitting, outer, tape)
            area = self.draft.on(tape).lean(question, question.vote, body, region)
            region.body.append(tape.line("CHANCE", into, area, plain(self.draft.counting(body))))

    def decide(self) -> None:
        """The questions that are tabled are decided, one after the other."""
        first = 0
        for question in self.draft.roster.questions:
            tape = self.draft.tape(p.VOTE)
            tabled = self.draft.site("tabled", self._number(question))
            region = tape.root.inside()
            region.head.append(tape.unless(tabled))
            for sitting, body in enumerate(self._bodies_of(question)):
                inside = self._while_sitting(question, sitting, region, tape)
                self._ballot(question, body, first, inside, tape)
                first += len(body.names)
            self._follow(question, region.inside(), tape)
            region.body.append(tape.line("SETTLE"))

    def _while_sitting(self, question: Question, sitting: int, outer: Region, tape: Tape) -> Region:
        """A region that is left out while others sit."""
        region = outer.inside()
        region.head.append(self.draft.on(tape).while_sitting(question, sitting))
        return region

    def _ballot(self, question: Question, body: Body, first: int, region: Region, tape: Tape) -> None:
        line, site = tape.line, self.draft.site
        tabled, passed = site("tabled", self._number(question)), site("passed", self._number(question))
        area, u = self.draft.on(tape).lean(question, question.vote, body, region), tape.register()
        for seat, member in enumerate(body.names):
            stream = self.draft.stream(f"vote:{question.id}:{member}")
            region.body.append(line("UNIFORM", u, TICK, stream, tabled))
            pair = (area[0], area[1] + 2 * seat)
            ballot = site("ballots", first + seat)
            region.body.append(line("BALLOT", ballot, u, pair, site("told", first + seat)))
            for vow in self.draft.roster.vows.get((question.action, question.target, member), ()):
                self._keep_or_break(vow, ballot, tabled, region, tape)
        region.body.append(line("TALLY", passed, site("ballots", first), plain(self.draft.counting(body)), tabled))

    def _keep_or_break(self, vow: Vow, ballot: Operand, tabled: Operand, region: Region, tape: Tape) -> None:
        """Whether a member that is bound by a word about its vote has voted so."""
        on, so, bound = self.draft.on(tape), tape.register(), tape.register()
        compare, with_what = MEANT[vow.cast]
        region.body.append(tape.line("MUL", bound, tabled, on.condition(f"flag.{vow.bound}")))
        region.body.append(tape.line(compare, so, ballot, tape.number(float(with_what))))
        region.body.append(tape.line("MUL", so, so, bound))
        region.body.append(tape.line("SUB", bound, bound, so))
        for flag, where in ((vow.kept, so), (vow.broken, bound)):
            row = on.cell(self.draft.layout.rows[Reference("flag", flag)])
            region.body.append(tape.line("BECOMES", row, tape.number(1.0), where))

    def _follow(self, question: Question, region: Region, tape: Tape) -> None:
        """What a decision brings about, at once: two lists, of which one is left out in each lane."""
        line, who = tape.line, Who(target=self._target(question))
        passed, failed = self.draft.site("passed", self._number(question)), tape.register()
        tabled = self.draft.site("tabled", self._number(question))
        region.head.append(line("GT", failed, tabled, passed))
        region.head.append(tape.unless(tabled))
        sides = (("pass", question.vote.passes, passed), ("fail", question.vote.fails, failed))
        for kind, effects, where in sides:
            inside = region.inside()
            inside.head.append(tape.unless(where))
            source = Source(f"{kind}:{question.id}", kind, self._number(question))
            self.draft.cause(tape, inside, effects, who, where, source)

    def _number(self, question: Question) -> int:
        return self.draft.roster.question_of[question.id]

    def _bodies_of(self, question: Question) -> list[Body]:
        """Who decides it, composition by composition."""
        return [body for _, body in self.draft.roster.sittings[self._number(question)]]

    def _target(self, question: Question) -> int | None:
        return None if question.target is None else self.draft.layout.actors[question.target]
