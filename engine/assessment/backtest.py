"""A backtest: the rule's forecasts of what happened beside those of the baselines, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from engine.assessment.baselines import NAMES, PLAYED, reckoned
from engine.assessment.errors import AssessmentError
from engine.assessment.forecasts import KINDS, RULE, Forecaster, Kind, by_target
from engine.assessment.measured import measure
from engine.assessment.questions import YES_NO, Calendar, Question, questions_of
from engine.assessment.resampling import drawn_anew, interval
from engine.assessment.scores import Area, Numbers, area
from engine.batch.running.progress import Pace
from engine.batch.statistics import Share, share_of
from engine.executors import BEST
from engine.scenario.history import History
from engine.scenario.models import Scenario

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""The ends of the classes of a reliability table."""

RUNS = 1000
"""Runs of the rule, and of each baseline that plays."""


@dataclass(frozen=True)
class Score:
    """A mean over targets, each of which counts once, however many it asks about."""

    value: float
    low: float | None
    high: float | None
    """The 95 % interval over runs; None of a baseline that plays nothing, whose score is exact."""
    targets: int
    questions: int


@dataclass(frozen=True)
class Gap:
    """How much better the rule is than the best baseline: below nothing where it is worse."""

    kind: Kind
    best: str
    """The baseline."""
    value: float
    low: float
    high: float
    """The 95 % interval over runs and targets, both drawn anew, in pairs."""
    targets: int


@dataclass(frozen=True)
class Bin:
    """The questions to which the rule gave about the same chance."""

    low: float
    high: float
    mean: float
    """Its mean chance of yes."""
    came: Share


@dataclass(frozen=True)
class Backtest:
    """What everybody forecast, and what came."""

    scenario: Scenario
    history: History
    runs: int
    seed: int
    questions: tuple[Question, ...]
    forecasters: tuple[Forecaster, ...]
    """The rule first."""

    @property
    def rule(self) -> Forecaster:
        """The one that is judged."""
        return self.forecasters[0]

    @property
    def calendar(self) -> Calendar:
        """The days of the story."""
        return Calendar(self.scenario)

    def kinds(self, is_fit: bool) -> tuple[Kind, ...]:
        """The scores that a part has questions for."""
        return tuple(kind for kind in KINDS if by_target(self.questions, kind, is_fit))

    def score(self, forecaster: Forecaster, kind: Kind, is_fit: bool) -> Score:
        """The score of somebody over a part."""
        found = by_target(self.questions, kind, is_fit)
        value = float(np.mean([np.mean([forecaster.score(kind, n) for n in numbers]) for numbers in found.values()]))
        asked = sum(map(len, found.values()))
        if forecaster.sampled is None:
            return Score(value, None, None, len(found), asked)
        low, high = interval(self._anew(forecaster, kind, is_fit).mean(axis=1))
        return Score(value, min(low, value), max(high, value), len(found), asked)

    def best(self, kind: Kind, is_fit: bool) -> Forecaster:
        """The best baseline."""
        return min(self.forecasters[1:], key=lambda one: self.score(one, kind, is_fit).value)

    def gap(self, kind: Kind, is_fit: bool) -> Gap:
        """How the rule does beside the best baseline."""
        best = self.best(kind, is_fit)
        differences = self._anew(best, kind, is_fit) - self._anew(self.rule, kind, is_fit)
        targets = differences.shape[1]
        weights = drawn_anew(targets, self.seed, f"targets:{kind.name}") / targets
        low, high = interval((differences * weights).sum(axis=1))
        value = self.score(best, kind, is_fit).value - self.score(self.rule, kind, is_fit).value
        return Gap(kind, best.name, value, min(low, value), max(high, value), targets)

    def area(self, forecaster: Forecaster, is_fit: bool) -> Area | None:
        """Who did what, and what was done: over all questions that one of several asks."""
        numbers = self._several(is_fit)
        chances = [forecaster.distributions[n].chance_of(1.0) for n in numbers]
        return area(chances, [self.questions[n].truth == 1.0 for n in numbers])

    def reliability(self, is_fit: bool) -> Iterator[Bin]:
        """Classes of the rule's chances of yes, with how often it was yes."""
        numbers = [n for one in by_target(self.questions, KINDS[0], is_fit).values() for n in one]
        chances = np.array([self.rule.distributions[n].chance_of(1.0) for n in numbers])
        came = np.array([self.questions[n].truth for n in numbers])
        for low, high in pairwise(BINS):
            there = (chances >= low) & ((chances < high) if high < 1.0 else (chances <= high))
            if there.any():
                yield Bin(low, high, float(chances[there].mean()), share_of(int(came[there].sum()), int(there.sum())))

    def _several(self, is_fit: bool) -> list[int]:
        def is_one_of_several(question: Question) -> bool:
            return question.kind == YES_NO and bool(question.label) and question.truth is not None

        return [n for n, q in enumerate(self.questions) if q.is_fit == is_fit and is_one_of_several(q)]

    @cached_property
    def _times(self) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
        return drawn_anew(self.runs, self.seed, "runs")

    def _anew(self, forecaster: Forecaster, kind: Kind, is_fit: bool) -> Numbers:
        """The mean score of each target with other runs: shape (many, targets)."""
        key = (forecaster.name, kind.name, is_fit)
        known: dict[tuple[str, str, bool], Numbers] = self.__dict__.setdefault("_known", {})
        if key not in known:
            targets = by_target(self.questions, kind, is_fit).values()
            columns = [
                np.mean([forecaster.scores_anew(kind, n, self._times) for n in numbers], axis=0) for numbers in targets
            ]
            known[key] = np.stack(columns, axis=1)
        return known[key]


