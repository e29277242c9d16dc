"""What the screens are opened with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """What is shown first: the title, the choice of a side, the game of a save, the runs of a batch, the workshop."""

    scenario: str | None = None
    save: str | None = None
    results: str | None = None
    draft: str | None = None
    """The scenario that is being written; its author plays ``side``, or the first that may be played."""
    side: str | None = None
    people: tuple[str, ...] = ()
    """Sides that are taken where one is chosen: the first is in view, and where there are several, they all sit."""
    level: str | None = None
    """The difficulty there; the first of all where left out."""
    seed: int | None = None
    is_ascii: bool = False
    workers: int | None = None
    """Processes that look ahead, as in a crew: one for each core where left out, a thread of this process where 0."""
    afterwards: str | None = None
    """Who plays one's own side in the futures of the odds, after the open turn; the rule where left out."""
    futures: int | None = None
    """Of each plan that is looked at; as many as anybody could tell apart where left out."""
