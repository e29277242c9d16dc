"""What was run at a design point, from the manifest of its results: so any run can be played again."""

from __future__ import annotations

import json

import numpy as np
from pydantic import ValidationError

from engine.batch.design.designs import DesignPoint, Points
from engine.batch.design.experiment import Experiment
from engine.batch.design.plan import Arm, Plan
from engine.batch.errors import BatchError
from engine.batch.storage.results import Results
from engine.batch.storage.written import experiment_of
from engine.scenario.canon import from_canonical, scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.problems import ScenarioError

NO_POINTS = Points((), {}, np.empty((0, 0)), np.empty((0, 0), dtype=np.intp))


def arm_in(results: Results, point: int) -> Arm:
    """The scenario of a design point with its settings, and who did not follow the rule.

    Raises :class:`~engine.batch.errors.BatchError`.
    """
    rows = [row for row in results.designs.iter_rows(named=True) if row["point"] == point]
    if not rows:
        raise BatchError(f"these results have no design point {point}")
    settings = {name: value for name, value in rows[0].items() if name != "point" and value is not None}
    plan = Plan(base_of(results), experiment_in(results), NO_POINTS)
    try:
        return plan.arm(DesignPoint(point, settings))
    except ScenarioError as error:
        raise BatchError(f"design point {point} can't be made again: {error.problems[0]}") from None


def base_of(results: Results) -> Scenario:
    """The scenario as it was before any setting. Raises :class:`~engine.batch.errors.BatchError`."""
    written = results.manifest["scenario"]
    try:
        scenario = from_canonical(json.dumps(written["content"]))
    except (ValidationError, KeyError, TypeError):
        raise BatchError("the scenario in these results can't be read by this version") from None
    if scenario_hash(scenario) != written.get("hash"):
        raise BatchError("the scenario in these results is not the one that was run: the manifest has been changed")
    return scenario


def experiment_in(results: Results) -> Experiment:
    """What was asked, as far as arms need it. Raises :class:`~engine.batch.errors.BatchError`."""
    try:
        return experiment_of(results.manifest["experiment"]["content"])
    except ValueError:
        raise BatchError("the experiment in these results can't be read by this version") from None
