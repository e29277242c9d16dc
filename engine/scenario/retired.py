"""What has left the language, and how a text says it now: by edits where it stands, as far as that can be told.

``turn``, the number of the turn, would let the length of a turn into a run, and so would a chance "each turn".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.scenario.document import Document, Node, Path, Position
from engine.scenario.edits import Edit, records_at
from engine.scenario.fields import UNITS_IN_DAYS
from engine.scenario.problems import Problems
from engine.scenario.shape import dotted

TURN = re.compile(r"(?<![\w.])turn(?![\w.])")
NUMBER = r"\d+(?:\.\d+)?"
ALONE = r"(?![.\w])(?!\s*[*/+\-])"
"""Where a number ends that stands alone on its side of a comparison."""

BEFORE = r"(?<![*/+\-])(?<![*/+\-]\s)"
"""Where ``turn`` may begin that stands alone on its side of a comparison."""

COMPARED = re.compile(rf"{BEFORE}(?<![\w.])turn\s*(<=|>=|==|!=|<|>)\s*({NUMBER}){ALONE}(?!\s*[<>=!])")
"""``turn`` compared with a number, once: ``turn >= 4``."""

EXPRESSIONS = frozenset(
    (
        "when",
        "chance",
        "chance_per_week",
        "never",
        "given",
        "holds",
        "ever",
        "appeal",
        "cost",
        "lean",
        "weight",
        "value",
    )
)
"""Keys that hold an expression, wherever they stand."""

LISTS = frozenset({"add", "set", "per_week", "needs", "appeal", "cost", "lean"})
"""Keys under which each entry is an expression."""

DAYS_IN_WEEK = 7.0


def without_turns(document: Document, problems: Problems) -> Iterator[Edit]:
    """Edits that put days in the place of turns, and a chance per week in that of a chance each turn."""
    days = days_in_turn(document)
    if days is None:
        return
    for path, node in expressions(document.root):
        old = str(node.content)
        if TURN.search(old):
            yield from rewritten(path, node, in_days(old, days), problems)
    for path, event in records_at(document.root, ("events", "*")):
        if "on" not in event.keys and "chance" in event.keys and "chance_per_week" not in event.keys:
            yield from in_weeks((*path, "chance"), event.keys["chance"], event.parts["chance"], days, problems)


def days_in_turn(document: Document) -> float | None:
    """How long a turn is in a document; None where that can't be told."""
    content = document.content
    written = content.get("step") if isinstance(content, dict) else None
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,25})?)([hdw])", str(written))
    return float(match[1]) * float(UNITS_IN_DAYS[match[2]]) if match else None


def expressions(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The texts of a document that are expressions, with where they are."""
    for key, part in node.parts.items():
        is_one = key in EXPRESSIONS or (path and path[-1] in LISTS)
        if is_one and isinstance(part.content, str):
            yield (*path, key), part
        else:
            yield from expressions(part, (*path, key))


def in_days(text: str, days: float) -> str:
    """The same condition about days; what held in a turn holds on each of its days."""
    compared = COMPARED.sub(lambda match: _compared(match[1], float(match[2]), days), text)
    return TURN.sub(f"(day / {days:g})", compared)


def _compared(sign: str, turn: float, days: float) -> str:
    first, after = f"{turn * days:g}", f"{(turn + 1) * days:g}"
    whole: Mapping[str, str] = {
        ">=": f"day >= {first}",
        "<": f"day < {first}",
        "<=": f"day < {after}",
        ">": f"day >= {after}",
        "==": f"({first} <= day < {after})",
        "!=": f"not ({first} <= day < {after})",
    }
    return whole[sign]


def rewritten(path: Path, node: Node, new: str, problems: Problems) -> Iterator[Edit]:
    """A text that says something else, where it stands on one line."""
    old = str(node.content)
    bare = node.written[1:-1] if node.written[:1] in ("'", '"') else node.written
    if bare == old:
        yield Edit(node.position, old, new)
    else:
        problems.error(node.position, dotted(path), f"speaks of turns on several lines: write {new}")


def in_weeks(path: Path, key: Position, node: Node, days: float, problems: Problems) -> Iterator[Edit]:
    """A chance each turn as the equal one per week, where it is a number."""
    try:
        chance = min(max(float(str(node.content)), 0.0), 1.0)
    except ValueError:
        weeks = f"{DAYS_IN_WEEK / days:g}"
        message = f"of an event without a date is per week now: with a chance of p it is 1 - (1 - p) ** {weeks}"
        problems.error(key, dotted(path), message)
        return
    yield Edit(key, "chance", "chance_per_week")
    weekly = f"{1.0 - (1.0 - chance) ** (DAYS_IN_WEEK / days):.6g}"
    if float(weekly) != chance:
        yield from rewritten(path, Node(node.position, str(node.written), written=node.written), weekly, problems)
