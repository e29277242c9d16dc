"""The functions on arrays: the same bits alone and among many, no warnings, and a table that is whole."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine.expressions import FUNCTIONS, GroupFunction, Kind, NumberFunction, exponential
from engine.expressions.arrays import total

RUNS = 1000


def _values(shape: tuple[int, ...], seed: int) -> Any:
    random = np.random.default_rng(seed)
    return random.normal(size=shape) * 10.0 ** random.integers(-8, 9, size=shape)


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if isinstance(function, GroupFunction)])
def test_a_group_function_gives_a_run_alone_the_bits_it_has_among_many(name: str) -> None:
    """For groups of 1 to 60, a run alone, in a slice, and among 1,000 has the same bits."""
    function = FUNCTIONS[name]
    assert isinstance(function, GroupFunction)
    for actors in range(1, 61):
        members = _values((actors, RUNS), actors)
        members = members > 0 if function.member is Kind.YESNO else members
        capability = np.abs(_values((actors,), 99))
        together = function.run(members, capability)
        assert together.dtype == (np.bool_ if function.kind is Kind.YESNO else np.float64)
        for run in range(0, RUNS, 97):
            alone = function.run(members[:, run : run + 1].copy(), capability)
            strided = function.run(members[:, run : run + 1], capability)
            assert alone.tobytes() == strided.tobytes() == together[run : run + 1].tobytes()


def test_a_sum_is_added_in_order() -> None:
    """The sum of 60 members is the running sum, which numpy's own sum is not."""
    numbers = _values((60, 1), 1)
    running = 0.0
    for number in numbers[:, 0]:
        running += number
    assert total(numbers)[0] == running


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if isinstance(function, NumberFunction)])
def test_a_function_of_numbers_gives_a_run_alone_the_bits_it_has_among_many(name: str) -> None:
    """A run alone, as a bare scalar, in a strided view and among 1,003 has the same bits; signed zeros too."""
    function = FUNCTIONS[name]
    assert isinstance(function, NumberFunction)
    arguments = [_values((1003,), seed) for seed in range(function.least)]
    for argument in arguments:
        argument[::5] = 0.0
    arguments[0][::10] = -0.0
    together = function.run(*arguments)
    backwards = function.run(*[argument[::-1] for argument in arguments])[::-1]
    assert together.tobytes() == backwards.tobytes()
    for run in range(1003):
        alone = function.run(*[argument[run : run + 1].copy() for argument in arguments])
        scalar = function.run(*[argument[run] for argument in arguments])
        assert alone.tobytes() == scalar.tobytes() == together[run].tobytes()


def test_exp_is_right() -> None:
    """exp is within 1e-15 of the true value, and held at 50 either way."""
    for x in np.linspace(-50, 50, 5003):
        assert exponential(np.array([x]))[0] == pytest.approx(math.exp(x), rel=1e-15, abs=0)
    zero, far, high, low, below = exponential(np.array([0.0, 1e99, 50.0, -50.0, -1e99]))
    assert zero == 1.0
    assert far == high
    assert below == low


def test_weight_of_a_group_without_capability_is_zero() -> None:
    """Nobody's capability is no weight, not a division by zero."""
    function = FUNCTIONS["weight"]
    assert isinstance(function, GroupFunction)
    assert function.run(np.ones((2, 3), dtype=bool), np.zeros(2)).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_table_is_whole(name: str) -> None:
    """Each function has a signature that begins with its name, and one sentence."""
    function = FUNCTIONS[name]
    assert function.signature.startswith(f"{name}(")
    assert function.doc.endswith(".")
    assert 1 <= function.least <= function.most <= 8
