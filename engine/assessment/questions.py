"""Targets as questions: each with one number that a run has, and the number that really came.

A target about several actors, things or members is a question for each of them. A yes is 1 and a no 0. Days are
counted from the start and are those on which paces open: a pace covers its days, and no run knows them apart. What does
not come about has the day on which the calendar ends, so that days are scored as far as it goes (the threshold-weighted
score of Gneiting and Ranjan, JBES 29, 2011). Orders and ballots are ranks: 0, 1, 2.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.assessment.scores import Numbers
from engine.batch.design.outcomes import Outcome
from engine.expressions import Kind
from engine.scenario.deeds import of_a_run
from engine.scenario.history import History
from engine.scenario.models import Scenario
from engine.scenario.parsing import Parser
from engine.scenario.targets import (
    BallotOf,
    ByPosition,
    DayOf,
    Done,
    OrderOf,
    RangeOn,
    Target,
    ValueOn,
    WhichWere,
    WhoDid,
)

YES_NO, DAY, VALUE, RANK = "yes or no", "day", "value", "rank"
"""What kinds of numbers are asked for."""

RANKS = {"first": 0.0, "neither": 1.0, "second": 2.0}
"""Which of two came first."""

BALLOTS = {"no": 0.0, "abstain": 1.0, "yes": 2.0}
"""How a member votes."""

Measure = Callable[[Sequence[Numbers]], Numbers]
"""From the outcomes that a question needs, each of shape (runs,), to its number in each run."""


@dataclass(frozen=True)
class Question:
    """One number of a run."""

    target: str
    """The target that asks for it."""
    label: str
    """Whom or what it is about, where its target asks about several; else empty."""
    kind: str
    """YES_NO, DAY, VALUE or RANK."""
    truth: float | None
    """What it really was; None where that is not known."""
    is_fit: bool
    """Whether its answer was known by the cut-off, so that it may have shaped the scenario."""
    outcomes: tuple[Outcome, ...]
    """What has to be measured in a run."""
    measure: Measure = field(repr=False)
    given: Outcome | None = None
    """Only runs count in which this holds."""
    bounds: tuple[float, float] = (0.0, 1.0)
    """The least and the largest that it may be."""
    between: tuple[float, float] | None = None
    """Of a question about a range, its bounds."""
    elapsed: float = 1.0
    """The share of the calendar's paces that open up to the day until which it is asked."""
    position: float | None = None
    """How far an actor is coded on the side that speaks for it, in tenths of the scale; None where nothing says so."""

    @property
    def span(self) -> float:
        """By what its score is divided where scores of different questions are put together: 1 of a yes or no."""
        return self.bounds[1] - self.bounds[0] if self.kind in (VALUE, RANK) else 1.0


@dataclass(frozen=True)
class Calendar:
    """The days on which paces open, as questions count them."""

    scenario: Scenario

    @property
    def days(self) -> tuple[float, ...]:
        """The days on which paces open, each once."""
        timeline = self.scenario.timeline
        return tuple(sorted({float(math.floor(timeline.days_until(tick))) for tick in range(timeline.paces)}))

    @property
    def end(self) -> float:
        """The day of what never comes."""
        timeline = self.scenario.timeline
        return float(math.ceil(timeline.days_until(timeline.paces)))

    def day_of(self, day: dt.date) -> float:
        """The day on which the pace opens that covers a day."""
        timeline = self.scenario.timeline
        return float(math.floor(timeline.days_until(timeline.pace_of(day))))

    def elapsed(self, day: dt.date) -> float:
        """The share of paces that open on a day or before it."""
        last = float((day - self.scenario.start).days)
        return sum(opened <= last for opened in self.days) / len(self.days)

    def date(self, day: float) -> dt.date:
        """The day as a date."""
        return self.scenario.start + dt.timedelta(days=day)


def questions_of(scenario: Scenario, history: History) -> tuple[Question, ...]:
    """Every question that the targets of a history ask, in their order."""
    asking = _Asking(scenario, history.cut_off)
    return tuple(q for name, target in history.targets.items() for q in asking.of(name, target))


