"""How near the lockstep engine comes to what its arithmetic alone would cost.

One world is run with arrays that count what is done to them: how many elements each elementary operation of numpy
makes. Each kind of operation is then timed by itself, on arrays that stay in the first-level cache. The sum of
elements times cost is the least that these operations can take on this machine; what is above it is calls, memory
and Python.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.rules import Rules
from engine.rules.draws import Draws

IN_CACHE = 1024
"""Elements of the arrays on which operations are timed: 8 KiB."""


@dataclass
class Tally:
    """Elements made, by operation and type of result."""

    elements: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: int = 0

    def note(self, operation: str, result: Any) -> None:
        """Another array was made."""
        self.calls += 1
        self.elements[operation, np.asarray(result).dtype.kind] += np.size(result)


class Counted(np.ndarray):
    """An array that notes every elementary operation on it and on what comes of it."""

    tally = Tally()

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        plain = [i.view(np.ndarray) if isinstance(i, Counted) else i for i in inputs]
        into = {} if out is None else {"out": tuple(o.view(np.ndarray) if isinstance(o, Counted) else o for o in out)}
        result = getattr(ufunc, method)(*plain, **into, **options)
        worked_on = plain[0] if method != "__call__" else result
        self.tally.note(ufunc.__name__, worked_on)
        if out is not None:
            return out[0]
        return result.view(Counted) if isinstance(result, np.ndarray) else result

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if isinstance(key, np.ndarray):
            self.tally.note("take", found)
        return found


class CountedDraws(Draws):
    """Draws that note how many uniforms were made."""

    def _draw(self, stream: str, turn: int, first_run: int, runs: int) -> Any:
        drawn = super()._draw(stream, turn, first_run, runs)
        Counted.tally.note("philox", drawn)
        return drawn


def count(rules: Rules, runs: int) -> Tally:
    """What is done in the lives of some runs."""
    Counted.tally = Tally()
    world = rules.open(1, 0, runs)
    world.draws = CountedDraws(1, 0, runs)
    world.cells = world.cells.view(Counted)
    rules.finish(world)
    return Counted.tally


def cost_of(operation: str, kind: str) -> float:
    """Seconds an element, in cache."""
    rng = np.random.default_rng(0)
    numbers, flags = rng.random(IN_CACHE), rng.random(IN_CACHE) < 0.5
    if operation == "philox":
        draws = Draws(1, 0, IN_CACHE // 4)
        return _time(lambda: draws.uniforms("bench", 0))
    if operation == "take":
        source, rows = rng.random((64, IN_CACHE // 32)), np.arange(0, 64, 2)
        return _time(lambda: source.take(rows, axis=0))
    ufunc = getattr(np, operation)
    operand = flags if kind == "b" and operation.startswith(("bitwise", "logical", "invert")) else numbers
    arguments = [operand] * ufunc.nin if operation != "clip" else [numbers, 0.2, 0.8]
    out = ufunc(*arguments)
    return _time(lambda: ufunc(*arguments, out=out))


def _time(work: Callable[[], object]) -> float:
    """The shortest of several rounds: the cost without the call that brings it about."""
    rounds, repeats = 7, 400
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(repeats):
            work()
        best = min(best, (time.perf_counter() - begin) / repeats)
    return best / IN_CACHE


def least_seconds(tally: Tally) -> float:
    """What the counted operations cost at the least."""
    return sum(elements * cost_of(*operation) for operation, elements in tally.elements.items())


def report(rules: Rules, runs: int) -> str:
    """A line on time used against the limit, and the operations that make up most of it."""
    rules.finish(rules.open(1, 0, runs))
    begin = time.perf_counter()
    rules.finish(rules.open(1, 0, runs))
    used = time.perf_counter() - begin
    tally = count(rules, runs)
    limit = least_seconds(tally)
    most = sorted(((n * cost_of(*key), key, n) for key, n in tally.elements.items()), reverse=True)[:6]
    elements, calls = sum(tally.elements.values()) / runs, tally.calls / rules.scenario.turns
    share = f"{limit:.3f} s of the {used:.3f} s that the run took, {limit / used:.0%}"
    lines = [
        f"\nAgainst the limit, {runs:,} runs side by side: {elements:,.0f} elements a run, {calls:,.0f} calls a turn.",
        f"Elementary operations in cache would take {share}:",
        *(f"  {key[0]:<12}{n / runs:>10,.0f} elements a run{cost:>9.3f} s" for cost, key, n in most),
    ]
    return "\n".join(lines)
