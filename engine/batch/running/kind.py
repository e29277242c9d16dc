"""What a worker is, as far as its runs depend on it: the engine, numpy, and how its machine reckons.

How it reckons is not guessed from the name of a processor: it plays the first runs of the job, and the bits of all
that they come to are compared.
"""

from __future__ import annotations

import hashlib

import numpy as np
from pydantic import BaseModel, ConfigDict

import engine
from engine.batch.running.making import Maker
from engine.scenario.problems import ScenarioError, shortened

FIRST_RUNS = 8
"""So many runs tell one machine from another: thousands of numbers that each would differ if one did."""


class Kind(BaseModel):
    """A kind of worker; those of one kind make the same parts to the byte."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    engine: str
    numpy: str
    bits: str = ""
    """sha256 of what the first runs come to; empty where that was not asked."""

    @classmethod
    def here(cls) -> Kind:
        """The versions of this process."""
        return cls(engine=engine.__version__, numpy=np.__version__)

    @classmethod
    def of(cls, maker: Maker) -> Kind:
        """The kind of this process, as the job of this maker shows it."""
        return cls.here().model_copy(update={"bits": _bits(maker)})

    def has_versions_of(self, other: Kind) -> bool:
        """Whether engine and numpy are the same."""
        return (self.engine, self.numpy) == (other.engine, other.numpy)

    def against(self, here: Kind) -> str:
        """In what it is another than the one here, as the end of a sentence about it."""
        if not self.has_versions_of(here):
            return (
                f"has brinkmanship {shortened(self.engine)} and numpy {shortened(self.numpy)}, "
                f"and not {here.engine} and {here.numpy} as here: its runs might be others"
            )
        return (
            f"plays the first {FIRST_RUNS} runs otherwise than this machine, in some last bit at least: "
            "its results would not be the same"
        )


def _bits(maker: Maker) -> str:
    told = hashlib.sha256()
    try:
        ready = maker.prepare(0)
    except ScenarioError as error:
        return hashlib.sha256(str(error).encode()).hexdigest()
    rules, given = ready.rules, ready.family.given([0], FIRST_RUNS)
    world = rules.open(maker.job.plan.seed, 0, FIRST_RUNS, given=given)
    rules.finish(world)
    for numbers in (world.cells, world.day, world.ending.astype("<i8"), rules.scores(world)):
        told.update(np.ascontiguousarray(numbers).tobytes())
    return told.hexdigest()
