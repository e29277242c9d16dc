"""The machine: a program, the memory that it works in, and how it takes a world through a pace."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from engine.rules.arrays import Numbers
from engine.rules.machine import program as p
from engine.rules.machine.executor import LANES
from engine.rules.machine.phases import first_half, second_half
from engine.rules.machine.program import FIRST_ROW, OPEN, TURN, At, Ints, Keys, Program
from engine.rules.world import OPEN as GOES_ON
from engine.rules.world import Changes, World


class Machine:
    """Executes one program on worlds of any number of runs, a block of lanes at a time; not by two threads at once."""

    def __init__(self, program: Program) -> None:
        """The memory and the workbenches are made once."""
        self.program = program
        self._at, self._tables, self._keys, self._whole, self._broken = _arrange(program)
        self._memory = np.zeros((program.slots, LANES))
        first = program.first_constant
        self._memory[first : first + len(program.constants)] = program.constants[:, np.newaxis]

    def step(self, world: World) -> None:
        """One pace in which the rules decide for everyone: the same bits as the phases of the rule book."""
        late = world.due.pop(world.tick, None)
        blocks = [slice(first, first + LANES) for first in range(0, world.runs, LANES)]
        numbers = world.draws.numbers
        for block in blocks:
            self._load(world, block)
            self._first_half(world, numbers, block)
            if late is None:
                self._second_half(world, numbers, block)
            self._store(world, block)
        if late is not None:
            late.only_where(world.is_open)
            late.take_place(world)
            for block in blocks:
                self._load(world, block)
                self._second_half(world, numbers, block)
                self._store(world, block)
        world.known.clear()
        world.tick += 1

    @property
    def _rows(self) -> Numbers:
        """The state of the block in work."""
        return self._memory[FIRST_ROW : FIRST_ROW + self.program.rows]

    def _load(self, world: World, block: slice) -> None:
        lanes = len(world.ending[block])
        self._rows[:, :lanes] = world.cells[:, block]
        self._rows[:, lanes:] = world.cells[:, -1:]
        self._memory[OPEN, :lanes] = world.ending[block] == GOES_ON
        self._memory[OPEN, lanes:] = 0.0
        self._memory[TURN] = world.tick

    def _store(self, world: World, block: slice) -> None:
        world.cells[:, block] = self._rows[:, : len(world.ending[block])]

    def _arrays(self) -> tuple[Ints, Ints, Keys, Numbers, Numbers, Ints, Numbers, At]:
        one = self.program
        return one.code, self._tables, self._keys, one.limits, self._memory, self._whole, self._broken, self._at

    def _first_half(self, world: World, numbers: NDArray[np.uint64], block: slice) -> None:
        first_half(*self._arrays(), numbers[block], np.uint64(world.draws.seed), world.tick)
        self._take_up(world, block)

    def _second_half(self, world: World, numbers: NDArray[np.uint64], block: slice) -> None:
        seed, tick = np.uint64(world.draws.seed), world.tick
        timeline = world.layout.scenario.timeline
        clock, is_last = timeline.days_until(tick + 1), tick + 1 >= self.program.paces
        second_half(*self._arrays(), numbers[block], seed, tick, clock, is_last, world.ending[block])
        self._take_up(world, block)

    def _take_up(self, world: World, block: slice) -> None:
        """What was delayed becomes part of the world's changes to come, in the order in which it was caused."""
        at, many = self._at, int(self._whole[self._at.dues])
        caused = self._whole[at.due : at.due + many * p.DUE_COLUMNS].reshape(-1, p.DUE_COLUMNS).tolist()
        amounts = self._broken[at.due_amounts : at.due_amounts + many].tolist()
        for (lane, turns, row, sets), amount in zip(caused, amounts, strict=True):
            changes = world.due.setdefault(world.tick + turns, Changes())
            if sets:
                _set_one(changes, row, block.start + lane, amount, world.runs)
            else:
                changes.adds.setdefault(row, np.zeros(world.runs))[block.start + lane] += amount
        self._whole[at.dues] = 0


def _set_one(changes: Changes, row: int, run: int, value: float, runs: int) -> None:
    """Another value for a row in one run: the larger of two wins."""
    values, where = changes.sets.setdefault(row, (np.zeros(runs), np.zeros(runs, dtype=np.bool_)))
    values[run] = max(values[run], value) if where[run] else value
    where[run] = True


def _arrange(one: Program) -> tuple[At, Ints, Keys, Ints, Numbers]:
    """Where everything stands: the tables in one array, the keys in one, and the two workbenches."""
    t = one.tables
    tables = {f.name: getattr(t, f.name) for f in fields(t) if not f.name.endswith("_keys")}
    keys = {f.name: getattr(t, f.name) for f in fields(t) if f.name.endswith("_keys")}
    due, rows, actors = one.most_due * LANES, one.rows, len(t.actors)
    whole = {
        "marks": rows,
        "touched": rows,
        "touches": 1,
        "stamps": rows,
        "takes": len(t.effects),
        "possible": len(t.events),
        "moved": LANES,
        "moves": LANES * actors,
        "tabled": len(t.decided) * LANES,
        "due": due * p.DUE_COLUMNS,
        "dues": 1,
    }
    broken = {
        "adds": rows,
        "sets": rows,
        "amounts": len(t.changes),
        "sums": len(t.outcomes),
        "totals": LANES,
        "due_amounts": due,
        "step": 1,
        "weeks": 1,
    }
    at = At(
        **_starts({name: len(table) for name, table in tables.items()}),
        **_starts({name: len(some) for name, some in keys.items()}),
        **_starts(whole),
        **_starts(broken),
        clock=FIRST_ROW + one.day,
        rates=one.first_rate,
        many_options=len(t.options),
        many_actors=actors,
        many_questions=len(t.decided),
        many_paces=one.paces,
        many_endings=len(t.endings),
    )
    bench, numbers = np.zeros(sum(whole.values()), np.int32), np.zeros(sum(broken.values()))
    bench[at.stamps : at.stamps + rows] = one.stamps
    numbers[at.step], numbers[at.weeks] = one.step, one.weeks
    return at, _stacked(list(tables.values())), np.concatenate(list(keys.values())), bench, numbers


def _starts(lengths: dict[str, int]) -> dict[str, int]:
    """Where each of some parts begins, if they stand one behind the other."""
    ends = np.cumsum([0, *lengths.values()]).tolist()
    return dict(zip(lengths, ends, strict=False))


def _stacked(tables: list[Ints]) -> Ints:
    """Tables one below the other, as wide as the widest."""
    wide = [np.pad(table, ((0, 0), (0, p.WIDEST - table.shape[1]))) for table in tables]
    return np.ascontiguousarray(np.concatenate(wide), dtype=np.int32)
