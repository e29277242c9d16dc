"""What every record of a file is, and where a record says that it comes from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.scenario.problems import shortened


class Record(BaseModel):
    """Immutable, exact about types, and closed: a key that is not named here is a mistake."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # only records that are read by themselves, such as Scenario, need a validator
    )


def without(content: dict[str, Any], *fields: str) -> dict[str, Any]:
    """The content of a record without those of these fields that say nothing.

    For fields that came later: what was written before is the same content as it was, and keeps its name.
    """
    return {key: value for key, value in content.items() if value is not None or key not in fields}


def if_said(content: dict[str, Any], *fields: str) -> dict[str, Any]:
    """The same without those of these fields that are empty or say no."""
    return {key: value for key, value in content.items() if value or key not in fields}


class Evidence(Record):
    """Exact words of a source that support a number or a rule."""

    source: str
    """The id of a source in the index of sources, never a path."""
    quote: Annotated[str, Field(min_length=8, max_length=600)]
    """The exact words, as they stand in the source."""
    prefix: str | None = None
    """The words just before the quote, where the quote occurs more than once."""
    by: str | None = None
    """Who speaks, or on whose behalf."""
    reading: str | None = None
    """Why these words mean this number or rule."""


class Sourced(Record):
    """A record that says where it comes from: quotes, or the reason for an assumption."""

    evidence: Annotated[tuple[Evidence, ...], Field(strict=False)] = ()
    """Quotes that support this record."""
    assumed: str | None = None
    """Why the author assumed it, where no source supports it."""


def first_wrong(error: ValidationError, kind: str) -> str:
    """The first thing that is wrong with a record, in words; ``kind`` is what it should be, such as ``manifest``."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"]) or "it"
    match first["type"]:
        case "missing":
            return f"it does not say {shortened(where, 80)}"
        case "extra_forbidden":
            return f"it says {shortened(where, 80)}, which no {kind} does"
    return f"{shortened(where, 80)} is {shortened(repr(first['input']), 60)}"
