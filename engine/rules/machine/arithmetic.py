"""The portable functions and the generator of chance, one number at a time, as numba compiles them.

The statements are those of ``engine/expressions/portable.py`` and of Philox4x64-10 (Salmon et al., SC11), step by step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from engine.expressions import portable
from engine.rules.draws import FACTORS, KEY_STEPS, PER_BIT, ROUNDS, SPARE
from engine.rules.machine.lanes import exponential

L0, L1, L2, L3, L4, L5, L6 = portable.LOG_TERMS
LN2_HIGH, LN2_LOW, HALF_ROOT = portable.LN2_HIGH, portable.LN2_LOW, portable.HALF_ROOT

(KEY_STEP_0, KEY_STEP_1), (FACTOR_0, FACTOR_1) = KEY_STEPS, FACTORS
ONE = np.uint64(1)


@intrinsic
def upper_half(_context: Any, a: Any, b: Any) -> Any:
    """The upper 64 bits of a product of two 64-bit numbers."""

    def write(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        wide = ir.IntType(128)
        product = builder.mul(builder.zext(arguments[0], wide), builder.zext(arguments[1], wide))
        return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), write


@njit(error_model="numpy")
def logarithm(x):
    """The natural logarithm, as in ``engine/expressions/portable.py``."""
    twos = 0.0
    while x < HALF_ROOT:
        x *= 2.0
        twos -= 1.0
    f = x - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = z * L0
    r = z * (r + L1)
    r = z * (r + L2)
    r = z * (r + L3)
    r = z * (r + L4)
    r = z * (r + L5)
    r = z * (r + L6)
    half = 0.5 * f * f
    return twos * LN2_HIGH - ((half - (s * (half + r) + twos * LN2_LOW)) - f)


@njit(error_model="numpy")
def power(base, exponent):
    """A base in [0, 1] to an exponent, as in ``engine/expressions/portable.py``."""
    whole = int(exponent)
    result = 1.0
    for _ in range(whole):
        result = result * base
    rest = exponent - whole
    if rest > 0.0:
        result = result * (exponential(rest * logarithm(base)) if base > 0.0 else 0.0)
    return result


@njit(error_model="numpy")
def uniforms(seed, key, run, turn):
    """Four numbers in [0, 1) of a stream, for a run in a turn."""
    c0, c1, c2, c3 = run + ONE, np.uint64(turn), np.uint64(0), np.uint64(0)
    k0, k1 = seed, key
    for _ in range(ROUNDS):
        h0, l0 = upper_half(FACTOR_0, c0), FACTOR_0 * c0
        h1, l1 = upper_half(FACTOR_1, c2), FACTOR_1 * c2
        c0, c1, c2, c3 = h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0
        k0 += KEY_STEP_0
        k1 += KEY_STEP_1
    return (
        np.float64(np.int64(c0 >> SPARE)) * PER_BIT,
        np.float64(np.int64(c1 >> SPARE)) * PER_BIT,
        np.float64(np.int64(c2 >> SPARE)) * PER_BIT,
        np.float64(np.int64(c3 >> SPARE)) * PER_BIT,
    )
