"""Where each thing of a scenario stands in the state of a world.

The state is one matrix: a row for each number (yes-no states are 0 and 1), a column for each run.
What belongs to actors is laid out thing by thing, so that all actors' recognition, or all positions
on one issue, are neighbouring rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.rules.arrays import Numbers, Rows
from engine.scenario.doubts import Doubtful
from engine.scenario.knowledge import Knowledge
from engine.scenario.models import Actor, Loss, Scenario
from engine.scenario.names import Reference, scale_of

NEVER = -1.0e9
"""The day on which something happened that has not happened."""

NO_STAMP = -1.0
"""The day on which a flag became yes, while it is no."""

NOT_ASKED = -1.0
"""The moment by which an actor must have answered a question that is not put to it."""


@dataclass(frozen=True)
class Layout:
    """The rows of a scenario's state, in this order: clock, issues, values, flags, actor flags,
    positions, the days on which flags became yes, the moments by which questions are to be answered,
    who has learned what may be revealed, the days of last moves and events, and the numbers that are in doubt."""

    scenario: Scenario
    memories: int
    """How many last days are kept."""

    @cached_property
    def actors(self) -> dict[str, int]:
        """The number of each actor."""
        return {actor: number for number, actor in enumerate(self.scenario.actors)}

    @cached_property
    def worth(self) -> Numbers:
        """What each ending is to each actor, 0..100: shape (actors, endings); not a number where nothing is said."""
        s = self.scenario
        told = [[s.worth_of(ending, actor) for ending in s.endings] for actor in s.actors]
        return np.array([[np.nan if one is None else one.points for one in row] for row in told])

    @cached_property
    def rows(self) -> dict[Reference, int]:
        """The row of each thing that has one."""
        rows = {reference: row for row, reference in enumerate(self._references())}
        first = len(rows) + self.memories
        return rows | {Reference("doubt", number.path): first + n for n, number in enumerate(self.doubts)}

    @cached_property
    def doubts(self) -> tuple[Doubtful, ...]:
        """The numbers in doubt, which each run draws for itself."""
        return self.scenario.doubts

    def row_of(self, number: float) -> int | None:
        """The row of a number that is in doubt; None of one that is known."""
        return self.rows[Reference("doubt", number.path)] if isinstance(number, Doubtful) else None

    @cached_property
    def day(self) -> int:
        """The row of the clock: days since the start."""
        return self.rows[Reference("day")]

    @cached_property
    def first_memory(self) -> int:
        """The row of the first last day."""
        return len(self.rows) - len(self.doubts)

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows) + self.memories

    def block(self, kind: str, identifier: str) -> Rows:
        """The rows of something that all actors have, in their order: neighbours."""
        first = self.rows[Reference(kind, identifier, next(iter(self.actors)))]
        return np.arange(first, first + len(self.actors), dtype=np.intp)

    @cached_property
    def world_flags(self) -> Rows:
        """The rows of the world's flags, in their order."""
        return np.array([self.rows[Reference("flag", flag)] for flag in self.scenario.flags], dtype=np.intp)

    @cached_property
    def stamps(self) -> dict[int, int]:
        """The row of a flag -> the row of the day on which it became yes."""
        since = {"since_flag": "flag", "since_actor_flag": "actor_flag"}
        return {
            self.rows[Reference(since[reference.kind], reference.id, reference.who)]: row
            for reference, row in self.rows.items()
            if reference.kind in since
        }

    @cached_property
    def flags(self) -> frozenset[int]:
        """Rows of flags; a flag is read as a yes/no, whatever number was set."""
        kinds = ("flag", "actor_flag")
        return frozenset(row for reference, row in self.rows.items() if reference.kind in kinds)

    @cached_property
    def asked(self) -> frozenset[int]:
        """The rows of the moments by which questions are to be answered."""
        return frozenset(row for reference, row in self.rows.items() if reference.kind == "asked")

    @cached_property
    def knowledge(self) -> Knowledge:
        """Who knows what of this state."""
        return Knowledge(self.scenario)

    @cached_property
    def bounds(self) -> tuple[Numbers, Numbers]:
        """The lowest and the highest number of each row, each of shape (rows,)."""
        low, high = np.full(self.size, -np.inf), np.full(self.size, np.inf)
        for reference, row in self.rows.items():
            low[row], high[row] = self._range(reference)
        return low, high

    @cached_property
    def start(self) -> Numbers:
        """The state in which every run begins, before what is in doubt is drawn: shape (rows,)."""
        start = np.zeros(self.size)
        start[self.first_memory : self.first_memory + self.memories] = NEVER
        for reference, row in self.rows.items():
            start[row] = self._start(reference)
        return start

    @cached_property
    def doubted(self) -> tuple[Rows, tuple[float, ...], tuple[str, ...]]:
        """The positions that runs draw: their rows, their spreads, and the streams of their chance."""
        found = [
            (self.rows[Reference("position", issue, actor)], stance.spread, f"stance:{actor}:{issue}")
            for actor, record in self.scenario.actors.items()
            for issue, stance in record.stances.items()
            if stance.spread > 0 or isinstance(stance.spread, Doubtful)
        ]
        rows, spreads, streams = zip(*found, strict=True) if found else ((), (), ())
        return np.array(rows, dtype=np.intp), spreads, streams

    def salience(self, issue: str, actor: int) -> float:
        """How much an issue weighs for an actor."""
        stance = self._records[actor].stances.get(issue)
        return 0.0 if stance is None else stance.salience

    def capability(self, actor: int) -> float:
        """The weight of an actor."""
        return self._records[actor].capability

    def temperature(self, actor: int) -> float:
        """How loosely an actor follows its gain."""
        return self._records[actor].temperature or self.scenario.temperature

    @cached_property
    def _records(self) -> tuple[Actor, ...]:
        return tuple(self.scenario.actors.values())

    @cached_property
    def span(self) -> dict[str, float]:
        """The length of each issue's scale."""
        return {issue: high - low for issue in self.scenario.issues for low, high in [scale_of(self.scenario, issue)]}

    @cached_property
    def loss(self) -> dict[str, Loss]:
        """How much it hurts to be off one's position on each issue."""
        return {issue: self.scenario.loss_of(issue) for issue in self.scenario.issues}

    def _references(self) -> Iterator[Reference]:
        s = self.scenario
        yield Reference("day")
        yield from (Reference("issue", issue) for issue in s.issues)
        yield from (Reference("value", value) for value in s.values)
        yield from (Reference("flag", flag) for flag in s.flags)
        yield from (Reference("actor_flag", flag, actor) for flag in s.actor_flags for actor in s.actors)
        yield from (Reference("position", issue, actor) for issue in s.issues for actor in s.actors)
        yield from (Reference("since_flag", flag) for flag in s.flags)
        yield from (Reference("since_actor_flag", flag, actor) for flag in s.actor_flags for actor in s.actors)
        yield from (Reference("asked", ask, actor) for ask in s.asks for actor in s.actors)
        yield from (Reference("knows", thing, who) for thing, them in self.knowledge.revealed.items() for who in them)

    def _range(self, reference: Reference) -> tuple[float, float]:
        match reference.kind:
            case "issue" | "position":
                return scale_of(self.scenario, reference.id)
            case "value":
                return self.scenario.values[reference.id].range
            case "flag" | "actor_flag" | "knows":
                return 0.0, 1.0
        return -np.inf, np.inf

    def _start(self, reference: Reference) -> float:
        s = self.scenario
        match reference.kind:
            case "issue":
                return s.issues[reference.id].start
            case "value":
                return s.values[reference.id].start
            case "position":
                stance = s.actors[reference.who].stances.get(reference.id)
                return s.issues[reference.id].start if stance is None else stance.position
            case "since_flag" | "since_actor_flag":
                return NO_STAMP
            case "asked":
                return NOT_ASKED
        return 0.0
