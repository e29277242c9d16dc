"""Questions as code: how members lean, what a proposer foresees, how it is decided, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules.program import program as p
from engine.rules.program.draft import TICK, Draft, Source
from engine.rules.program.tape import NOTHING, Operand, Region, Tape, plain
from engine.rules.program.trees import Who

if TYPE_CHECKING:
    from engine.rules.votes import Body, Question
    from engine.scenario.models import Belief, Effect


class Questions:
    """The questions of a scenario in a draft."""

    def __init__(self, draft: Draft) -> None:
        """For all questions of the draft's scenario."""
        self.draft = draft
        self.most_score = 1
        """Places of the longest distribution of a vote's score."""
        self._bodies: dict[tuple[str, tuple[str, ...]], int] = {}

    def foresee(self, question: Question, into: Operand, outer: Region, tape: Tape) -> None:
        """The chance that it would pass, whoever sits in the tick in which this is executed."""
        for sitting, body in enumerate(self._bodies_of(question)):
            region = self._while_sitting(question, sitting, outer, tape)
            area = self.lean(question, body, region, tape)
            region.body.append(tape.line("CHANCE", into, area, plain(self._line_of(body))))

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
        sittings = self.draft.roster.sittings[self._number(question)]
        since = [first for first, _ in sittings] + [self.draft.scenario.timeline.paces]
        region = outer.inside()
        region.head.append(tape.line("JTICK", NOTHING, plain(since[sitting]), plain(since[sitting + 1] - 1)))
        return region

    def _ballot(self, question: Question, body: Body, first: int, region: Region, tape: Tape) -> None:
        line, site = tape.line, self.draft.site
        tabled, passed = site("tabled", self._number(question)), site("passed", self._number(question))
        area, u = self.lean(question, body, region, tape), tape.register()
        for seat, member in enumerate(body.names):
            stream = self.draft.stream(f"vote:{question.id}:{member}")
            region.body.append(line("UNIFORM", u, TICK, stream, tabled))
            pair = (area[0], area[1] + 2 * seat)
            region.body.append(line("BALLOT", site("ballots", first + seat), u, pair, site("told", first + seat)))
        region.body.append(line("TALLY", passed, site("ballots", first), plain(self._line_of(body)), tabled))

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

    def _line_of(self, body: Body) -> int:
        """The line of the code at which a body's way of counting stands."""
        key, lines = (body.institution_id, body.names), self.draft.lines
        if key not in self._bodies:
            count = body.count
            lowest, highest = min(0, -sum(count.loss)), max(sum(count.gain), count.needed, 0)
            self.most_score = max(self.most_score, highest - lowest + 1)
            self._bodies[key] = len(lines)
            lines.append([len(body.names), count.needed, lowest, highest, int(count.someone_for), 0])
            seats = zip(count.gain, count.loss, count.blocks, count.weighs, strict=True)
            lines += [[gain, loss, int(blocks), int(weighs), 0, 0] for gain, loss, blocks, weighs in seats]
        return self._bodies[key]

    def lean(self, question: Question, body: Body, region: Region, tape: Tape) -> Operand:
        """Each member's chances of a yes and of a no, in pairs from a register on."""
        area = tape.register(2 * len(body.names))
        on = self.draft.on(tape)
        own, held = body.institution.temperature, on.known(body.institution.threshold)
        for seat, member in enumerate(body.members.tolist()):
            gain = self.gain(question, member, tape)
            loose = on.known(self.draft.layout.temperature(member) if own is None else own)
            for place, leaning in enumerate((gain, tape.pure("NEG", gain))):
                slot = (area[0], area[1] + 2 * seat + place)
                region.body.append(tape.line("DIV", slot, tape.pure("SUB", leaning, held), loose))
        region.body.append(tape.line("LOGISTICS", area, plain(2 * len(body.names))))
        return area

    def gain(self, question: Question, member: int, tape: Tape) -> Operand:
        """What a member gains by a yes: the relief if it passes, less the relief if it fails, and its leans."""
        gain = tape.number(0.0)
        for sign, reasons in zip(("ADD", "SUB"), self.reasons(question, member, tape), strict=True):
            for relief in reasons.values():
                gain = tape.pure(sign, gain, relief)
        for lean in self.leans(question, member, tape).values():
            gain = tape.pure("ADD", gain, lean)
        return gain

    def leans(self, question: Question, member: int, tape: Tape) -> dict[str, Operand]:
        """How a member leans whatever the question would bring, by the names of the terms."""
        on, who = self.draft.on(tape), Who(member, self._target(question))
        return {term: on.number(text, who) for term, text in question.vote.leans.items()}

    def reasons(self, question: Question, member: int, tape: Tape) -> tuple[dict[str, Operand], dict[str, Operand]]:
        """By issue, a member's relief if it passes, and if it fails."""
        vote, on, who = question.vote, self.draft.on(tape), Who(target=self._target(question))
        passed: list[Effect | Belief] = [*vote.passes, *vote.pass_expects]
        failed: list[Effect | Belief] = [*vote.fails, *vote.fail_expects]
        first, second = (
            {issue: on.relief(issue, branches, member) for issue, branches in outlook.items()}
            for outlook in (on.outlook(passed, member, who), on.outlook(failed, member, who))
        )
        return first, second
