"""What members of a body voted, over many runs, which no effect can tell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from engine.rules import Rules, World
from engine.rules.arrays import Rows, YesNo
from engine.rules.decide import Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.votes import NO, YES, Decision
from engine.scenario.models import Effect


@dataclass
class Question:
    """All votes on one question: per vote, the votes for and against, and the outcome."""

    yes: list[int] = field(default_factory=list)
    no: list[int] = field(default_factory=list)
    abstaining: list[int] = field(default_factory=list)
    passed: list[bool] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    ballots: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def share(self, member: str, way: int) -> float:
        """The share of its ballots that a member cast this way."""
        return float(np.mean(np.array(self.ballots[member]) == way))


@dataclass
class Ballots:
    """Writes down every vote in every run of a world."""

    questions: dict[str, Question] = field(default_factory=lambda: defaultdict(Question))

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """Not what is counted here."""

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """Not what is counted here."""

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """Not what is counted here."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Not what is looked for here."""

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote in some runs."""
        kept, names = self.questions[decision.question.id], decision.body.names
        rule = decision.body.institution.passes
        weights = np.array([rule.weight_of(name) for name in names])[:, np.newaxis]
        yes = ((decision.ballots == YES) * weights).sum(axis=0)
        no = ((decision.ballots == NO) * weights).sum(axis=0)
        kept.yes += yes.tolist()
        kept.no += no.tolist()
        kept.abstaining += (weights.sum() - yes - no).tolist()
        kept.passed += decision.passed.tolist()
        kept.turns += [world.tick] * len(decision.columns)
        for name, ballots in zip(names, decision.ballots, strict=True):
            kept.ballots[name] += ballots.tolist()


def ballots_of(rules: Rules, runs: int, seed: int = 3) -> Ballots:
    """All votes of many runs."""
    found = Ballots()
    world = rules.open(seed=seed, runs=runs)
    while not rules.is_over(world):
        rules.step(world, found)
    return found
