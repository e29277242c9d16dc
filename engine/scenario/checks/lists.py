"""Lists of names: each is there, and stands in its list once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.problems import quoted


def check_list(context: Context, path: Path, names: Sequence[str], kind: str, known: Iterable[str]) -> None:
    """Notes unknown and repeated names of a list."""
    known = set(known)
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name not in known:
            context.unknown((*path, number), kind, name, sorted(known))
        elif name in seen:
            context.note("E204", (*path, number), f"{quoted(name)} stands in this list already")
        seen.add(name)
