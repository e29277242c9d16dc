"""What a world may be, where somebody does not know it: other worlds, each with a weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Numbers, Rows
from engine.rules.draws import Words
from engine.rules.due import Due

GOLDEN = 0.6180339887498949
"""The golden ratio less 1: its multiples modulo 1 lie evenly between 0 and 1, however many there are (Weyl 1916)."""


@dataclass(frozen=True)
class Guesses:
    """N worlds that differ from one in what is not known of it."""

    rows: Rows
    """The rows of the state in which they differ: shape (hidden,)."""
    cells: Numbers
    """What stands there in each: shape (hidden, N)."""
    origin: Numbers
    """Positions at the start: shape (issues, actors, N)."""
    due: Due
    """What is put off in each."""
    reached: Numbers
    """The running sum of their weights, up to 1: shape (N,)."""

    def of(self, futures: Words) -> Rows:
        """From which world each future starts, by its number: each as often as its weight says, nearly evenly."""
        places = (futures.astype(np.float64) + 0.5) * GOLDEN % 1.0
        found: Rows = np.minimum(np.searchsorted(self.reached, places, side="right"), len(self.reached) - 1)
        return found
