"""How a calibration is run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.asked import DEFAULT_SEED, LARGEST_SEED
from engine.batch.running.progress import Pace


@dataclass(frozen=True)
class Size:
    """How much work a calibration is."""

    points: int = 200
    """Design points of each wave."""
    runs: int = 64
    """Runs of each point, of each crisis."""
    waves: int = 2
    """Waves at most."""
    scored: int = 1000
    """Fresh runs by which scores before and after are told."""


@dataclass(frozen=True)
class Running:
    """How much work is done, on whose chance, and by how many; the same size and seed give the same digits."""

    size: Size = Size()
    seed: int = DEFAULT_SEED
    workers: int = 1
    """Processes that share the work."""
    progress: Callable[[Pace], None] = lambda _: None
    """Is told how far the runs of a wave are."""

    @property
    def fresh(self) -> int:
        """Another seed: what was fitted to the chance of one is judged by that of another."""
        return self.seed_of(1)

    def seed_of(self, wave: int) -> int:
        """The seed by which the points of a wave are drawn; the first is number 0."""
        return (self.seed + wave) % (LARGEST_SEED + 1)
