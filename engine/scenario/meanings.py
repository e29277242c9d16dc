"""What constants and fields mean, by the strings that stand under them in the source.

Only references and schemas ask, so that nothing else waits for it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel


def meanings_of(record: type[BaseModel]) -> dict[str, str]:
    """What each field of a record means, by its name in the source; also of fields that it has from another."""
    found: dict[str, str] = {}
    for model in reversed(record.__mro__):
        if issubclass(model, BaseModel) and model is not BaseModel:
            found.update(_strings_in(model))
    return {name: found[name] for name in record.model_fields if found.get(name)}


@cache
def _strings_in(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Those of one class; to find its source takes long."""
    return tuple(strings_under(textwrap.dedent(inspect.getsource(model))))


def strings_under(source: str) -> Iterator[tuple[str, str]]:
    """Each name that is given a value or a type in a class or module, with the string under it; empty without one."""
    body = ast.parse(source).body
    match body:
        case [ast.ClassDef() as only]:
            body = only.body
    for number, statement in enumerate(body):
        name = assigned(statement)
        if name is not None:
            yield name, said(body[number + 1 : number + 2])


def assigned(statement: ast.stmt) -> str | None:
    """The name that a statement gives a value or a type to."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None


def said(following: list[ast.stmt]) -> str:
    """The string that stands under a name."""
    match following:
        case [ast.Expr(value=ast.Constant(value=str(text)))]:
            return inspect.cleandoc(text)
    return ""
