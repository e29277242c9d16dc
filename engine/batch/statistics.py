"""Shares with their uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""The two-sided 95 % point of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the ends of the 95 % Wilson score interval (Wilson 1927)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, or 0 of none."""
        return self.count / self.of if self.of else 0.0


def share_of(count: int, of: int, z: float = Z_95) -> Share:
    """A share with its Wilson interval; from 0 to 1 where there is nothing to count."""
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, square = count / of, z * z / of
    middle = (p + square / 2) / (1 + square)
    reach = z / (1 + square) * math.sqrt(p * (1 - p) / of + square / (4 * of))
    return Share(count, of, max(0.0, middle - reach), min(1.0, middle + reach))
