"""Section 5 of the design: a draw is a function of (seed, stream, tick, run) and of nothing else."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from tests.reference.arithmetic import cosine_of_turns, logarithm


@dataclass(frozen=True)
class Chance:
    """The chance of one run."""

    seed: int
    run: int

    def uniforms(self, stream: str, tick: int) -> list[float]:
        """Four numbers in [0, 1) for what a stream decides in a pace."""
        name = hashlib.blake2b(stream.encode(), digest_size=8).digest()
        key = np.array([self.seed, int.from_bytes(name, "little")], dtype=np.uint64)
        counter = np.array([self.run, tick, 0, 0], dtype=np.uint64)
        drawn: list[float] = np.random.Generator(np.random.Philox(key=key, counter=counter)).random(4).tolist()
        return drawn

    def normal(self, stream: str) -> float:
        """A standard normal deviate, drawn before the first pace, by Box and Muller."""
        first, second, *_ = self.uniforms(stream, 0)
        return math.sqrt(-2.0 * logarithm(1.0 - first)) * cosine_of_turns(second)
