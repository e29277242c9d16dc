"""Families: design points that differ in numbers alone, so that one program serves them all.

A number that differs is a number in doubt of the family's scenario, which no run draws: each point gives its own. What
differs in structure (another choice of a lever, a number that is more than a number to the rules) makes another family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from engine.batch.design.places import Place, places_of
from engine.scenario.doubts import may_be_in_doubt
from engine.scenario.problems import ScenarioError

if TYPE_CHECKING:
    from engine.batch.design.experiment import Uncertainty
    from engine.batch.design.plan import Arm, Plan
    from engine.rules.arrays import Numbers, Rows
    from engine.scenario.document import Content


@dataclass(frozen=True)
class Family:
    """Some design points, and what they have in common."""

    arm: Arm
    """What is run, with a number in doubt for each number that differs."""
    columns: dict[str, Numbers] = field(default_factory=dict)
    """By the path of each of these, what it is at every point of the plan: shape (points,)."""

    def given(self, points: Sequence[int], runs: int) -> dict[str, Numbers]:
        """What these numbers are in so many runs of each of some points, point by point: shape (points * runs,)."""
        which = np.array(points, dtype=np.intp)
        return {path: np.repeat(numbers[which], runs) for path, numbers in self.columns.items()}


class Families:
    """The families of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        found = plan.experiment.uncertainties
        self._places = {name: places_of(plan.scenario, uncertainty.path) for name, uncertainty in found.items()}
        self._alone: set[int] = set()
        """Families whose numbers don't stand together: each of their points is run by itself."""

    def __len__(self) -> int:
        return len(self._sizes)

    def number_of(self, point: int) -> int:
        """The number of a point's family; below zero where the point is run by itself."""
        number = int(self._numbers[point])
        return -1 - point if number in self._alone else number

    def of(self, point: int) -> Family:
        """The family of a point.

        Raises :class:`~engine.scenario.problems.ScenarioError` where the point's settings don't make a scenario.
        """
        number, plan = self.number_of(point), self.plan
        if number < 0 or self._sizes[number] == 1:
            return Family(plan.arm(plan.points[point]))
        try:
            return self._together(number, point)
        except ScenarioError:
            self._alone.add(number)
            return self.of(point)

    def _together(self, number: int, point: int) -> Family:
        """A family of several points, one of which is this."""
        points = np.flatnonzero(self._numbers == number)
        moved: dict[str, Content] = {}
        columns: dict[str, Numbers] = {}
        for name in self._free:
            numbers = self._column(name)
            if np.isnan(numbers[points[0]]):
                continue
            for place in self._places[name]:
                column = place.numbers(self.plan.experiment.uncertainties[name].apply, numbers)
                low, high = float(column[points].min()), float(column[points].max())
                moved[place.name] = place.spelled(low, high)
                if low < high:
                    columns[place.name] = column
        return Family(self.plan.arm_with(self.plan.points[point], frozenset(self._free), moved), columns)

    @cached_property
    def _free(self) -> tuple[str, ...]:
        """The uncertainties whose numbers may differ within a family."""
        found = self.plan.experiment.uncertainties
        return tuple(name for name, places in self._places.items() if places and _is_free(found[name], places))

    @cached_property
    def _numbers(self) -> Rows:
        """The number of each point's family, in the order in which they are met: shape (points,)."""
        kinds = np.column_stack([self.plan.points.choices, self._marks])
        if not kinds.shape[1]:
            return np.zeros(len(kinds), dtype=np.intp)
        _, first, which = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
        order = np.empty(len(first), dtype=np.intp)
        order[np.argsort(first)] = np.arange(len(first))
        numbers: Rows = order[which.reshape(-1)]
        return numbers

    @cached_property
    def _marks(self) -> Rows:
        """What numbers make of each point's family: shape (points, uncertainties)."""
        rest = [name for name in self._places if name not in self._free]
        marks = [np.isnan(self._column(name)).astype(np.intp) for name in self._free]
        marks += [np.unique(self._column(name), return_inverse=True)[1].reshape(-1) for name in rest]
        return np.array(marks, dtype=np.intp).reshape(len(marks), len(self.plan.points)).T

    @property
    def programs(self) -> int:
        """How many programs they need: who decides, and what is ordered, changes none."""
        choices, levers = self.plan.points.choices, self.plan.experiment.levers.values()
        numbers = [
            [n if choice.set or choice.off else -1 for n, choice in enumerate(one.choices.values())] for one in levers
        ]
        told = [np.array(found)[choices[:, column]] for column, found in enumerate(numbers)]
        found = np.column_stack([*told, self._marks])
        return len(np.unique(found, axis=0)) if found.shape[1] else 1

    @cached_property
    def _sizes(self) -> Rows:
        sizes: Rows = np.bincount(self._numbers)
        return sizes

    def _column(self, name: str) -> Numbers:
        points = self.plan.points
        numbers: Numbers = points.numbers[:, points.uncertainties.index(name)]
        return numbers


def _is_free(uncertainty: Uncertainty, places: Sequence[Place]) -> bool:
    """Whether another number makes no other program."""
    return all(
        may_be_in_doubt(place.found.kind) and (uncertainty.apply == "set" or place.base is not None) for place in places
    )
