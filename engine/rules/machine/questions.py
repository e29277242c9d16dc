"""Questions as code: how members lean, who sits when, and what follows a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rules.draws import stream_key
from engine.rules.machine.draft import Draft, Pending
from engine.rules.machine.expressions import Branches, Who
from engine.rules.machine.program import Ints, table
from engine.rules.machine.tape import NOTHING, Operand, Region, Tape, plain

if TYPE_CHECKING:
    from engine.rules.votes import Body, Question
    from engine.scenario.models import Belief, Effect


class Questions:
    """The questions of a scenario in a draft."""

    def __init__(self, draft: Draft) -> None:
        """For all questions of the draft's scenario."""
        self.draft = draft
        self.number = {question.id: number for number, question in enumerate(draft.rules.questions)}
        self.most_score = 1
        """Places of the longest distribution of a vote's score."""
        self.sittings = Pending()
        self.member_keys: list[int] = []
        self._bodies: dict[tuple[str, tuple[str, ...]], int] = {}
        self._sittings: dict[tuple[str, tuple[str, ...]], int] = {}

    def foresee(self, question: Question, into: Operand, outer: Region, tape: Tape) -> None:
        """The chance that it would pass, whoever sits in the pace in which this is executed."""
        for first, last, body in self._spans(question):
            region = outer.inside()
            region.head.append(tape.line("JTURN", NOTHING, plain(first), plain(last)))
            area = self._lean(question, body, region, tape)
            region.body.append(tape.line("CHANCE", into, area, plain(self._body(body))))

    def by_pace(self) -> Ints:
        """The number of each question's sitting, pace by pace: shape (paces * questions, 1)."""
        questions, paces = self.draft.rules.questions, self.draft.scenario.timeline.paces
        return table([(self._sitting(question, tick),) for tick in range(paces) for question in questions], 1)

    def decided(self) -> list[tuple[int, int]]:
        """By question, the lists of effects that follow when it passes and when it fails."""
        found = []
        for question in self.draft.rules.questions:
            who = Who(target=self._target(question))
            passes = self.draft.list(question.vote.passes, who, f"pass:{question.id}")
            found.append((passes, self.draft.list(question.vote.fails, who, f"fail:{question.id}")))
        return found

    def _target(self, question: Question) -> int | None:
        return None if question.target is None else self.draft.layout.actors[question.target]

    def _spans(self, question: Question) -> list[tuple[int, int, Body]]:
        """Who decides it, from which pace to which."""
        found: list[tuple[int, int, Body]] = []
        for tick in range(self.draft.scenario.timeline.paces):
            body = question.body(tick)
            if found and found[-1][2].names == body.names:
                found[-1] = (found[-1][0], tick, body)
            else:
                found.append((tick, tick, body))
        return found

    def _sitting(self, question: Question, tick: int) -> int:
        body = question.body(tick)
        key = (question.id, body.names)
        if key not in self._sittings:
            at = self.draft.stretch()
            area = self._lean(question, body, at.tape.root, at.tape)
            first, line = len(self.member_keys), self._body(body)
            self.member_keys += [stream_key(f"vote:{question.id}:{member}") for member in body.names]
            many = len(body.names)
            self._sittings[key] = self.sittings.add(lambda: (at.start, at.end, at.slot(area), many, first, line))
        return self._sittings[key]

    def _body(self, body: Body) -> int:
        """The line of the code at which a body's way of counting stands."""
        key, lines = (body.institution_id, body.names), self.draft.lines
        if key not in self._bodies:
            count = body.count
            lowest, highest = min(0, -sum(count.loss)), max(sum(count.gain), count.needed, 0)
            self.most_score = max(self.most_score, highest - lowest + 1)
            self._bodies[key] = len(lines)
            lines.append([len(body.names), count.needed, lowest, highest, int(count.someone_for)])
            seats = zip(count.gain, count.loss, count.blocks, count.weighs, strict=True)
            lines += [[gain, loss, int(blocks), int(weighs), 0] for gain, loss, blocks, weighs in seats]
        return self._bodies[key]

    def _lean(self, question: Question, body: Body, region: Region, tape: Tape) -> Operand:
        """Each member's chances of a yes and of a no, in pairs from a register on."""
        area = tape.register(2 * len(body.names))
        own, held = body.institution.temperature, tape.number(float(body.institution.threshold))
        for seat, member in enumerate(body.members.tolist()):
            gain = self._gain(question, member, tape)
            loose = tape.number(float(self.draft.layout.temperature[member] if own is None else own))
            for place, leaning in enumerate((gain, tape.pure("NEG", gain))):
                steepness = tape.pure("DIV", tape.pure("SUB", leaning, held), loose)
                region.body.append(tape.line("LOGISTIC", (area[0], area[1] + 2 * seat + place), steepness))
        return area

    def _gain(self, question: Question, member: int, tape: Tape) -> Operand:
        """What a member gains by a yes: the relief if it passes, less the relief if it fails, and the lean."""
        vote, on, who = question.vote, self.draft.on(tape), Who(target=self._target(question))
        gain = tape.number(0.0)
        passed: list[Effect | Belief] = [*vote.passes, *vote.pass_expects]
        failed: list[Effect | Belief] = [*vote.fails, *vote.fail_expects]
        for sign, effects in (("ADD", passed), ("SUB", failed)):
            for issue, branches in on.outlook(effects, member, who).items():
                gain = tape.pure(sign, gain, self._relief(issue, branches, member, tape))
        return tape.pure("ADD", gain, on.number(vote.lean, Who(member, who.target)))

    def _relief(self, issue: str, branches: Branches, judge: int, tape: Tape) -> Operand:
        on = self.draft.on(tape)
        wanted = on.position(issue, judge)
        relief = tape.pure("FAR", on.place(issue), wanted)
        for probability, place in branches:
            far = tape.pure("FAR", place, wanted)
            relief = tape.pure("SUB", relief, far if probability is None else tape.pure("MUL", far, probability))
        return tape.pure("MUL", relief, on.weight(issue, judge))
