"""One machine, asked by several threads: each gets what it would have got alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine.executors import EXECUTORS
from engine.rules import Rules
from engine.rules.world import World
from engine.scenario.load import load_scenario

THREADS, TIMES = 3, 3


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns at every opportunity."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def played(rules: Rules, number: int) -> World:
    """A game in halves: some paces one by one, asked about in between, then some more at a stretch."""
    world = rules.open(number, runs=3)
    for _ in range(4):
        rules.play_pace(world, *rules.begin_pace(world))
    rules.finish(world, paces=12)
    return world


@pytest.mark.parametrize("executor", EXECUTORS)
def test_threads_do_not_mix_their_worlds(executor: str, hasty: None):
    """Odds are looked ahead at on one thread while a turn takes its course on another."""
    rules = Rules(load_scenario("cuba-1962"), executor)
    alone = [played(rules, number) for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(lambda number: played(rules, number % THREADS), range(THREADS * TIMES)))
    for number, world in enumerate(together):
        other = alone[number % THREADS]
        assert np.array_equal(world.cells, other.cells), number
        assert np.array_equal(world.ending, other.ending), number
