"""What an experiment asks of each run: numbers at the end, first times, extremes, counts and means.

The world is looked at when a pace has closed, at the moment after it, as its endings are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
from pydantic import model_validator

from engine.batch.design.chronicle import Chronicle
from engine.expressions import Expression as Parsed
from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import Numbers
from engine.rules.gauges import First, Gauge, Maximum, Minimum, Sum, Until
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


NOTHING_KEPT = np.zeros((0, 0))
"""What no gauges have come to."""


class OutcomeWatch:
    """Finds the outcomes of a world, once all its runs have closed, from what gauges have kept of it."""

    def __init__(self, rules: Rules, outcomes: Mapping[str, Outcome]) -> None:
        """For outcomes that the check of the experiment has passed."""
        parsed = {
            name: of_a_run(rules.parser, outcome.text, Kind.YESNO if outcome.is_condition else Kind.NUMBER)
            for name, outcome in outcomes.items()
        }
        deeds = (s.reference for one in parsed.values() for s in one.symbols() if isinstance(s.reference, Deed))
        self.deeds = tuple(dict.fromkeys(deeds))
        """What outcomes ask for besides the state."""
        self._rules, self._chronicle, self._names = rules, Chronicle(rules, self.deeds), tuple(outcomes)
        self._at_end = {name: parsed[name] for name, outcome in outcomes.items() if outcome.at_end is not None}
        self._reading = rules.reading(*self._at_end.values(), beside=self.deeds)
        self._kept = {
            name: gauge_of(outcome, parsed[name], rules.scenario.start)
            for name, outcome in outcomes.items()
            if name not in self._at_end
        }
        self._means = [name for name, outcome in outcomes.items() if outcome.mean is not None]
        always = rules.parser.expression("1", Kind.NUMBER)
        self.gauges = (*self._kept.values(), *([Sum(always)] if self._means else []))
        """What has to be kept of each run; the last one, where a mean is asked for, counts its paces."""

    def recorder(self) -> Recorder | None:
        """Whoever has to be told what happens in the next world; None where nothing of it is asked."""
        self._chronicle = Chronicle(self._rules, self.deeds)
        return self._chronicle if self.deeds else None

    def beside(self, world: World) -> list[Numbers]:
        """What is known of the deeds by now: shape (runs,) each."""
        return self._chronicle.found(world)

    def values(self, world: World, found: Numbers = NOTHING_KEPT) -> dict[str, Numbers]:
        """By outcome, once all runs have closed: shape (runs,), not a number where there is none.

        ``found`` is what the gauges have come to: shape (gauges, runs).
        """
        at_end = self._reading.read(world, self._chronicle.found(world))
        values = {name: now.astype(np.float64) for name, now in zip(self._at_end, at_end, strict=True)}
        for name, now in zip(self._kept, found, strict=False):
            values[name] = np.where(np.isfinite(now), now, np.nan)
        for name in self._means:
            values[name] = values[name] / found[-1]
        return {name: values[name] for name in self._names}


def gauge_of(outcome: Outcome, parsed: Parsed, start: dt.date) -> Gauge:
    """What keeps what an outcome asks for that counts every pace."""
    if outcome.on_day is not None:
        return Until(parsed, float((outcome.on_day.day - start).days))
    return KEEPING[outcome.kind](parsed)


KEEPING: Mapping[str, Callable[[Parsed], Gauge]] = {
    "first": First,
    "maximum": Maximum,
    "minimum": Minimum,
    "count": Sum,
    "mean": Sum,
}
"""What keeps it, by the kind of question."""
