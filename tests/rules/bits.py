"""One hash for three hundred runs of each bundled scenario: every cell of the state, every origin, ending and score.

``python -m tests.rules.bits`` prints them, which needs numpy, pydantic and pyyaml alone: for a processor, a Python or a
numpy that the suite does not run on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engine.rules import Rules
from engine.scenario.load import list_scenarios, load_scenario

KNOWN = Path(__file__).with_name("bits.txt")
"""The hashes, one line a scenario; ``make goldens`` writes it anew."""

RUNS = 300


def fingerprint(rules: Rules, seed: int = 1, runs: int = RUNS) -> str:
    """The hash of all that some runs come to."""
    world = rules.open(seed, 0, runs)
    rules.finish(world)
    told = hashlib.sha256()
    for numbers in (world.cells, world.origin, world.ending.astype("<i8"), rules.scores(world)):
        told.update(np.ascontiguousarray(numbers).tobytes())
    return told.hexdigest()


def lines() -> Iterator[str]:
    """A line for each bundled scenario."""
    for name in list_scenarios():
        yield f"{name} {fingerprint(Rules(load_scenario(name)))}\n"


if __name__ == "__main__":
    print(*lines(), sep="", end="")
