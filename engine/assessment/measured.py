"""Forecasts from runs: what each question comes to in each of them, by a batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.assessment.questions import Question
from engine.assessment.scores import Distribution, Numbers
from engine.batch.design.outcomes import Outcome
from engine.batch.design.planning import plan_from_values
from engine.batch.running.conduct import run_plan
from engine.batch.running.progress import Pace
from engine.executors import BEST
from engine.scenario.models import Scenario

if TYPE_CHECKING:
    from engine.batch.storage.results import Results

LEAST = 2
"""Runs without which there is no forecast: a question that is asked of fewer has none."""


@dataclass(frozen=True)
class Sampled:
    """A question's number in each run, not a number where the run does not count."""

    values: Numbers
    """Shape (runs,)."""

    @cached_property
    def counts(self) -> NDArray[np.bool_]:
        """Which runs count."""
        counts: NDArray[np.bool_] = ~np.isnan(self.values)
        return counts

    @property
    def runs(self) -> int:
        """How many runs count."""
        return int(self.counts.sum())

    @cached_property
    def distribution(self) -> Distribution | None:
        """The forecast; None where too few runs count."""
        return Distribution.of_runs(self.values[self.counts]) if self.runs >= LEAST else None

    def weighted(self, times: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
        """The points, and how likely each is where runs count so often: (many, runs) -> (points,), (many, points)."""
        counted = times[:, self.counts].astype(np.float64)
        points, place = np.unique(self.values[self.counts], return_inverse=True)
        order = np.argsort(place, kind="stable")
        starts = np.searchsorted(place[order], np.arange(len(points)))
        sums = np.add.reduceat(counted[:, order], starts, axis=1)
        return points, sums / np.maximum(sums.sum(axis=1, keepdims=True), 1.0)


@dataclass(frozen=True)
class Asking:
    """What a batch is asked for some questions: each outcome that they need once, as a column."""

    questions: tuple[Question, ...]
    columns: Mapping[Outcome, str]

    @classmethod
    def of(cls, questions: Sequence[Question]) -> Asking:
        """The columns of these questions."""
        columns: dict[Outcome, str] = {}
        for question in questions:
            for outcome in (*question.outcomes, *([question.given] if question.given else [])):
                columns.setdefault(outcome, f"asked_{len(columns)}")
        return cls(tuple(questions), columns)

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcomes of an experiment."""
        return {name: outcome for outcome, name in self.columns.items()}

    def sampled(self, results: Results) -> tuple[Sampled, ...]:
        """What each question comes to in each run, in the order of the results."""
        names = list(self.columns.values())
        table = results.runs.select(names).collect() if names else None
        found = {} if table is None else {name: table[name].to_numpy().astype(np.float64) for name in names}
        return tuple(self._sampled(question, found) for question in self.questions)

    def _sampled(self, question: Question, found: Mapping[str, Numbers]) -> Sampled:
        values = question.measure([found[self.columns[outcome]] for outcome in question.outcomes])
        if question.given is not None:
            values = np.where(found[self.columns[question.given]] != 0, values, np.nan)
        return Sampled(values)


def measure(
    scenario: Scenario,
    questions: Sequence[Question],
    runs: int,
    seed: int,
    policy: str | None = None,
    executor: str = BEST,
    workers: int = 1,
    progress: Callable[[Pace], None] = lambda _: None,
) -> tuple[Sampled, ...]:
    """The number of each question in each run; everybody plays by ``policy``, or by the rule.

    Raises :class:`~engine.scenario.problems.ScenarioError` and :class:`~engine.batch.errors.BatchError`.
    """
    asking = Asking.of(questions)
    asked = {name: _written(outcome) for name, outcome in asking.outcomes.items()}
    levers = (
        {} if policy is None else {"play": {"choices": {"all": {"policy": dict.fromkeys(scenario.actors, policy)}}}}
    )
    plan = plan_from_values(scenario, experiment={"outcomes": asked, "levers": levers}, runs=runs, seed=seed)
    return asking.sampled(run_plan(plan, executor=executor, workers=workers, progress=progress))


def _written(outcome: Outcome) -> Mapping[str, object]:
    return outcome.model_dump(mode="json", exclude_none=True)
