"""How large a scenario may be."""

from __future__ import annotations

from engine.scenario.checks.context import Context
from engine.scenario.limits import (
    MOST,
    MOST_DECISIONS,
    MOST_EFFECTS,
    MOST_OPTIONS,
    MOST_PACES,
    MOST_REVEALED,
    MOST_SEATS,
)
from engine.scenario.models import EVERYONE, Effect, Scenario
from engine.scenario.names import SELF, TARGET
from engine.scenario.walk import change_lists


def check_limits(context: Context) -> bool:
    """Notes each limit that the scenario is over; returns whether it keeps them all."""
    before = context.problems.errors
    for part, most in MOST.items():
        has = len(getattr(context.scenario, part))
        if has > most:
            context.note("E901", (part,), f"has {has:,} entries: at most {most:,} are allowed", key=True)
    if context.problems.errors > before:
        return False
    for part, noun, has, most in totals(context):
        if has > most:
            context.note("E901", (part,), f"make {has:,} {noun}: at most {most:,} are allowed", key=True)
    return context.problems.errors == before


def people(scenario: Scenario, names: tuple[str, ...] | None) -> int:
    """How many actors these actors and groups are; one, where nobody is named."""
    if names is None:
        return 1
    members = {EVERYONE: len(scenario.actors), **{name: len(set(group)) for name, group in scenario.groups.items()}}
    return min(len(scenario.actors), sum(members.get(name, 1) for name in names))


def options_of(scenario: Scenario) -> int:
    """How many options (actor, action, target) there are."""
    return sum(people(scenario, action.by) * people(scenario, action.aims) for action in scenario.choices.values())


def decisions_of(scenario: Scenario) -> int:
    """Options times paces: what a game weighs up."""
    return options_of(scenario) * scenario.timeline.paces


def revealed_by(scenario: Scenario) -> int:
    """How much effects may reveal: what each names, times those who may learn it."""
    most, parts = len(scenario.actors), (SELF, TARGET)
    total = 0
    for changes in change_lists(scenario):
        for change in changes.changes:
            for name, who in change.reveal.items() if isinstance(change, Effect) else ():
                holders = max((people(scenario, (word,)) for word in name.split(".") if word not in parts), default=1)
                things = most if set(parts) & set(name.split(".")) else holders
                total += things * (most if set(parts) & set(who) else people(scenario, who))
    return total


def totals(context: Context) -> list[tuple[str, str, int, int]]:
    """What is limited over all entries of a part: the part, the noun, how many, and the most."""
    s = context.scenario
    options = options_of(s)
    effects = sum(len(a.effects) + len(a.expects) for a in s.choices.values())
    effects += sum(len(a.vote.passes) + len(a.vote.fails) for a in s.actions.values() if a.vote)
    effects += sum(len(a.vote.pass_expects) + len(a.vote.fail_expects) for a in s.actions.values() if a.vote)
    in_events = sum(len(e.effects) + sum(len(o.effects) for o in e.outcomes.values()) for e in s.events.values())
    seats = sum(len(institution.seats) for institution in s.institutions.values())
    return [
        ("actions", "options", options, MOST_OPTIONS),
        ("actions", "decisions (options times paces)", options * paces_of(context), MOST_DECISIONS),
        ("actions", "effects (with those of events)", effects + in_events, MOST_EFFECTS),
        ("institutions", "seats", seats, MOST_SEATS),
        ("secrets", "things to be learned (secrets times actors)", revealed_by(s), MOST_REVEALED),
    ]


def paces_of(context: Context) -> int:
    """How many paces the story has; 1 where its calendar is to be refused for itself."""
    paces = context.scenario.timeline.paces
    return paces if 1 <= paces <= MOST_PACES else 1
