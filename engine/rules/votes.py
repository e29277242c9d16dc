"""Questions that are put to institutions, who decides them, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.layout import Layout
from engine.rules.tally import Count, count_by
from engine.scenario.models import Institution, Scenario, Vote

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

    def __init__(self, scenario: Scenario, layout: Layout) -> None:
        """For every institution of the scenario."""
        self._scenario, self._layout = scenario, layout
        self._known: dict[tuple[str, tuple[str, ...]], Body] = {}

    def sitting(self, institution_id: str, tick: int) -> Body:
        """Who sits on the opening day of a pace."""
        institution = self._scenario.institutions[institution_id]
        names = institution.seated(self._scenario.timeline.day_of(tick))
        if (institution_id, names) not in self._known:
            numbers = np.array([self._layout.actors[name] for name in names], dtype=np.intp)
            body = Body(institution_id, institution, names, numbers, count_by(institution.passes, names))
            self._known[institution_id, names] = body
        return self._known[institution_id, names]


@dataclass(frozen=True)
class Leaning:
    """What members of a body think of a question: arrays of shape (members, runs)."""

    gain: Numbers
    """What they gain by its passing."""
    yes: Numbers
    """Their chance to vote for it."""
    no: Numbers
    """Their chance to vote against it."""


class Question:
    """What one action, directed at one target or at none, puts to an institution."""

    def __init__(self, bodies: Bodies, action: str, vote: Vote, target: str | None) -> None:
        """``target`` is an actor's id, for an action that has targets."""
        self.action, self.vote, self.target, self._bodies = action, vote, target, bodies
        self.id = action if target is None else f"{action}:{target}"

    def body(self, tick: int) -> Body:
        """Who would decide it in a pace."""
        return self._bodies.sitting(self.vote.institution, tick)


@dataclass(frozen=True)
class Decision:
    """A question put to the vote in some runs of a world."""

    question: Question
    body: Body
    columns: Rows
    """The runs, by their places in the world."""
    ballots: Rows
    """Of shape (members, columns)."""
    passed: YesNo
    """Of shape (columns,)."""
