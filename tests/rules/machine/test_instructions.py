"""Each instruction does what the table says, in all lanes and in one."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from engine.expressions import exponential, logistic
from engine.rules.machine.executor import LANES, execute_all, execute_one
from engine.rules.machine.instructions import NUMBER, TABLE
from engine.rules.machine.program import FIRST_ROW, GAIN, TURN

pytestmark = pytest.mark.slow
"The first use compiles."

D, A, B, C = range(FIRST_ROW, FIRST_ROW + 4)

Array = np.ndarray

MEANINGS: dict[str, Callable[[Array, Array, Array, Array], Array]] = {
    "ADD": lambda d, a, b, c: a + b,
    "SUB": lambda d, a, b, c: a - b,
    "MUL": lambda d, a, b, c: a * b,
    "DIV": lambda d, a, b, c: a / np.where(b == 0, 1.0, b),
    "NEG": lambda d, a, b, c: -a,
    "LT": lambda d, a, b, c: (a < b) * 1.0,
    "LE": lambda d, a, b, c: (a <= b) * 1.0,
    "GT": lambda d, a, b, c: (a > b) * 1.0,
    "GE": lambda d, a, b, c: (a >= b) * 1.0,
    "EQ": lambda d, a, b, c: (a == b) * 1.0,
    "NE": lambda d, a, b, c: (a != b) * 1.0,
    "OR": lambda d, a, b, c: np.maximum(a, b),
    "NOT": lambda d, a, b, c: 1.0 - a,
    "PICK": lambda d, a, b, c: np.where(a != 0, b, c),
    "MIN": lambda d, a, b, c: np.minimum(a, b) + 0.0,
    "MAX": lambda d, a, b, c: np.maximum(a, b) + 0.0,
    "HELD": lambda d, a, b, c: np.minimum(np.maximum(a, b), c),
    "ABS": lambda d, a, b, c: np.abs(a),
    "EXP": lambda d, a, b, c: exponential(a),
    "SQRT": lambda d, a, b, c: np.sqrt(np.maximum(a, 0.0) + 0.0),
    "LOGISTIC": lambda d, a, b, c: logistic(a),
    "RATIO": lambda d, a, b, c: np.where(np.abs(b) < 1e-9, c, a / np.where(b == 0, 1.0, b)),
    "SINCE": lambda d, a, b, c: np.where(a == -1.0, -1.0, b - a),
    "COPY": lambda d, a, b, c: a,
    "FAR": lambda d, a, b, c: np.abs(a - b),
    "NEARER": lambda d, a, b, c: d - np.abs(a - b),
    "NEARERP": lambda d, a, b, c: d - np.abs(a - b) * c,
    "MIX": lambda d, a, b, c: d + (c * a + (1.0 - c) * b),
    "RATE": lambda d, a, b, c: exponential(np.clip(a / np.where(c == 0, 1.0, c), -30.0, 30.0)) * b,
}
"""What each plain instruction gives, written once more."""

EDGES = (0.0, 1.0, -1.0, 0.5, -0.5, 49.9, -49.9, 60.0, -60.0, 1e-10, -1e-10, 1e9, -1e9, 30.0)


def _memory() -> Array:
    """Edge values against each other, then numbers of all sizes."""
    chance = np.random.default_rng(4)
    memory = chance.normal(size=(FIRST_ROW + 4, LANES)) * 10.0 ** chance.integers(-3, 4, size=(FIRST_ROW + 4, LANES))
    memory[D:, : len(EDGES)] = EDGES
    memory[A, len(EDGES) : 2 * len(EDGES)] = EDGES[::-1]
    return memory


def _prepared(name: str) -> Array:
    memory = _memory()
    if name in ("DIV", "RATE"):
        divisor = B if name == "DIV" else C
        memory[divisor][memory[divisor] == 0] = 1.0
    return memory


@pytest.mark.parametrize("name", MEANINGS)
def test_an_instruction_gives_the_bits_that_it_promises(name: str) -> None:
    """In all lanes at once, and in one lane after the other."""
    start = _prepared(name)
    code = np.array([[NUMBER[name], D, A, B, C]], dtype=np.int32)
    expected = MEANINGS[name](*(start[row] for row in (D, A, B, C)))
    wide, narrow = start.copy(), start.copy()
    execute_all(code, 0, 1, wide, 0)
    for lane in range(LANES):
        execute_one(code, 0, 1, narrow, lane)
    assert np.array_equal(wide[D], expected)
    assert np.array_equal(narrow[D], expected)


def test_an_issue_goes_into_the_gain() -> None:
    """The gain has a slot of its own."""
    memory = _memory()
    expected = memory[GAIN] + (np.abs(memory[A] - memory[B]) - np.abs(memory[C] - memory[B])) * memory[D]
    execute_all(np.array([[NUMBER["ISSUE"], D, A, B, C]], dtype=np.int32), 0, 1, memory, 0)
    assert np.array_equal(memory[GAIN], expected)


@pytest.mark.parametrize(("some", "done"), [(0.0, False), (1.0, True)])
def test_a_stretch_is_jumped_over_where_no_lane_wants_it(some: float, done: bool) -> None:
    """One lane is enough for all."""
    memory = np.zeros((FIRST_ROW + 4, LANES))
    memory[D, 17] = some
    code = np.array([[NUMBER["JNONE"], D, 1, 0, 0], [NUMBER["NOT"], A, A, 0, 0], [NUMBER["NOT"], B, B, 0, 0]], np.int32)
    execute_all(code, 0, 3, memory, 0)
    assert memory[A].all() == done
    assert memory[B].all()


@pytest.mark.parametrize(("turn", "done"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_stretch_is_for_some_turns(turn: int, done: bool) -> None:
    """From the first to the last of them."""
    memory = np.zeros((FIRST_ROW + 4, LANES))
    memory[TURN] = turn
    code = np.array([[NUMBER["JTURN"], 1, 2, 4, 0], [NUMBER["NOT"], A, A, 0, 0]], dtype=np.int32)
    execute_all(code, 0, 2, memory, 0)
    assert memory[A].all() == done


def test_the_chance_of_passing_is_the_sum_over_all_ways_to_vote() -> None:
    """Five members, of whom one may block: by counting all 243 ways."""
    needed, gains, blocks = 3, (1, 1, 1, 2, 0), (0, 1, 0, 0, 0)
    code = [[5, needed, 0, 5, 1], *([g, 0, b, int(g > 0), 0] for g, b in zip(gains, blocks, strict=True))]
    code.append([NUMBER["CHANCE"], D, FIRST_ROW + 10, 0, 0])
    memory = np.zeros((FIRST_ROW + 20 + 12, LANES))
    chances = np.random.default_rng(1).dirichlet((1, 1, 1), size=(5, LANES))
    for seat in range(5):
        memory[FIRST_ROW + 10 + 2 * seat], memory[FIRST_ROW + 11 + 2 * seat] = chances[seat, :, 0], chances[seat, :, 1]
    execute_all(np.array(code, dtype=np.int32), 6, 7, memory, 0)
    for lane in range(0, LANES, 9):
        passing = 0.0
        for ways in np.ndindex(3, 3, 3, 3, 3):
            score = sum(g for g, way in zip(gains, ways, strict=True) if way == 0)
            if score >= needed and not any(b and way == 1 for b, way in zip(blocks, ways, strict=True)):
                passing += math.prod(chances[seat, lane, way] for seat, way in enumerate(ways))
        assert memory[D, lane] == pytest.approx(passing, abs=1e-12)


def test_every_instruction_is_tried() -> None:
    """So that a new one is not forgotten."""
    apart = {"ISSUE", "JNONE", "JTURN", "CHANCE"}
    assert {instruction.name for instruction in TABLE} == {*MEANINGS, *apart}
