"""How large a scenario may be."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.models import EVERYONE

MOST: dict[str, int] = {
    "actors": 200,
    "issues": 50,
    "values": 500,
    "flags": 1000,
    "actor_flags": 100,
    "groups": 500,
    "measures": 1000,
    "institutions": 100,
    "calendar": 1000,
    "actions": 2000,
    "dynamics": 500,
    "events": 1000,
    "endings": 100,
    "expect": 500,
    "cases": 500,
}
"""The most entries that each part of a scenario may have."""

MOST_OPTIONS = 20_000
"""Options (actor, action, target) that a scenario may have."""

MOST_EFFECTS = 2_000
"""Effects and beliefs of all actions and events."""

MOST_SEATS = 5_000
"""Seats of all institutions."""


def check_limits(context: Context) -> bool:
    """Notes each limit that the scenario is over; returns whether it keeps them all."""
    before = context.problems.errors
    for part, most in MOST.items():
        has = len(getattr(context.scenario, part))
        if has > most:
            context.error((part,), f"has {has:,} entries: at most {most:,} are allowed", key=True)
    if context.problems.errors > before:
        return False
    for part, noun, has, most in totals(context):
        if has > most:
            context.error((part,), f"make {has:,} {noun}: at most {most:,} are allowed", key=True)
    return context.problems.errors == before


def totals(context: Context) -> list[tuple[str, str, int, int]]:
    """What is limited over all entries of a part: the part, the noun, how many, and the most."""
    s = context.scenario
    members = {EVERYONE: len(s.actors), **{name: len(set(group)) for name, group in s.groups.items()}}

    def people(names: tuple[str, ...] | None) -> int:
        return 1 if names is None else min(len(s.actors), sum(members.get(name, 1) for name in names))

    options = sum(people(action.by) * people(action.targets) for action in s.actions.values())
    effects = sum(len(a.effects) + len(a.expects) for a in s.actions.values())
    effects += sum(len(a.vote.passes) + len(a.vote.fails) for a in s.actions.values() if a.vote)
    effects += sum(len(a.vote.pass_expects) + len(a.vote.fail_expects) for a in s.actions.values() if a.vote)
    in_events = sum(len(e.effects) + sum(len(o.effects) for o in e.outcomes.values()) for e in s.events.values())
    seats = sum(len(institution.seats) for institution in s.institutions.values())
    return [
        ("actions", "options", options, MOST_OPTIONS),
        ("actions", "effects (with those of events)", effects + in_events, MOST_EFFECTS),
        ("institutions", "seats", seats, MOST_SEATS),
    ]
