"""A record of what happened as an observation: of what it names, it tells all that was done up to a day.

An action that any of its entries names was done when and by whom they say, and not otherwise; a flag that any entry
sets stood as they say, from the pace in which it was set on. Whatever it names nowhere is not known, and is drawn. An
entry corresponds to a deed of one of its actors; at whom that was directed it does not say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.belief.eyes import Eyes
from engine.belief.filter import TELLING, Belief
from engine.belief.seen import Deed, Done, Opened
from engine.rules.arrays import Numbers
from engine.rules.layout import NO_STAMP
from engine.rules.rulebook import Rules
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.history import History, HistoryEntry
from engine.scenario.names import Reference, place_of

PATIENCE = 4.0
"""Days by which a deed may be later than the record has it."""


@dataclass(frozen=True)
class Known:
    """Something that the record says was done, in a pace."""

    tick: int
    entry: HistoryEntry
    action: str
    deed: Deed


class Record:
    """What a history tells of the paces before a day."""

    def __init__(self, rules: Rules, history: History, until: dt.date) -> None:
        """``until`` is the day on which nothing later was known: what happened on it was."""
        self.rules, self.history, self.until = rules, history, until
        timeline = rules.timeline
        self.paces = next((tick for tick in range(timeline.paces) if timeline.day_of(tick) > until), timeline.paces)
        """How many paces lie behind whoever looks ahead."""
        start = timeline.day_of(0)
        self.entries = tuple(entry for entry in history.entries if start <= entry.on <= until)
        """What had happened since the story opened."""

    @cached_property
    def actions(self) -> frozenset[str]:
        """The actions and answers that it names, of any day."""
        return frozenset(action for entry in self.history.entries for action in entry.does)

    @cached_property
    def flags(self) -> tuple[Reference, ...]:
        """The flags that it names, of any day."""
        names = [name for entry in self.history.entries for name in entry.sets]
        return tuple(dict.fromkeys(place_of(self.rules.scenario, name) for name in (*names, *self.history.never)))

    @cached_property
    def eyes(self) -> Eyes:
        """What it would tell of a run."""
        layout = self.rules.layout
        options = np.array([option.action in self.actions for option in self.rules.options], np.bool_)
        rows = np.zeros(layout.size, np.bool_)
        for place in self.flags:
            row = layout.rows[place]
            rows[row] = rows[layout.stamps[row]] = True
        nothing = np.zeros(len(self.rules.occurrences), np.bool_)
        return Eyes(frozenset(), options, nothing, False, rows)

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """What was done, in the order of paces."""
        found = [known for entry, tick in self._when() for known in self._of(entry, tick)]
        return tuple(sorted(found, key=lambda known: known.tick))

    def opened(self, tick: int) -> Opened:
        """What it tells as a pace opens."""
        layout, cells = self.rules.layout, np.zeros(self.rules.layout.size)
        cells[list(layout.stamps.values())] = NO_STAMP
        for entry, when in self._when():
            for name in entry.sets if when < tick else ():
                row = layout.rows[place_of(self.rules.scenario, name)]
                if not cells[row]:
                    cells[row], cells[layout.stamps[row]] = 1.0, when * self.rules.timeline.pace_in_days
        return Opened(tick, self.eyes.rows, cells)

    def _when(self) -> Iterator[tuple[HistoryEntry, int]]:
        """Each entry with its pace: those of one day lie evenly in it, in their order."""
        timeline = self.rules.timeline
        for entry in self.entries:
            same = [other for other in self.entries if other.on == entry.on]
            place = next(n for n, other in enumerate(same) if other is entry)
            hour = HOURS_IN_DAY * (2 * place + 1) // (2 * len(same))
            moment = dt.datetime.combine(entry.on, dt.time(hour))
            yield entry, timeline.pace_of(moment)

    def _of(self, entry: HistoryEntry, tick: int) -> Iterator[Known]:
        for action in entry.does:
            options = [n for n, option in enumerate(self.rules.options) if option.action == action]
            own = [n for n in options if self.rules.options[n].actor in entry.actors]
            if own:
                yield Known(tick, entry, action, tuple(own))


@dataclass(frozen=True)
class Step:
    """What an entry of the record was to the worlds that had come to it."""

    known: Known
    chance: float
    """How likely it was in the pace in which it was done, over all worlds, by the rule."""


class Conditioned:
    """A belief that has taken in a record."""

    def __init__(self, record: Record, seed: int, worlds: int) -> None:
        """Plays so many worlds through the paces that the record covers."""
        self.record = record
        self.belief = Belief(record.rules, record.eyes, seed, worlds)
        self.steps: list[Step] = []
        start = self.belief.world
        self.rows = self._uncertain()
        self.before = start.cells[self.rows].copy()
        """What is uncertain, as it was drawn: shape (uncertain, worlds)."""
        waiting: list[Known] = []
        for tick in range(record.paces):
            self.belief.open(record.opened(tick))
            waiting += (one for one in record.known if one.tick == tick)
            done = self._done(waiting, tick)
            waiting = [one for one in waiting if one not in done]
            self.belief.go_on(Done(tuple(one.deed for one in done)))
        if record.paces < record.rules.timeline.paces:
            self.belief.open(record.opened(record.paces))

    @property
    def likelihood(self) -> float:
        """The logarithm of how likely the record is under the scenario: the sum of those of its steps."""
        return self.belief.likelihood

    @property
    def independent(self) -> float:
        """So many independent worlds say as much: the fewest that were left on the way."""
        return min(moment.effective for moment in self.belief.moments)

    def now(self, rows: Sequence[int]) -> Numbers:
        """What stands in some rows now: shape (rows, worlds)."""
        return self.belief.world.cells[list(rows)]

    def _done(self, waiting: Sequence[Known], tick: int) -> list[Known]:
        """What was done in a pace of what the record has up to then: one deed an actor, and where it may be done.

        Days of a record are not moments, so that a deed that may be done in hardly any world waits for the next pace,
        up to PATIENCE; then it is done whether or not the rule would have it.
        """
        if not waiting:
            return []
        rules, found, busy = self.record.rules, list[Known](), set[str]()
        appraisal, days = rules.appraise(self.belief.world), rules.timeline.pace_in_days
        for one in waiting:
            deed = list(one.deed)
            doers = {rules.options[number].actor for number in deed}
            may = float(self.belief.weights @ appraisal.legal[deed].any(axis=0))
            late = (tick - one.tick) * days >= PATIENCE or tick == self.record.paces - 1
            if (doers <= busy or may < TELLING) and not late:
                continue
            busy |= doers if len(doers) == 1 else set()
            found.append(one)
            chance = -np.expm1(-days * appraisal.rates[deed].sum(axis=0))
            self.steps.append(Step(one, self.belief.mean(chance)))
        return found

    def _uncertain(self) -> list[int]:
        layout = self.record.rules.layout
        doubts = [layout.rows[Reference("doubt", number.path)] for number in layout.doubts]
        return [*layout.doubted[0].tolist(), *doubts]
