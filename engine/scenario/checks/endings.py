"""Endings: each with a name and a mark of its own, and exactly the last without a condition."""

from __future__ import annotations

from typing import Literal

from engine.scenario.checks.context import Context
from engine.scenario.problems import quoted


def check_endings(context: Context) -> None:
    """Notes endings that don't fit together."""
    endings = context.scenario.endings
    last = len(endings) - 1
    check_unique(context, "id", "is an ending already")
    check_unique(context, "mark", "marks an ending already")
    for number, ending in enumerate(endings):
        if number < last and ending.when is None:
            context.note(
                "E206", ("endings", number), "has no condition, so no ending after it can be reached: add when"
            )
    if endings[last].when is not None:
        context.note(
            "E206", ("endings", last, "when"), "the last ending has no condition: it takes what is left", key=True
        )
    if endings[last].at_end:
        context.note(
            "W609", ("endings", last, "at_end"), "says nothing: the last ending always waits for the end", key=True
        )


def check_unique(context: Context, key: Literal["id", "mark"], message: str) -> None:
    """Notes what two endings have in common that should tell them apart."""
    first_of: dict[str, int] = {}
    for number, ending in enumerate(context.scenario.endings):
        has = ending.id if key == "id" else ending.mark
        first = number if has is None else first_of.setdefault(has, number)
        if first != number:
            line = context.document.locate(("endings", first, key))[0]
            context.note("E202", ("endings", number, key), f"{quoted(has or '')} {message}, in line {line}")
