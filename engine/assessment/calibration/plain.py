"""A calibration as plain values, and as the file from which batches draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from engine.assessment.backtest import Backtest
from engine.assessment.calibration.calibrating import Calibrated, LeftOut, Search
from engine.assessment.calibration.gains import NOW, POSTERIOR, Gain, gain_of
from engine.assessment.calibration.over import Number
from engine.assessment.calibration.running import Running
from engine.assessment.plain import PARTS
from engine.batch.design.designs import quantile
from engine.batch.design.places import places_of
from engine.batch.design.posterior import TAILS
from engine.batch.storage.posteriors import Moved, OfScenario, PosteriorFile
from engine.scenario.canon import scenario_hash
from engine.scenario.models import Scenario

FORMAT: Final = 1
"""The version of this form."""


def plain(found: Calibrated) -> dict[str, Any]:
    """Everything that is told of a calibration."""
    return {
        "calibration_format": FORMAT,
        "title": found.search.over.title,
        "seed": found.seed,
        "scored_runs": found.size.scored,
        **of_search(found.search),
        "numbers": list(numbers(found.search)),
        "diff": list(diff(found.search)),
        "scenarios": [of_test(test) for test in found.tests.values()],
        "left_out": None if found.crossed is None else of_gain(found.crossed),
    }


def plain_of_crises(left_out: Iterable[LeftOut], title: str, how: Running) -> dict[str, Any]:
    """Everything that is told of crises that were left out, one after the other."""
    return {
        "calibration_format": FORMAT,
        "title": title,
        "seed": how.seed,
        "scored_runs": how.size.scored,
        "crises": [
            {
                "fitted_to": [crisis.scenario.id for crisis in one.search.crises],
                **of_search(one.search),
                "numbers": list(numbers(one.search)),
                **of_test(one.test),
            }
            for one in left_out
        ],
    }


def of_search(search: Search) -> dict[str, Any]:
    """How much was tried, and what is left of it."""
    points, runs = search.trials[0].values.shape[1:]
    return {
        "points": points,
        "runs_of_each": runs,
        "runs": points * runs * len(search.crises),
        "waves": list(search.shares),
        "plausible": search.fit.plausible,
        "kept": len(search.fit.kept),
        "epsilon": search.fit.epsilon,
        "missed_everywhere": [{"scenario": scenario, "target": target} for scenario, target in search.fit.missed],
    }


def numbers(search: Search) -> Iterator[dict[str, Any]]:
    """Each number: what it was, what it may be, and what is left of it."""
    for place, one in enumerate(search.over.numbers):
        kept = search.points[search.fit.kept, place]
        prior = quantile(one.prior, np.array(TAILS))
        low, median, high = np.quantile(kept, (TAILS[0], 0.5, TAILS[1]))
        yield {
            "name": one.name,
            "title": one.title,
            "apply": one.prior.apply,
            "now": now_of(one, search.crises[0].scenario) if len(one.values) == 1 or one.prior.apply != "set" else None,
            "prior_low": float(prior[0]),
            "prior_high": float(prior[1]),
            "median": float(median),
            "low": float(low),
            "high": float(high),
            "narrower": 1.0 - float((high - low) / (prior[1] - prior[0])),
        }


def diff(search: Search) -> Iterator[dict[str, Any]]:
    """Each value of each scenario: what it is now, and what it would be."""
    for crisis in search.crises:
        name = crisis.scenario.id
        for place, one in enumerate(search.over.numbers):
            if name not in one.values:
                continue
            kept = search.points[search.fit.kept, place]
            for value in places_of(crisis.scenario, one.values[name].path):
                low, median, high = np.quantile(value.numbers(one.prior.apply, kept), (TAILS[0], 0.5, TAILS[1]))
                told = {"median": float(median), "low": float(low), "high": float(high)}
                yield {"scenario": name, "number": one.name, "path": value.name, "now": value.best, **told}


def now_of(number: Number, scenario: Scenario) -> float | None:
    """What a number is now: 1 of a factor, 0 of what is added; None where its values differ."""
    if number.prior.apply != "set":
        return 1.0 if number.prior.apply == "times" else 0.0
    name = scenario.id if scenario.id in number.values else None
    found: set[float | None] = (
        set() if name is None else {place.best for place in places_of(scenario, number.values[name].path)}
    )
    return found.pop() if len(found) == 1 else None


def of_test(test: Backtest) -> dict[str, Any]:
    """Scores of one scenario with the posterior and as it is now."""
    parts = []
    for is_fit, name in PARTS.items():
        gain = gain_of(test, is_fit)
        if gain is not None:
            parts.append({"part": name, "error": of_gain(gain), "scores": list(scores(test, is_fit))})
    return {"scenario": test.scenario.id, "title": test.scenario.title, "parts": parts}


def scores(test: Backtest, is_fit: bool) -> Iterator[dict[str, Any]]:
    """Each score, before and after, each with its interval, and the interval of the difference."""
    after, before = test.forecasters
    assert (after.name, before.name) == (POSTERIOR, NOW), "the posterior is held against what is now"
    for kind in test.kinds(is_fit):
        found = {name: test.score(one, kind, is_fit) for name, one in (("before", before), ("after", after))}
        gap = test.gap(kind, is_fit)
        yield {
            "name": kind.name,
            "title": kind.title,
            "unit": kind.unit,
            **{name: {"value": one.value, "low": one.low, "high": one.high} for name, one in found.items()},
            "gain": {"value": gap.value, "low": gap.low, "high": gap.high},
            "targets": gap.targets,
        }


def of_gain(gain: Gain) -> dict[str, Any]:
    """A gain in plain values."""
    ends = {"low": gain.low, "high": gain.high}
    return {
        "before": gain.before,
        "after": gain.after,
        "gain": gain.value,
        **ends,
        "facets": gain.facets,
        "holds": gain.holds,
    }


def posterior_file(found: Calibrated, values: dict[str, Any]) -> PosteriorFile:
    """The file from which batches draw; ``values`` are those of :func:`plain`."""
    search = found.search
    points, runs = search.trials[0].values.shape[1:]
    return PosteriorFile.sealed(
        title=search.over.title,
        seed=found.seed,
        points=points,
        runs=runs,
        scenarios={crisis.scenario.id: _of_scenario(search, place) for place, crisis in enumerate(search.crises)},
        draws={
            one.name: search.points[search.fit.kept, place].tolist() for place, one in enumerate(search.over.numbers)
        },
        scores={"scenarios": values["scenarios"], "left_out": values["left_out"]},
    )


def _of_scenario(search: Search, place: int) -> OfScenario:
    scenario = search.crises[place].scenario
    mine = [one for one in search.over.numbers if scenario.id in one.values]
    return OfScenario(
        hash=scenario_hash(scenario),
        facets=[target for _, target in search.trials[place].facets],
        numbers={one.name: _moved(one, scenario) for one in mine},
    )


def _moved(one: Number, scenario: Scenario) -> Moved:
    values = one.values[scenario.id]
    return Moved(title=one.title, path=list(values.path), apply=values.apply, now=now_of(one, scenario))
