"""A locked forecast scored, once it is known what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.assessment.forecasts import KINDS, RULE, Kind, by_target, scored
from engine.assessment.lock import Lock, asked_again
from engine.assessment.plain import is_missed, told
from engine.assessment.questions import Calendar, Question, questions_of
from engine.assessment.scores import Distribution
from engine.scenario.history import History


@dataclass(frozen=True)
class Scored:
    """A lock beside a record."""

    lock: Lock
    questions: tuple[Question, ...]
    """Those that are answered."""
    forecasts: Mapping[str, tuple[Distribution, ...]]
    """By forecaster, a distribution for each."""

    def rows(self) -> Iterator[dict[str, Any]]:
        """Score by score, what everybody got: those that were open when it was locked, apart from those known then."""
        for was_known in (False, True):
            chosen = [q.target in self.lock.known for q in self.questions]
            for kind in KINDS:
                questions = [
                    n
                    for is_fit in (True, False)
                    for numbers in by_target(self.questions, kind, is_fit).values()
                    for n in numbers
                    if chosen[n] == was_known
                ]
                if questions:
                    yield self._row(kind, questions, was_known)

    def _row(self, kind: Kind, numbers: list[int], was_known: bool) -> dict[str, Any]:
        targets = {self.questions[n].target for n in numbers}
        return {
            "score": kind.name,
            "title": kind.title,
            "unit": kind.unit,
            "was_known": was_known,
            "targets": len(targets),
            "questions": len(numbers),
            "of": {name: self._mean(kind, numbers, name) for name in self.lock.forecasters},
        }

    def _mean(self, kind: Kind, numbers: list[int], name: str) -> float:
        by: dict[str, list[float]] = {}
        for n in numbers:
            forecast = self.forecasts[name][n]
            found = scored(kind, self.questions[n], forecast.points, forecast.chances[np.newaxis], forecast.runs)
            by.setdefault(self.questions[n].target, []).append(float(found[0]))
        return float(np.mean([np.mean(scores) for scores in by.values()]))

    def answers(self) -> Iterator[dict[str, Any]]:
        """Question by question: what came, and what the rule had said."""
        calendar = Calendar(self.lock.scenario_there)
        locked = {(q.target, q.about): q for q in self.lock.questions}
        for question, forecast in zip(self.questions, self.forecasts[RULE], strict=True):
            assert question.truth is not None, "only answers are scored"
            yield {
                "target": question.target,
                "about": question.label,
                "came": told(question, question.truth, calendar),
                "chance": forecast.chance_of(question.truth),
                "told": locked[question.target, question.label].told,
                "missed": is_missed(question, forecast),
            }


def score_lock(lock: Lock, record: History) -> Scored:
    """Raises :class:`~engine.assessment.errors.AssessmentError` where the record does not answer this lock."""
    answered = set(asked_again(lock, record))
    locked = {(q.target, q.about): q for q in lock.questions}
    questions = tuple(
        question
        for question in questions_of(lock.scenario_there, record)
        if question.target in answered and question.truth is not None and (question.target, question.label) in locked
    )
    forecasts = {
        name: tuple(locked[q.target, q.label].forecasts[name].distribution for q in questions)
        for name in lock.forecasters
    }
    return Scored(lock, questions, forecasts)
