"""What the screens are opened with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """What is shown first: the title, the choice of a side, the game of a save, or the runs of a batch."""

    scenario: str | None = None
    save: str | None = None
    results: str | None = None
    seed: int | None = None
    is_ascii: bool = False
