"""One moment of a game that is told again: how it stood, and how it came there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from engine.play.facts.ghost import Drift
from engine.play.journal_format import Sheet
from engine.play.record import Turn


@dataclass(frozen=True)
class Frame:
    """A game at the opening of a turn, or at its end."""

    number: int
    """How many turns have been played."""
    day: dt.date
    passed: Turn | None
    """The turn that led here; None at the start."""
    sheet: Sheet | None
    """How that turn was decided, where the record says."""
    stands: Turn
    """The world, and what the calendar has brought in the turn that opens."""
    positions: Mapping[str, Mapping[str, float]]
    """Where each actor stands, by issue and actor."""
    scores: Mapping[str, float]
    drift: Drift | None
    """How far the world is from the record; None where the scenario brings no history."""
    ending: str | None
    digest: str
    """A fingerprint of the state of the world."""
