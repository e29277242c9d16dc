"""How far a batch is, how fast it goes, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Pace:
    """Runs that are done, of how many, since when."""

    total: int = 0
    """Runs that are wanted; with ``until`` those that are wanted so far."""
    done: int = 0
    found: int = 0
    """Runs that were there already."""
    tell: Callable[[Pace], None] = lambda _: None
    """Told whenever something has changed."""
    started: float = field(default_factory=time.monotonic)

    def want(self, runs: int) -> None:
        """More runs are wanted."""
        self.total += runs
        self.tell(self)

    def find(self, runs: int) -> None:
        """Runs were there already."""
        self.found += runs
        self.advance(runs)

    def advance(self, runs: int) -> None:
        """More runs have closed; fewer than none where a worker died and its part is made again."""
        self.done += runs
        self.tell(self)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self.started

    @property
    def speed(self) -> float:
        """Runs a second, of those that were made here."""
        seconds = self.seconds
        return (self.done - self.found) / seconds if seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take at this speed; None as long as nobody knows."""
        speed = self.speed
        return (self.total - self.done) / speed if speed > 0 else None
