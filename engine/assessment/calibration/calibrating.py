"""A calibration: waves of points, the posterior that they leave, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.assessment.backtest import Backtest
from engine.assessment.calibration.fitting import SHRINKS, Box, Fit, fit, plausible_in
from engine.assessment.calibration.gains import Gain, crossed, scored_anew
from engine.assessment.calibration.over import Over
from engine.assessment.calibration.running import Running, Size
from engine.assessment.calibration.trial import Crisis, Trial, try_points
from engine.assessment.errors import AssessmentError
from engine.assessment.measured import measure
from engine.assessment.scores import Numbers
from engine.batch.design.designs import quantile, unit_points
from engine.batch.design.experiment import Design
from engine.batch.design.posterior import Posterior, PosteriorNumber


@dataclass(frozen=True)
class Search:
    """All points that were tried, and what is left of them."""

    crises: tuple[Crisis, ...]
    over: Over
    quantiles: Numbers
    """Of each point, where it lies in each number's prior: shape (points, numbers)."""
    trials: tuple[Trial, ...]
    """By crisis."""
    first: int
    """Points of the first wave."""
    shares: tuple[float, ...]
    """Of each wave, how much of the space it was drawn from: 1 first."""
    fit: Fit

    @property
    def points(self) -> Numbers:
        """What each number was at each point: shape (points, numbers)."""
        return at(self.over, self.quantiles)

    def posterior(self, scenario: str, over: Over | None = None) -> Posterior | None:
        """What runs of a scenario draw from; None where none of the numbers is in it."""
        numbers = {}
        values = {one.name: one.values for one in (over or self.over).numbers}
        for place, one in enumerate(self.over.numbers):
            mine = values[one.name].get(scenario)
            if mine is not None:
                kept = tuple(self.points[self.fit.kept, place].tolist())
                numbers[one.name] = PosteriorNumber(title=one.title, path=mine.path, apply=mine.apply, points=kept)
        return Posterior(numbers=numbers) if numbers else None


@dataclass(frozen=True)
class Calibrated:
    """A search, and what its posterior is worth."""

    search: Search
    seed: int
    size: Size
    tests: Mapping[str, Backtest]
    """By scenario, forecasts with the posterior and as it is, on fresh chance."""
    crossed: Gain | None
    """On facets that were left out, one after the other."""


@dataclass(frozen=True)
class LeftOut:
    """A crisis scored with what all others have left of the numbers that it shares with them."""

    crisis: Crisis
    search: Search
    """Of the others."""
    test: Backtest


def at(over: Over, quantiles: Numbers) -> Numbers:
    """The numbers at quantiles of their priors: shape (points, numbers)."""
    columns = [quantile(one.prior, quantiles[:, place]) for place, one in enumerate(over.numbers)]
    return np.stack(columns, axis=1)


def calibrate(crises: Sequence[Crisis], over: Over, how: Running) -> Calibrated:
    """Fits all numbers to the fit facets of all crises, and says what that is worth.

    The same seed gives the same digits. Raises :class:`~engine.assessment.errors.AssessmentError`.
    """
    found = search(crises, over, how)
    tests = {}
    for crisis in crises:
        posterior = found.posterior(crisis.scenario.id)
        if posterior is not None:
            tests[crisis.scenario.id] = scored_anew(crisis, posterior, how)
    first = [trial.at(np.arange(found.first)) for trial in found.trials]
    now = [measure(one.scenario, one.fit, how.size.runs, how.seed, workers=how.workers) for one in crises]
    return Calibrated(found, how.seed, how.size, tests, crossed(first, now, how.seed))


def leave_one_out(crises: Sequence[Crisis], over: Over, how: Running) -> Iterator[LeftOut]:
    """Each crisis in turn: what it shares with the others is fitted to them, and scored on it.

    Raises :class:`~engine.assessment.errors.AssessmentError` where there is but one crisis, or nothing is shared.
    """
    if len(crises) < 2:
        raise AssessmentError("one crisis can't be left out of one: name several scenarios")
    for crisis in crises:
        others = [one for one in crises if one is not crisis]
        mine = crisis.scenario.id
        shared = Over(over.title, tuple(one for one in over.numbers if mine in one.values), over.plain)
        theirs = shared.within([one.scenario.id for one in others])
        if not theirs.numbers:
            raise AssessmentError(f"{mine} shares no number with the others: write every, such as every: temperature")
        found = search(others, theirs, how)
        posterior = found.posterior(mine, shared)
        assert posterior is not None, "it shares a number"
        yield LeftOut(crisis, found, scored_anew(crisis, posterior, how))


def search(crises: Sequence[Crisis], over: Over, how: Running) -> Search:
    """Wave after wave of points within what is plausible, until that shrinks no more."""
    box = Box.whole(len(over.numbers))
    boxes: list[Box] = []
    quantiles = np.empty((0, len(over.numbers)))
    trials: tuple[Trial, ...] = ()
    for wave in range(how.size.waves):
        unit = unit_points(Design(latin_hypercube=how.size.points), len(over.numbers), how.seed_of(wave))
        new = box.low + unit * box.width
        tried = [try_points(one, over, at(over, new), how) for one in crises]
        trials = tuple(a.beside(b) for a, b in zip(trials, tried, strict=True)) if trials else tuple(tried)
        quantiles = np.concatenate([quantiles, new])
        boxes.append(box)
        plausible = plausible_in(trials, how.size.points, box.holds(quantiles))
        if not plausible.any():
            break
        around = box.around(quantiles[plausible])
        if around.share_of(box) > SHRINKS:
            break
        box = around
    kept = fit(trials, how.size.points, boxes[-1].holds(quantiles))
    shares = tuple(one.share_of(boxes[0]) for one in boxes)
    return Search(tuple(crises), over, quantiles, trials, how.size.points, shares, kept)
