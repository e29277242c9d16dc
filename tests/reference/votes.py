"""Votes, in section 3 of the design: how a member leans, how a question is counted, what its proposer foresees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.scenario.models import Institution, PassRule, Vote
from tests.reference.arithmetic import held, logistic
from tests.reference.expressions import Standpoint, total
from tests.reference.gains import prospects, reliefs
from tests.reference.world import World


@dataclass(frozen=True)
class Question:
    """What a vote decides: what the action that tables it says, of its target if it has one."""

    action: str
    target: str | None = None

    @property
    def id(self) -> str:
        """Its name."""
        return self.action if self.target is None else f"{self.action}:{self.target}"

    def vote(self, world: World) -> Vote:
        """What is decided."""
        vote = world.story.choices[self.action].vote
        assert vote is not None
        return vote

    def body(self, world: World) -> Institution:
        """Who decides."""
        return world.scenario.institutions[self.vote(world).institution]


def leanings(
    world: World, question: Question, leans: Mapping[str, str] | None = None
) -> dict[str, tuple[float, float]]:
    """The chances of the yes and of the no of each who sits there on the opening day, in the order of seats.

    Perhaps with other leans than those of the question.
    """
    vote, body, nobody = question.vote(world), question.body(world), Standpoint(world, target=question.target)
    passed = [*prospects((*vote.passes, *vote.pass_expects), nobody)]
    failed = [*prospects((*vote.fails, *vote.fail_expects), nobody)]
    found = {}
    for member in body.seated(world.scenario.timeline.day_of(world.tick)):
        gain = 0.0
        for relief in reliefs(world, member, passed).values():
            gain += relief
        for relief in reliefs(world, member, failed).values():
            gain -= relief
        for lean in (vote.leans if leans is None else leans).values():
            gain += Standpoint(world, member, question.target).number(lean)
        loose = body.temperature or world.story.temperature(member)
        found[member] = logistic((gain - body.threshold) / loose), logistic((-gain - body.threshold) / loose)
    return found


def ballots(world: World, question: Question) -> dict[str, list[str]]:
    """Who votes yes, no and abstains: no below P(no), abstain up to 1 - P(yes), yes above."""
    cast: dict[str, list[str]] = {"yes": [], "no": [], "abstain": []}
    for member, (yes, no) in leanings(world, question).items():
        u = world.chance.uniforms(f"vote:{question.id}:{member}", world.tick)[0]
        cast["no" if u < no else "abstain" if u < 1.0 - yes else "yes"].append(member)
    return cast


def is_passed(rule: PassRule, yes: list[str], no: list[str]) -> bool:
    """Whether a question passes, by who is for and against it."""
    if any(may_block(rule, member) for member in no):
        return False
    votes, against = rule.votes_of(yes), rule.votes_of(no)
    if rule.unanimous:
        return True
    if votes == 0:
        return False
    if rule.majority:
        return votes > against
    if rule.share is not None:
        return votes >= rule.share * (votes + against)
    return votes >= needed_votes(rule)


def needed_votes(rule: PassRule) -> int:
    """How many votes a number or a quota asks for."""
    needed = rule.yes or rule.quota
    assert needed is not None
    return needed


def may_block(rule: PassRule, member: str) -> bool:
    """Whether a member's no alone decides."""
    return bool(rule.unanimous) or member in rule.veto


def chance_of_passing(rule: PassRule, chances: Mapping[str, tuple[float, float]]) -> float:
    """The exact chance that a question passes, by the distribution of a score that has to reach what is needed.

    A yes raises the score, and a no lowers it or blocks: then it counts no more.
    """
    gain, loss, needed = scoring(rule)
    scores, silence = {0: 1.0}, 1.0
    for member, (yes, no) in chances.items():
        weight, blocks = rule.weight_of(member), may_block(rule, member)
        up, down = gain * weight, loss * weight
        abstains = max(1.0 - yes - no, 0.0)
        stays = abstains + (0.0 if up else yes) + (0.0 if down or blocks else no)
        after = dict[int, float]()
        for score in range(min(scores) - down, max(scores) + up + 1):
            after[score] = scores.get(score, 0.0) * stays
            if up:
                after[score] += scores.get(score - up, 0.0) * yes
            if down and not blocks:
                after[score] += scores.get(score + down, 0.0) * no
        scores = after
        if weight:
            silence *= abstains
        elif blocks:
            silence *= 1.0 - no
    passing = total([0.0, *(scores[score] for score in sorted(scores) if score >= needed)])
    if not rule.unanimous and needed <= 0:  # somebody must be for it, and the score may be reached by silence
        passing -= silence
    return held(passing, 0.0, 1.0)


def scoring(rule: PassRule) -> tuple[int, int, int]:
    """What a yes adds and a no takes, by each vote of a member, and the score that is needed."""
    if rule.unanimous:
        return 0, 0, 0
    if rule.majority:
        return 1, 1, 1
    if rule.share is not None:
        return rule.share.denominator - rule.share.numerator, rule.share.numerator, 0
    return 1, 0, needed_votes(rule)
