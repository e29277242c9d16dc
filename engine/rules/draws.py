"""Chance as a pure function of (seed, stream, counter, run).

Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (SC11): a counter-based generator needs
no state to be carried from draw to draw, so a run alone is the run among any others.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.expressions import cosine_of_turns, logarithm
from engine.rules.arrays import Numbers, Rows

Words = NDArray[np.uint64]
"""64-bit numbers, of any shape."""

ROUNDS = 10
FACTORS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
KEY_STEPS = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
"""Philox4x64's constants (Salmon et al., SC11)."""
WORD = (1 << 64) - 1
HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
SPARE = np.uint64(11)
PER_BIT = 1.0 / 9007199254740992.0
"""2^-53: the upper 53 bits of a word times this are a uniform number in [0, 1)."""

ALONE = 3
"""So many runs are drawn one by one, by whole numbers of Python, more quickly than side by side."""


PER_RUN = 4
"""Uniforms that one draw gives a run: one block of Philox4x64."""


@lru_cache(maxsize=65_536)
def stream_key(stream: str) -> int:
    """A 64-bit number for a stream's name, the same on every machine and in every process."""
    return int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")


def uniforms_at(seed: int, key: int, runs: Words, counters: Words) -> Numbers:
    """Four numbers in [0, 1) for each run at its counter: shape (4, runs)."""
    if len(runs) <= ALONE:
        words = [_one(seed, key, run, counter) for run, counter in zip(runs.tolist(), counters.tolist(), strict=True)]
        return np.array(words, dtype=np.uint64).reshape(-1, 4).T.__rshift__(SPARE).astype(np.float64) * PER_BIT
    block = _blocks(seed, key, runs, counters)
    return np.stack(block).__rshift__(SPARE).astype(np.float64) * PER_BIT


def _one(seed: int, key: int, run: int, counter: int) -> tuple[int, int, int, int]:
    c0, c1, c2, c3 = (run + 1) & WORD, counter, 0, 0
    for _ in range(ROUNDS):
        first, second = FACTORS[0] * c0, FACTORS[1] * c2
        c0, c1, c2, c3 = (second >> 64) ^ c1 ^ seed, second & WORD, (first >> 64) ^ c3 ^ key, first & WORD
        seed, key = (seed + KEY_STEPS[0]) & WORD, (key + KEY_STEPS[1]) & WORD
    return c0, c1, c2, c3


def _blocks(seed: int, key: int, runs: Words, counters: Words) -> tuple[Words, Words, Words, Words]:
    c0, c1 = runs + np.uint64(1), counters
    c2, c3 = np.zeros_like(c0), np.zeros_like(c0)
    for _ in range(ROUNDS):
        high, low = _product(FACTORS[0], c0)
        upper, lower = _product(FACTORS[1], c2)
        c0, c1, c2, c3 = upper ^ c1 ^ np.uint64(seed), lower, high ^ c3 ^ np.uint64(key), low
        seed, key = (seed + KEY_STEPS[0]) & WORD, (key + KEY_STEPS[1]) & WORD
    return c0, c1, c2, c3


def _product(factor: int, words: Words) -> tuple[Words, Words]:
    """The upper and the lower 64 bits of a product, from those of halves."""
    f1, f0 = np.uint64(factor >> 32), np.uint64(factor & 0xFFFFFFFF)
    w1, w0 = words >> HALF, words & LOW
    middle = f1 * w0 + ((f0 * w0) >> HALF)
    other = f0 * w1 + (middle & LOW)
    high: Words = f1 * w1 + (middle >> HALF) + (other >> HALF)
    return high, words * np.uint64(factor)


class Draws:
    """The chance of a block of consecutive runs under one seed."""

    def __init__(self, seed: int, first_run: int, runs: int) -> None:
        """Runs ``first_run`` to ``first_run + runs - 1``."""
        self.seed, self.first_run, self.runs = seed, first_run, runs
        self._source = np.random.Philox(key=0)
        self._uniforms = np.random.Generator(self._source)
        self._fresh = self._source.state

    @property
    def numbers(self) -> NDArray[np.uint64]:
        """The number of each run: shape (runs,)."""
        return np.arange(self.first_run, self.first_run + self.runs, dtype=np.uint64)

    def uniforms(self, stream: str, turn: int) -> Numbers:
        """Four numbers in [0, 1) for each run: shape (4, runs)."""
        return self._draw(stream, turn, self.first_run, self.runs)

    def _draw(self, stream: str, turn: int, first_run: int, runs: int) -> Numbers:
        block = self._fresh["state"]
        block["counter"][:] = (first_run, turn, 0, 0)
        block["key"][:] = (self.seed, stream_key(stream))
        self._source.state = self._fresh
        return np.ascontiguousarray(self._uniforms.random((runs, PER_RUN)).T)

    def of(self, columns: Rows) -> Draws:
        """The chance of some of these runs, by their places in the block."""
        return _SomeDraws(self, columns)

    def repeated(self, times: int) -> Draws:
        """The same runs over again, so many times side by side: common chance for things to be compared."""
        return _RepeatedDraws(self, times)

    def normal(self, stream: str, turn: int) -> Numbers:
        """One standard normal deviate for each run, shape (runs,), by Box and Muller (1958)."""
        first, second, *_ = self.uniforms(stream, turn)
        deviate: Numbers = np.sqrt(-2.0 * logarithm(1.0 - first)) * cosine_of_turns(second)
        return deviate


FEW = 12
"""So many runs are cheaper drawn one by one than picked out of a block of a thousand or more."""


class _SomeDraws(Draws):
    """The chance of some runs of a block."""

    def __init__(self, block: Draws, columns: Rows) -> None:
        self.seed, self.first_run, self.runs = block.seed, block.first_run, block.runs
        self._block, self._columns = block, columns

    @property
    def numbers(self) -> NDArray[np.uint64]:
        """The number of each of the runs: shape (columns,)."""
        return self._block.numbers[self._columns]

    def uniforms(self, stream: str, turn: int) -> Numbers:
        """Four numbers in [0, 1) for each of the runs: shape (4, columns)."""
        if type(self._block) is not Draws or len(self._columns) > FEW:
            return self._block.uniforms(stream, turn)[:, self._columns]
        ones = [self._block._draw(stream, turn, self.first_run + int(column), 1) for column in self._columns]
        return np.concatenate(ones, axis=1)


class _RepeatedDraws(Draws):
    """The chance of a block of runs, several times side by side."""

    def __init__(self, block: Draws, times: int) -> None:
        self.seed, self.first_run, self.runs = block.seed, block.first_run, block.runs * times
        self._block, self._times = block, times

    @property
    def numbers(self) -> NDArray[np.uint64]:
        """The number of each run, repeated: shape (runs * times,)."""
        return np.tile(self._block.numbers, self._times)

    def uniforms(self, stream: str, turn: int) -> Numbers:
        """Four numbers in [0, 1) for each run, repeated: shape (4, runs * times)."""
        return np.tile(self._block.uniforms(stream, turn), self._times)


def waits(first: Numbers) -> Numbers:
    """Waits with a mean of 1, from uniform numbers: exponential by inversion."""
    wait: Numbers = -logarithm(1.0 - first)
    return wait
