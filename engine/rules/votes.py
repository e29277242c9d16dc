"""Questions: how members lean, what the proposer foresees, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.expressions import logistic
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.compiler import Compiler, Scope
from engine.rules.effects import EffectList, Reporter
from engine.rules.outlook import Judges, Outlook, compile_outlook
from engine.rules.tally import Count, count_by
from engine.rules.world import Changes, World
from engine.scenario.models import Institution, Vote

YES, ABSTAIN, NO = 1, 0, -1
"""How a member votes."""

BALLOTS: Mapping[str, int] = {"yes": YES, "abstain": ABSTAIN, "no": NO}
"""How a member votes, by word."""

Instructions = Mapping[str, int]
"""How members vote who are told to, by actor."""


@dataclass(frozen=True)
class Body:
    """An institution as it sits on one day: member numbers of shape (members,), and how it counts."""

    institution_id: str
    institution: Institution
    names: tuple[str, ...]
    members: Rows
    count: Count


class Bodies:
    """The institutions of a scenario, pace by pace."""

    def __init__(self, compiler: Compiler) -> None:
        """For every institution of the scenario."""
        self._compiler = compiler
        self._known: dict[tuple[str, tuple[str, ...]], Body] = {}

    def sitting(self, institution_id: str, tick: int) -> Body:
        """Who sits on the opening day of a pace."""
        scenario = self._compiler.scenario
        institution = scenario.institutions[institution_id]
        names = institution.seated(scenario.timeline.day_of(tick))
        if (institution_id, names) not in self._known:
            numbers = np.array([self._compiler.layout.actors[name] for name in names], dtype=np.intp)
            body = Body(institution_id, institution, names, numbers, count_by(institution.passes, names))
            self._known[institution_id, names] = body
        return self._known[institution_id, names]


@dataclass(frozen=True)
class Leaning:
    """What members of a body think of a question: arrays of shape (members, runs)."""

    gain: Numbers
    yes: Numbers
    no: Numbers


@dataclass(frozen=True)
class Decision:
    """A question put to the vote in some runs of a world."""

    question: Question
    body: Body
    columns: Rows
    """The runs, by their places in the world."""
    leaning: Leaning
    """Of shape (members, columns)."""
    ballots: Rows
    """Of shape (members, columns)."""
    passed: YesNo
    """Of shape (columns,)."""


class Question:
    """What one action, directed at one target or at none, puts to an institution."""

    def __init__(self, compiler: Compiler, bodies: Bodies, action: str, vote: Vote, target: str | None) -> None:
        """``target`` is an actor's id, for an action that has targets."""
        self.action, self.vote, self.target = action, vote, target
        self.id = action if target is None else f"{action}:{target}"
        self._compiler, self._bodies = compiler, bodies
        aims = None if target is None else np.array([compiler.layout.actors[target]])
        scope = Scope(targets=aims)
        self.if_passed = compile_outlook(compiler, (*vote.passes, *vote.pass_expects), scope)
        self.if_failed = compile_outlook(compiler, (*vote.fails, *vote.fail_expects), scope)
        self._after_passing = EffectList(compiler, vote.passes, scope, [f"pass:{self.id}"])
        self._after_failing = EffectList(compiler, vote.fails, scope, [f"fail:{self.id}"])
        self._members: dict[tuple[str, ...], _Members] = {}

    def body(self, tick: int) -> Body:
        """Who would decide it in a pace."""
        return self._bodies.sitting(self.vote.institution, tick)

    def leaning(self, world: World) -> Leaning:
        """How the sitting members lean, on the world as it stands."""
        return self._sitting(world.tick).leaning(world, self.if_passed, self.if_failed)

    def reasons(self, world: World) -> dict[str, Numbers]:
        """What the gain of each sitting member is the sum of: issues and ``lean``; shape (members, runs) each."""
        return self._sitting(world.tick).reasons(world, self.if_passed, self.if_failed)

    def _sitting(self, tick: int) -> _Members:
        body = self.body(tick)
        if body.names not in self._members:
            self._members[body.names] = _Members(self._compiler, body, self)
        return self._members[body.names]

    def chance(self, world: World) -> Numbers:
        """The exact chance that it would pass if it were voted on now: shape (runs,)."""
        leaning = self.leaning(world)
        return self.body(world.tick).count.chance(leaning.yes, leaning.no)

    def decide(self, world: World, tabled: YesNo, instructions: Instructions) -> Decision:
        """The vote, where ``tabled`` of shape (runs,) holds."""
        columns = np.flatnonzero(tabled)
        part = world.part(columns)
        body, leaning = self.body(part.tick), self.leaning(part)
        ballots = np.empty((len(body.names), part.runs), dtype=np.intp)
        for seat, member in enumerate(body.names):
            if member in instructions:
                ballots[seat] = instructions[member]
            else:
                u = part.draws.uniforms(f"vote:{self.id}:{member}", part.tick)[0]
                in_favour, against = u >= 1.0 - leaning.yes[seat], u < leaning.no[seat]
                ballots[seat] = YES * (in_favour & ~against) + NO * against
        passed = body.count.passes(ballots == YES, ballots == NO)
        return Decision(self, body, columns, leaning, ballots, passed)

    def follow(self, world: World, decision: Decision, report: Reporter | None) -> None:
        """What the decision brings about, at once."""
        changes = Changes()
        for effects, happens in ((self._after_passing, decision.passed), (self._after_failing, ~decision.passed)):
            where = np.zeros((1, world.runs), dtype=np.bool_)
            where[0, decision.columns] = happens
            effects.cause(world, where, changes, report)
        changes.take_place(world)


class _Members:
    """Those who sit, as judges of one question."""

    def __init__(self, compiler: Compiler, body: Body, question: Question) -> None:
        layout, institution = compiler.layout, body.institution
        self._judges = Judges(compiler, body.members)
        self._threshold = institution.threshold
        own = layout.temperature[body.members, np.newaxis]
        self._temperature: Numbers | float = own if institution.temperature is None else institution.temperature
        targets = None
        if question.target is not None:
            targets = np.full(len(body.members), layout.actors[question.target])
        self._lean = compiler.number(question.vote.lean, Scope(body.members, targets))

    def leaning(self, world: World, if_passed: Outlook, if_failed: Outlook) -> Leaning:
        gain = np.zeros((len(self._judges.actors), world.runs))
        for relief in self._judges.relief(world, if_passed).values():
            gain += relief
        for relief in self._judges.relief(world, if_failed).values():
            gain -= relief
        gain += self._lean(world)
        yes = logistic((gain - self._threshold) / self._temperature)
        no = logistic((-gain - self._threshold) / self._temperature)
        return Leaning(gain, yes, no)

    def reasons(self, world: World, if_passed: Outlook, if_failed: Outlook) -> dict[str, Numbers]:
        shape = (len(self._judges.actors), world.runs)
        reasons = dict(self._judges.relief(world, if_passed))
        for issue, relief in self._judges.relief(world, if_failed).items():
            reasons[issue] = reasons.get(issue, 0.0) - relief
        return {**reasons, "lean": np.broadcast_to(self._lean(world), shape)}
