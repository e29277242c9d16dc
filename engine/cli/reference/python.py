"""The public module: every name with its signature, and the page that explains them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

WORDS = (
    "`import brinkmanship` brings what a script, a notebook or a bot needs. Only these names are promised to stay; "
    "`engine` and `tui`, which lie below, may change with any version."
)

ROLE = re.compile(r":(?:class|func|meth|data|mod):`~?([\w.]+)`")
"""A reference in a docstring."""


def surface() -> Iterator[str]:
    """Every public name with its signature, a line each, in alphabetical order."""
    import brinkmanship

    for name in sorted(brinkmanship.__all__):
        yield from lines_of(name, getattr(brinkmanship, name))


def lines_of(name: str, thing: Any) -> Iterator[str]:
    """A function, a class with its public members, or a module with its names."""
    if isinstance(thing, ModuleType):
        for inner in thing.__all__:
            yield from lines_of(f"{name}.{inner}", getattr(thing, inner))
    elif inspect.isclass(thing):
        bases = ", ".join(base.__name__ for base in thing.__bases__ if base is not object)
        yield f"class {name}({bases})" if bases else f"class {name}"
        if thing.__module__.startswith("brinkmanship.") or name == "Results":
            yield from (line for member, held in members(thing) for line in member_line(f"{name}.{member}", held))
    elif inspect.isroutine(thing):
        yield f"{name}{signature(thing)}"
    else:
        yield f"{name}: {type(thing).__name__}"


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """The public members that a class has of its own, in alphabetical order."""
    fields = dict.fromkeys(inspect.get_annotations(kind))
    yield from sorted((name, held) for name, held in {**fields, **vars(kind)}.items() if not name.startswith("_"))


def member_line(name: str, held: Any) -> Iterator[str]:
    """A method with its signature, or the name of a value."""
    function = held.__func__ if isinstance(held, (classmethod, staticmethod)) else held
    yield f"{name}{signature(function)}" if inspect.isfunction(function) else name


class Words(str):
    """An annotation that is shown as it is written."""

    __slots__ = ()

    __repr__ = str.__str__


def signature(function: Any) -> str:
    """How a function is called, as it is written, without the instance or class that it belongs to."""
    whole = inspect.signature(function)
    own = [
        parameter.replace(annotation=Words(parameter.annotation))
        for name, parameter in whole.parameters.items()
        if name not in ("self", "cls")
    ]
    return str(whole.replace(parameters=own, return_annotation=Words(whole.return_annotation)))


def python_page() -> str:
    """The public module as Markdown."""
    import brinkmanship

    parts = ["# The module brinkmanship", WORDS]
    for name in brinkmanship.__all__:
        thing = getattr(brinkmanship, name)
        if name.startswith("_"):
            continue
        if isinstance(thing, ModuleType):
            parts += [f"## brinkmanship.{name}", *told(thing)]
            own = [(inner, getattr(thing, inner)) for inner in thing.__all__]
            parts += [part for inner, held in own for part in entry(f"{name}.{inner}", held) if callable(held)]
        else:
            parts += [f"## {name}", *entry(name, thing)[1:]]
            if inspect.isclass(thing) and thing.__module__.startswith("brinkmanship."):
                parts += [part for inner, held in members(thing) for part in entry(f"{name}.{inner}", held)]
    return "\n\n".join(parts) + "\n"


def entry(name: str, thing: Any) -> list[str]:
    """A heading, how it is called where it can be, and what is said of it."""
    function = thing.__func__ if isinstance(thing, classmethod) else thing
    call = [f"```text\n{name}{signature(function)}\n```"] if inspect.isfunction(function) else []
    return [f"### {name}", *call, *told(function)]


def told(thing: Any) -> Iterator[str]:
    """A docstring as Markdown: its paragraphs, and its examples as code."""
    for paragraph in (inspect.getdoc(thing) or "").split("\n\n"):
        if paragraph.startswith(">>>"):
            yield f"```python\n{paragraph}\n```"
        elif paragraph:
            plain = ROLE.sub(lambda found: f"`{found[1].rpartition('.')[2]}`", paragraph.replace("``", "`"))
            yield " ".join(plain.split("\n"))
