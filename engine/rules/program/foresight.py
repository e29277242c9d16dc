"""What votes may bring: how members lean, and how likely a question would pass, also if somebody's vote were given."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.rules.program.expressions import Lowering
from engine.rules.program.tape import NOTHING, Operand, Region, Tape, plain
from engine.rules.program.trees import Who
from engine.scenario.models.words import Cast

if TYPE_CHECKING:
    from engine.rules.roster import Roster
    from engine.rules.votes import Body, Question
    from engine.scenario.models import Belief, Effect, Vote


@dataclass(frozen=True)
class Sworn:
    """A vote that is taken as given."""

    member: int
    cast: Cast


class Foreseeing(Lowering):
    """What the expressions of a scenario come to, and what its votes may bring."""

    def __init__(
        self,
        roster: Roster,
        tape: Tape,
        counting: Callable[[Body], int],
        beside: tuple[Hashable, ...] = (),
        knower: int | None = None,
    ) -> None:
        """``counting`` gives the line of the code at which it stands how a body counts votes."""
        super().__init__(roster, tape, beside, knower)
        self.counting = counting

    def passing(self, question: Question, sworn: Sworn | None = None) -> Operand:
        """How likely a question would pass without what words add, as far as whoever judges knows where others stand.

        It is worked out before all else on the tape, once for all who ask.
        """
        key = (question.id, self.knower, sworn)
        if key not in self.tape.foreseen:
            chance = self.tape.foreseen[key] = self.tape.register()
            for sitting, body in enumerate(self._bodies_of(question)):
                region = self.tape.first_of_all()
                region.head.append(self.while_sitting(question, sitting))
                area = self.lean(question, self.own_vote(question), body, region)
                if sworn is not None and sworn.member in body.members:
                    self._swear(area, body.members.tolist().index(sworn.member), sworn.cast, region)
                region.body.append(self.tape.line("CHANCE", chance, area, plain(self.counting(body))))
        return self.tape.foreseen[key]

    def _swear(self, area: Operand, seat: int, cast: Cast, region: Region) -> None:
        """A member's chances of a yes and of a no where its vote is given; what it may not be becomes abstaining."""
        for place, becomes in (
            (0, {"for": 1.0, "against": 0.0, "not for": 0.0}),
            (1, {"against": 1.0, "for": 0.0, "not against": 0.0}),
        ):
            if cast in becomes:
                slot = (area[0], area[1] + 2 * seat + place)
                region.body.append(self.tape.line("COPY", slot, self.tape.number(becomes[cast])))

    def while_sitting(
        self, question: Question, sitting: int
    ) -> tuple[int, Operand, Operand, Operand, Operand, Operand]:
        """The end of a head: the region is left out while others sit."""
        sittings = self.roster.sittings[self.roster.question_of[question.id]]
        since = [first for first, _ in sittings] + [self.scenario.timeline.paces]
        return self.tape.line("JTICK", NOTHING, plain(since[sitting]), plain(since[sitting + 1] - 1))

    def own_vote(self, question: Question) -> Vote:
        """What a question is without what words add to it."""
        own = self.roster.own.get(question.action)
        found = question.vote if own is None else own.when_in_force().vote
        assert found is not None, question.id
        return found

    def lean(self, question: Question, vote: Vote, body: Body, region: Region) -> Operand:
        """Each member's chances of a yes and of a no, in pairs from a register on."""
        tape = self.tape
        area = tape.register(2 * len(body.names))
        own, held = body.institution.temperature, self.known(body.institution.threshold)
        for seat, member in enumerate(body.members.tolist()):
            gain = self.leaning(question, vote, member)
            loose = self.known(self.layout.temperature(member) if own is None else own)
            for place, leaning in enumerate((gain, tape.pure("NEG", gain))):
                slot = (area[0], area[1] + 2 * seat + place)
                region.body.append(tape.line("DIV", slot, tape.pure("SUB", leaning, held), loose))
        region.body.append(tape.line("LOGISTICS", area, plain(2 * len(body.names))))
        return area

    def chances(self, question: Question, vote: Vote, body: Body, member: int) -> tuple[Operand, Operand]:
        """A member's chances of a yes and of a no, as values."""
        own, held = body.institution.temperature, self.known(body.institution.threshold)
        loose = self.known(self.layout.temperature(member) if own is None else own)
        gain, pure = self.leaning(question, vote, member), self.tape.pure
        both = (pure("DIV", pure("SUB", one, held), loose) for one in (gain, pure("NEG", gain)))
        yes, no = (self._call("logistic", [steep]) for steep in both)
        return yes, no

    def leaning(self, question: Question, vote: Vote, member: int) -> Operand:
        """What a member gains by a yes: the relief if it passes, less the relief if it fails, and its leans."""
        gain = self.tape.number(0.0)
        for sign, reasons in zip(("ADD", "SUB"), self.reasons(question, member), strict=True):
            for relief in reasons.values():
                gain = self.tape.pure(sign, gain, relief)
        for lean in self.leans(question, vote, member).values():
            gain = self.tape.pure("ADD", gain, lean)
        return gain

    def leans(self, question: Question, vote: Vote, member: int) -> dict[str, Operand]:
        """How a member leans whatever the question would bring, by the names of the terms."""
        return {term: self.number(text, Who(member, self.target_of(question))) for term, text in vote.leans.items()}

    def reasons(self, question: Question, member: int) -> tuple[dict[str, Operand], dict[str, Operand]]:
        """By issue, a member's relief if it passes, and if it fails."""
        vote, who = question.vote, Who(target=self.target_of(question))
        passed: list[Effect | Belief] = [*vote.passes, *vote.pass_expects]
        failed: list[Effect | Belief] = [*vote.fails, *vote.fail_expects]
        first, second = (
            {issue: self.relief(issue, branches, member) for issue, branches in outlook.items()}
            for outlook in (self.outlook(passed, member, who), self.outlook(failed, member, who))
        )
        return first, second

    def target_of(self, question: Question) -> int | None:
        """At whom the action is directed that tables it."""
        return None if question.target is None else self.layout.actors[question.target]

    def _bodies_of(self, question: Question) -> list[Body]:
        return [body for _, body in self.roster.sittings[self.roster.question_of[question.id]]]
