"""Records that were checked as plain lists, from which they are made again without being checked.

That takes a tenth of the time that it takes to build what validates a scenario, and to validate one. A list is a number
and what follows from it: from 0 on a record of one of the classes that are named before, with a word that has a bit for
each field that was said; below 0 another kind of value. Texts, numbers, yes and no stand for themselves.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from pydantic import BaseModel

from engine.scenario.doubts import DoubtfulNumber, DoubtfulText

OURS: Final = "engine.scenario."
"""Where the classes are: no other is ever named, nor looked for."""

PLAIN: Final = (str, float, int, bool, type(None))

TUPLE, DICT, DAY, NUMBER, TEXT, PART = range(-6, 0)
"""The kinds of values that are neither plain nor records."""

DOUBTFUL: Final = {NUMBER: DoubtfulNumber, TEXT: DoubtfulText}


def flat(record: BaseModel) -> list[Any]:
    """A record as plain lists: the classes, then the record. Raises TypeError where something can't be told so."""
    classes: dict[type[BaseModel], int] = {}
    told = _flat(record, classes)
    return [[f"{one.__module__}:{one.__qualname__}" for one in classes], told]


def _flat(value: Any, classes: dict[type[BaseModel], int]) -> Any:
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [TUPLE, *(_flat(part, classes) for part in value)]
    if kind is dict:
        return [DICT, *(_flat(part, classes) for pair in value.items() for part in pair)]
    if kind is dt.date:
        return [DAY, value.isoformat()]
    if kind is Fraction:
        return [PART, value.numerator, value.denominator]
    for number, doubtful in DOUBTFUL.items():
        if kind is doubtful:
            plain = float(value) if number == NUMBER else str(value)
            return [number, plain, _flat(vars(value), classes)]
    if not isinstance(value, BaseModel) or not kind.__module__.startswith(OURS):
        raise TypeError(f"{kind.__name__} is no part of a record")
    names, place = kind.model_fields, classes.setdefault(kind, len(classes))
    said = sum(1 << place for place, name in enumerate(names) if name in value.model_fields_set)
    return [place, said, *(_flat(getattr(value, name), classes) for name in names)]


def made(told: Any) -> BaseModel:
    """The record that :func:`flat` has told. Raises ValueError where it is none."""
    try:
        classes, record = told
        found = _Maker([_named(name) for name in classes]).made(record)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, ImportError) as error:
        raise ValueError(f"it is no record: {error}") from None
    if not isinstance(found, BaseModel):
        raise ValueError("it is no record")
    return found


def _named(name: str) -> type[BaseModel]:
    module, _, kind = name.partition(":")
    found = getattr(importlib.import_module(module), kind) if module.startswith(OURS) else None
    if not isinstance(found, type) or not issubclass(found, BaseModel):
        raise ValueError(f"{name} is no record")
    return found


class _Maker:
    """Makes records of some classes."""

    def __init__(self, classes: list[type[BaseModel]]) -> None:
        self.classes = [(one, list(one.model_fields)) for one in classes]
        self.said: dict[tuple[int, int], frozenset[str]] = {}
        self.others: dict[int, Callable[[list[Any]], Any]] = {
            TUPLE: lambda given: tuple(given[1:]),
            DICT: lambda given: dict(zip(given[1::2], given[2::2], strict=True)),
            DAY: lambda given: dt.date.fromisoformat(given[1]),
            PART: lambda given: Fraction(*given[1:]),
            NUMBER: self._doubtful,
            TEXT: self._doubtful,
        }

    def made(self, value: Any) -> Any:
        """A value, of whatever kind."""
        if type(value) is not list:
            return value
        given = [self.made(part) if type(part) is list else part for part in value]
        kind = given[0]
        return self.others[kind](given) if kind < 0 else self._record(kind, given)

    def _record(self, number: int, given: list[Any]) -> BaseModel:
        kind, names = self.classes[number]
        one, said = kind.__new__(kind), given[1]
        if (number, said) not in self.said:
            self.said[number, said] = frozenset(name for place, name in enumerate(names) if said >> place & 1)
        one.__setstate__(
            {
                "__dict__": dict(zip(names, given[2:], strict=True)),
                "__pydantic_fields_set__": set(self.said[number, said]),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )
        return one

    def _doubtful(self, given: list[Any]) -> DoubtfulNumber | DoubtfulText:
        kind, plain, told = given
        one: DoubtfulNumber | DoubtfulText = DOUBTFUL[kind](plain)
        vars(one).update(told)
        return one
