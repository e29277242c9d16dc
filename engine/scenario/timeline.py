"""The days, paces and turns of a story: the rules go pace by pace, and people are asked turn by turn.

All lengths are whole hours, so that no moment depends on how numbers are rounded.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from engine.scenario.fields import HOURS_IN_DAY


@dataclass(frozen=True, slots=True)
class Timeline:
    """The calendar of a story as numbers: tick 0 is its first pace, turn 0 its first turn."""

    start: dt.date
    end: dt.date
    hours_in_pace: int
    hours_in_turn: int

    @property
    def pace_in_days(self) -> float:
        """The length of a pace."""
        return self.hours_in_pace / HOURS_IN_DAY

    @property
    def paces_per_turn(self) -> int:
        """How many paces a turn is made of."""
        return max(1, self.hours_in_turn // self.hours_in_pace)

    @property
    def paces(self) -> int:
        """How many paces the calendar holds, whatever the length of a turn."""
        return self.first_pace_from(self.end)

    @property
    def turns(self) -> int:
        """How many turns the calendar holds; the last may have fewer paces than the others."""
        return -(-self.paces // self.paces_per_turn)

    def paces_in(self, days: float) -> int:
        """How many paces it takes until so many days have passed, at least one."""
        hours = days * HOURS_IN_DAY
        whole = round(hours)
        if abs(hours - whole) < 1e-6:  # what was written in hours is not taken for a little more
            return max(1, -(-whole // self.hours_in_pace))
        return max(1, int(hours // self.hours_in_pace) + 1)

    def days_until(self, tick: int) -> float:
        """Days from the start to the opening of a pace."""
        return tick * self.hours_in_pace / HOURS_IN_DAY

    def moment_of(self, tick: int) -> dt.datetime:
        """When a pace opens."""
        return midnight(self.start) + tick * self._length

    def day_of(self, tick: int) -> dt.date:
        """The day on which a pace opens."""
        return self.moment_of(tick).date()

    def pace_of(self, moment: dt.date) -> int:
        """The pace in which a day begins or a moment lies, as if paces went on without end both ways."""
        return (midnight(moment) - midnight(self.start)) // self._length

    def first_pace_from(self, moment: dt.date) -> int:
        """The first pace that opens on a day or at a moment, or later, as if paces went on without end both ways."""
        return -((midnight(self.start) - midnight(moment)) // self._length)

    def turn_at(self, tick: int) -> int:
        """The turn to which a pace belongs."""
        return tick // self.paces_per_turn

    def paces_of(self, turn: int) -> range:
        """The paces of a turn."""
        first = turn * self.paces_per_turn
        return range(first, max(first, min(first + self.paces_per_turn, self.paces)))

    def opens_turn(self, tick: int) -> bool:
        """Whether a turn opens with a pace."""
        return tick % self.paces_per_turn == 0

    def paces_left_in_turn(self, tick: int) -> int:
        """How many paces there are from one of them to the next turn, or to the end."""
        return min(self.paces - tick, self.paces_per_turn - tick % self.paces_per_turn)

    def turn_of(self, moment: dt.date) -> int:
        """The turn in which a day begins or a moment lies, as if turns went on without end both ways."""
        return self.turn_at(self.pace_of(moment))

    def date_of(self, turn: int) -> dt.date:
        """The day on which a turn opens; of one beyond the last, the day on which the story is over."""
        return self.day_of(min(turn * self.paces_per_turn, self.paces))

    def last_day_of(self, turn: int) -> dt.date:
        """The last day of a turn."""
        return (self.moment_of(self.paces_of(turn).stop) - dt.timedelta(hours=1)).date()

    @property
    def _length(self) -> dt.timedelta:
        return dt.timedelta(hours=self.hours_in_pace)


def midnight(moment: dt.date) -> dt.datetime:
    """When a day begins; a moment itself."""
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())
