"""Numbers in doubt, section 4 of the design: each run draws its own once, and has the scenario with these."""

from __future__ import annotations

import math

from engine.scenario.doubts import Doubtful, plain, replaced
from engine.scenario.models import Scenario
from tests.reference.arithmetic import exponential, logarithm
from tests.reference.chance import Chance


def settled(scenario: Scenario, chance: Chance) -> Scenario:
    """The scenario as a run has it."""
    is_so: Scenario = replaced(scenario, lambda number: plain(number, drawn(number, chance)))
    return is_so


def drawn(number: Doubtful, chance: Chance) -> float:
    """Where a number lies between its ends: anywhere, nearer to what it is held to be, of any order, or as listed."""
    low, best, high = number.low, number.value, number.high
    said = number.record
    u = chance.uniforms(f"together:{said.together}" if said.together else f"doubt:{number.path}", 0)[0]
    if number.among:
        return number.among[min(int(u * len(number.among)), len(number.among) - 1)]
    if number.shape == "orders":
        lies = low * exponential(u * logarithm(high / low))
    elif number.shape != "peaked":
        lies = low + u * (high - low)
    elif u * (high - low) < best - low:
        lies = low + math.sqrt(u * (high - low) * (best - low))
    else:
        lies = high - math.sqrt((1.0 - u) * (high - low) * (high - best))
    return min(max(lies, low), high)
