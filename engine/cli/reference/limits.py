"""The limits of what an author may write: constants of the engine, with the strings that explain them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from engine.cli.reference.markdown import cell, paragraph, table
from engine.scenario.meanings import strings_under

ASKED = (
    "How much work a batch may be, whichever way it is asked for (on the command line, in an experiment, from Python), "
    "and how much an answer may hold."
)

PARTS = (
    (
        "What an author writes",
        "How much a scenario, its sources and its expressions may hold.",
        ("engine.expressions", "engine.scenario"),
    ),
    (
        "What an analyst asks",
        ASKED,
        ("engine.asked", "engine.batch.analysis.query", "engine.play.orders", "engine.power.ways"),
    ),
)
"""Headings, what stands under them, and where those limits are kept."""

LIMIT = re.compile(r"(MOST|LARGEST|DEEPEST|LAST)(_[A-Z_]+)?|LONGEST_(STORY|CHAIN)")
"""What a limit is called."""


@dataclass(frozen=True)
class Limit:
    """A constant, the module in which it stands, its value and its explanation."""

    module: str
    name: str
    value: Any
    meaning: str


def limits(places: Sequence[str] | None = None) -> Iterator[Limit]:
    """Every limit of these modules and packages (of all, where None), module by module, in the order written."""
    for place in places if places is not None else [place for *_, places in PARTS for place in places]:
        module = importlib.import_module(place)
        yield from limits_in(module)
        for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{place}."):
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
    parts = ["# Limits", "What is over a limit is refused in a sentence, before anything is done."]
    for heading, about, places in PARTS:
        found = list(limits(places))
        plain = [limit for limit in found if not isinstance(limit.value, dict)]
        rows = ((in_words(m.value), cell(m.meaning), f"`{m.name}`") for m in plain)
        parts += [f"## {heading}", about, table(("limit", "what it bounds", "name"), rows)]
        for limit in found:
            if isinstance(limit.value, dict):
                entries = ((f"`{part}`", in_words(most)) for part, most in limit.value.items())
                parts += [limit.meaning, table(("part", "at most"), entries)]
    return "\n\n".join(parts) + "\n"


def in_words(value: float) -> str:
    """A number as people write it."""
    return f"{value:g}" if value > 1e12 else f"{value:,.0f}"
