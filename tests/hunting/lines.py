"""Which lines stand in the news of which runs, and when: written down while many runs go on side by side.

A line has a name: a move (``withdraw``, ``stand_by by uk``, ``recognise at kosovo``, ``recognise by us at kosovo``),
a vote (``call_oas passed``, ``call_oas failed``), a ballot (``call_oas: uruguay abstains``), an event (``leak``), its
outcome (``submarine: torpedo``), a flag that goes up (``flag quarantine``, ``flag stands_by.uk``), which is how a
delayed effect shows, or a condition that holds when a day opens (``while at_line``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from engine.expressions import Kind
from engine.rules import Rules, World
from engine.rules.arrays import Numbers, Rows, YesNo
from engine.rules.decide import NO_MOVE, Appraisal
from engine.rules.happenings import Occurrence
from engine.rules.options import Option
from engine.rules.votes import ABSTAIN, NO, YES, Decision
from engine.scenario.fields import HOURS_IN_DAY
from engine.scenario.models import Effect, Scenario
from engine.scenario.names import Reference

WHILE = "while "
"""Before a condition, in the name of a line."""

BALLOTS = {YES: "yes", ABSTAIN: "abstains", NO: "no"}

Apart = Literal["below", "same day", "after", "soon after"]
"""How the second line stands to the first: below it (later in the news of the day, or on a later day), in the news of
the same day, wherever, on a later day, or in the same pace or less than some hours after it."""


@dataclass
class Line:
    """In which runs one line stood, how far down in the news of the whole story, and on which days."""

    places: list[tuple[float, Numbers, YesNo]] = field(default_factory=list)
    """Place in the news, day of each run as its pace opened, and whether it stood there: (runs,) both."""

    def first(self, by_day: bool) -> Numbers:
        """Where it stood first in each run, infinity where nowhere; ``by_day`` counts days, else places."""
        return self._reduce(np.minimum, np.inf, by_day)

    def last(self, by_day: bool) -> Numbers:
        """Where it stood last in each run, minus infinity where nowhere."""
        return self._reduce(np.maximum, -np.inf, by_day)

    def _reduce(self, best: np.ufunc, nowhere: float, by_day: bool) -> Numbers:
        runs = len(self.places[0][1])
        found: Numbers = np.full(runs, nowhere)
        for place, day, stands in self.places:
            found = np.where(stands, best(found, np.floor(day) if by_day else place), found)
        return found

    def shares_a_day_with(self, other: Line) -> YesNo:
        """In which runs both stand in the news of one day."""
        found: YesNo = np.zeros(len(self.places[0][1]), dtype=np.bool_)
        for _, day, stands in self.places:
            for _, other_day, other_stands in other.places:
                found |= stands & other_stands & (np.floor(day) == np.floor(other_day))
        return found

    def is_soon_followed_by(self, other: Line, hours: float) -> YesNo:
        """In which runs the other stands in the same pace, or less than so many hours later."""
        found: YesNo = np.zeros(len(self.places[0][1]), dtype=np.bool_)
        for _, day, stands in self.places:
            for _, other_day, other_stands in other.places:
                later = np.rint(HOURS_IN_DAY * (other_day - day))
                found |= stands & other_stands & (later >= 0) & (later < hours)
        return found

    def days(self, run: int) -> list[int]:
        """The days on which it stood in one run, 0 the first of the story."""
        return sorted({int(day[run]) for _, day, stands in self.places if stands[run]})


class Lines:
    """Writes down the lines of all runs of a world; a recorder of the rules."""

    def __init__(self, rules: Rules, conditions: Collection[str] = ()) -> None:
        """``conditions`` are expressions that are looked at when a day opens."""
        self.rules = rules
        self.known: dict[str, Line] = defaultdict(Line)
        self._place = 0.0
        self._conditions = tuple(conditions)
        parsed = [rules.parser.expression(text, Kind.YESNO) for text in conditions]
        self._reading = rules.reading(*parsed)
        rows = rules.layout.rows
        self._flags = {f"flag {flag_name(r)}": rows[r] for r in rows if r.kind in ("flag", "actor_flag")}
        self._up: YesNo | None = None

    def play(self, world: World) -> None:
        """Turn after turn in which the rules decide for everybody, until every run has closed."""
        while not self.rules.is_over(world):
            day = world.day.copy()
            self.rules.step(world, self)
            self._see_flags(world, day)

    def moves(self, world: World, appraisal: Appraisal, choice: Rows) -> None:
        """The conditions that hold, and what everybody does."""
        self._see_flags(world, world.day)
        for text, holds in zip(self._conditions, self._reading.read(world), strict=True):
            self._stands(WHILE + text, world.day, holds & world.is_open)
        self._place += 1
        for number in np.unique(choice):
            if number != NO_MOVE:
                taken = (choice == number).any(axis=tuple(range(choice.ndim - 1))) & world.is_open
                for name in names_of_move(self.rules.options[number]):
                    self._stands(name, world.day, taken, number / len(self.rules.options))

    def decision(self, world: World, decision: Decision, sponsors: YesNo) -> None:
        """A vote in some runs, and who voted how."""
        self._see_flags(world, world.day)
        self._place += 1
        question = name_of_question(decision.question.action, decision.question.target)
        for passed in (True, False):
            self._stands(
                f"{question} {'passed' if passed else 'failed'}",
                world.day,
                _in_runs(world, decision.columns, decision.passed == passed),
            )
        for member, ballots in zip(decision.body.names, decision.ballots, strict=True):
            for way, word in BALLOTS.items():
                cast = _in_runs(world, decision.columns, ballots == way)
                self._stands(f"{question}: {member} {word}", world.day, cast)

    def event(self, world: World, occurrence: Occurrence, happens: YesNo, outcome: Rows) -> None:
        """An event in some runs, and how it turned out."""
        self._see_flags(world, world.day)
        self._place += 1
        happens = happens & world.is_open
        self._stands(occurrence.id, world.day, happens)
        for number, name in enumerate(occurrence.outcomes):
            self._stands(f"{occurrence.id}: {name}", world.day, happens & (outcome == number))

    def effect(self, world: World, source: object, effect: Effect) -> None:
        """Told in a world of one run only; what is delayed shows in the flags."""

    def asked(self, world: World, ask: str, actors: tuple[str, ...]) -> None:
        """Told in a world of one run only."""

    def _see_flags(self, world: World, day: Numbers) -> None:
        now = world.cells[list(self._flags.values())] > 0
        if self._up is not None:
            self._place += 1
            for name, rises in zip(self._flags, now & ~self._up, strict=True):
                self._stands(name, day, rises)
        self._up = now

    def _stands(self, name: str, day: Numbers, stands: YesNo, further: float = 0) -> None:
        """``further`` down in what is told of one phase: moves are told actor by actor, as options are numbered."""
        if stands.any():
            self.known[name].places.append((self._place + further, day.copy(), stands.copy()))


def flag_name(reference: Reference) -> str:
    """A flag of the world, or that of an actor, as expressions name it."""
    return f"{reference.id}.{reference.who}" if reference.who else reference.id


def name_of_question(action: str, target: str | None) -> str:
    """A question as a line names it."""
    return action if target is None else f"{action} at {target}"


def names_of_move(option: Option) -> Iterator[str]:
    """The names of a move, from the general to the particular."""
    by = f"{option.action} by {option.actor}"
    yield from (option.action, by)
    if option.target is not None:
        yield from (f"{option.action} at {option.target}", f"{by} at {option.target}")


def all_names(scenario: Scenario, rules: Rules) -> set[str]:
    """Every line that the news of a scenario may have, but for conditions."""
    names = {name for option in rules.options for name in names_of_move(option)}
    names |= {f"flag {flag_name(r)}" for r in rules.layout.rows if r.kind in ("flag", "actor_flag")}
    for question in rules.questions:
        asked = name_of_question(question.action, question.target)
        seats = scenario.institutions[question.vote.institution].seats
        names |= {f"{asked} passed", f"{asked} failed"}
        names |= {f"{asked}: {seat.actor} {word}" for seat in seats for word in BALLOTS.values()}
    for event_id, event in scenario.events.items():
        names |= {event_id, *(f"{event_id}: {outcome}" for outcome in event.outcomes)}
    return names


def _in_runs(world: World, columns: Rows, holds: YesNo) -> YesNo:
    """Of shape (runs,) from what holds in some of them."""
    found: YesNo = np.zeros(world.runs, dtype=np.bool_)
    found[columns] = holds
    return found
