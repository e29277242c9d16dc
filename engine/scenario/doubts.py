"""Numbers in doubt: wherever a number stands, its value may be told with the ends between which it lies.

    salience: {value: 0.6, between: [0.4, 0.8], assumed: "no article says how much it weighs"}

Such a number is a float, or the text of an expression, that knows its ends; whoever reads its value alone need not know
that it is in doubt. Each run draws its own, by the number's path (``engine.rules.doubts``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from engine.scenario.document import Path
from engine.scenario.fields import Identifier
from engine.scenario.records import Record, Sourced

Shape = Literal["even", "peaked", "orders"]

EVEN: Final = "even"

Plain = Annotated[Any, WithJsonSchema({"type": ["number", "string"]})]
"""A number as it is written where nothing is in doubt."""

IN_DOUBT: Final = "NumberInDoubt"
"""Stands in a schema for that of a number in doubt."""

WRITTEN_OUT: Final = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")
"""An expression that is a number."""

MOST_AMONG: Final = 10_000
"""Numbers that one in doubt may be."""

AS_SLOTS: Final = "slots"
"""The context in which a record is written without what its numbers in doubt are: only that they are."""


class NumberInDoubt(Sourced):
    """A number that nobody knows: what it is held to be, and between what it lies. Each run draws its own."""

    value: Plain
    """The best guess: what it is where nothing is drawn."""
    between: Annotated[tuple[Plain, Plain], Field(strict=False)]
    """The lowest and the highest that it may be."""
    shape: Shape = EVEN
    """What is likely: ``even``, everything between alike; ``peaked``, a triangle with its peak at the value;
    ``orders``, all orders of magnitude alike."""
    among: Annotated[tuple[Plain, ...], Field(strict=False, max_length=MOST_AMONG)] = ()
    """The numbers that it may be, all alike, in place of all that lies between."""
    together: Identifier | None = None
    """A word that several numbers with ``among`` share: a run takes the same place in each of their lists."""


class Doubtful:
    """What numbers in doubt know beside their value."""

    low: float
    high: float
    shape: Shape
    among: tuple[float, ...]
    """The numbers that it may be, in place of all that lies between; empty where it may be any of these."""
    record: NumberInDoubt
    """As it was written."""
    path: str
    """Where it stands in its scenario, with dots: its name, by which it is drawn."""

    def _tell(self, record: NumberInDoubt, low: float, high: float, among: tuple[float, ...]) -> None:
        self.record, self.low, self.high, self.shape, self.path = record, low, high, record.shape, ""
        self.among = among

    @property
    def stream(self) -> str:
        """The name of what is drawn for it."""
        together = self.record.together
        return f"doubt:{self.path}" if together is None else f"together:{together}"

    @property
    def value(self) -> float:
        """What it is where nothing is drawn."""
        return float(self)  # type: ignore[arg-type]  # each kind of it is a number, or the text of one


class DoubtfulNumber(Doubtful, float):
    """A number in doubt where a number stands."""


class DoubtfulText(Doubtful, str):
    """A number in doubt where an expression stands: the text of its value."""


def is_doubt(written: dict[Any, Any]) -> bool:
    """Whether a mapping is a number in doubt, and not amounts by the words that say them."""
    return "between" in written or "value" in written


def ends_of(number: float) -> tuple[float, float]:
    """The lowest and the highest that a number may be: itself, unless it is in doubt."""
    return (number.low, number.high) if isinstance(number, Doubtful) else (number, number)


def in_words(number: float) -> str:
    """A number, with its ends where it is in doubt: ``0.4 (0.2 to 0.7)``."""
    ends = f" ({number.low:g} to {number.high:g})" if isinstance(number, Doubtful) else ""
    return f"{number:g}{ends}"


@dataclass(frozen=True)
class MayBeInDoubt:
    """The rule of a field whose number may be told with its ends."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What is asked of the number is asked of its value and of both ends."""
        return core_schema.with_info_wrap_validator_function(
            _read,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(_written, info_arg=True),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The number, or a mapping."""
        return {"anyOf": [handler(schema), {"$comment": IN_DOUBT}]}


def may_be_in_doubt(kind: Any) -> bool:
    """Whether a type of a field takes a number in doubt."""
    return isinstance(kind, MayBeInDoubt) or any(may_be_in_doubt(part) for part in _parts(kind))


def doubts_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, Doubtful]]:
    """Every number in doubt of a record, with its path."""
    for name, key in _holding(type(record)):
        yield from _within(getattr(record, name), (*path, key))


def numbers_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number of a record that is written out where it may be in doubt, with its path; a doubt as it is."""
    for name, key in _holding(type(record)):
        yield from _numbers_within(getattr(record, name), (*path, key))


def name_doubts(record: Record) -> None:
    """Tell each number in doubt its name: the path at which it stands."""
    for path, number in doubts_in(record):
        number.path = ".".join(str(step) for step in path)


def replaced(record: Any, change: Callable[[Doubtful], Any]) -> Any:
    """The same record with another value for each number in doubt; what holds none of them stays what it is."""
    match record:
        case Doubtful():
            return change(record)
        case Record():
            found = {name: getattr(record, name) for name, _ in _holding(type(record))}
            changed = {name: new for name, value in found.items() if (new := replaced(value, change)) is not value}
            return record.model_copy(update=changed) if changed else record
        case dict():
            parts = {key: replaced(value, change) for key, value in record.items()}
            return parts if any(parts[key] is not value for key, value in record.items()) else record
        case tuple():
            members = tuple(replaced(value, change) for value in record)
            return members if any(new is not old for new, old in zip(members, record, strict=True)) else record
    return record


def plain(number: Doubtful, value: float) -> float | str:
    """A value in the place of a number in doubt."""
    return repr(value) if isinstance(number, str) else value


def as_mapping(number: Doubtful, spelled: Callable[[float], Any] = lambda value: value) -> dict[str, Any]:
    """A number in doubt as it is written; ``spelled`` says how numbers are written in its place."""
    said = number.record
    found: dict[str, Any] = {
        "value": spelled(number.value),
        "between": [spelled(number.low), spelled(number.high)],
        "shape": said.shape,
        "among": [spelled(number) for number in number.among],
        "together": said.together,
        "evidence": [evidence.model_dump(mode="json", by_alias=True) for evidence in said.evidence],
        "assumed": said.assumed,
    }
    left_out: dict[str, Any] = {"shape": EVEN, "among": [], "together": None, "evidence": [], "assumed": None}
    return {key: value for key, value in found.items() if key not in left_out or value != left_out[key]}


def _within(value: Any, path: Path) -> Iterator[tuple[Path, Doubtful]]:
    match value:
        case Doubtful():
            yield path, value
        case Record():
            yield from doubts_in(value, path)
        case dict():
            for key, part in value.items():
                yield from _within(part, (*path, key))
        case tuple():
            for number, part in enumerate(value):
                yield from _within(part, (*path, number))


def _numbers_within(value: Any, path: Path) -> Iterator[tuple[Path, float]]:
    match value:
        case Record():
            yield from numbers_in(value, path)
        case dict() if path[-1] != "set":  # what becomes of flags is no number
            for key, part in value.items():
                yield from _numbers_within(part, (*path, key))
        case tuple():
            for number, part in enumerate(value):
                yield from _numbers_within(part, (*path, number))
        case float():
            yield path, value
        case str() if WRITTEN_OUT.fullmatch(value):
            yield path, float(value)


@cache
def _holding(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that may hold a number in doubt, by name and by the key that an author writes."""
    return tuple(
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if any(map(_may_hold, (field.annotation, *field.metadata)))
    )


def _may_hold(kind: Any) -> bool:
    if isinstance(kind, MayBeInDoubt):
        return True
    if isinstance(kind, type) and issubclass(kind, Record):
        return bool(_holding(kind))
    return any(map(_may_hold, _parts(kind)))


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind)


def _read(value: Any, handler: Callable[[Any], Any], info: ValidationInfo) -> Any:
    if not isinstance(value, dict):
        return handler(value)
    record = NumberInDoubt.model_validate(value)
    told = {"value": record.value, "between.0": record.between[0], "between.1": record.between[1]}
    best, low, high = (_number(key, number, handler) for key, number in told.items())
    if not low <= best <= high or low == high:
        raise ValueError(f"a value lies between two ends, the lower first, not {best:g} between {low:g} and {high:g}")
    if record.shape == "orders" and low <= 0:
        raise ValueError(f"orders of magnitude start above 0, not at {low:g}")
    among = _among(record, low, high, handler)
    made = DoubtfulText(repr(best)) if isinstance(handler(value["value"]), str) else DoubtfulNumber(best)
    made._tell(record, low, high, among)  # it is made here
    return made


def _among(record: NumberInDoubt, low: float, high: float, handler: Callable[[Any], Any]) -> tuple[float, ...]:
    """The numbers that it may be, once it is certain that they lie between its ends."""
    found = tuple(_number(f"among.{place}", number, handler) for place, number in enumerate(record.among))
    if record.together is not None and not found:
        raise ValueError("together is for numbers that say among what they are drawn")
    if found and record.shape != EVEN:
        raise ValueError(f"of numbers that are listed all are alike: leave out shape: {record.shape}")
    for number in found:
        if not low <= number <= high:
            raise ValueError(f"each number of among lies between {low:g} and {high:g}, and {number:g} does not")
    return found


def _number(key: str, number: Any, handler: Callable[[Any], Any]) -> float:
    """A number of a doubt, by the rules of the field in which it stands."""
    loc = tuple(int(step) if step.isdigit() else step for step in key.split("."))
    try:
        found = handler(number)
    except ValidationError as error:
        raise ValidationError.from_exception_data("number", [_moved(one, loc) for one in error.errors()]) from None
    if isinstance(found, str) and (isinstance(number, bool) or not isinstance(number, (int, float))):
        kind = InitErrorDetails(type="float_type", loc=loc, input=number)
        raise ValidationError.from_exception_data("number", [kind])
    return float(found)


def _moved(error: Any, loc: tuple[int | str, ...]) -> InitErrorDetails:
    loc = (*loc, *error["loc"])
    if "ctx" in error:
        return InitErrorDetails(type=error["type"], loc=loc, input=error["input"], ctx=error["ctx"])
    return InitErrorDetails(type=error["type"], loc=loc, input=error["input"])


def _written(value: Any, info: Any) -> Any:
    if not isinstance(value, Doubtful):
        return value
    return AS_SLOTS if info.context == AS_SLOTS else as_mapping(value)
