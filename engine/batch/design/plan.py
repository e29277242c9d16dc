"""The plan of a batch: a scenario, an experiment, its design points, and the arm that each of them stands for.

A plan holds settings and texts, nothing compiled, so that it can be sent to other processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.batch.design.designs import DesignPoint, Points
from engine.batch.design.experiment import Choice, Experiment
from engine.batch.design.outcomes import Outcome, OutcomeWatch
from engine.batch.design.policies import BatchPolicy, Seats
from engine.batch.design.seats import OrderError, seat_plans
from engine.scenario.answers import NOWHERE
from engine.scenario.canon import canonical
from engine.scenario.document import Position
from engine.scenario.models import Scenario
from engine.scenario.overrides import PathError, Setting, resolve, with_settings
from engine.scenario.problems import Problem, ScenarioError
from engine.scenario.shape import dotted

__all__ = ["Arm", "BatchPolicy", "DesignPoint", "OutcomeWatch", "Plan", "Points"]

SWITCHED = ("actions", "events", "dynamics")
"""Parts whose entries can be switched off."""

Owner = tuple[str, ...]
"""The path, in an experiment, of what asks for a setting."""


@dataclass(frozen=True)
class Arm:
    """What is run at a design point: a scenario, and the actors that do not follow the rule."""

    scenario: Scenario
    seats: Seats


@dataclass(frozen=True)
class Plan:
    """What is going to be run."""

    scenario: Scenario
    experiment: Experiment
    points: Points
    file: str = "settings"
    """What messages call the experiment."""
    text: str = ""
    """The experiment as it was written; empty where it came from the command line."""
    places: Mapping[Owner, Position] = field(default_factory=dict)
    """Where each setting stands in the experiment's file."""

    @property
    def runs(self) -> int:
        """Runs of each design point."""
        return self.experiment.runs

    @property
    def seed(self) -> int:
        """The seed of all runs."""
        return self.experiment.seed

    @property
    def total_runs(self) -> int:
        """Runs of all design points."""
        return self.runs * len(self.points)

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What is asked of each run."""
        return self.experiment.outcomes

    @property
    def sampling(self) -> str | None:
        """How numbers were chosen, such as ``saltelli``; None where none were."""
        return self.experiment.design.sampling

    @cached_property
    def hash(self) -> str:
        """A name for the content of the experiment, whatever its comments and layout: sha256 in hexadecimal."""
        return hashlib.sha256(canonical(self.experiment).encode()).hexdigest()

    def arm(self, point: DesignPoint) -> Arm:
        """What is run at a point.

        Raises :class:`~engine.scenario.problems.ScenarioError`, with the setting's place in the experiment's file,
        where the point's settings don't make a scenario.
        """
        return self.arm_with(point, frozenset(), {})

    def arm_with(self, point: DesignPoint, free: frozenset[str], values: Mapping[str, Setting]) -> Arm:
        """The same with other values in place of those of some uncertainties."""
        asked = [one for one in self._settings(point) if not (one[0][0] == "uncertainties" and one[0][1] in free)]
        settings = [*((path, value) for _, path, value in asked), *values.items()]
        try:
            scenario = with_settings(self.scenario, settings, self.file)
        except ScenarioError as error:
            problems = [self._located(problem, asked, point) for problem in error.problems]
            raise ScenarioError(problems, error.left_out) from None
        choices = [choice for _, choice in self.choices(point)]
        try:
            seats = seat_plans(scenario, choices)
        except OrderError as error:  # an order that was right before the settings changed the scenario
            raise ScenarioError([Problem(self.file, *NOWHERE, "error", at(point), str(error))]) from None
        return Arm(without(scenario, {name for choice in choices for name in choice.off}), seats)

    def choices(self, point: DesignPoint) -> Iterator[tuple[Owner, Choice]]:
        """How each lever stands at a point."""
        for name, lever in self.experiment.levers.items():
            which = str(point.settings.get(name, next(iter(lever.choices))))
            yield ("levers", name, "choices", which), lever.choices[which]

    def _settings(self, point: DesignPoint) -> Iterator[tuple[Owner, str, Setting]]:
        """Every value that is another at a point: who asks for it, the path, the value; none twice."""
        for path, value in self.experiment.base_settings():
            yield ("set", path), path, value
        if self.experiment.posterior is not None:
            for name, path, drawn in self.experiment.posterior.settings(self.scenario):
                yield ("posterior", "numbers", name), path, drawn
        for name, uncertainty in self.experiment.uncertainties.items():
            if name in point.settings:
                for path, value in uncertainty.settings(float(point.settings[name])):
                    yield ("uncertainties", name), path, value
        for owner, choice in self.choices(point):
            for path, value in choice.settings():
                yield (*owner, "set", path), path, value

    def _located(self, problem: Problem, asked: list[tuple[Owner, str, Setting]], point: DesignPoint) -> Problem:
        """A problem of a changed scenario at the place of the setting that it comes from."""
        owners = [owner for owner, path, _ in asked if problem.where in names_of(self.scenario, path)]
        line, column = self.places.get(owners[-1], NOWHERE) if owners else NOWHERE
        where = f"{at(point)}: {problem.where}" if problem.where else at(point)
        return replace(problem, file=self.file, line=line, column=column, where=where)


def at(point: DesignPoint) -> str:
    """How messages call a point."""
    return f"design point {point.number}"


def names_of(scenario: Scenario, path: str) -> set[str]:
    """The values that a path names, as messages name them."""
    try:
        return {path, *(dotted(found.path) for found in resolve(scenario, path))}
    except PathError:
        return {path}


def without(scenario: Scenario, names: set[str]) -> Scenario:
    """The scenario without the actions, events and dynamics of these names."""
    if not names:
        return scenario
    kept = {
        part: {name: record for name, record in getattr(scenario, part).items() if name not in names}
        for part in SWITCHED
    }
    return scenario.model_copy(update=kept)
