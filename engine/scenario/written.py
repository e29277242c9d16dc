"""Records as their author would have written them: the way back from models to plain data, one level at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from engine.scenario.doubts import Doubtful, as_mapping
from engine.scenario.fields import as_days, as_expression, as_fraction, in_days


def as_written(record: BaseModel) -> dict[str, Any]:
    """The keys and values of a record, with durations, days and shares spelled out.

    Records within stay what they are. A field that says nothing is left out: None, or what may not be empty and is.
    """
    fields = type(record).model_fields
    return {
        field.alias or name: spelled_out(value, kind_of(type(record), field.alias or name))
        for name, field in fields.items()
        if (value := getattr(record, name)) is not None and not is_too_short(value, field)
    }


def is_too_short(value: Any, field: FieldInfo) -> bool:
    """Whether a value has no entries, and must have some where it is written."""
    return value in ((), {}) and any(getattr(limit, "min_length", 0) for limit in field.metadata)


def spelled_out(value: Any, kind: Any) -> Any:
    """A value of a field of this type, as it is written in a file."""
    match value:
        case bool():
            return value
        case Doubtful():
            return as_mapping(value, lambda number: spelled_out(number, kind))
        case dt.date():
            return value.isoformat()
        case Fraction():
            return str(value)
        case int() | float() if is_duration(kind):
            return in_days(value)
        case tuple():
            return list(value)
    return value


def kind_of(model: type[BaseModel], key: object) -> Any:
    """The type of a field, with its rules, by the key that an author writes; None where there is no such key."""
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return None


def element_of(kind: Any) -> Any:
    """The type of the members of a mapping or list, seen through rules and "or nothing"; None where there are none."""
    origin = get_origin(kind)
    if origin is dict:
        return get_args(kind)[1]
    if origin is tuple:
        return get_args(kind)[0]
    return next((found for part in parts_of(kind) if (found := element_of(part)) is not None), None)


def record_of(kind: Any) -> type[BaseModel] | None:
    """The record that a type is, seen through rules and "or nothing"."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for part in parts_of(kind) if (found := record_of(part)) is not None), None)


def is_duration(kind: Any) -> bool:
    """Whether a type is written as a duration, such as 3d."""
    return any(isinstance(rule, BeforeValidator) and rule.func is as_days for rule in rules_of(kind))


def is_share(kind: Any) -> bool:
    """Whether a type is a fraction, such as 2/3."""
    return any(isinstance(rule, BeforeValidator) and rule.func is as_fraction for rule in rules_of(kind))


def is_expression(kind: Any) -> bool:
    """Whether a type is written as an expression."""
    return any(isinstance(rule, BeforeValidator) and rule.func is as_expression for rule in rules_of(kind))


def is_text(kind: Any) -> bool:
    """Whether a type is a text, perhaps one of a few words."""
    return kind is str or get_origin(kind) is Literal or any(is_text(part) for part in parts_of(kind))


def is_whole(kind: Any) -> bool:
    """Whether a type is a whole number."""
    return kind is int or any(is_whole(part) for part in parts_of(kind))


def is_number(kind: Any) -> bool:
    """Whether a type is a number, perhaps a duration."""
    return kind in (int, float) or any(is_number(part) for part in parts_of(kind))


def rules_of(kind: Any) -> Iterator[Any]:
    """What is asked of values of a type besides what they are."""
    if get_origin(kind) is Annotated:
        yield from get_args(kind)[1:]
    for part in parts_of(kind):
        yield from rules_of(part)


def parts_of(kind: Any) -> tuple[Any, ...]:
    """The types that a type is made of, but for those of the members of a list or mapping."""
    origin = get_origin(kind)
    if origin is Annotated:
        return get_args(kind)[:1]
    return (
        () if origin in (None, dict, tuple, list) else tuple(part for part in get_args(kind) if part is not type(None))
    )
