"""Whether it got any better: on fresh chance with the whole posterior, and on facets that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.assessment.backtest import Backtest
from engine.assessment.calibration.fitting import fit
from engine.assessment.calibration.running import Running
from engine.assessment.calibration.trial import Crisis, Facet, Trial, facets_of, kind_of, scale_of
from engine.assessment.forecasts import Forecaster
from engine.assessment.measured import Sampled, measure
from engine.assessment.questions import Question
from engine.assessment.resampling import drawn_anew, interval
from engine.assessment.scores import Numbers
from engine.batch.design.posterior import Posterior
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings

POSTERIOR, NOW = "posterior", "now"
"""Who forecasts: with numbers drawn from the posterior, and with those of the scenario."""


@dataclass(frozen=True)
class Gain:
    """An error, before and after: means over facets, each between 0 and 1."""

    before: float
    after: float
    low: float
    high: float
    """The 95 % interval of before less after, over runs and facets, both drawn anew, in pairs."""
    facets: int

    @property
    def value(self) -> float:
        """How much smaller the error is: below nothing where it is larger."""
        return self.before - self.after

    @property
    def holds(self) -> bool:
        """Whether it is more than chance between runs and facets makes."""
        return bool(self.low > 0.0)


def drawing(scenario: Scenario, posterior: Posterior) -> Scenario:
    """A scenario each run of which draws a point of the posterior."""
    return with_settings(scenario, [(path, value) for _, path, value in posterior.settings(scenario)], "posterior")


def scored_anew(crisis: Crisis, posterior: Posterior, how: Running) -> Backtest:
    """What the scenario forecasts with the posterior, beside what it forecasts now, on the same chance.

    The posterior stands in the place of the rule of a backtest, and the scenario as it is in that of its only baseline.
    """
    questions, calendar = crisis.questions, crisis.calendar
    runs, seed = how.size.scored, how.fresh

    def plays(name: str, title: str, scenario: Scenario) -> Forecaster:
        sampled = measure(scenario, questions, runs, seed, workers=how.workers)
        return Forecaster(name, title, questions, calendar, sampled=sampled)

    after = plays(POSTERIOR, "with the posterior", drawing(crisis.scenario, posterior))
    before = plays(NOW, "as it is", crisis.scenario)
    return Backtest(crisis.scenario, crisis.history, runs, seed, questions, (after, before))


def gain_of(test: Backtest, is_fit: bool) -> Gain | None:
    """The gain over all facets of a part, whatever their scores; None where the part has none."""
    by_facet: dict[str, list[int]] = {}
    for number, question in enumerate(test.questions):
        if question.is_fit == is_fit:
            by_facet.setdefault(question.target, []).append(number)
    if not by_facet:
        return None
    after, before = test.forecasters
    times = drawn_anew(test.runs, test.seed, "runs")
    facets = list(by_facet.values())
    before_anew, after_anew = (_of_facets(one, facets, times) for one in (before, after))
    before_now, after_now = (_of_facets(one, facets, None)[0] for one in (before, after))
    return _gain(before_now, after_now, before_anew, after_anew, test.seed)


def _of_facets(one: Forecaster, facets: Iterable[Iterable[int]], times: NDArray[np.intp] | None) -> Numbers:
    """The error of a forecaster on each facet, with other runs if ``times`` says so: shape (many, facets)."""
    return np.stack([np.mean([_error(one, n, times) for n in numbers], axis=0) for numbers in facets], axis=1)


def _error(one: Forecaster, number: int, times: NDArray[np.intp] | None) -> Numbers:
    question = one.questions[number]
    kind = kind_of(question)
    found = np.array([one.score(kind, number)]) if times is None else one.scores_anew(kind, number, times)
    return found / scale_of(question)


def _gain(before: Numbers, after: Numbers, before_anew: Numbers, after_anew: Numbers, seed: int) -> Gain:
    """From errors by facet, exact and with runs drawn anew: facets are drawn anew, too."""
    facets = len(before)
    weights = drawn_anew(facets, seed, "facets") / facets
    low, high = interval(((before_anew - after_anew) * weights).sum(axis=1))
    value = float(before.mean() - after.mean())
    return Gain(float(before.mean()), float(after.mean()), min(low, value), max(high, value), facets)


def crossed(trials: Sequence[Trial], as_they_are: Sequence[tuple[Sampled, ...]], seed: int) -> Gain | None:
    """The gain on each facet where all others alone were fitted to; None where there is only one.

    ``trials`` are of the points of the first wave, whose choice no facet has touched; ``as_they_are`` says what the fit
    questions of each crisis come to in the same runs of the scenario as it is.
    """
    facets = facets_of(trials)
    if len(facets) < 2:
        return None
    of_crisis = {trial.crisis.scenario.id: (trial, now) for trial, now in zip(trials, as_they_are, strict=True)}
    points, runs = trials[0].values.shape[1:]
    times = drawn_anew(runs, seed, "runs")
    columns = []
    for facet in facets:
        trial, now = of_crisis[facet[0]]
        columns.append(_left_out(trial, now, facet, fit(trials, points, without=facet).kept, times))
    before, after = (np.array([column[n] for column in columns]) for n in (0, 1))
    before_anew, after_anew = (np.stack([column[n] for column in columns], axis=1) for n in (2, 3))
    return _gain(before, after, before_anew, after_anew, seed)


def _left_out(
    trial: Trial, now: tuple[Sampled, ...], facet: Facet, kept: NDArray[np.intp], times: NDArray[np.intp]
) -> tuple[float, float, Numbers, Numbers]:
    """The errors on a facet, before and after, and both with other runs."""
    numbers = trial.numbers_of(facet)
    questions: tuple[Question, ...] = tuple(trial.crisis.fit[n] for n in numbers)
    calendar = trial.crisis.calendar
    together = tuple(Sampled(trial.values[n][kept].ravel()) for n in numbers)
    before = Forecaster(NOW, "", questions, calendar, sampled=[now[n] for n in numbers])
    after = Forecaster(POSTERIOR, "", questions, calendar, sampled=together)
    every = np.tile(times, (1, len(kept)))
    own = [range(len(numbers))]
    return (
        float(_of_facets(before, own, None)[0, 0]),
        float(_of_facets(after, own, None)[0, 0]),
        _of_facets(before, own, times)[:, 0],
        _of_facets(after, own, every)[:, 0],
    )
