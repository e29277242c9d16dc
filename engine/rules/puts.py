"""How an effect puts a question to a side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.rules.arrays import Rows, YesNo
from engine.rules.compiler import Compiler, Scope
from engine.scenario.models import Effect
from engine.scenario.names import SELF, TARGET, whom


@dataclass(frozen=True)
class Put:
    """A question that an effect puts to one of those whom it names: shape (doers,) each."""

    rows: Rows
    """Of each doer, the row of the moment by which it is to be answered."""
    may: YesNo
    """Of each doer, whether the question can be put to whom it means."""
    within: float
    """Days from the pace in which it is put to that moment."""


def compile_puts(compiler: Compiler, effect: Effect, scope: Scope, doers: int) -> Iterator[Put]:
    """The questions that an effect puts."""
    if effect.ask is None:
        return
    layout, ask = compiler.layout, compiler.scenario.asks[effect.ask]
    rows = layout.block("asked", effect.ask)
    to = np.isin(np.arange(len(layout.actors)), [layout.actors[actor] for actor in compiler.scenario.members(ask.to)])
    for word in whom(compiler.scenario, effect.ask, effect.of):
        actors = scope.actors(word) if word in (SELF, TARGET) else np.full(doers, layout.actors[word], dtype=np.intp)
        yield Put(rows[actors], to[actors], ask.within)
