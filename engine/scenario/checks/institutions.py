"""Institutions: somebody sits in them at every pace, and their votes can pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from engine.scenario.checks.context import Context
from engine.scenario.document import Path
from engine.scenario.models import Institution, PassRule, Scenario


def check_institutions(context: Context) -> None:
    """Notes bodies that can't decide."""
    for name, institution in context.scenario.institutions.items():
        check_members(context, ("institutions", name, "pass"), institution)
        for day, seated in compositions(context.scenario, institution):
            key, message = shortfall(institution.passes, seated)
            if message:
                context.note("E501", ("institutions", name, *key), f"on {day} {message}", key=True)
                break


def check_members(context: Context, path: Path, institution: Institution) -> None:
    """Notes vetoes and weights of actors who never sit there."""
    members = {seat.actor: None for seat in institution.seats}
    for number, actor in enumerate(institution.passes.veto):
        if actor not in members:
            context.unknown((*path, "veto", number), "member", actor, members)
        elif actor in institution.passes.veto[:number]:
            context.note("E204", (*path, "veto", number), f"{actor} stands in this list already")
    for actor in institution.passes.weights:
        if actor not in members:
            context.unknown((*path, "weights", actor), "member", actor, members, key=True)


def compositions(scenario: Scenario, institution: Institution) -> Iterator[tuple[dt.date, frozenset[str]]]:
    """Who sits when a pace opens: the first, and each at whose opening somebody has come or gone."""
    changes = {seat.since for seat in institution.seats} | {
        seat.until + dt.timedelta(days=1) for seat in institution.seats if seat.until and seat.until < dt.date.max
    }
    timeline = scenario.timeline
    ticks = {0} | {max(0, timeline.first_pace_from(day)) for day in changes if day is not None}
    for tick in sorted(tick for tick in ticks if tick < timeline.paces):
        day = timeline.day_of(tick)
        yield day, frozenset(institution.seated(day))


def shortfall(rule: PassRule, seated: frozenset[str]) -> tuple[Path, str]:
    """What those who sit lack to pass anything, and the key that asks for it; no message where they lack nothing."""
    sit = f"only {len(seated)} sit{'s' if len(seated) == 1 else ''} in it"
    if not seated:
        return ("seats",), "nobody sits in it"
    if rule.yes is not None and len(seated) < rule.yes:
        return ("pass", "yes"), f"{sit}, too few for {rule.yes} votes"
    if rule.quota is not None:
        weight = rule.votes_of(seated)
        if weight < rule.quota:
            return ("pass", "quota"), f"those who sit in it have a weight of {weight}, too little for {rule.quota}"
    if rule.weights and not rule.votes_of(seated):
        return ("pass", "weights"), "those who sit in it have no weight"
    return (), ""
