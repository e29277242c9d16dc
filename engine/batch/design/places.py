"""Values of a scenario that are other numbers in other runs: what each becomes, and how it is written there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.scenario.doubts import WRITTEN_OUT, is_doubt
from engine.scenario.fields import days_in, in_days
from engine.scenario.overrides import Found, resolve
from engine.scenario.shape import dotted
from engine.scenario.written import is_duration

if TYPE_CHECKING:
    from engine.rules.arrays import Numbers
    from engine.scenario.document import Content
    from engine.scenario.models import Scenario


@dataclass(frozen=True)
class Place:
    """One value of the scenario that is moved."""

    found: Found
    base: float | None
    """What it is in the scenario; None where it is no number that is written out."""

    @property
    def name(self) -> str:
        """Its path, with dots."""
        return dotted(self.found.path)

    def numbers(self, apply: str, moved: Numbers) -> Numbers:
        """What the value is: these numbers, or ``times`` or ``plus`` them what it is held to be."""
        best = self.best
        if apply == "set" or best is None:
            return moved
        return best * moved if apply == "times" else best + moved

    def spelled(self, low: float, high: float) -> Content:
        """A number in doubt between these ends, as it is written at this place; a number where they are one."""
        ends = [self.written(end) for end in (low, high)]
        return ends[0] if low == high else {"value": ends[0], "between": ends}

    def written(self, number: float) -> Content:
        """A number as it is written at this place."""
        return in_days(number) if is_duration(self.found.kind) else number

    @property
    def best(self) -> float | None:
        """What it is held to be, also where it is in doubt."""
        value = self.found.value
        return number_in(value["value"], self.found) if isinstance(value, dict) and is_doubt(value) else self.base


def places_of(scenario: Scenario, paths: Sequence[str]) -> tuple[Place, ...]:
    """The values that some paths name. Raises :class:`~engine.scenario.overrides.PathError`."""
    found = (found for path in paths for found in resolve(scenario, path))
    return tuple(Place(one, number_in(one.value, one)) for one in found)


def number_in(value: object, found: Found) -> float | None:
    """The number that is written at a place; None where it is none."""
    match value:
        case bool():
            return None
        case int() | float() as number:
            return float(number)
        case str() as text if WRITTEN_OUT.fullmatch(text):
            return float(text)
        case str() as text if is_duration(found.kind):
            return days_in(text)
    return None
