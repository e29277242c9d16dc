"""The portable functions are as near to the true values as they promise."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import cosine_of_turns, exponential, logarithm, logistic, power

PI = Decimal("3.14159265358979323846264338327950288419716939937510")


def _units_off(found: float, exact: Decimal) -> float:
    """How many units in the last place a number is from the exact value."""
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


@given(st.floats(-50, 50))
def test_exp_is_within_its_units_of_the_last_place(x: float) -> None:
    """Against decimal arithmetic of 40 digits."""
    with localcontext(prec=40):
        assert _units_off(float(exponential(np.array([x]))[0]), Decimal(x).exp()) <= 1.2


@given(st.floats(2.0**-53, 1.0))
def test_log_is_within_a_unit_of_the_last_place(x: float) -> None:
    """Where it is used: for uniforms and for chances."""
    with localcontext(prec=40):
        exact = Decimal(x).ln()
        found = float(logarithm(np.array([x]))[0])
        assert found == 0.0 if x == 1.0 else _units_off(found, exact) <= 1.0


@given(st.floats(0, 1))
def test_the_cosine_of_a_part_of_a_turn_is_nearly_exact(turns: float) -> None:
    """Against the Taylor series in decimal arithmetic of 40 digits."""
    with localcontext(prec=40):
        x = 2 * PI * Decimal(turns)
        term = exact = Decimal(1)
        for n in range(1, 40):
            term *= -x * x / ((2 * n - 1) * (2 * n))
            exact += term
        assert abs(Decimal(float(cosine_of_turns(np.array([turns]))[0])) - exact) < Decimal("7e-16")


@pytest.mark.parametrize(("turns", "cosine"), [(0.0, 1.0), (0.25, 0.0), (0.5, -1.0), (0.75, 0.0), (1.0, 1.0)])
def test_quarter_turns_are_exact(turns: float, cosine: float) -> None:
    """No rounding of pi comes in."""
    assert cosine_of_turns(np.array([turns]))[0] == cosine


@given(st.floats(0, 1), st.sampled_from([1 / 168, 1 / 7, 0.5, 1.0, 2.0, 30 / 7]))
def test_a_power_is_the_power(base: float, exponent: float) -> None:
    """Whole exponents by multiplying, the rest by logarithms; nothing below e to the -50 is told from 0."""
    assert power(np.array([base]), exponent)[0] == pytest.approx(base**exponent, rel=1e-14, abs=2e-22)


@given(st.floats(-1000, 1000))
def test_the_two_sides_of_a_logistic_add_to_one(x: float) -> None:
    """And neither leaves 0 to 1."""
    up, down = logistic(np.array([x, -x]))
    assert up + down == pytest.approx(1.0, abs=1e-15)
    assert 0.0 < up <= 1.0


def test_an_element_is_the_same_in_every_array() -> None:
    """Alone, in a row, and in a table that is laid out the other way round."""
    rows = np.random.default_rng(1).uniform(-50, 50, (7, 129))
    whole = exponential(rows)
    assert np.array_equal(exponential(np.asfortranarray(rows)), whole)
    assert all(exponential(row[3:4])[0] == found[3] for row, found in zip(rows, whole, strict=True))
