"""How votes are counted, and how likely a text is to pass.

One scheme covers every rule: a yes adds ``gain`` and a no takes ``loss`` from a score that must reach
``needed``, and the no of some members blocks. So the chance of passing is a dynamic programme over one number
(the Poisson-binomial distribution; Wang, "On the number of successes in independent trials", 1993, with weights).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, YesNo, held, sum_in_order
from engine.scenario.models import PassRule


@dataclass(frozen=True)
class Count:
    """How the votes of some members are counted: one entry a member, in their order."""

    gain: tuple[int, ...]
    loss: tuple[int, ...]
    blocks: tuple[bool, ...]
    needed: int
    someone_for: bool
    """Whether at least one member must be for it, whatever the score."""
    weighs: tuple[bool, ...]
    """Whose vote has any weight: only such a member counts as being for it."""

    def passes(self, yes: YesNo, no: YesNo) -> YesNo:
        """Whether a text passes, from who is for and against: (members, runs) -> (runs,)."""
        gain, loss = np.array(self.gain, dtype=np.intp), np.array(self.loss, dtype=np.intp)
        score = (gain[:, np.newaxis] * yes - loss[:, np.newaxis] * no).sum(axis=0)
        blocks = np.array(self.blocks, dtype=np.bool_)[:, np.newaxis]
        passed: YesNo = (score >= self.needed) & ~(no & blocks).any(axis=0)
        weighs = np.array(self.weighs, dtype=np.bool_)[:, np.newaxis]
        return passed & (yes & weighs).any(axis=0) if self.someone_for else passed

    def chance(self, yes: Numbers, no: Numbers) -> Numbers:
        """The chance of passing, from each member's chances: (members, runs) -> (runs,)."""
        lowest = min(0, -sum(self.loss))
        highest = max(sum(self.gain), self.needed, 0)
        score = np.zeros((highest - lowest + 1, yes.shape[1]))
        score[-lowest] = 1.0
        for member in range(len(yes)):
            score = self._after(score, member, yes[member], no[member])
        passing = sum_in_order(score[self.needed - lowest :])
        if self.someone_for and self.needed <= 0:
            passing = passing - self._nobody_weighs_in(yes, no)
        return held(passing, 0.0, 1.0)

    def _after(self, score: Numbers, member: int, yes: Numbers, no: Numbers) -> Numbers:
        gain, loss = self.gain[member], self.loss[member]
        abstains = np.maximum(1.0 - yes - no, 0.0)
        stays = abstains + (yes if gain == 0 else 0.0) + (no if loss == 0 and not self.blocks[member] else 0.0)
        after = score * stays
        if gain:
            after[gain:] += score[:-gain] * yes
        if loss and not self.blocks[member]:
            after[:-loss] += score[loss:] * no
        return after

    def _nobody_weighs_in(self, yes: Numbers, no: Numbers) -> Numbers:
        chance = np.ones(yes.shape[1])
        for member, abstains in enumerate(np.maximum(1.0 - yes - no, 0.0)):
            if self.weighs[member]:
                chance *= abstains
            elif self.blocks[member]:
                chance *= 1.0 - no[member]
        return chance


def count_by(rule: PassRule, members: tuple[str, ...]) -> Count:
    """The counting of a rule for those who sit in an institution."""
    weights, none = tuple(rule.weight_of(member) for member in members), (0,) * len(members)
    blocks = tuple(member in rule.veto for member in members)
    weighs = tuple(weight > 0 for weight in weights)
    if rule.yes is not None:
        return Count(weights, none, blocks, rule.yes, True, weighs)
    if rule.majority:
        return Count(weights, weights, blocks, 1, True, weighs)
    if rule.share is not None:
        needs, of = rule.share.numerator, rule.share.denominator
        gain, loss = tuple((of - needs) * weight for weight in weights), tuple(needs * weight for weight in weights)
        return Count(gain, loss, blocks, 0, True, weighs)
    if rule.quota is not None:
        return Count(weights, none, blocks, rule.quota, True, weighs)
    assert rule.unanimous
    return Count(none, none, (True,) * len(members), 0, False, weighs)
