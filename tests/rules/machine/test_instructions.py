"""Each instruction does what the table says: by numpy and compiled, in one lane, in few, in all."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from engine.expressions import exponential, power
from engine.rules import Rules
from engine.rules.machine.numba_executor import NumbaExecutor
from engine.rules.machine.numpy_executor import NumpyExecutor
from engine.rules.machine.state import State, empty_memory
from engine.rules.program import program as p
from engine.rules.program.instructions import NUMBER, TABLE
from engine.rules.program.lowering import lower
from engine.rules.program.program import Program
from engine.scenario.load import load_scenario

pytestmark = pytest.mark.slow
"The first use compiles."

Array = np.ndarray
Line = Sequence[int]

PROGRAM = lower(Rules(load_scenario("cuba-1962")).roster)
"""One with bodies, options, clocks and events, whose code is replaced."""
FIRST = PROGRAM.first_constant + len(PROGRAM.constants)
D, A, B, C, E = range(FIRST, FIRST + 5)
"""Registers to work with."""
TEMPOS = np.unique(PROGRAM.options[:, p.O_PER_TEMPO])
"""Where the tempo of each option stands, as a part of 1: a register, where a formula says it."""
U = next(slot for slot in range(FIRST + 5, FIRST + 64) if slot not in TEMPOS)
"""A register that no tempo stands in."""
LANES = (1, 64)

MEANINGS: dict[str, Callable[..., Array]] = {
    "ADD": lambda d, a, b, c, e: a + b,
    "SUB": lambda d, a, b, c, e: a - b,
    "MUL": lambda d, a, b, c, e: a * b,
    "DIV": lambda d, a, b, c, e: a / np.where(b == 0, 1.0, b),
    "NEG": lambda d, a, b, c, e: -a,
    "LT": lambda d, a, b, c, e: (a < b) * 1.0,
    "LE": lambda d, a, b, c, e: (a <= b) * 1.0,
    "GT": lambda d, a, b, c, e: (a > b) * 1.0,
    "GE": lambda d, a, b, c, e: (a >= b) * 1.0,
    "EQ": lambda d, a, b, c, e: (a == b) * 1.0,
    "NE": lambda d, a, b, c, e: (a != b) * 1.0,
    "OR": lambda d, a, b, c, e: np.maximum(a, b),
    "NOT": lambda d, a, b, c, e: 1.0 - a,
    "PICK": lambda d, a, b, c, e: np.choose(a != 0, (c, b)),
    "MIN": lambda d, a, b, c, e: np.minimum(a, b) + 0.0,
    "MAX": lambda d, a, b, c, e: np.maximum(a, b) + 0.0,
    "HELD": lambda d, a, b, c, e: np.minimum(np.maximum(a, b), c) + 0.0,
    "ABS": lambda d, a, b, c, e: np.abs(a),
    "EXP": lambda d, a, b, c, e: exponential(a),
    "SQRT": lambda d, a, b, c, e: np.sqrt(np.maximum(a, 0.0) + 0.0),
    "RATIO": lambda d, a, b, c, e: np.where(np.abs(b) < 1e-9, c, a / np.where(b == 0, 1.0, b)),
    "SINCE": lambda d, a, b, c, e: np.where(a == -1.0, -1.0, b - a),
    "COPY": lambda d, a, b, c, e: a,
    "ISSUE": lambda d, a, b, c, e: d + (np.abs(a - b) - np.abs(c - b)) * e,
    "FAR": lambda d, a, b, c, e: np.abs(a - b),
    "NEARER": lambda d, a, b, c, e: a - np.abs(b - c),
    "NEARERP": lambda d, a, b, c, e: d - np.abs(a - b) * c,
    "MIX": lambda d, a, b, c, e: d + (c * a + (1.0 - c) * b),
    "ADDMUL": lambda d, a, b, c, e: a + b * c,
    "ADDPICK": lambda d, a, b, c, e: a + np.choose(b != 0, (e, c)),
    "SUBMUL": lambda d, a, b, c, e: a - b * c,
    "HELDADD": lambda d, a, b, c, e: np.minimum(np.maximum(c + e, a), b) + 0.0,
    "DIVSUB": lambda d, a, b, c, e: (b - c) / a,
    "DIVNEG": lambda d, a, b, c, e: (-c - b) / a,
    "ANDLT": lambda d, a, b, c, e: a * (b < c),
    "ANDLE": lambda d, a, b, c, e: a * (b <= c),
    "ANDGT": lambda d, a, b, c, e: a * (b > c),
    "ANDGE": lambda d, a, b, c, e: a * (b >= c),
    "ANDEQ": lambda d, a, b, c, e: a * (b == c),
    "ANDNE": lambda d, a, b, c, e: a * (b != c),
    "ANDNOT": lambda d, a, b, c, e: a * (1.0 - b),
}
"""What each plain instruction gives, written once more."""

EDGES = (-0.0, 0.0, 1.0, -1.0, 0.5, -0.5, 49.9, -49.9, 60.0, -60.0, 1e-10, -1e-10, 1e9, -1e9, 30.0)


def _state(program: Program, lanes: int, seed: int = 4) -> State:
    """Edge values against themselves and each other, then numbers of all sizes, of which some are the same twice;
    yes/noes in sites, some options legal.
    """
    chance = np.random.default_rng(seed)
    memory = empty_memory(program, lanes)
    numbers = chance.normal(size=(64, lanes)) * 10.0 ** chance.integers(-3, 4, size=(64, lanes))
    for slot, step in enumerate((1, 2, 4, 7, 8)):  # each meets all of them
        for lane in range((lanes + 1) // 2):
            numbers[slot, lane] = EDGES[lane * step % len(EDGES)]
    same = slice(lanes // 2, 3 * lanes // 4)
    numbers[3, same] = numbers[2, same]
    memory[FIRST : FIRST + 64] = numbers
    sites = program.sites
    memory[sites.take : sites.gain] = chance.integers(0, 2, size=(sites.gain - sites.take, lanes))
    memory[sites.gain : sites.rate] = chance.normal(size=(sites.rate - sites.gain, lanes))
    memory[p.OPEN], memory[p.ENDING] = 1.0, -1.0
    memory[p.OPEN, -1:], memory[p.ENDING, -1:] = (0.0, 2.0) if lanes > 1 else (1.0, -1.0)
    memory[p.TICK] = 3.0
    runs = chance.integers(0, 10**6, size=lanes).astype(np.uint64)
    runs[same] = runs[same.start]  # several on the same chance
    return State(program, memory, 77, runs, 3)


def _written(*lines: Line) -> Program:
    """The program with these instructions as its only stretch."""
    data = PROGRAM.code[: PROGRAM.stretches[0, 0]]
    code = np.array([[*line, *[0] * (p.WIDTH - len(line))] for line in lines], dtype=np.int32)
    code = code.reshape(-1, p.WIDTH)
    stretches = np.full((p.STRETCHES, 2), len(data), dtype=np.int32)
    stretches[:, 1] += len(lines)
    return replace(PROGRAM, code=np.concatenate((data, code)), stretches=stretches)


def _both(lanes: int, *lines: Line, prepare: Callable[[State], None] = lambda _: None) -> tuple[State, State]:
    """What instructions make of a state, by numpy and compiled: the same bits."""
    program = _written(*lines)
    states = _state(program, lanes), _state(program, lanes)
    one, other = states
    prepare(one)
    prepare(other)
    NumpyExecutor(program).run(one, p.CALENDAR, p.CALENDAR)
    NumbaExecutor(program).run(other, p.CALENDAR, p.CALENDAR)
    told = slice(0, program.slots - 2 * program.most_score)  # what follows is scratch
    assert np.array_equal(one.memory[told].view(np.uint64), other.memory[told].view(np.uint64))
    assert sorted(zip(*one.due.columns(), strict=True)) == sorted(zip(*other.due.columns(), strict=True))
    return states


def _paced(state: State) -> None:
    """Tempos as formulas give them, which are more than nothing."""
    tempos = state.memory[TEMPOS]
    state.memory[TEMPOS] = np.where(tempos == 0, 1.0, np.abs(tempos))


DIVISORS = {"DIV": B, "RATIO": B, "DIVSUB": A, "DIVNEG": A}


def _divisible(by: int) -> Callable[[State], None]:
    def prepare(state: State) -> None:
        state.memory[by][state.memory[by] == 0] = 1.0

    return prepare


@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("name", MEANINGS)
def test_a_plain_instruction_gives_the_bits_that_it_promises(name: str, lanes: int) -> None:
    """Edge values and numbers of all sizes."""
    prepare = _divisible(DIVISORS[name]) if name in DIVISORS else lambda _: None
    before = _state(_written(), lanes)
    prepare(before)
    expected = MEANINGS[name](*(before.memory[slot] for slot in (D, A, B, C, E)))
    for state in _both(lanes, (NUMBER[name], D, A, B, C, E), prepare=prepare):
        assert np.array_equal(state.memory[D].view(np.uint64), np.asarray(expected).view(np.uint64))


@pytest.mark.parametrize("lanes", LANES)
def test_options_have_rates_where_they_are_legal(lanes: int) -> None:
    """exp(gain / temperature) / tempo, and nothing elsewhere."""
    sites, options = PROGRAM.sites, PROGRAM.options
    state, _ = _both(lanes, (NUMBER["RATES"],), prepare=_paced)
    legal, gain = (state.memory[first : first + len(options)] for first in (sites.legal, sites.gain))
    temperature, per_tempo = (state.memory[options[:, column]] for column in (p.O_TEMPERATURE, p.O_PER_TEMPO))
    rate = exponential(np.clip(gain / temperature, -30.0, 30.0)) * per_tempo * legal
    assert np.array_equal(state.memory[sites.rate : sites.rate + len(options)], rate)
    assert (rate > 0).any()


@pytest.mark.parametrize("lanes", LANES)
def test_actors_choose(lanes: int) -> None:
    """At most one option each, and only what is legal."""
    actors, sites, places = PROGRAM.actors, PROGRAM.sites, PROGRAM.options[:, p.O_PLACE]
    with_options = [(NUMBER["CHOOSE"], int(actor)) for actor in np.flatnonzero(np.diff(actors[:, :2]))]
    lines = [(NUMBER["CLEAR"], sites.take, len(places)), (NUMBER["RATES"],), *with_options]
    state, _ = _both(lanes, *lines, prepare=_paced)
    taken, legal = (state.memory[first : first + len(places)] for first in (sites.take, sites.legal))
    assert (taken[places] <= legal).all()
    assert taken.any()
    for first, last in actors[:, :2]:
        assert (taken[places[first:last]].sum(axis=0) <= 1).all()


@pytest.mark.parametrize("lanes", LANES)
def test_who_is_asked_answers(lanes: int) -> None:
    """One option, where any has a rate."""
    first, last = PROGRAM.actors[0].tolist()
    sites, places = PROGRAM.sites, PROGRAM.options[:, p.O_PLACE]

    def prepare(state: State) -> None:
        _paced(state)
        state.memory[U] = np.abs(state.memory[U]) % 1.0

    lines = [(NUMBER["CLEAR"], sites.take, len(places)), (NUMBER["RATES"],), (NUMBER["ANSWER"], first, last, U)]
    state, _ = _both(lanes, *lines, prepare=prepare)
    taken, rate = state.memory[sites.take + places[first:last]], state.memory[sites.rate + first : sites.rate + last]
    assert np.array_equal(taken.sum(axis=0), rate.any(axis=0) * 1.0)
    assert (taken <= (rate > 0)).all()


@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("exponent", [0.0, 1.0 / 7.0, 2.0, 2.5])
def test_a_power_is_the_portable_one(lanes: int, exponent: float) -> None:
    """Of a number between 0 and 1, to a constant."""

    def prepare(state: State) -> None:
        state.memory[A] = np.abs(state.memory[A]) % 1.0
        state.memory[B] = exponent

    state, _ = _both(lanes, (NUMBER["POWER"], D, A, B), prepare=prepare)
    assert np.array_equal(state.memory[D], power(state.memory[A], exponent))


@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("which", range(4))
def test_a_uniform_is_that_of_its_stream(lanes: int, which: int) -> None:
    """At the counter of the lane, and 1 where it is not wanted."""
    line = (NUMBER["UNIFORM"], D, p.TICK, 4 * 5 + which, PROGRAM.sites.take)
    for state in _both(lanes, line):
        wanted = state.memory[PROGRAM.sites.take] != 0
        assert (state.memory[D][~wanted] == 1.0).all()
        for lane in np.flatnonzero(wanted):
            source = np.random.Philox(key=0)
            fresh = source.state
            fresh["state"]["key"][:] = (77, PROGRAM.keys[5])
            fresh["state"]["counter"][:] = (int(state.numbers[lane]), 3, 0, 0)
            source.state = fresh
            assert state.memory[D, lane] == np.random.Generator(source).random(4)[which]


@pytest.mark.parametrize("lanes", LANES)
def test_changes_are_made_together(lanes: int) -> None:
    """Growing, becoming the largest, ranges and stamps; what is put off is done in its pace."""
    row, flag = p.FIRST_ROW + 1, p.FIRST_ROW + int(np.flatnonzero(PROGRAM.stamps != p.NONE)[0])
    mask = PROGRAM.sites.take
    state, _ = _both(
        lanes,
        (NUMBER["COPY"], row, PROGRAM.first_constant),
        (NUMBER["MORE"], row, A, mask),
        (NUMBER["MORE"], row, B, mask + 1),
        (NUMBER["BECOMES"], flag, p.OPEN, mask),
        (NUMBER["LATER"], row, C, mask, 2, 1),
        (NUMBER["LATER"], row, C, mask, -3, 0),
        (NUMBER["LATER"], row, C, mask, -9, 0),
        (NUMBER["DUE"],),
        (NUMBER["SETTLE"],),
    )
    low, high = PROGRAM.limits[:, 1]
    memory, now = state.memory, state.memory[PROGRAM.first_constant]
    grown = now + (0.0 + memory[A] * (memory[mask] != 0) + memory[B] * (memory[mask + 1] != 0))
    assert memory[row] == pytest.approx(np.clip(grown, low, high))
    stamped = memory[mask] * memory[p.OPEN] != 0
    assert (memory[PROGRAM.stamps[flag - p.FIRST_ROW]][stamped] == memory[PROGRAM.day][stamped]).all()
    assert set(state.due.columns()[1].tolist()) == ({4, 5, 9} if (memory[mask] != 0).any() else set())


@pytest.mark.parametrize("lanes", LANES)
def test_votes_outcomes_and_endings(lanes: int) -> None:
    """Both executors do the same, and the counts are those of the body."""
    lines = PROGRAM.code[PROGRAM.stretches[p.VOTE, 0] : PROGRAM.stretches[p.VOTE, 1]].tolist()
    tally = next(line for line in lines if line[0] == NUMBER["TALLY"])
    ballots = [line for line in lines if line[0] == NUMBER["BALLOT"]][: PROGRAM.code[tally[3], 0]]

    def prepare(state: State) -> None:
        state.memory[FIRST : FIRST + 64] = np.abs(state.memory[FIRST : FIRST + 64]) % 1.0

    _both(
        lanes,
        (NUMBER["LOGISTICS"], A, 6),
        *((*line[:2], E, A + n % 4, line[4]) for n, line in enumerate(ballots)),
        tuple(tally),
        (NUMBER["OUTCOME"], D, A, E, 3),
        (NUMBER["CLOSE"], 2, tally[1]),
        (NUMBER["CLOSE"], 1, p.OPEN),
        (NUMBER["CLEAR"], PROGRAM.sites.take, 7),
        prepare=prepare,
    )


@pytest.mark.parametrize("some", [0, 1, 2, 3, 4, 40])
def test_a_region_is_left_out_where_no_lane_wants_it(some: int) -> None:
    """For few lanes it is executed lane by lane, in which others keep what they had; an inner one as well."""

    def prepare(state: State) -> None:
        state.memory[D] = 0.0
        state.memory[D, 5 : 5 + some] = 1.0

    program = _written(
        (NUMBER["JNONE"], D, 3, 1), (NUMBER["NOT"], A, A), (NUMBER["JNONE"], D, 1, 2), (NUMBER["NOT"], B, B),
        (NUMBER["NOT"], C, C),
    )  # fmt: skip
    before = _state(program, 64)
    prepare(before)
    for executor in (NumpyExecutor(program), NumbaExecutor(program)):
        state = _state(program, 64)
        prepare(state)
        executor.run(state, p.CALENDAR, p.CALENDAR)
        wants = before.memory[D] != 0
        for slot in (A, B):
            assert np.array_equal(state.memory[slot][wants], 1.0 - before.memory[slot][wants])
            assert some or np.array_equal(state.memory[slot], before.memory[slot])
        assert np.array_equal(state.memory[C], 1.0 - before.memory[C])


@pytest.mark.parametrize(("last", "done"), [(2, False), (3, True), (9, True)])
def test_a_region_is_for_some_paces(last: int, done: bool) -> None:
    """From the first to the last of them."""
    before = _state(_written(), 64)
    for state in _both(64, (NUMBER["JTICK"], 1, 1, last), (NUMBER["NOT"], A, A)):
        assert np.array_equal(state.memory[A], 1.0 - before.memory[A] if done else before.memory[A])


def test_the_chance_of_passing_is_the_sum_over_all_ways_to_vote() -> None:
    """Five members, of whom one may block: by counting all 243 ways."""
    needed, gains, blocks = 3, (1, 1, 1, 2, 0), (0, 1, 0, 0, 0)
    chances = np.random.default_rng(1).dirichlet((1, 1, 1), size=(5, 64))
    seats = [[g, 0, b, int(g > 0), 0, 0] for g, b in zip(gains, blocks, strict=True)]
    line = [NUMBER["CHANCE"], D, FIRST + 10, 0, 0, 0]
    tally = [NUMBER["TALLY"], E, FIRST + 10, 0, p.OPEN, 0]  # by which an executor knows the body
    code = np.array([[5, needed, 0, 5, 1, 0], *seats, line, tally], dtype=np.int32)
    stretches = np.tile(np.array([6, 7], dtype=np.int32), (p.STRETCHES, 1))
    program = replace(PROGRAM, code=code, stretches=stretches)
    for executor in (NumpyExecutor(program), NumbaExecutor(program)):
        state = _state(program, 64)
        for seat in range(5):
            state.memory[FIRST + 10 + 2 * seat] = chances[seat, :, 0]
            state.memory[FIRST + 11 + 2 * seat] = chances[seat, :, 1]
        executor.run(state, p.CALENDAR, p.CALENDAR)
        for lane in range(0, 64, 9):
            passing = 0.0
            for ways in np.ndindex(3, 3, 3, 3, 3):
                score = sum(g for g, way in zip(gains, ways, strict=True) if way == 0)
                if score >= needed and not any(b and way == 1 for b, way in zip(blocks, ways, strict=True)):
                    passing += math.prod(chances[seat, lane, way] for seat, way in enumerate(ways))
            assert state.memory[D, lane] == pytest.approx(passing, abs=1e-12)


def test_every_instruction_is_tried() -> None:
    """So that a new one is not forgotten."""
    apart = {
        *(
            "JNONE",
            "JTICK",
            "CLEAR",
            "LOGISTICS",
            "CHANCE",
            "RATES",
            "CHOOSE",
            "ANSWER",
            "POWER",
            "UNIFORM",
            "BALLOT",
            "TALLY",
        ),
        *("OUTCOME", "MORE", "BECOMES", "LATER", "DUE", "SETTLE", "CLOSE"),
    }
    assert {instruction.name for instruction in TABLE} == {*MEANINGS, *apart}
