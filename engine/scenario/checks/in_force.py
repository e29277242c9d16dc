"""Days on which effects are in force: they are there, and lie in the story."""

from __future__ import annotations

from collections.abc import Iterator

from engine.scenario.checks.context import Context
from engine.scenario.checks.likely import in_story
from engine.scenario.document import Path
from engine.scenario.fields import days_in, is_date
from engine.scenario.models import Action, Effect, Scenario
from engine.scenario.walk import change_lists, choices


def starts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Every place that says from when on effects are in force, with what it says."""
    for path, action in choices(scenario):
        if action.in_force is not None:
            yield (*path, "in_force"), action.in_force
    for changes in change_lists(scenario):
        for path, change in changes.items():
            if isinstance(change, Effect) and change.on is not None:
                yield (*path, "on"), change.on


def check_names_of_days(context: Context) -> None:
    """Notes days that no entry of the calendar has the name of."""
    known = context.scenario.calendar
    for path, start in starts(context.scenario):
        if days_in(start) is None and not is_date(start) and start not in known:
            context.unknown(path, "entry of the calendar", start, known)


def check_days_in_force(context: Context) -> None:
    """Warns of days in force before the story or after it, and of those on which nothing begins."""
    s = context.scenario
    last = s.timeline.day_of(s.timeline.paces - 1)
    for path, start in starts(s):
        days = days_in(start)
        if days is not None:
            if s.timeline.paces_in(days) > s.timeline.paces - 1:
                context.note("W409", path, f"is {days:g} days, longer than the calendar: this never falls due")
            continue
        day = s.day_of(start)
        if day > last:
            context.note("W409", path, f"never falls due: the calendar's last pace opens on {last}, before {day}")
        elif day < s.start:
            meant = in_story(s, day)
            hint = f": perhaps {meant} was meant" if meant else ""
            message = f"{day} is before the start on {s.start}, so this always falls due in the pace after{hint}"
            context.note("W412", path, message)
    for path, action in choices(s):
        if action.in_force is not None and not waiting(action):
            message = "says nothing: the action has no effect that does not say itself when it falls due"
            context.note("W413", (*path, "in_force"), message)


def waiting(action: Action) -> list[Effect]:
    """The effects of an action, and of its vote, that are in force when the action says so."""
    voted = (*action.vote.passes, *action.vote.fails) if action.vote else ()
    return [effect for effect in (*action.effects, *voted) if effect.delay is None and effect.on is None]
