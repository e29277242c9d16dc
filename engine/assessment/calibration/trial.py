"""Design points tried out: what each question of a crisis comes to at each of them, and how far off that is.

All points of a crisis differ in numbers alone, so that they are columns of one world, on common chance: run number *r*
has the same draws at each point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.assessment.baselines import uniform
from engine.assessment.calibration.over import Over
from engine.assessment.calibration.running import Running
from engine.assessment.errors import AssessmentError
from engine.assessment.forecasts import KINDS, Kind, scored
from engine.assessment.measured import Asking, Sampled
from engine.assessment.questions import DAY, Calendar, Question, questions_of
from engine.assessment.scores import Numbers
from engine.batch.design.designs import Points
from engine.batch.design.experiment import FORMAT, Design, Experiment, Uncertainty
from engine.batch.design.plan import Plan
from engine.batch.running.conduct import run_plan
from engine.scenario.history import History
from engine.scenario.models import Scenario

Facet = tuple[str, str]
"""A scenario, and a target of its history."""


@dataclass(frozen=True)
class Crisis:
    """A scenario with what happened."""

    scenario: Scenario
    history: History

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those whose answers are known, fit and held out."""
        return tuple(one for one in questions_of(self.scenario, self.history) if one.truth is not None)

    @cached_property
    def fit(self) -> tuple[Question, ...]:
        """Those that anything may be fitted to."""
        return tuple(one for one in self.questions if one.is_fit)

    @cached_property
    def calendar(self) -> Calendar:
        """The days of the story."""
        return Calendar(self.scenario)


def crisis_of(scenario: Scenario, history: History | None) -> Crisis:
    """A scenario with what happened.

    Raises :class:`~engine.assessment.errors.AssessmentError` where nothing in it may be fitted to.
    """
    if history is None or not history.targets:
        raise AssessmentError(
            f"{scenario.id} has no targets: write some under targets in history.yaml beside it, so that there is "
            "something to calibrate on"
        )
    found = Crisis(scenario, history)
    if not found.fit:
        raise AssessmentError(
            f"no target of {scenario.id} is fit: none whose answer is known was known by the cut-off, and what is held "
            "out is never calibrated on"
        )
    return found


@dataclass(frozen=True)
class Trial:
    """What came of trying some points on one crisis."""

    crisis: Crisis
    values: Numbers
    """The number of each fit question in each run of each point: shape (questions, points, runs)."""

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The targets, in their order."""
        return tuple((self.crisis.scenario.id, name) for name in dict.fromkeys(one.target for one in self.crisis.fit))

    @cached_property
    def errors(self) -> Numbers:
        """How far off each point is on each facet, 0 to 1: shape (points, facets)."""
        return self.by_facet(np.stack([errors_of(q, v, self.crisis.calendar) for q, v in self._asked]))

    def by_facet(self, of_questions: Numbers) -> Numbers:
        """The mean over the questions of each facet: shape (questions, points) -> (points, facets)."""
        return np.stack([of_questions[list(self.numbers_of(facet))].mean(axis=0) for facet in self.facets], axis=1)

    def numbers_of(self, facet: Facet) -> tuple[int, ...]:
        """The numbers of the questions of a facet."""
        return tuple(n for n, one in enumerate(self.crisis.fit) if one.target == facet[1])

    @property
    def _asked(self) -> list[tuple[Question, Numbers]]:
        return list(zip(self.crisis.fit, self.values, strict=True))

    def beside(self, other: Trial) -> Trial:
        """These points, and then those of another trial."""
        return Trial(self.crisis, np.concatenate([self.values, other.values], axis=1))

    def at(self, points: NDArray[np.intp]) -> Trial:
        """Only some of the points."""
        return Trial(self.crisis, self.values[:, points])


def kind_of(question: Question) -> Kind:
    """The score by which it is judged: the first that there is of its kind."""
    return next(kind for kind in KINDS if kind.of == question.kind)


def scale_of(question: Question) -> float:
    """By what its score is divided to be a share of the worst: days by the length of the calendar."""
    return question.bounds[1] - question.bounds[0] if question.kind == DAY else 1.0


def errors_of(question: Question, values: Numbers, calendar: Calendar) -> Numbers:
    """The score of forecasts by the runs of each point, as a share of the worst: shape (points, runs) -> (points,)."""
    kind, scale = kind_of(question), scale_of(question)
    if np.isnan(values).any():
        return np.array([_error_of(question, Sampled(row), calendar) for row in values])
    points, place = np.unique(values, return_inverse=True)
    many, runs = values.shape
    where = place.reshape(values.shape) + len(points) * np.arange(many)[:, np.newaxis]
    chances = np.bincount(where.ravel(), minlength=many * len(points)).reshape(many, len(points)) / runs
    return scored(kind, question, points, chances, runs) / scale


def _error_of(question: Question, sampled: Sampled, calendar: Calendar) -> float:
    """The same of one point, some of whose runs don't count; everything alike is forecast where hardly any does."""
    found = sampled.distribution or uniform(question, calendar)
    chances = found.chances[np.newaxis]
    return float(scored(kind_of(question), question, found.points, chances, found.runs)[0]) / scale_of(question)


def try_points(crisis: Crisis, over: Over, numbers: Numbers, how: Running) -> Trial:
    """Plays some points: ``numbers`` has shape (points, all numbers of ``over``).

    Raises :class:`~engine.assessment.errors.AssessmentError` where a point makes no scenario.
    """
    name = crisis.scenario.id
    columns = [place for place, one in enumerate(over.numbers) if name in one.values]
    moved = {over.numbers[place].name: over.numbers[place].values[name] for place in columns}
    asking = Asking.of(crisis.fit)
    plan = plan_of_points(over.plain[name], moved, numbers[:, columns], asking, how.size.runs, how.seed)
    results = run_plan(plan, workers=how.workers, progress=how.progress)
    for failure in results.failures.iter_rows(named=True):
        raise AssessmentError(f"a point within the ranges makes no scenario: {failure['message']}")
    found = [one.values.reshape(len(numbers), how.size.runs) for one in asking.sampled(results)]
    return Trial(crisis, np.stack(found))


def plan_of_points(
    scenario: Scenario, moved: Mapping[str, Uncertainty], numbers: Numbers, asking: Asking, runs: int, seed: int
) -> Plan:
    """The plan of given points of an experiment without levers."""
    experiment = Experiment(experiment_format=FORMAT, scenario=scenario.id).model_copy(
        update={
            "runs": runs,
            "seed": seed,
            "uncertainties": dict(moved),
            "outcomes": asking.outcomes,
            "design": Design(latin_hypercube=len(numbers)),
        }
    )
    points = Points(tuple(moved), {}, numbers, np.empty((len(numbers), 0), dtype=np.intp))
    return Plan(scenario, experiment, points, "--over")


def facets_of(trials: Sequence[Trial]) -> tuple[Facet, ...]:
    """The facets of several crises."""
    return tuple(facet for trial in trials for facet in trial.facets)
