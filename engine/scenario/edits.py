"""Edits of a text where its keys and values stand, and all else stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from engine.scenario.document import Node, Path, Position

EACH = "*"
"""Stands in a path for every entry of a mapping."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Some characters of a text, from a place on, and what stands there afterwards."""

    place: Position
    old: str
    new: str


def records_at(node: Node, within: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The mappings at a path, with where they are."""
    if not within:
        if isinstance(node.content, dict):
            yield path, node
        return
    for key, part in node.parts.items():
        if within[0] in (EACH, key):
            yield from records_at(part, within[1:], (*path, key))


def edited(text: str, edits: list[Edit]) -> str:
    """The text with each edit made at its place, the last first."""
    begins = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        line, column = edit.place
        start = begins[line - 1] + column - 1
        start += text[start : start + 1] in ("'", '"')
        assert text.startswith(edit.old, start), "what is edited stands where it was read"
        text = text[:start] + edit.new + text[start + len(edit.old) :]
    return text
