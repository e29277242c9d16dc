"""Two pieces of work timed in turn, A B A B ..., by the processor's clock, and the ratio of each pair.

So a machine whose speed drifts does not favour either; how far the ratios lie apart says how noisy it was.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

ROUNDS = 5
"""How often each pair is timed, after a round that warms up."""

Timed = Callable[[], float]
"""Does some work, and says how many seconds of processor time it took."""


def timed(work: Callable[[], object], units: float = 1.0) -> Timed:
    """Some work of this process; the seconds of one of its units."""

    def seconds() -> float:
        begin = time.process_time()
        work()
        return (time.process_time() - begin) / units

    return seconds


def pairs(one: Timed, other: Timed) -> list[tuple[float, float]]:
    """Both in turn, round by round."""
    return [(one(), other()) for _ in range(ROUNDS + 1)][1:]


def head(title: str) -> str:
    """What stands above the lines: each piece of work, and the spread of their ratios."""
    return f"{title:<50}{'A':>10}{'B':>10}   A/B{'lowest':>10}{'median':>9}{'highest':>9}"


def line(name: str, found: Sequence[tuple[float, float]], unit: float = 1.0) -> str:
    """Median seconds of each, times ``unit``, and how many times one is the other, pair by pair."""
    first, second = (unit * statistics.median(times) for times in zip(*found, strict=True))
    ratios = [a / b for a, b in found]
    spread = f"{min(ratios):>10.4g}{statistics.median(ratios):>9.4g}{max(ratios):>9.4g}"
    return f"{name:<50}{first:>10,.4g}{second:>10,.4g}{'':>6}{spread}"
