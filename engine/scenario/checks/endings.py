"""Endings: each with a name of its own, and exactly the last without a condition."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.problems import quoted


def check_endings(context: Context) -> None:
    """Notes endings that don't fit together."""
    endings = context.scenario.endings
    last = len(endings) - 1
    first_of: dict[str, int] = {}
    for number, ending in enumerate(endings):
        first = first_of.setdefault(ending.id, number)
        if first != number:
            line = context.document.locate(("endings", first, "id"))[0]
            context.error(("endings", number, "id"), f"{quoted(ending.id)} is an ending already, in line {line}")
        if number < last and ending.when is None:
            context.error(("endings", number), "has no condition, so no ending after it can be reached: add when")
    if endings[last].when is not None:
        context.error(("endings", last, "when"), "the last ending has no condition: it takes what is left", key=True)
    if endings[last].at_end:
        context.warning(("endings", last, "at_end"), "says nothing: the last ending always waits for the end", key=True)
