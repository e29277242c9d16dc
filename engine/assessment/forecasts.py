"""Who forecasts what: the rule and every baseline, question by question, and the score of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.assessment.baselines import uniform
from engine.assessment.measured import Sampled
from engine.assessment.questions import DAY, RANK, VALUE, YES_NO, Calendar, Question
from engine.assessment.scores import Distribution, Numbers, crps_of_many, log_score

RULE = "rule"
"""The name of the forecaster that is judged."""


@dataclass(frozen=True)
class Kind:
    """A score: of what questions, and how it is told."""

    name: str
    title: str
    of: str
    """The kind of question."""
    unit: str
    is_log: bool = False


KINDS = (
    Kind("brier", "Brier", YES_NO, ""),
    Kind("log", "log", YES_NO, "", is_log=True),
    Kind("days", "CRPS of days", DAY, "days"),
    Kind("values", "CRPS of values", VALUE, "of the range"),
    Kind("ranks", "ranked probability", RANK, ""),
)
"""Every score of questions; lower is better."""


@dataclass(frozen=True)
class Forecaster:
    """Somebody who gives a distribution for each question."""

    name: str
    title: str
    questions: tuple[Question, ...]
    calendar: Calendar
    sampled: Sequence[Sampled] | None = None
    """What each question comes to in each run, of one that plays."""
    reckoned: Sequence[Distribution] | None = None
    """The distributions of one that does not."""

    @cached_property
    def distributions(self) -> tuple[Distribution, ...]:
        """What it says of each question; everything alike where its runs say nothing of it."""
        if self.reckoned is not None:
            return tuple(self.reckoned)
        assert self.sampled is not None, "a forecaster plays or reckons"
        pairs = zip(self.questions, self.sampled, strict=True)
        return tuple(one.distribution or uniform(question, self.calendar) for question, one in pairs)

    def chance_of_truth(self, number: int) -> float:
        """How likely it took what really came, of a question about a yes or no, or ranks."""
        truth = self.questions[number].truth
        assert truth is not None, "only known answers are scored"
        return self.distributions[number].chance_of(truth)

    def score(self, kind: Kind, number: int) -> float:
        """Its score for a question."""
        forecast = self.distributions[number]
        return float(
            scored(kind, self.questions[number], forecast.points, forecast.chances[np.newaxis], forecast.runs)[0]
        )

    def scores_anew(self, kind: Kind, number: int, times: NDArray[np.intp]) -> Numbers:
        """The same were other runs drawn: ``times`` says how often each counts, (many, runs) -> (many,)."""
        sampled = None if self.sampled is None else self.sampled[number]
        if sampled is None or sampled.distribution is None:
            return np.full(len(times), self.score(kind, number))
        points, chances = sampled.weighted(times)
        return scored(kind, self.questions[number], points, chances, sampled.runs)


def scored(kind: Kind, question: Question, points: Numbers, chances: Numbers, runs: int | None) -> Numbers:
    """The score of forecasts over the same points: (many, points) -> (many,)."""
    truth = question.truth
    assert truth is not None, "only known answers are scored"
    if kind.is_log:
        return log_score(chances[:, points == truth].sum(axis=1))
    return crps_of_many(points, chances, runs, truth) / question.span


def by_target(questions: Sequence[Question], kind: Kind, is_fit: bool) -> Mapping[str, list[int]]:
    """The numbers of the questions that a score is of, by their target."""
    found: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        if question.kind == kind.of and question.is_fit == is_fit and question.truth is not None:
            found.setdefault(question.target, []).append(number)
    return found
