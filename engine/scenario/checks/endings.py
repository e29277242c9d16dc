"""Endings: each with a name and a mark of its own, and exactly the last without a condition."""

from __future__ import annotations

from typing import Literal

from engine.scenario.checks.context import Context
from engine.scenario.models import EVERYONE, Ending
from engine.scenario.problems import listed, quoted


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
    for number, ending in enumerate(endings):
        check_worth(context, number, ending)
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


def check_worth(context: Context, number: int, ending: Ending) -> None:
    """Notes whose worth of an ending is that of nobody, of two groups at once, or of one who has no score."""
    s = context.scenario
    groups = {**s.groups, EVERYONE: tuple(s.actors)}
    told: dict[str, str] = {}
    for who in ending.worth:
        path = ("endings", number, "worth", who)
        if who not in s.actors and who not in groups:
            context.unknown(path, "actor or group", who, [*s.actors, *groups], key=True)
            continue
        members = [actor for actor in s.members((who,)) if who in s.actors or actor not in ending.worth]
        twice = [actor for actor in members if actor in told]
        if twice:
            others = listed(sorted({told[actor] for actor in twice}))
            context.note("E214", path, f"says it again of {listed(twice)}, who {be(twice)} in {others}", key=True)
        if members and not any(s.actors[actor].stances for actor in members):
            context.note("W215", path, "says nothing: it has no stance, so it has no score", key=True)
        told |= dict.fromkeys(members, who)


def be(names: list[str]) -> str:
    """*is* of one, *are* of several."""
    return "is" if len(names) == 1 else "are"