class _Asking:
    def __init__(self, scenario: Scenario, cut_off: dt.date | None) -> None:
        self.scenario, self.cut_off = scenario, cut_off
        self.calendar, self.parser = Calendar(scenario), Parser(scenario)

    def of(self, name: str, target: Target) -> Iterator[Question]:
        known_on = target.known_on(self.scenario.end)
        is_fit = self.cut_off is None or known_on <= self.cut_off
        given = None if target.given is None else Outcome(at_end=target.given)
        for question in self._asked(name, target):
            changes = {"is_fit": is_fit, "given": given or question.given}
            yield Question(**{**question.__dict__, **changes})

    def _asked(self, name: str, target: Target) -> Iterator[Question]:
        match target.statement:
            case Done() as s:
                yield self._done(name, "", s.what, s.by, s.was)
            case DayOf() as s:
                yield self._day(name, s)
            case ValueOn() as s:
                yield Question(name, "", VALUE, s.was, True, (on_day(s.of, s.on),), _only, bounds=self._bounds(s.of))
            case RangeOn() as s:
                yield self._range(name, s)
            case WhoDid() as s:
                for actor in self.scenario.members(s.among):
                    what = f"did.{s.does}.{actor}" if s.does is not None else f"{s.flag}.{actor}"
                    was = None if s.did is None else actor in s.did
                    yield self._done(name, actor, what, s.by, was, self._position(actor, s.by_position))
            case WhichWere() as s:
                for what in s.of:
                    yield self._done(name, what, what, s.by, None if s.were is None else what in s.were)
            case OrderOf() as s:
                yield self._order(name, s)
            case BallotOf() as s:
                yield from self._ballot(name, s)

    def _done(
        self, name: str, label: str, what: str, by: dt.date, was: bool | None, position: float | None = None
    ) -> Question:
        last, truth = self._last(by), None if was is None else float(was)
        elapsed = self.calendar.elapsed(by)
        outcomes = (Outcome(first=what),)
        return Question(name, label, YES_NO, truth, True, outcomes, _by(last), elapsed=elapsed, position=position)

    def _day(self, name: str, s: DayOf) -> Question:
        end = self.calendar.end
        truth = self.calendar.day_of(s.was) if isinstance(s.was, dt.date) else None if s.was is None else end
        return Question(name, "", DAY, truth, True, (Outcome(first=s.of),), _day_or(end), bounds=(0.0, end))

    def _range(self, name: str, s: RangeOn) -> Question:
        low, high = s.between
        truth = None if s.was is None else float(s.was)
        outcome, bounds = on_day(s.of, s.on), self._bounds(s.of)
        return Question(name, "", YES_NO, truth, True, (outcome,), _within(low, high), bounds=bounds, between=s.between)

    def _order(self, name: str, s: OrderOf) -> Question:
        outcomes = (Outcome(first=s.first), Outcome(first=s.second))
        truth = None if s.was is None else RANKS[s.was]
        elapsed = self.calendar.elapsed(s.by)
        return Question(
            name, "", RANK, truth, True, outcomes, _order(self._last(s.by)), bounds=(0.0, 2.0), elapsed=elapsed
        )

    def _ballot(self, name: str, s: BallotOf) -> Iterator[Question]:
        question = f"vote.{s.question}.{s.at}" if s.at else f"vote.{s.question}"
        vote = self.scenario.actions[s.question].vote
        assert vote is not None, "the checker has seen to it"
        body = self.scenario.institutions[vote.institution]
        for member in s.cast or dict.fromkeys(body.seated(s.on)):
            truth = BALLOTS[s.cast[member]] if s.cast else None
            outcomes = tuple(Outcome(at_end=f"{question}.{member}.{word}") for word in ("yes", "abstain"))
            yield Question(
                name,
                member,
                RANK,
                truth,
                True,
                outcomes,
                _rank,
                Outcome(at_end=f"{question}.held"),
                (0.0, 2.0),
                position=self._position(member, s.by_position),
            )

    def _last(self, day: dt.date) -> float:
        return float((day - self.scenario.start).days)

    def _bounds(self, text: str) -> tuple[float, float]:
        parsed = of_a_run(self.parser, text, Kind.NUMBER)
        return parsed.low, parsed.high

    def _position(self, actor: str, told: ByPosition | None) -> float | None:
        if told is None:
            return None
        issue = self.scenario.issues[told.issue]
        stance = self.scenario.actors[actor].stances.get(told.issue)
        stands = issue.start if stance is None else stance.position
        tenth = (max(issue.scale) - min(issue.scale)) / 10.0
        return (stands - told.point) / tenth * (1.0 if told.above is not None else -1.0)


def on_day(of: str, day: dt.date) -> Outcome:
    """An expression on a day."""
    return Outcome.model_validate({"on_day": {"day": day.isoformat(), "of": of}})


def _only(found: Sequence[Numbers]) -> Numbers:
    return found[0]


def _by(last: float) -> Measure:
    return lambda found: (found[0] < last + 1.0).astype(np.float64)  # not a number is never


def _within(low: float, high: float) -> Measure:
    return lambda found: ((found[0] >= low) & (found[0] <= high)).astype(np.float64)


def _day_or(end: float) -> Measure:
    return lambda found: np.where(np.isnan(found[0]), end, np.floor(found[0]))


def _order(last: float) -> Measure:
    def measure(found: Sequence[Numbers]) -> Numbers:
        first, second = (np.where(day < last + 1.0, np.floor(day), np.inf) for day in found)
        return np.where(first < second, 0.0, np.where(second < first, 2.0, 1.0))

    return measure


def _rank(found: Sequence[Numbers]) -> Numbers:
    return 2.0 * found[0] + found[1]


def parts(questions: Sequence[Question]) -> Mapping[bool, tuple[Question, ...]]:
    """The questions whose answer is known, fit (True) and held out (False)."""
    return {
        is_fit: tuple(q for q in questions if q.truth is not None and q.is_fit == is_fit) for is_fit in (True, False)
    }
