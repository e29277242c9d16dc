"""Where the parts of a batch go: what every such place does, and nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Protocol

from engine.batch.running.making import Made, Notes
from engine.batch.running.parts import Part

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Tables:
    """What a batch leaves beside its parts when they are all there."""

    failures: pl.DataFrame
    summary: pl.DataFrame | None


class Store(Protocol):
    """Keeps parts."""

    is_lasting: ClassVar[bool]
    """Whether what is kept outlasts the batch."""

    def kept(self, part: Part) -> Notes | None:
        """What a part says of itself that is there already, whole and right; else None."""

    def keep(self, made: Made, part: Part) -> None:
        """Keep a part, made."""

    def counts(self, number: int) -> pl.DataFrame | None:
        """What a part adds to the summary of trajectories; None where no design point of it could be run."""


class NoStore:
    """Nowhere: parts are counted and forgotten."""

    is_lasting: ClassVar[bool] = False

    def kept(self, part: Part) -> Notes | None:
        """Nothing is there."""
        return None

    def keep(self, made: Made, part: Part) -> None:
        """It has been counted."""

    def counts(self, number: int) -> pl.DataFrame | None:
        """There are none."""
        return None


def remembering(store: Store, most: int = 8) -> Callable[[int], pl.DataFrame | None]:
    """The counts of parts, of which the last few are kept at hand."""
    return lru_cache(maxsize=most)(store.counts)
