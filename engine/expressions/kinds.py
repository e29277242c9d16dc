"""The two kinds of value, and what the owner of the names tells about each name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Kind(Enum):
    """What a value is: a number, or a yes/no that counts as 1 or 0 where a number is needed."""

    NUMBER = "number"
    YESNO = "yes/no"


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name stands for: its kind, the interval of values it can ever take, and its owner's own reference."""

    kind: Kind
    low: float
    high: float
    reference: Hashable


class Names(Protocol):
    """The names that may be used in one place; the scenario layer supplies it."""

    def find(self, name: str) -> Symbol | None:
        """Return what a (dotted) name stands for."""

    def find_member(self, name: str) -> Symbol | None:
        """Return what each actor of a group has under this name: the first argument of a group function."""

    def find_group(self, name: str) -> tuple[str, ...] | None:
        """Return the actors of a group, in order: the second argument of a group function."""

    def gone(self, name: str) -> str | None:
        """Say what is written instead of a name that there once was; None where there was none."""

    def known(self) -> Iterable[str]:
        """List the names that `find` knows, for spelling hints."""

    def known_members(self) -> Iterable[str]:
        """List the names that `find_member` knows, for spelling hints."""

    def known_groups(self) -> Iterable[str]:
        """List the names that `find_group` knows, for spelling hints."""
