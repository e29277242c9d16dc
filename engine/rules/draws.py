"""Chance as a pure function of (seed, stream, counter, run).

Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (SC11): a counter-based generator needs
no state to be carried from draw to draw, so a run alone is the run among any others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.expressions import cosine_of_turns, logarithm
from engine.expressions.portable import BLOCK
from engine.rules.arrays import Numbers, Rows

Words = NDArray[np.uint64]
"""64-bit numbers, of any shape."""

PER_RUN = 4
"""Uniforms that one draw gives a run: one block of Philox4x64."""

SCATTERED, CHEAP = 16, 1000
"""Runs that nobody asks for are drawn with those between which they lie, up to so many for each, and so many in all."""


@lru_cache(maxsize=65_536)
def stream_key(stream: str) -> int:
    """A 64-bit number for a stream's name, the same on every machine and in every process."""
    return int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")


ROUNDS: Final = 10
FACTORS: Final = (np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157))
KEY_STEPS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B))
"""Philox4x64's constants (Salmon et al., SC11)."""
HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
SPARE, PER_BIT = np.uint64(11), 1.0 / 9007199254740992.0
"""The upper 53 bits of a word times 2^-53 are a uniform number in [0, 1)."""

BESIDE: Final = 12
"""Streams of so few runs are drawn side by side, which is cheaper than to set numpy's generator to each."""


def uniforms_beside(seed: int, keys: Words, runs: Words, counter: int) -> Numbers:
    """Four numbers in [0, 1) of each stream for each run: shape (4, streams, runs)."""
    c0, key = np.broadcast_arrays(runs + np.uint64(1), keys[:, np.newaxis])
    c1, c2 = np.full_like(c0, counter), np.zeros_like(c0)
    c3, own = c2, np.full((1, 1), seed, np.uint64)
    for _ in range(ROUNDS):
        high, low = _product(FACTORS[0], c0)
        upper, lower = _product(FACTORS[1], c2)
        c0, c1, c2, c3 = upper ^ c1 ^ own, lower, high ^ c3 ^ key, low
        own, key = own + KEY_STEPS[0], key + KEY_STEPS[1]
    found: Numbers = (np.stack((c0, c1, c2, c3)) >> SPARE).astype(np.float64) * PER_BIT
    return found


def _product(factor: np.uint64, words: Words) -> tuple[Words, Words]:
    """The upper and the lower 64 bits of a product, from those of halves."""
    f1, f0, w1, w0 = factor >> HALF, factor & LOW, words >> HALF, words & LOW
    middle = f1 * w0 + ((f0 * w0) >> HALF)
    other = f0 * w1 + (middle & LOW)
    high: Words = f1 * w1 + (middle >> HALF) + (other >> HALF)
    return high, words * factor


class Source:
    """numpy's generator of this kind, set to a new place before each use. Not for two threads at once."""

    def __init__(self) -> None:
        self._source = np.random.Philox(key=0)
        self._uniforms = np.random.Generator(self._source)
        self._fresh = self._source.state

    def block(self, seed: int, key: int, first_run: int, runs: int, counter: int) -> Numbers:
        """Four numbers in [0, 1) for each of some consecutive runs: shape (runs, 4)."""
        block = self._fresh["state"]
        block["counter"][:] = (first_run, counter, 0, 0)
        block["key"][:] = (seed, key)
        self._source.state = self._fresh
        return self._uniforms.random((runs, PER_RUN))

    def some(self, seed: int, key: int, runs: Words, counter: int) -> Numbers:
        """The same for any runs: shape (runs, 4)."""
        first, last = int(runs.min()), int(runs.max())
        if last - first < SCATTERED * len(runs) + CHEAP:
            drawn = self.block(seed, key, first, last - first + 1, counter)
            return drawn[(runs - np.uint64(first)).view(np.intp)]
        return np.concatenate([self.block(seed, key, run, 1, counter) for run in runs.tolist()])


class Draws:
    """The chance of a block of consecutive runs under one seed."""

    def __init__(self, seed: int, first_run: int, runs: int) -> None:
        """Runs ``first_run`` to ``first_run + runs - 1``."""
        self.seed, self.first_run, self.runs = seed, first_run, runs
        self._source = Source()

    @property
    def numbers(self) -> NDArray[np.uint64]:
        """The number of each run: shape (runs,)."""
        return np.arange(self.first_run, self.first_run + self.runs, dtype=np.uint64)

    def uniforms(self, stream: str, tick: int) -> Numbers:
        """Four numbers in [0, 1) for each run: shape (4, runs)."""
        return self._draw(stream, tick, self.first_run, self.runs)

    def _draw(self, stream: str, tick: int, first_run: int, runs: int) -> Numbers:
        drawn = self._source.block(self.seed, stream_key(stream), first_run, runs, tick)
        return np.ascontiguousarray(drawn.T)

    def of(self, columns: Rows) -> Draws:
        """The chance of some of these runs, by their places in the block."""
        return _SomeDraws(self, columns)

    def repeated(self, times: int) -> Draws:
        """The same runs over again, so many times side by side: common chance for things to be compared."""
        return _RepeatedDraws(self, times)

    def each(self, times: int) -> Draws:
        """Each of these runs so many times, its copies beside each other: the same chance in another order."""
        return _EachDraws(self, times)

    def normal(self, stream: str, tick: int) -> Numbers:
        """One standard normal deviate for each run, shape (runs,), by Box and Muller (1958)."""
        return _normal(*self.uniforms(stream, tick)[:2])

    def normals(self, streams: Sequence[str], tick: int) -> Numbers:
        """The same of several streams: shape (streams, runs)."""
        if self.runs <= BESIDE:
            keys = np.array([stream_key(stream) for stream in streams], dtype=np.uint64)
            return _normal(*uniforms_beside(self.seed, keys, self.numbers, tick)[:2])
        found, at_once = np.empty((len(streams), self.runs)), max(1, BLOCK // self.runs)
        for first in range(0, len(streams), at_once):
            drawn = [self.uniforms(stream, tick)[:2] for stream in streams[first : first + at_once]]
            found[first : first + at_once] = _normal(*np.stack(drawn, axis=1))
        return found


def _normal(first: Numbers, second: Numbers) -> Numbers:
    """Standard normal deviates from two uniform numbers each."""
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

    def uniforms(self, stream: str, tick: int) -> Numbers:
        """Four numbers in [0, 1) for each of the runs: shape (4, columns)."""
        if type(self._block) is not Draws or len(self._columns) > FEW:
            return self._block.uniforms(stream, tick)[:, self._columns]
        ones = [self._block._draw(stream, tick, self.first_run + int(column), 1) for column in self._columns]
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

    def uniforms(self, stream: str, tick: int) -> Numbers:
        """Four numbers in [0, 1) for each run, repeated: shape (4, runs * times)."""
        return np.tile(self._block.uniforms(stream, tick), self._times)


class _EachDraws(_RepeatedDraws):
    """The chance of a block of runs, each several times beside itself."""

    @property
    def numbers(self) -> NDArray[np.uint64]:
        """The number of each run, repeated: shape (runs * times,)."""
        return np.repeat(self._block.numbers, self._times)

    def uniforms(self, stream: str, tick: int) -> Numbers:
        """Four numbers in [0, 1) for each run, repeated: shape (4, runs * times)."""
        return np.repeat(self._block.uniforms(stream, tick), self._times, axis=1)
