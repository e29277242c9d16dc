"""What was seen of a pace: deeds, votes and events, and the state as the next one opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.rules.arrays import Numbers, YesNo

Deed = tuple[int, ...]
"""Options by number of which one was taken: one where it is known which."""


@dataclass(frozen=True)
class Opened:
    """What is seen as a pace opens: what the calendar brought, and the state."""

    tick: int
    rows: YesNo
    """Which rows are seen: shape (rows,)."""
    cells: Numbers
    """What stands in them: shape (rows,)."""
    events: Mapping[int, int] = field(default_factory=dict)
    """Dated events that happened, by number, each with the number of its outcome."""
    gambles: Mapping[int, bool] = field(default_factory=dict)
    """What of that had a chance, by the number of the gamble, and whether it took place."""


@dataclass(frozen=True)
class Done:
    """What is seen of the rest of a pace."""

    deeds: tuple[Deed, ...] = ()
    ballots: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How members voted, by question."""
    events: Mapping[int, int] = field(default_factory=dict)
    """Undated events that happened, by number, each with the number of its outcome."""
    gambles: Mapping[int, bool] = field(default_factory=dict)
    legal: YesNo | None = None
    """Which options were legal, as far as they are its own: shape (options,); None where that is not seen."""
