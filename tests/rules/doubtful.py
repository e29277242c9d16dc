"""Scenarios in which every number that can be is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.scenario.document import Content, Path
from engine.scenario.doubts import may_be_in_doubt
from engine.scenario.fields import in_days
from engine.scenario.models import Scenario
from engine.scenario.overrides import with_settings
from engine.scenario.records import Record
from engine.scenario.shape import dotted
from engine.scenario.written import element_of, is_duration, kind_of

SHAPES = ("even", "peaked", "orders")


def in_doubt(scenario: Scenario) -> Scenario:
    """The scenario with a doubt of a tenth about each number that is written out."""
    doubts: dict[str, Content] = {dotted(path): doubt for path, doubt in _doubts(scenario)}
    return with_settings(scenario, doubts)


def _doubts(scenario: Scenario) -> Iterator[tuple[Path, Content]]:
    for number, (path, value, kind) in enumerate(_numbers(scenario, Scenario, ())):
        low, high = sorted((value * 0.9, value * 1.1)) if value else (0.0, 0.1)
        if path[-1] in ("position", "salience", "capability", "start"):
            low, high = (low, value) if value else (value, high)
        spelled = in_days if is_duration(kind) else float
        shape = SHAPES[number % 3] if low > 0 else "even"
        yield path, {"value": spelled(value), "between": [spelled(low), spelled(high)], "shape": shape}


def _numbers(value: Any, kind: Any, path: Path) -> Iterator[tuple[Path, float, Any]]:
    """Every number that may be in doubt, with its path and the type of its field."""
    if isinstance(value, Record):
        model = type(value)
        for name, field in model.model_fields.items():
            key = field.alias or name
            yield from _numbers(getattr(value, name), kind_of(model, key), (*path, key))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, element_of(kind), (*path, key))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _numbers(part, element_of(kind), (*path, number))
    elif value is not None and may_be_in_doubt(kind) and "set" not in path:
        try:
            yield path, float(value), kind
        except ValueError:  # an expression that is no number
            return
