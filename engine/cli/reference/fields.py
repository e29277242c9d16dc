"""The fields of a file: every record that it may hold, and what each field of it means."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.cli.reference.markdown import cell, paragraph, table
from engine.scenario import doubts, fields, models
from engine.scenario.doubts import MayBeInDoubt, NumberInDoubt
from engine.scenario.meanings import meanings_of
from engine.scenario.written import record_of

NAMED: tuple[tuple[Any, str], ...] = (
    (models.Targets, "actors and groups: one, or a list; or [Each](#each)"),
    (
        models.Amount,
        "an [expression](expressions.md), or [in doubt](#numberindoubt); or several, by a line of text each",
    ),
    (doubts.Plain, "what stands there otherwise"),
    (fields.Identifier, "an id"),
    (fields.ScenarioName, "an id (with - as well)"),
    (fields.Expression, "an [expression](expressions.md)"),
    (fields.Days, "a duration, such as `3d` or `8w`"),
    (fields.Pace, "a duration, such as `12h` or `1d`"),
    (fields.Date, "a date, such as `2007-12-10`"),
    (fields.Day, "an entry of the [calendar](#calendarentry), or a date"),
    (fields.Start, "an entry of the [calendar](#calendarentry), a date, or a duration"),
    (fields.Moment, "a date or a number of turns"),
    (fields.Share, "a share, such as `2/3`"),
    (fields.Who, "actors and groups: one, or a list"),
    (fields.Deeds, "actions: one, or a list"),
    (fields.Texts, "a text, or a list of them"),
    (fields.Title, "a line of text"),
    (fields.Place, "a [place](expressions.md#places)"),
    (fields.Unit, "a number from 0 to 1"),
    (fields.Ballot, "`yes`, `abstain` or `no`"),
    (fields.PolicyName, "`rule`, `hold`, `greedy` or `random`"),
)
"""Kinds of field that have a name of their own, in words."""

PLAIN = {str: "text", int: "a whole number", float: "a number", bool: "`true` or `false`", Any: "a value"}


def fields_page(title: str, model: type[BaseModel], intro: str) -> str:
    """One page: every record of a kind of file, the file itself first."""
    parts = [f"# {title}", paragraph(intro)]
    for record in records(model):
        parts += [f"## {record.__name__}", paragraph(str(record.__doc__)), table(HEADS, rows(record))]
        rules = list(rules_of(record))
        if rules:
            parts.append("\n".join(f"- {rule}" for rule in rules))
    return "\n\n".join(parts) + "\n"


HEADS = ("field", "holds", "if left out", "meaning")


def records(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A record and all that it may hold, in the order in which they are met."""
    found = [model]
    for record in found:
        for hint in hints(record).values():
            found += [other for other in mentioned(hint) if other not in found]
    return found


def mentioned(hint: Any) -> Iterator[type[BaseModel]]:
    """The records in a type."""
    if isinstance(hint, MayBeInDoubt):
        yield NumberInDoubt
    record = record_of(hint)
    if record is not None:
        yield record
        return
    for part in get_args(hint):
        yield from mentioned(part)


def hints(record: type[BaseModel]) -> dict[str, Any]:
    """The types of a record's fields, with their rules."""
    found = get_type_hints(record, include_extras=True)
    return {name: found[name] for name in record.model_fields}


def rows(record: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """A row for each field."""
    types_of, meanings = hints(record), meanings_of(record)
    for name, field in record.model_fields.items():
        meaning = paragraph(meanings.get(name, ""))
        yield f"`{field.alias or name}`", cell(kind_in_words(types_of[name])), default_in_words(field), cell(meaning)


def rules_of(record: type[BaseModel]) -> Iterator[str]:
    """What a record's own validators ask, in the words of their docstrings."""
    for decorator in record.__pydantic_decorators__.model_validators.values():
        yield paragraph(str(decorator.func.__doc__))


def default_in_words(field: FieldInfo) -> str:
    """What a field is where it is left out."""
    if field.is_required():
        return "(needed)"
    default = field.get_default(call_default_factory=True)
    if default is None or default in ((), {}, "") or isinstance(default, BaseModel):
        return "-"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def kind_in_words(hint: Any) -> str:
    """What a field holds."""
    for named, words in NAMED:
        if hint == named:
            return words
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        rules = [rule for rule in parts[1:] if not isinstance(rule, MayBeInDoubt)]
        if len(rules) < len(parts) - 1:
            plain = Annotated[(parts[0], *rules)] if rules else parts[0]
            return f"{kind_in_words(plain)}, or [in doubt](#numberindoubt)"
        return kind_in_words(parts[0]) + limits_in_words(parts[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(kind_in_words(part) for part in parts if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{str(part).lower() if isinstance(part, bool) else part}`" for part in parts)
    if origin is dict:
        return f"{keys_in_words(parts[0])}: {kind_in_words(parts[1])}"
    if origin is tuple:
        return list_in_words(parts)
    return PLAIN[hint]


def keys_in_words(hint: Any) -> str:
    """What a mapping is keyed by."""
    return f"by {kind_in_words(hint)}"


def list_in_words(parts: tuple[Any, ...]) -> str:
    """A list: of any length, or of as many entries as are named."""
    if parts[-1] is ...:
        return f"a list: {kind_in_words(parts[0])} each"
    return f"[{', '.join(kind_in_words(part) for part in parts)}]"


def limits_in_words(rules: tuple[Any, ...]) -> str:
    """The bounds of a number, or how much of something there may be."""
    found = []
    for rule in (part for given in rules for part in (given.metadata if isinstance(given, FieldInfo) else (given,))):
        match rule:
            case Ge():
                found.append(f"at least {rule.ge}")
            case Gt():
                found.append(f"more than {rule.gt}")
            case Le():
                found.append(f"at most {rule.le}")
            case MinLen() if rule.min_length > 1:
                found.append(f"at least {rule.min_length}")
            case MaxLen():
                found.append(f"at most {rule.max_length:,}")
    return f", {', '.join(found)}" if found else ""
