"""Scenarios in which every number that can be is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from engine.scenario.document import Content, Path
from engine.scenario.doubts import numbers_in
from engine.scenario.fields import in_days
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from engine.scenario.shape import dotted

SHAPES = ("even", "peaked", "orders")

HELD = ("position", "salience", "capability", "start")
"""What stands between ends that a tenth more might pass."""

WAITS = ("tempo", "cooldown", "within")


def in_doubt(scenario: Scenario) -> Scenario:
    """The scenario with a doubt of a tenth about each number that is written out."""
    doubts: dict[str, Content] = {dotted(path): doubt for path, doubt in _doubts(scenario)}
    return with_settings(scenario, doubts)


def _doubts(scenario: Scenario) -> Iterator[tuple[Path, Content]]:
    for number, (path, value) in enumerate(numbers_in(scenario)):
        low, high = sorted((value * 0.9, value * 1.1)) if value else (0.0, 0.1)
        if path[-1] in HELD:
            low, high = (low, value) if value else (value, high)
        spelled = in_days if path[-1] in WAITS else float
        shape = SHAPES[number % 3] if low > 0 else "even"
        yield path, {"value": spelled(value), "between": [spelled(low), spelled(high)], "shape": shape}
