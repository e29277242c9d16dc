"""What happens in many runs of a scenario, what could, and what never does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.batch.running.progress import Pace
from engine.batch.running.runner import CHUNK, blocks, play_out
from engine.batch.statistics import Share, share_of
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.happenings import NO_OUTCOME, Occurrence
from engine.rules.votes import Decision
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import Reference

OFTEN_ENOUGH = 0.9
"""The share of turns in which a person should be able to make as many moves as the rule."""


@dataclass(frozen=True)
class Happening:
    """An action, an event, a vote or an ending in many runs."""

    kind: str
    """``action``, ``event``, ``outcome``, ``passed``, ``failed`` or ``ending``."""
    id: str
    title: str
    could: Share | None
    """In how many runs it could have happened: the action was legal, the event's condition held, the vote was taken."""
    happened: Share
    day: float | None
    """The day (0 first) on which it first happens, in the middle one of the runs in which it does."""
    by: dict[str, float]
    """Of an action: who does it, as shares of all the times that it is done."""

    @property
    def is_dead(self) -> bool:
        """Whether it happened in no run."""
        return not self.happened.count


@dataclass(frozen=True)
class Pinned:
    """How often an issue or a value stands at an end of its scale or range, of all paces of all runs."""

    kind: str
    id: str
    title: str
    low: float
    high: float
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Coverage:
    """What the runs of a scenario cover of it."""

    runs: int
    happenings: tuple[Happening, ...]
    pinned: tuple[Pinned, ...]
    budgets: dict[str, int]
    """By actor, the moves that the rule makes for it in a turn, in nine turns of ten."""

    def of_kind(self, *kinds: str) -> tuple[Happening, ...]:
        """Those of some kinds, in the order of the scenario."""
        return tuple(one for one in self.happenings if one.kind in kinds)

    @property
    def never(self) -> tuple[Happening, ...]:
        """What happened in no run."""
        return tuple(one for one in self.happenings if one.is_dead)


def cover(rules: Rules, runs: int, seed: int = 0, pace: Pace | None = None, chunk: int = CHUNK) -> Coverage:
    """Play runs in which the rules decide for everyone, and note what happens in them."""
    recorder = CoverageRecorder(rules)
    for first, size in blocks(0, runs, chunk):
        world = rules.open(seed, first, size)
        recorder.begin(world)
        play_out(rules, world, [recorder], recorder=recorder)
        recorder.finish(world)
        if pace is not None:
            pace.advance(size)
    return recorder.coverage(runs)


