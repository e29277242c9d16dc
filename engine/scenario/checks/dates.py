"""The calendar: a story of some paces and turns, and days that can come due in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.fields import HOURS_IN_DAY, USUAL_PACE, is_pace_in_hours
from engine.scenario.limits import LAST_YEAR, LONGEST_STORY, MOST_PACES
from engine.scenario.models import Scenario, Seat
from engine.scenario.walk import change_lists

ROUNDING = 1e-9
"""Lengths of time closer than this are the same: a third of a day has no exact number."""


def check_dates(context: Context) -> bool:
    """Notes days that don't fit; returns whether the story has turns at all."""
    before = context.problems.errors
    check_span(context)
    if context.problems.errors > before:
        return False
    check_entries(context)
    check_events(context)
    check_seats(context)
    return True


def check_span(context: Context) -> None:
    """Notes a story without turns, or with too many."""
    s = context.scenario
    if not is_of_paces(s.step, s.days_in_pace):
        context.note("E404", ("step",), turns_wanted(s))
    elif s.end.year > LAST_YEAR:
        context.note("E404", ("end",), f"the story ends after the year {LAST_YEAR}")
    elif s.start >= s.end:
        context.note("E404", ("end",), f"the story ends on {s.end}, which is not after its start on {s.start}")
    elif s.timeline.paces > MOST_PACES:
        key, hint = ("end", "; a longer pace makes fewer") if s.pace is None else ("pace", "")
        message = f"makes {s.timeline.paces:,} paces from {s.start} to {s.end}: at most {MOST_PACES:,} are allowed"
        context.note("E404", (key,), message + hint)
    elif (s.end - s.start).days > LONGEST_STORY:
        context.note("E404", ("end",), f"the story is longer than {LONGEST_STORY:,.0f} days")


def is_of_paces(step: float, pace: float) -> bool:
    """Whether a turn is a whole number of paces, and these are some that days are made of."""
    is_whole = round(step / pace) >= 1 and abs(step / pace - round(step / pace)) < ROUNDING
    return is_whole and (pace.is_integer() or is_pace_in_hours(pace))


def turns_wanted(scenario: Scenario) -> str:
    """How long a turn may be, or what it needs to be as short."""
    if scenario.pace is None and scenario.step < USUAL_PACE:
        needed = f"a turn of {in_units(scenario.step)} is shorter than a day, which is the pace where nothing is said"
        if is_pace_in_hours(scenario.step):
            return f"{needed}: write pace: {in_units(scenario.step)} as well, or a shorter one that goes into it"
        return f"{needed}, and hours of a pace divide a day: write pace: 1h as well, or another step"
    pace, step = in_units(scenario.days_in_pace), in_units(scenario.step)
    hint = "; pace says how long one is" if scenario.pace is None else ""
    return f"a turn is a whole number of paces, of {pace} each: this is {step}{hint}"


def in_units(days: float) -> str:
    """A length of time as it is written."""
    return f"{days:g}d" if days.is_integer() else f"{days * HOURS_IN_DAY:g}h"


def check_entries(context: Context) -> None:
    """Notes calendar entries after the end, or so far off that days can't be counted."""
    s = context.scenario
    for name, entry in s.calendar.items():
        path: Path = ("calendar", name, "on")
        if entry.on > s.end:
            context.note("E405", path, f"{entry.on} is after the calendar runs out on {s.end}")
        elif (s.end - entry.on).days > LONGEST_STORY:
            context.note("E405", path, f"{entry.on} is more than {LONGEST_STORY:,.0f} days before the end")


def check_events(context: Context) -> None:
    """Notes dated events that never come due."""
    s = context.scenario
    last = s.timeline.day_of(s.timeline.paces - 1)
    for name, event in s.events.items():
        path: Path = ("events", name, "on")
        if event.on is not None and event.on < s.start:
            context.note("E406", path, f"never comes due: {event.on} is before the calendar starts on {s.start}")
        elif event.on is not None and event.on > last:
            context.note("E406", path, f"never comes due: the calendar's last pace opens on {last}, before {event.on}")


def check_seats(context: Context) -> None:
    """Notes seats that end before they begin, and actors who would sit in two at once."""
    for name, institution in context.scenario.institutions.items():
        terms: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
        for number, seat in enumerate(institution.seats):
            first, last = seat.since or dt.date.min, seat.until or dt.date.max
            if first > last:
                path = ("institutions", name, "seats", number, "until")
                context.note("E407", path, f"{last} is before the seat's first day, {first}")
            else:
                terms.setdefault(seat.actor, []).append((first, last, number))
        for actor, seats in terms.items():
            check_terms(context, name, actor, sorted(seats, key=lambda term: (term[0], term[2])))


def check_terms(context: Context, name: str, actor: str, terms: list[tuple[dt.date, dt.date, int]]) -> None:
    """Notes terms of one actor, sorted by their first days, that overlap."""
    for earlier, later in pairwise(terms):
        if later[0] <= earlier[1]:
            path: Path = ("institutions", name, "seats", later[2], "actor")
            context.note("E502", path, f"{actor} sits in another seat of it at the same time")


def check_waits(context: Context) -> None:
    """Warns of waits that last longer than the story, and of seats that nobody holds in it."""
    s = context.scenario
    days = s.timeline.days_until(s.timeline.paces)
    for name, action in s.actions.items():
        if action.cooldown is not None and action.cooldown >= days:
            message = f"is {action.cooldown:g} days, as long as the whole calendar: once: true says the same"
            context.note("W408", ("actions", name, "cooldown"), message)
    for name, ask in s.asks.items():
        if ask.within >= days:
            message = (
                f"is {ask.within:g} days, as long as the whole calendar: {ask.otherwise} never takes place in silence"
            )
            context.note("W414", ("asks", name, "within"), message)
    for changes in change_lists(s):
        for path, change in changes.items():
            delay = getattr(change, "delay", None)
            if delay is not None and s.timeline.paces_in(delay) > s.timeline.paces - 1:
                message = f"is {delay:g} days, longer than the calendar: this never falls due"
                context.note("W409", (*path, "delay"), message)
    for name, institution in s.institutions.items():
        for number, seat in enumerate(institution.seats):
            if not any(seat.is_held_on(day) for day in opening_days(s, seat)):
                message = "is never held while a pace opens: its term lies outside the calendar"
                context.note("W503", ("institutions", name, "seats", number), message)


def opening_days(scenario: Scenario, seat: Seat) -> Iterator[dt.date]:
    """The first opening day of the calendar on which a seat may be held."""
    timeline = scenario.timeline
    tick = max(0, timeline.first_pace_from(seat.since)) if seat.since else 0
    if tick < timeline.paces:
        yield timeline.day_of(tick)
