"""One thing that was looked at, and whether the game can live with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands."""

    FACT = "fact"
    GOOD = "good"
    LACKING = "lacking"
    """The game works without it, with something less."""
    BROKEN = "broken"
    """The game needs it."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do where it is not as it should be."""

    part: str
    name: str
    says: str
    state: State = State.FACT
    remedy: str = ""
