"""The days that matter on one fixed axis, from the first day of a scenario to its last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.play.wording import titles
from engine.scenario.models import CalendarEntry, Institution, Scenario
from engine.words import _, ngettext

if TYPE_CHECKING:
    from engine.play.game import Game


@dataclass(frozen=True, slots=True)
class Entry:
    """A day that everybody sees coming."""

    on: dt.date
    title: str
    summary: str | None
    kind: str
    """``entry``, ``deadline`` or ``seats``."""
    days_left: int
    """From the day on which the open turn began; less than none where it is past."""
    is_past: bool
    """Whether it lies before the open turn."""
    in_turn: bool
    """Whether it lies in the open turn."""


@dataclass(frozen=True, slots=True)
class Term:
    """The open turn: its number, the first and the last of its days, and how many turns follow it at most."""

    turn: int
    first: dt.date
    last: dt.date
    turns_left: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """The calendar as it stands in the open turn; what the scenario keeps to itself is not in it."""

    start: dt.date
    end: dt.date
    term: Term
    entries: tuple[Entry, ...]
    """In the order of the days."""

    @property
    def next_deadline(self) -> Entry | None:
        """The nearest deadline that is not past."""
        return next((entry for entry in self.entries if entry.kind == "deadline" and not entry.is_past), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a line of columns, and the entries that stand there: several where there is no room apart."""

    column: int
    entries: tuple[Entry, ...]


def agenda(game: Game) -> Agenda:
    """The calendar of a game, at its open turn."""
    return agenda_at(game.rules.scenario, game.turn)


def agenda_at(scenario: Scenario, turn: int, viewer: str | None = None) -> Agenda:
    """The calendar of a scenario at the opening of a turn, as a side sees it coming; whole for whoever has no seat."""
    first = scenario.date_of(turn)
    last = scenario.timeline.last_day_of(turn)
    told = [(e.on, e.title, e.summary, "deadline" if e.deadline else "entry") for e in _seen_by(scenario, viewer)]
    told += _changes_of_seats(scenario)
    entries = [
        Entry(on, title, summary, kind, (on - first).days, on < first, first <= on <= last)
        for on, title, summary, kind in sorted(told, key=lambda entry: entry[0])
    ]
    term = Term(turn, first, last, max(0, scenario.turns - turn - 1))
    return Agenda(scenario.start, scenario.end, term, tuple(entries))


def _seen_by(scenario: Scenario, viewer: str | None) -> Iterator[CalendarEntry]:
    for entry in scenario.calendar.values():
        if viewer is None or entry.known_to is None or viewer in scenario.members(entry.known_to):
            yield entry


def _changes_of_seats(scenario: Scenario) -> Iterator[tuple[dt.date, str, str | None, str]]:
    """The days on which the members of an institution change, with who comes and who goes."""
    for body in scenario.institutions.values():
        for day in sorted(_days_of_change(body)):
            if scenario.start < day <= scenario.end:
                before, after = body.seated(day - dt.timedelta(days=1)), body.seated(day)
                come = [actor for actor in after if actor not in before]
                go = [actor for actor in before if actor not in after]
                if come or go:
                    yield day, _seats_title(body, come, go), _who(scenario, come, go), "seats"


def _days_of_change(body: Institution) -> set[dt.date]:
    comings = {seat.since for seat in body.seats if seat.since is not None}
    return comings | {seat.until + dt.timedelta(days=1) for seat in body.seats if seat.until is not None}


def _seats_title(body: Institution, come: Sequence[str], go: Sequence[str]) -> str:
    count = max(len(come), len(go))
    text = ngettext("{body}: {count} seat changes", "{body}: {count} seats change", count)
    return text.format(body=body.title, count=count)


def _who(scenario: Scenario, come: Sequence[str], go: Sequence[str]) -> str:
    parts = [_("in: {actors}").format(actors=titles(scenario, come))] if come else []
    parts += [_("out: {actors}").format(actors=titles(scenario, go))] if go else []
    return "; ".join(parts)


def days_in_words(entry: Entry) -> str:
    """How far away an entry is."""
    days = abs(entry.days_left)
    if entry.days_left == 0:
        return _("today")
    if entry.days_left > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    return ngettext("{days} day ago", "{days} days ago", days).format(days=days)


def column_of(day: dt.date, start: dt.date, end: dt.date, columns: int) -> int:
    """Where a day stands on a line of columns that runs from one day to another."""
    length = max(1, (end - start).days)
    share = min(1.0, max(0.0, (day - start).days / length))
    return round(share * (columns - 1))


def marks(agenda: Agenda, columns: int, gap: int = 1) -> tuple[Mark, ...]:
    """The entries of an agenda on a line of columns, at least ``gap`` apart, in order, each near its day.

    Entries of one day share a mark; where there are more days than room, neighbours share one too.
    """
    groups: dict[dt.date, list[Entry]] = {}
    for entry in agenda.entries:
        groups.setdefault(entry.on, []).append(entry)
    together = list(groups.values())
    room = max(1, (columns - 1) // gap + 1)
    while len(together) > room:
        distance = [(after[0].on - before[-1].on, n) for n, (before, after) in enumerate(pairwise(together))]
        nearest = min(distance)[1]
        together[nearest : nearest + 2] = [together[nearest] + together[nearest + 1]]
    wanted = [column_of(group[0].on, agenda.start, agenda.end, columns) for group in together]
    places = _spread(wanted, columns, gap)
    return tuple(Mark(place, tuple(group)) for place, group in zip(places, together, strict=True))


def _spread(wanted: Sequence[int], columns: int, gap: int) -> list[int]:
    """The wanted columns, moved right and then back left as little as keeps them apart."""
    places: list[int] = []
    for column in wanted:
        places.append(max(column, places[-1] + gap) if places else column)
    limit = columns - 1
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], limit)
        limit = places[number] - gap
    return places
