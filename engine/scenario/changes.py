"""What changed in meaning between two scenarios: not their layout, their comments, or order where order says nothing.

The order of endings means something (the first that holds closes a run), and so does that of actions which table a
question (they are voted on in this order). Effects of one list take place together, but are told apart by their place.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from engine.scenario.document import Path
from engine.scenario.models import Scenario
from engine.scenario.problems import shortened
from engine.scenario.shape import dotted
from engine.scenario.walk import NAME
from engine.scenario.written import as_written, element_of, is_expression, kind_of

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
"""What may have become of something."""

RULES, WORDS, TESTS = "rules", "words", "tests"
"""What a change bears on: how games go; only how they are told, or what they rest on; or what is promised of them."""

UNORDERED = (
    "by",
    "targets",
    "each",
    "action",
    "to",
    "of",
    "known_to",
    "evidence",
    "seats",
    "veto",
    "groups",
    "authors",
)
"""Lists whose order says nothing."""

TOLD = frozenset(
    {"title", "summary", "briefing", "authors", "in_text", "wants", "fears", "text", "dispatch", "passed", "failed"}
    | {"question", "evidence", "assumed", "deadline"}
)
"""Fields that change no game."""

JOINT = "\N{MIDDLE DOT}"
"""Stands for the dots of a name, so that Python reads the whole of it as one name, words such as ``is`` included."""

SHOWN = 100
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was."""

    kind: str
    path: Path
    old: Any
    """What was written; None where nothing was."""
    new: Any
    words: str
    """Where it is, in words."""

    @property
    def where(self) -> str:
        """Where it is, as a dotted path."""
        return dotted(self.path)

    @property
    def bears_on(self) -> str:
        """The rules, the words, or the tests."""
        if self.path[0] in ("expect", "cases"):
            return TESTS
        is_label = self.path[0] in ("flags", "actor_flags") or self.path[2:3] == ("scale",)
        fields = self.path[2:] if len(self.path) > 1 else self.path
        is_told = (is_label and self.kind == CHANGED) or any(step in TOLD for step in fields)
        return WORDS if is_told else RULES


def changes(first: Scenario, second: Scenario) -> tuple[Change, ...]:
    """Everything that means something else in the second scenario, in the order of the format."""
    old, new = meaning(first, Scenario), meaning(second, Scenario)
    told = (
        Change(kind, path, before, now, in_words(path, (new, old)))
        for kind, path, before, now in compared((), old, new)
    )
    return tuple(change for change in (*told, *order_of_votes(first, second)) if change.path != ("id",))


def meaning(value: Any, kind: Any) -> Any:
    """A record as plain data in which two things are equal where they mean the same."""
    match value:
        case BaseModel():
            return {key: meaning(part, kind_of(type(value), key)) for key, part in as_written(value).items()}
        case dict() if is_expression(kind):  # a number in doubt
            return dict(value)
        case dict():
            return {name_of(key): meaning(part, element_of(kind)) for key, part in value.items()}
        case list() | tuple():
            return [meaning(part, element_of(kind)) for part in value]
        case str() if is_expression(kind):
            return normal(value)
    return value


def name_of(key: Any) -> str:
    """The key of a mapping, as it is written."""
    return f"{key:g}" if isinstance(key, float) else str(key)


def normal(expression: str) -> str:
    """An expression without its layout and needless brackets."""
    joined = NAME.sub(lambda name: name[0].replace(".", JOINT), expression.strip())
    return ast.unparse(ast.parse(joined, mode="eval")).replace(JOINT, ".")


Found = tuple[str, Path, Any, Any]


def compared(path: Path, old: Any, new: Any) -> Iterator[Found]:
    """What differs between two values of the same place."""
    if old == new and not path_is_ordered(path):
        return
    match old, new:
        case dict(), dict():
            yield from compared_mappings(path, old, new)
        case list(), list() if path[-1:] == ("endings",):
            yield from compared_mappings(path, by_key(old, "id"), by_key(new, "id"))
            yield from moved(path, [e["id"] for e in old], [e["id"] for e in new])
        case list(), list() if path[-1:] == ("expect",):
            yield from compared_mappings(path, by_promise(old), by_promise(new))
        case list(), list() if path[-1] in UNORDERED or path[0] in UNORDERED:
            yield from compared_sets(path, old, new)
        case list(), list() if any(isinstance(part, dict) for part in (*old, *new)):
            yield from compared_lists(path, old, new)
        case _ if old != new:
            yield CHANGED, path, old, new


def path_is_ordered(path: Path) -> bool:
    """Whether something is a list whose order is compared besides what is in it."""
    return path[-1:] == ("endings",)


