"""What each run draws for the numbers of a scenario that are in doubt, or is given for them by a design point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.expressions import exponential, logarithm
from engine.rules.draws import Draws
from engine.scenario.doubts import Doubtful, plain, replaced

if TYPE_CHECKING:
    from engine.rules.arrays import Numbers, Rows
    from engine.scenario.models import Scenario

Given = Mapping[str, "Numbers"]
"""By the path of a number in doubt, what it is in each run, where that is not drawn: shape (runs,) each."""

NOTHING: Given = {}


def drawn(number: Doubtful, draws: Draws) -> Numbers:
    """What a number is in each run: shape (runs,); another number in doubt changes nothing of it."""
    u = draws.uniforms(number.stream, 0)[0]
    low, high = number.low, number.high
    match number.shape:
        case _ if number.among:
            return np.array(number.among)[place_among(len(number.among), u)]
        case "peaked":
            found = of_triangle(low, number.value, high, u)
        case "orders":
            found = of_orders(low, high, u)
        case _:
            found = low + u * (high - low)
    held: Numbers = np.clip(found, low, high)
    return held


def place_among(many: int, u: Numbers) -> Rows:
    """Which of so many things, all alike, lies at a share ``u`` of them: shape of ``u``."""
    found: Rows = np.minimum((u * many).astype(np.intp), many - 1)
    return found


def of_orders(low: float, high: float, u: Numbers) -> Numbers:
    """Where a share ``u`` of what lies between two ends lies below, all orders of magnitude alike: shape of ``u``."""
    within: Numbers = np.clip(low * exponential(u * logarithm(np.array(high / low))), low, high)
    return within


def of_triangle(low: float, mode: float, high: float, u: Numbers) -> Numbers:
    """The same of a triangle."""
    span, rising, falling = high - low, mode - low, high - mode
    low_side = low + np.sqrt(u * span * rising)
    high_side = high - np.sqrt((1.0 - u) * span * falling)
    return np.where(u * span < rising, low_side, high_side)


def numbers_of(doubts: Iterable[Doubtful], draws: Draws, given: Given = NOTHING) -> dict[str, Numbers]:
    """By the path of each number in doubt, what it is in each run: shape (runs,) each."""
    return {number.path: given[number.path] if number.path in given else drawn(number, draws) for number in doubts}


def settled(scenario: Scenario, seed: int, run: int) -> Scenario:
    """A scenario as one run has it: with the numbers that the run draws in place of those in doubt."""
    found = numbers_of(scenario.doubts, Draws(seed, run, 1))
    is_so: Scenario = replaced(scenario, lambda number: plain(number, float(found[number.path][0])))
    return is_so
