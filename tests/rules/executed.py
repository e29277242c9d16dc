"""A story by the program, in numpy and compiled."""

from __future__ import annotations

import pytest

from engine.executors import NUMBA, NUMPY
from engine.rules import Rules
from engine.scenario.models import Scenario

RUNS = 20


def go_the_same_way(scenario: Scenario) -> bool:
    """Whether some runs come to the same cells by both, to the last bit."""
    pytest.importorskip("numba")
    cells = []
    for rules in (Rules(scenario, executor) for executor in (NUMPY, NUMBA)):
        world = rules.open(3, 0, RUNS)
        rules.finish(world)
        cells.append(world.cells.tobytes())
    return cells[0] == cells[1]