def compared_mappings(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Found]:
    """Key by key: those of the first in their order, then those that are new."""
    for key, before in old.items():
        if key in new:
            yield from compared((*path, key), before, new[key])
        else:
            yield REMOVED, (*path, key), before, None
    yield from ((ADDED, (*path, key), None, now) for key, now in new.items() if key not in old)


def compared_sets(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Found]:
    """What is in one list and not in the other."""
    before, now = ({as_json(part): part for part in parts} for parts in (old, new))
    yield from ((REMOVED, path, part, None) for key, part in before.items() if key not in now)
    yield from ((ADDED, path, None, part) for key, part in now.items() if key not in before)


def compared_lists(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Found]:
    """Entry by entry, once those that are the same have been laid beside each other."""
    matcher = SequenceMatcher(None, [as_json(part) for part in old], [as_json(part) for part in new], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            pairs = partners(old, range(first, last), new, range(begin, end))
            for before, now in pairs:
                yield from compared((*path, now), old[before], new[now])
            kept = {before for before, _ in pairs}, {now for _, now in pairs}
            yield from (
                (REMOVED, (*path, place), old[place], None) for place in range(first, last) if place not in kept[0]
            )
            yield from (
                (ADDED, (*path, place), None, new[place]) for place in range(begin, end) if place not in kept[1]
            )


def partners(old: Sequence[Any], before: range, new: Sequence[Any], now: range) -> list[tuple[int, int]]:
    """Which entries of two stretches are likely to be the same one: those that say the same kinds of thing."""
    pairs: list[tuple[int, int]] = []
    left = list(now)
    for place in before:
        alike = [other for other in left if keys(old[place]) == keys(new[other])] or left[: len(before) == len(now)]
        if alike:
            pairs.append((place, alike[0]))
            left.remove(alike[0])
    return pairs


def keys(value: Any) -> frozenset[str]:
    """What a record says something about, one level down as well."""
    if not isinstance(value, dict):
        return frozenset()
    inner = (f"{key}.{name}" for key, part in value.items() if isinstance(part, dict) for name in part)
    return frozenset((*value, *inner))


def moved(path: Path, old: Sequence[str], new: Sequence[str]) -> Iterator[Found]:
    """The order of what is in both lists, where it is another."""
    before, now = [name for name in old if name in new], [name for name in new if name in old]
    if before != now:
        yield MOVED, path, before, now


def order_of_votes(first: Scenario, second: Scenario) -> Iterator[Change]:
    """The order in which questions are voted on, where it is another."""
    old, new = ([name for name, action in s.actions.items() if action.vote is not None] for s in (first, second))
    for kind, path, before, now in moved(("actions",), old, new):
        yield Change(kind, path, before, now, "the order in which questions are voted on")


def by_key(records: Sequence[Any], key: str) -> dict[str, Any]:
    """Records by what one of their fields says."""
    return {str(record[key]): record for record in records}


def by_promise(records: Sequence[Any]) -> dict[str, Any]:
    """Expectations by what they are about."""
    found = {}
    for record in records:
        about = record.get("never") or record.get("chance") or ""
        found[f"{about} given {record['given']}" if "given" in record else about] = record
    return found


def as_json(value: Any) -> str:
    """Plain data as text, the same for the same content."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def in_words(path: Path, contents: Sequence[Any]) -> str:
    """Where something is, by the titles of what it belongs to, such as *Russia: Kosovo's status: salience*."""
    words: list[str] = []
    for depth, step in enumerate(path):
        title = titled(path[: depth + 1], contents)
        if title is not None and len(words) == depth == 1:
            words = []
        words.append(title or (f"number {step + 1}" if isinstance(step, int) else str(step).replace("_", " ")))
    return ": ".join(word for word in words if word != "stances")


def titled(path: Path, contents: Sequence[Any]) -> str | None:
    """The title of what stands at a path in any of the contents; of a stance, that of its issue."""
    if len(path) == 4 and path[2] == "stances":
        path = ("issues", path[3])
    for content in contents:
        here = content
        for step in path:
            if isinstance(here, list):
                entries: dict[Any, Any] = by_key(here, "id") if path[0] == "endings" else dict(enumerate(here))
                here = entries.get(step)
            else:
                here = here.get(step) if isinstance(here, dict) else None
        if isinstance(here, dict) and isinstance(here.get("title"), str):
            return str(here["title"])
    return None


def spelled(value: Any) -> str:
    """A value in a line: a record by its title, where it has one."""
    if isinstance(value, dict) and "title" in value:
        return shortened(value["title"], SHOWN)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return shortened(", ".join(value), SHOWN)
    return shortened(value if isinstance(value, str) else as_json(value), SHOWN)
