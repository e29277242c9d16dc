"""Plain data that remembers at which line and column each key and value was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.scenario.problems import quoted
from engine.scenario.silencers import Silencer

Key = str | int | float
"""What a mapping may be keyed by."""

Path = tuple[Key, ...]
"""The keys and list positions that lead to a value."""

Content = None | bool | int | float | str | list["Content"] | dict[Key, "Content"]
"""What a file says, without its places."""

Position = tuple[int, int]
"""Line and column, both from 1."""

ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)|''|.", re.DOTALL)
"""One character of a quoted scalar as it was written."""

PLAIN, SINGLE, DOUBLE = "", "'", '"'
"""Styles of scalars in which a character's column can be told."""


NO_PARTS: Any = MappingProxyType({})
NO_KEYS: Any = MappingProxyType({})
"""What a scalar has instead of parts and keys."""


@dataclass(slots=True)
class Node:
    """A value with its place: where it starts, and what it holds."""

    position: Position
    content: Content = None
    parts: MutableMapping[Key, Node] = field(default_factory=lambda: NO_PARTS)
    """The values of a mapping by key, or of a list by position."""
    keys: MutableMapping[Key, Position] = field(default_factory=lambda: NO_KEYS)
    """Where each key of a mapping is written."""
    written: str = ""
    """A scalar of one line as it was written, with its quotes; empty where it spans lines."""
    style: str = ""
    flow: bool = False
    """Whether it is a mapping or list in brackets."""

    @property
    def is_scalar(self) -> bool:
        """Whether it holds no other values."""
        return not isinstance(self.content, (dict, list))

    def find(self, key: Key) -> Key | None:
        """The key that this stands for: itself, or the number that it spells."""
        if key in self.parts:
            return key
        return next((known for known in self.parts if str(known) == str(key)), None)


@dataclass(frozen=True)
class Document:
    """The content of one file, and the place of everything in it."""

    file: str
    root: Node
    silencers: tuple[Silencer, ...] = ()
    """The comments in it that accept findings."""

    @property
    def content(self) -> Content:
        """What the file says."""
        return self.root.content

    def locate(self, path: Path, key: bool = False) -> Position:
        """Where the value (or its key) at a path stands; failing that, what encloses it."""
        node, position = self.root, self.root.position
        for depth, step in enumerate(path, 1):
            found = node.find(step)
            if found is None:
                return node.position if node.is_scalar else position
            node, owner = node.parts[found], node
            position = owner.keys.get(found, node.position)
            if key and depth == len(path):
                return position
        return node.position

    def locate_within(self, path: Path, offset: int) -> Position:
        """Where the character at an offset of a text of one line stands; else where the text starts."""
        node = self.node(path)
        if node is None or not node.written:
            return self.locate(path)
        line, column = node.position
        if node.style == PLAIN:
            return line, column + offset
        return line, column + 1 + sum(len(unit) for unit in units(node.written[1:-1], offset))

    def holds(self, path: Path) -> bool:
        """Whether the file has something at exactly this path."""
        return self.node(path) is not None

    def node(self, path: Path) -> Node | None:
        """The value at exactly this path, with its places."""
        node = self.root
        for step in path:
            found = node.find(step)
            if found is None:
                return None
            node = node.parts[found]
        return node


def units(written: str, count: int) -> Iterator[str]:
    """The first characters of a quoted scalar, each as it was written."""
    for number, match in enumerate(ESCAPE.finditer(written)):
        if number >= count:
            return
        yield match[0]


def spelled(content: Content) -> str:
    """What a value is, in an author's words."""
    match content:
        case None:
            return "nothing"
        case bool():
            return f"the yes/no {str(content).lower()}"
        case int() | float():
            return f"the number {quoted(f'{content:g}' if isinstance(content, float) else content)[1:-1]}"
        case str():
            return f"text {quoted(content)}"
        case list():
            return "a list"
    return "a mapping"
