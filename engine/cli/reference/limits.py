"""The limits of what an author may write: constants of the engine, with the strings that explain them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from engine.cli.reference.markdown import cell, paragraph, table
from engine.scenario.meanings import strings_under

PACKAGES = ("engine.expressions", "engine.scenario")
"""Where limits of what is read are kept."""

LIMIT = re.compile(r"(MOST|LARGEST|DEEPEST|LAST)(_[A-Z_]+)?|LONGEST_(STORY|CHAIN)")
"""What a limit is called."""


@dataclass(frozen=True)
class Limit:
    """A constant, the module in which it stands, its value and its explanation."""

    module: str
    name: str
    value: Any
    meaning: str


def limits() -> Iterator[Limit]:
    """Every limit, module by module, in the order written."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            yield from limits_in(importlib.import_module(found.name))


def limits_in(module: ModuleType) -> Iterator[Limit]:
    """The limits of a module: numbers (or a table of numbers) with such a name."""
    for name, meaning in strings_under(inspect.getsource(module)):
        if LIMIT.fullmatch(name):
            value = getattr(module, name)
            if isinstance(value, (int, float)) or is_table(value):
                yield Limit(module.__name__, name, value, paragraph(meaning))


def is_table(value: object) -> bool:
    """Whether a value is a table of numbers."""
    return isinstance(value, dict) and all(isinstance(entry, (int, float)) for entry in value.values())


def limits_page() -> str:
    """The page of limits."""
    parts = [
        "# Limits",
        "How much a scenario, its sources and its expressions may hold. What is over a limit is refused in a sentence.",
    ]
    plain = [limit for limit in limits() if not isinstance(limit.value, dict)]
    parts.append(
        table(("limit", "what it bounds", "name"), ((in_words(m.value), cell(m.meaning), f"`{m.name}`") for m in plain))
    )
    for limit in limits():
        if isinstance(limit.value, dict):
            rows = ((f"`{part}`", in_words(most)) for part, most in limit.value.items())
            parts += [f"## {limit.meaning.rstrip('.')}", table(("part", "at most"), rows)]
    return "\n\n".join(parts) + "\n"


def in_words(value: float) -> str:
    """A number as people write it."""
    return f"{value:g}" if value > 1e12 else f"{value:,.0f}"
