"""What was run at a design point, from the manifest of its results: so any run can be played again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError

from engine.batch.design.designs import DesignPoint, Points
from engine.batch.design.experiment import FORMAT, Choice, Experiment, Lever, Uncertainty
from engine.batch.design.plan import Arm, Plan
from engine.batch.storage.manifest import BatchError
from engine.batch.storage.results import Results
from engine.scenario.load import from_canonical, scenario_hash
from engine.scenario.models import Scenario
from engine.scenario.overrides import Relative
from engine.scenario.problems import ScenarioError

NO_POINTS = Points((), {}, np.empty((0, 0)), np.empty((0, 0), dtype=np.intp))


def arm_in(results: Results, point: int) -> Arm:
    """The scenario of a design point with its settings, and who did not follow the rule.

    Raises :class:`~engine.batch.storage.manifest.BatchError`.
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
    """The scenario as it was before any setting. Raises :class:`~engine.batch.storage.manifest.BatchError`."""
    written = results.manifest["scenario"]
    try:
        scenario = from_canonical(json.dumps(written["content"]))
    except (ValidationError, KeyError, TypeError):
        raise BatchError("the scenario in these results can't be read by this version") from None
    if scenario_hash(scenario) != written.get("hash"):
        raise BatchError("the scenario in these results is not the one that was run: the manifest has been changed")
    return scenario


def experiment_in(results: Results) -> Experiment:
    """What was asked, as far as arms need it. Raises :class:`~engine.batch.storage.manifest.BatchError`.

    Names are taken as they stand: the command line gives names that no file may have.
    """
    content = results.manifest["experiment"]["content"]
    try:
        return Experiment.model_construct(
            experiment_format=FORMAT,
            scenario=content["scenario"],
            set={path: _setting(value) for path, value in content.get("set", {}).items()},
            uncertainties={
                name: Uncertainty.model_validate_json(json.dumps(written))
                for name, written in content.get("uncertainties", {}).items()
            },
            levers={name: _lever(written) for name, written in content.get("levers", {}).items()},
        )
    except (ValidationError, AttributeError, KeyError, TypeError, ValueError):
        raise BatchError("the experiment in these results can't be read by this version") from None


def _lever(written: Mapping[str, Any]) -> Lever:
    return Lever.model_construct(choices={name: _choice(choice) for name, choice in written["choices"].items()})


def _choice(written: Mapping[str, Any]) -> Choice:
    """A choice, as it was before it became JSON."""
    settings = {path: _setting(value) for path, value in written.get("set", {}).items()}
    choice = Choice.model_validate_json(json.dumps({key: value for key, value in written.items() if key != "set"}))
    by_turn = {"orders": _by_turn(choice.orders), "agenda": _by_turn(choice.agenda)}
    return choice.model_copy(update={"set": settings, **by_turn})


def _by_turn(told: Mapping[str, Mapping[Any, Any]]) -> dict[str, dict[Any, Any]]:
    """What actors are told by turn or day; JSON has made texts of the numbers of turns."""
    return {
        actor: {int(when) if str(when).isdigit() else when: what for when, what in by_turn.items()}
        for actor, by_turn in told.items()
    }


def _setting(value: Any) -> Any:
    """A value as an experiment has it; a change such as ``*0.5`` may stand there in its two parts."""
    if isinstance(value, Mapping):
        return Relative(str(value["sign"]), float(value["amount"]))
    return value