class Ledger:
    """In how many runs each of some things could happen and did, and in which pace first."""

    def __init__(self, names: Sequence[str], paces: int) -> None:
        self.number = {name: number for number, name in enumerate(names)}
        self.could = np.zeros(len(names), dtype=np.intp)
        self.first = np.zeros((len(names), paces), dtype=np.intp)
        """Runs by the pace in which it first happened: shape (things, paces)."""
        self._could = self._first = np.zeros((0, 0), dtype=np.intp)

    def begin(self, runs: int) -> None:
        """A block of runs in which nothing has happened yet."""
        self._could = np.zeros((len(self.number), runs), dtype=np.bool_)
        self._first = np.full((len(self.number), runs), NO_MOVE, dtype=np.intp)

    def might(self, name: str, where: YesNo) -> None:
        """It could happen in these runs."""
        self._could[self.number[name]] |= where

    def happen(self, name: str, where: YesNo, tick: int) -> None:
        """It happens in these runs."""
        first = self._first[self.number[name]]
        first[where & (first == NO_MOVE)] = tick
        self.might(name, where)

    def finish(self) -> None:
        """The block has closed."""
        self.could += self._could.sum(axis=1)
        for number, first in enumerate(self._first):
            self.first[number] += np.bincount(first[first != NO_MOVE], minlength=self.first.shape[1])

    def happened(self, name: str) -> int:
        """In how many runs it happened."""
        return int(self.first[self.number[name]].sum())

    def middle(self, name: str) -> int | None:
        """The pace in which it first happens, in the middle run of those in which it does, or the earlier of two."""
        reached = np.cumsum(self.first[self.number[name]])
        if not len(reached) or not reached[-1]:
            return None
        return int(np.searchsorted(reached, (reached[-1] + 1) // 2))


class CoverageRecorder:
    """Told of everything that happens, block by block of runs."""

    each_pace = True

    def __init__(self, rules: Rules) -> None:
        self.rules, scenario = rules, rules.scenario
        paces = rules.timeline.paces
        outcomes = [f"{event}:{outcome}" for event, rule in scenario.events.items() for outcome in rule.outcomes]
        asked = [action for action, rule in scenario.actions.items() if rule.vote is not None]
        self.actions = Ledger(list(scenario.choices), paces)
        self.asks = Ledger(list(scenario.asks), paces)
        self.events = Ledger(list(scenario.events), paces)
        self.outcomes = Ledger(outcomes, paces)
        self.passed, self.failed = Ledger(asked, paces), Ledger(asked, paces)
        self.endings = Ledger([ending.id for ending in scenario.endings], paces)
        self.ledgers = (self.actions, self.asks, self.events, self.outcomes, self.passed, self.failed, self.endings)
        self.times = np.zeros((len(self.actions.number), len(scenario.actors)), dtype=np.intp)
        """How often each actor did each action."""
        self._is_move = np.array([not option.answers for option in rules.options], dtype=np.intp)
        self._moves_in_turns = np.zeros((len(scenario.actors), rules.timeline.paces_per_turn + 1), dtype=np.intp)
        """In how many turns of all runs the rule made so many moves for an actor: shape (actors, moves)."""
        self.paces = 0
        """Paces of all runs."""
        self._action_of = np.array([self.actions.number[option.action] for option in rules.options], dtype=np.intp)
        self._ranged = list(_ranged(scenario))
        self._rows = np.array([rules.layout.rows[reference] for reference in self._ranged], dtype=np.intp)
        self._ends = np.zeros((2, len(self._rows)), dtype=np.intp)

    def begin(self, world: World) -> None:
        """A block of runs opens."""
        for ledger in self.ledgers:
            ledger.begin(world.runs)
        self._in_turn = np.zeros((len(self.rules.scenario.actors), world.runs), dtype=np.intp)
        self._opened: YesNo = world.is_open
        self._look_at_events(world)

    def finish(self, world: World) -> None:
        """They have all closed."""
        closed = np.maximum(np.rint(world.day / self.rules.timeline.pace_in_days).astype(np.intp) - 1, 0)
        for name, number in self.endings.number.items():
            for tick in np.unique(closed[world.ending == number]):
                self.endings.happen(name, (world.ending == number) & (closed == tick), int(tick))
        for ledger in self.ledgers:
            ledger.finish()

    def watch(self, world: World, was_open: YesNo) -> None:
        """A pace has closed: where events could come of it, and what stands at an end of its scale."""
        self._look_at_events(world)
        low, high = (bound[self._rows, np.newaxis] for bound in self.rules.layout.bounds)
        cells = world.cells[self._rows]
        self._ends += np.stack([((cells <= low) & was_open).sum(axis=1), ((cells >= high) & was_open).sum(axis=1)])
        self.paces += int(was_open.sum())
        if self.rules.timeline.opens_turn(world.tick) or not world.is_open.any():
            self._end_turn(world)

    def _end_turn(self, world: World) -> None:
        """The moves of a turn are counted where it was open when it began."""
        for number, moves in enumerate(self._in_turn):
            counts = np.bincount(moves[self._opened], minlength=len(self._moves_in_turns[number]))
            self._moves_in_turns[number] = np.add(counts, self._moves_in_turns[number])
        self._in_turn[:] = 0
        self._opened = world.is_open

    def _budgets(self) -> dict[str, int]:
        """How many moves are enough in so large a share of all turns."""
        found = {}
        for actor, counts in zip(self.rules.scenario.actors, self._moves_in_turns, strict=True):
            reached = np.cumsum(counts)
            found[actor] = int(np.searchsorted(reached, OFTEN_ENOUGH * reached[-1])) if reached[-1] else 0
        return found

    def _look_at_events(self, world: World) -> None:
        """Undated events are judged once a pace; dated ones on the world in which their pace opens."""
        for occurrence, may in zip(self.rules.occurrences, self.rules.may_happen(world), strict=True):
            if occurrence.due is None or occurrence.due == world.tick:
                self.events.might(occurrence.id, may)

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """What was legal, and what was done."""
        for block in self.rules.blocks:
            is_legal: YesNo = np.any(appraisal.legal[block.numbers], axis=0)
            if is_legal.any():
                self.actions.might(block.action_id, is_legal)
                if block.ask:
                    self.asks.happen(block.ask, is_legal, world.tick)
        *slots, actors, runs = np.nonzero((choice != NO_MOVE) & world.is_open)
        options = choice[*slots, actors, runs]
        np.add.at(self._in_turn, (actors, runs), self._is_move[options])
        done = self._action_of[options]
        np.add.at(self.times, (done, actors), 1)
        for number in np.unique(done):
            where = np.zeros(world.runs, dtype=np.bool_)
            where[runs[done == number]] = True
            self.actions.happen(list(self.actions.number)[number], where, world.tick)

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote: it could have passed, and could have failed, wherever it was taken."""
        taken = np.zeros(world.runs, dtype=np.bool_)
        taken[decision.columns] = True
        passed = np.zeros(world.runs, dtype=np.bool_)
        passed[decision.columns] = decision.passed
        action = decision.question.action
        for ledger, where in ((self.passed, passed), (self.failed, taken & ~passed)):
            ledger.might(action, taken)
            ledger.happen(action, where, world.tick)

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event, and which way it turned out."""
        self.events.happen(occurrence.id, happens, world.tick)
        for number, name in enumerate(occurrence.outcomes):
            self.outcomes.might(f"{occurrence.id}:{name}", happens)
            where = happens & (outcome == number) & (outcome != NO_OUTCOME)
            self.outcomes.happen(f"{occurrence.id}:{name}", where, world.tick)

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """News of an effect, which says nothing that is counted."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """A question that is put: counted where it stands when somebody decides."""

    def coverage(self, runs: int) -> Coverage:
        """What was found in so many runs."""
        return Coverage(runs, tuple(self._happenings(runs)), tuple(self._pinned()), self._budgets())

    def _happenings(self, runs: int) -> Iterator[Happening]:
        s = self.rules.scenario
        entry = partial(self._happening, runs=runs)
        for name, action in s.actions.items():
            yield entry("action", name, action.title, self.actions)
        for name, ask in s.asks.items():
            yield entry("ask", name, ask.title, self.asks)
            for answer, said in ask.answers.items():
                yield entry("answer", f"{name}.{answer}", f"{ask.title}: {said.title}", self.actions)
        for name, action in s.actions.items():
            if action.vote is not None:
                yield entry("passed", name, action.vote.question, self.passed)
                yield entry("failed", name, action.vote.question, self.failed)
        for name, event in s.events.items():
            yield entry("event", name, event.title, self.events)
            for outcome, record in event.outcomes.items():
                yield entry("outcome", f"{name}:{outcome}", f"{event.title}: {record.title}", self.outcomes)
        for ending in s.endings:
            yield entry("ending", ending.id, ending.title, self.endings)

    def _happening(self, kind: str, name: str, title: str, ledger: Ledger, runs: int) -> Happening:
        could = None if kind == "ending" else share_of(int(ledger.could[ledger.number[name]]), runs)
        by = self._by(name) if kind in ("action", "answer") else {}
        return Happening(kind, name, title, could, share_of(ledger.happened(name), runs), self._day(ledger, name), by)

    def _day(self, ledger: Ledger, name: str) -> float | None:
        """The day, a fraction where paces are hours, on which something first happens in the middle run."""
        middle = ledger.middle(name)
        return None if middle is None else self.rules.timeline.days_until(middle)

    def _by(self, action: str) -> dict[str, float]:
        """Who does an action, the busiest first."""
        times = self.times[self.actions.number[action]]
        shares = zip(self.rules.scenario.actors, (times / max(1, times.sum())).tolist(), strict=True)
        return dict(sorted(((actor, share) for actor, share in shares if share), key=lambda pair: -pair[1]))

    def _pinned(self) -> Iterator[Pinned]:
        s, paces = self.rules.scenario, max(1, self.paces)
        low, high = self.rules.layout.bounds
        shares: Numbers = self._ends / paces
        for number, (reference, row) in enumerate(zip(self._ranged, self._rows, strict=True)):
            title = s.issues[reference.id].title if reference.kind == "issue" else s.values[reference.id].title
            at = float(shares[0, number]), float(shares[1, number])
            yield Pinned(reference.kind, reference.id, title, float(low[row]), float(high[row]), *at)


def _ranged(scenario: Scenario) -> Iterator[Reference]:
    """What has a scale or a range."""
    yield from (Reference("issue", issue) for issue in scenario.issues)
    yield from (Reference("value", value) for value in scenario.values)
