"""What single fields of a scenario hold: dates, durations, shares, names and expressions, as they are written."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

HOURS_IN_DAY = 24

UNITS_IN_DAYS = {"h": Fraction(1, HOURS_IN_DAY), "d": Fraction(1), "w": Fraction(7)}
"""What a duration such as ``8w`` may count in."""

PACES_IN_HOURS = (1, 2, 3, 4, 6, 8, 12)
"""Paces shorter than a day: hours that divide it."""

MOMENT = r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?"
"""How a day, or an hour of it, is written."""

DURATION = r"(\d{1,4}(?:\.\d{1,25})?)([hdw])"
"""A number and a unit."""

LONG = re.compile(r"\d{5,}(\.\d+)?[hdw]")
"""A duration that would be one, were it not so long."""

DATE = r"\d{4}-\d{2}-\d{2}"
"""Year, month and day."""

NAME = r"[a-z][a-z0-9_]{0,59}"
"""An identifier."""

SHARE_PARTS = 1000
"""Parts of which a share may be a number: a finer one becomes the nearest such fraction."""

OWN_WORDS = "canonical"
"""The context in which a record is read that the engine wrote, not an author."""


def as_expression(value: Any) -> Any:
    """A bare number or yes/no is an expression too."""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, (int, float)):
        return repr(value)
    return value


def as_days(value: Any, info: ValidationInfo) -> Any:
    """Days, from a duration such as ``6h``, ``3d`` or ``8w``; a bare number only in what the engine wrote."""
    if info.context == OWN_WORDS and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    days = days_in(value) if isinstance(value, str) else None
    if days is not None:
        return days
    if isinstance(value, str) and LONG.fullmatch(value):
        raise ValueError("a duration is at most 9,999 hours, days or weeks, such as 9999d")
    raise ValueError("a duration is a number and a unit, such as 6h, 3d or 8w")


def in_days(days: float) -> str:
    """A number of days as a duration, to the last digit: what is read again is this very number."""
    written = f"{Decimal(repr(float(days))):f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) + "d"


def days_in(text: str) -> float | None:
    """The number of days of a duration; None of what is none."""
    match = re.fullmatch(DURATION, text)
    return float(Fraction(match[1]) * UNITS_IN_DAYS[match[2]]) if match else None


def as_date(value: Any) -> Any:
    """A calendar day, from ``2007-12-10``."""
    if isinstance(value, str) and re.fullmatch(DATE, value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a date is year-month-day, such as 2007-12-10")


def as_day(value: Any) -> Any:
    """A day: an entry of the calendar by its name, or a date; kept as it is written."""
    if isinstance(value, str) and (re.fullmatch(NAME, value) or is_date(value)):
        return value
    raise ValueError("a day is an entry of the calendar, or a date such as 2007-12-10")


def as_start(value: Any) -> Any:
    """When something begins to be so: a day, or a duration such as ``2w``, which is kept in days."""
    days = days_in(value) if isinstance(value, str) else None
    if days is not None:
        return in_days(is_positive(days))
    if isinstance(value, str) and (re.fullmatch(NAME, value) or is_date(value)):
        return value
    raise ValueError(
        "a day in force is an entry of the calendar, a date such as 2007-12-10, or a duration such as 3d or 8w"
    )


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar."""
    try:
        return isinstance(as_date(text), dt.date)
    except ValueError:
        return False


def as_fraction(value: Any) -> Any:
    """A share, from ``2/3`` or ``0.6``."""
    text = str(value)
    if not re.fullmatch(r"\d{1,4}/[1-9]\d{0,3}|\d?\.\d{1,6}|\d", text):
        raise ValueError("a share is a fraction such as 2/3")
    share = Fraction(text).limit_denominator(SHARE_PARTS)
    if not 0 < share <= 1:
        raise ValueError("a share is more than 0 and at most 1")
    return share


def as_list(value: Any) -> Any:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value


def as_moment(value: Any) -> Any:
    """A day or an hour of it, as text, or a number of turns."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number or (isinstance(value, str) and re.fullmatch(MOMENT, value)):
        return value
    raise ValueError("a moment is a date such as 2007-12-10, or a number of turns")


def is_positive(days: float) -> float:
    """The same number of days, which must be more than none."""
    if days <= 0:
        raise ValueError("a duration is more than zero")
    return days


def hours_in(days: float) -> int:
    """The nearest whole number of hours."""
    return round(days * HOURS_IN_DAY)


def is_pace_in_hours(days: float) -> bool:
    """Whether days are one of the paces shorter than one."""
    return hours_in(days) in PACES_IN_HOURS and days == hours_in(days) / HOURS_IN_DAY


def is_pace(days: float) -> float:
    """The same number of days, which must be whole ones, or hours that divide a day."""
    if not days.is_integer() and not is_pace_in_hours(days):
        allowed = ", ".join(f"{hours}h" for hours in PACES_IN_HOURS)
        raise ValueError(f"a pace is a whole number of days, or one of {allowed}")
    return days


USUAL_PACE = 1.0
"""The step of the rules in days where a scenario says nothing of it."""

TEXT_OR_LIST: dict[str, Any] = {"type": ["string", "array"], "items": {"type": "string"}, "minItems": 1}
"""How editors are told of a list for which one text may stand."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
ScenarioName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Expression = Annotated[
    str,
    BeforeValidator(as_expression),
    Field(max_length=400),
    WithJsonSchema({"type": ["string", "number", "boolean"], "maxLength": 400}),
]
Days = Annotated[
    float,
    BeforeValidator(as_days),
    AfterValidator(is_positive),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,4}(\.\d{1,25})?[hdw]$"}),
]
Pace = Annotated[Days, AfterValidator(is_pace)]
Date = Annotated[
    dt.date, BeforeValidator(as_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
Day = Annotated[
    str,
    BeforeValidator(as_day),
    WithJsonSchema({"type": "string", "pattern": rf"^({DATE}|{NAME})$"}),
]
Start = Annotated[
    str,
    BeforeValidator(as_start),
    WithJsonSchema({"type": "string", "pattern": rf"^({DATE}|{NAME}|\d{{1,4}}(\.\d{{1,25}})?[hdw])$"}),
]
Share = Annotated[Fraction, BeforeValidator(as_fraction), WithJsonSchema({"type": ["string", "number"]})]
Who = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(as_list),
    Field(strict=False, min_length=1),
    WithJsonSchema(TEXT_OR_LIST),
]
Knowers = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(as_list),
    Field(strict=False),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
"""The same list, which may be empty: what nobody knows."""
Deed = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=121)]
"""An action, or an answer to a question as ``ASK.ANSWER``."""
Deeds = Annotated[
    tuple[Deed, ...],
    BeforeValidator(as_list),
    Field(strict=False, min_length=1),
    WithJsonSchema(TEXT_OR_LIST),
]
Texts = Annotated[
    tuple[str, ...], BeforeValidator(as_list), Field(strict=False, min_length=1), WithJsonSchema(TEXT_OR_LIST)
]
Moment = Annotated[
    Any,
    BeforeValidator(as_moment),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{MOMENT}$", "minimum": 0}),
]
Title = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\r\n]+$")]
Place = Annotated[str, Field(max_length=200)]
Unit = Annotated[float, Field(ge=0, le=1)]
Changes = dict[Place, Expression]
Ballot = Literal["yes", "abstain", "no"]
PolicyName = Literal["rule", "hold", "greedy", "random"]
