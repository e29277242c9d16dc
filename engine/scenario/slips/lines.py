"""One line of YAML: its indentation, its key, and the text behind that, in quotation marks where it needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.signs import SPACES

WHITE = " \t" + SPACES
LINE = re.compile(rf"(?P<indent>[{WHITE}]*)(?P<dashes>(?:-[{WHITE}]+)*)(?P<key>(?:[^\s:#'\"\[\]{{}},][^:#]*?|'[^']*'|\"[^\"]*\")\s*:(?=\s|$))?(?P<gap>[ \t]*)(?P<value>.*?)[ \t\r]*")  # fmt: skip  # noqa: E501
"""What a line of block style is made of."""

COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")
"""A comment that looks like one: a space follows its sign."""


@dataclass(frozen=True)
class Line:
    """The parts of a line, in order."""

    indent: str
    dashes: str
    key: str
    gap: str
    value: str

    @classmethod
    def of(cls, text: str) -> Line:
        """A line taken apart; whatever it holds, its parts make up all of it but the space at its end."""
        found = LINE.fullmatch(text)
        assert found is not None, "every line has an indentation and a value, which may be empty"
        return cls(*(part or "" for part in found.groups()))

    def __str__(self) -> str:
        return f"{self.indent}{self.dashes}{self.key}{self.gap}{self.value}"

    @property
    def start(self) -> str:
        """What comes before the value."""
        return f"{self.indent}{self.dashes}{self.key}" + (self.gap or (" " if self.key else ""))


def in_quotes(text: str) -> str:
    """A text as a YAML scalar that means exactly it."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def without_comment(value: str) -> tuple[str, str]:
    """A value and the comment behind it, where that looks like one."""
    found = COMMENT.search(value)
    return (value[: found.start()].rstrip(), "  " + value[found.start() :].strip()) if found else (value, "")


def width(indent: str) -> int:
    """How many columns an indentation has, a tab as one."""
    return len(indent)
