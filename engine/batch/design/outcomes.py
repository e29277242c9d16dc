"""What an experiment asks of each run: numbers at the end, first times, extremes, counts and means.

The world is looked at when a pace has closed, at the moment after it, as its endings are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from pydantic import model_validator

from engine.batch.design.chronicle import Chronicle
from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, YesNo
from engine.rules.recording import Recorder
from engine.scenario.deeds import Deed, of_a_run
from engine.scenario.fields import Date, Expression, Title
from engine.scenario.records import Record

KINDS = ("at_end", "first", "maximum", "minimum", "count", "mean", "on_day")
"""What can be asked of an expression over a run."""


class OnDay(Record):
    """An expression on a day."""

    day: Date
    """The day: what the world is when the pace that opens on it, or the last before it, has closed."""
    of: Expression
    """What is looked at."""


class Outcome(Record):
    """A number of each run: exactly one question about one expression."""

    title: Title | None = None
    """What people read; its name where left out."""
    at_end: Expression | None = None
    """What it is when the run has closed."""
    first: Expression | None = None
    """The opening day (since the start) of the first pace after which it holds; none where it never does."""
    maximum: Expression | None = None
    """The largest that it is after any pace."""
    minimum: Expression | None = None
    """The smallest that it is after any pace."""
    count: Expression | None = None
    """After how many paces it holds."""
    mean: Expression | None = None
    """Its mean over the paces."""
    on_day: OnDay | None = None
    """What it is on a day; what it is when the run has closed, where that is earlier."""

    @model_validator(mode="after")
    def asks_one_thing(self) -> Outcome:
        """Exactly one of the questions is asked."""
        asked = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(asked) != 1:
            found = " and ".join(asked) if asked else "none"
            raise ValueError(f"choose one of {', '.join(KINDS)} (found {found})")
        return self

    @property
    def kind(self) -> str:
        """Which question is asked."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def text(self) -> str:
        """The expression about which it is asked."""
        asked: str | OnDay = getattr(self, self.kind)
        return asked.of if isinstance(asked, OnDay) else asked

    @property
    def is_condition(self) -> bool:
        """Whether the expression has to be a yes/no."""
        return self.kind in ("first", "count")


class OutcomeWatch:
    """Follows one world from its first pace to its last."""

    def __init__(self, rules: Rules, outcomes: Mapping[str, Outcome]) -> None:
        """For outcomes that the check of the experiment has passed."""
        self._gauges = {name: Gauge(rules, outcome) for name, outcome in outcomes.items()}
        self._folding = [gauge for gauge in self._gauges.values() if gauge.is_folding]
        self._last = [gauge for gauge in self._gauges.values() if not gauge.is_folding]
        self._chronicle = Chronicle(rules, (deed for gauge in self._gauges.values() for deed in gauge.deeds))
        during, at_end = ([gauge.parsed for gauge in gauges] for gauges in (self._folding, self._last))
        self._during = rules.reading(*during, beside=self._chronicle.deeds)
        self._at_end = rules.reading(*at_end, beside=self._chronicle.deeds)

    @property
    def recorder(self) -> Recorder | None:
        """Whoever has to be told what happens in a pace; None where nothing of it is asked."""
        return self._chronicle if self._chronicle.deeds else None

    def watch(self, world: World, was_open: YesNo) -> None:
        """After a pace: ``was_open`` of shape (runs,) says which runs were open in it."""
        if self._folding:
            found = self._during.read(world, self._chronicle.found(world))
            for gauge, now in zip(self._folding, found, strict=True):
                gauge.watch(world, now.astype(np.float64), was_open)

    def values(self, world: World) -> dict[str, Numbers]:
        """By outcome, once all runs have closed: shape (runs,), not a number where there is none."""
        found = self._at_end.read(world, self._chronicle.found(world))
        last = zip(self._last, found, strict=True)
        at_end = {id(gauge): now.astype(np.float64) for gauge, now in last}
        return {
            name: at_end[id(gauge)] if id(gauge) in at_end else gauge.values(world.runs)
            for name, gauge in self._gauges.items()
        }


class Gauge:
    """One outcome of one world, as it is measured pace by pace."""

    def __init__(self, rules: Rules, outcome: Outcome) -> None:
        self._kind, self._pace = outcome.kind, rules.timeline.pace_in_days
        self.parsed = of_a_run(rules.parser, outcome.text, Kind.YESNO if outcome.is_condition else Kind.NUMBER)
        self._fold = FOLDS.get(self._kind)
        if outcome.on_day is not None:
            self._fold = until(float((outcome.on_day.day - rules.scenario.start).days))
        self._found: Numbers | None = None
        self._paces: Numbers | None = None

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What it asks for besides the state."""
        return tuple(s.reference for s in self.parsed.symbols() if isinstance(s.reference, Deed))

    @property
    def is_folding(self) -> bool:
        """Whether each pace counts; else the end alone does."""
        return self._fold is not None

    def watch(self, world: World, now: Numbers, was_open: YesNo) -> None:
        """Takes what the expression is after a pace into account, in the runs that were open in it."""
        assert self._fold is not None
        if self._found is None:
            self._found = np.full(world.runs, 0.0 if self._kind == "count" else np.nan)
            self._paces = np.zeros(world.runs)
        assert self._paces is not None
        self._paces += was_open
        opened_on = world.day - self._pace
        np.copyto(self._found, self._fold(self._found, now, opened_on), where=was_open)

    def values(self, runs: int) -> Numbers:
        """What was found in each run."""
        found = np.full(runs, np.nan) if self._found is None else self._found
        if self._kind != "mean" or self._paces is None:
            return found
        return found / np.maximum(self._paces, 1.0)


Fold = Callable[[Numbers, Numbers, Numbers], Numbers]
"""What was found before, what the expression is after a pace, and the day on which the pace opened."""


def first_day(found: Numbers, holds: Numbers, opened_on: Numbers) -> Numbers:
    """The day that is known, else this pace's where it holds."""
    return np.where(np.isnan(found) & (holds != 0), opened_on, found)


def until(last: float) -> Fold:
    """What it is after the last pace that opens on a day or before it."""
    return lambda found, now, opened_on: np.where(opened_on < last + 1.0, now, found)


FOLDS: Mapping[str, Fold] = {
    "first": first_day,
    "maximum": lambda found, now, _: np.fmax(found, now),
    "minimum": lambda found, now, _: np.fmin(found, now),
    "count": lambda found, now, _: found + now,
    "mean": lambda found, now, _: np.where(np.isnan(found), now, found + now),
}
"""How each pace adds to what was found; what is asked only at the end has none."""