def backtest(
    scenario: Scenario,
    history: History | None,
    runs: int = RUNS,
    seed: int = 1,
    executor: str = BEST,
    workers: int = 1,
    progress: Callable[[Pace], None] = lambda _: None,
) -> Backtest:
    """Plays the rule and the baselines that play, and asks everybody every question whose answer is known.

    Raises :class:`~engine.assessment.errors.AssessmentError` where nothing is known.
    """
    known = tuple(question for question in asked_of(scenario, history) if question.truth is not None)
    if history is None or not known:
        raise AssessmentError(f"no target of {scenario.id} says what came of it, so nothing can be held against it")
    return forecast(scenario, history, known, runs, seed, executor, workers, progress)


def forecast(
    scenario: Scenario,
    history: History,
    questions: tuple[Question, ...],
    runs: int = RUNS,
    seed: int = 1,
    executor: str = BEST,
    workers: int = 1,
    progress: Callable[[Pace], None] = lambda _: None,
) -> Backtest:
    """What everybody says of some questions, whether or not their answers are known."""
    calendar = Calendar(scenario)

    def plays(name: str, title: str, variant: Scenario, policy: str | None) -> Forecaster:
        found = measure(variant, questions, runs, seed, policy, executor, workers, progress)
        return Forecaster(name, title, questions, calendar, sampled=found)

    rule = plays(RULE, "the rule", scenario, None)
    others = [plays(one.name, one.title, one.variant(scenario), one.policy) for one in PLAYED]
    others += [
        Forecaster(one.name, one.title, questions, calendar, reckoned=[one.forecast(q, calendar) for q in questions])
        for one in reckoned(scenario)
    ]
    others.sort(key=lambda one: NAMES.index(one.name))
    return Backtest(scenario, history, runs, seed, questions, (rule, *others))


def asked_of(scenario: Scenario, history: History | None) -> tuple[Question, ...]:
    """Every question of a history, also those whose answer is not known.

    Raises :class:`~engine.assessment.errors.AssessmentError` where there is none.
    """
    if history is None or not history.targets:
        raise AssessmentError(
            f"{scenario.id} has no targets: write some under targets in history.yaml beside it, or name a file of them "
            "with --targets"
        )
    return questions_of(scenario, history)
