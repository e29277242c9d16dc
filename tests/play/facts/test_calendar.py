"""The calendar: what everybody sees coming, on one axis."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.play import Game
from engine.play.facts.calendar import Agenda, Entry, Term, agenda, agenda_at, column_of, days_in_words, marks
from engine.scenario.models import Scenario

START = dt.date(2000, 1, 1)
TERM = Term(0, START, START, 0)


def made(days: list[int], length: int) -> Agenda:
    """An agenda with an entry on each of these days."""
    entries = [Entry(START + dt.timedelta(days=day), "x", None, "entry", day, False, False) for day in sorted(days)]
    return Agenda(START, START + dt.timedelta(days=length), TERM, tuple(entries))


@given(st.lists(st.integers(0, 200), max_size=40), st.integers(1, 120), st.integers(1, 4))
def test_marks_never_overlap(days: list[int], columns: int, gap: int) -> None:
    """They stay on the line, in order and apart, and every entry is in exactly one of them."""
    line = marks(made(days, 200), columns, gap)
    places = [mark.column for mark in line]
    assert all(0 <= place < columns for place in places)
    assert all(after - before >= gap for before, after in pairwise(places))
    assert [entry.days_left for mark in line for entry in mark.entries] == sorted(days)


def test_a_mark_with_room_stands_on_its_day() -> None:
    """Nothing moves that need not."""
    line = marks(made([0, 100, 200], 200), 101)
    assert [mark.column for mark in line] == [0, 50, 100]
    assert column_of(START, START, START, 10) == 0


def test_only_what_is_known_in_advance(game: Game) -> None:
    """The calendar's entries and the seats; no event, dated or not, that the scenario keeps to itself."""
    shown = agenda(game)
    scenario = game.rules.scenario
    titles = {entry.title for entry in shown.entries}
    assert {entry.title for entry in scenario.calendar.values()} <= titles
    hidden = {event.title for event in scenario.events.values()} - {e.title for e in scenario.calendar.values()}
    assert not titles & hidden
    assert {entry.kind for entry in shown.entries} == {"entry", "deadline", "seats"}


def test_past_present_and_future(kosovo: Scenario) -> None:
    """The open turn, the days left, and the next deadline."""
    shown = agenda_at(kosovo, 2)
    assert (shown.term.first, shown.term.last) == (dt.date(2007, 12, 4), dt.date(2007, 12, 10))
    deadline = shown.next_deadline
    assert deadline is not None
    assert (deadline.title, deadline.days_left, deadline.in_turn) == ("Deadline for an agreement", 6, True)
    assert days_in_words(deadline) == "in 6 days"
    assert days_in_words(shown.entries[0]) == "14 days ago"
    later = agenda_at(kosovo, 3).next_deadline
    assert later is not None
    assert later.on == dt.date(2008, 2, 3)


def test_seats_that_change_are_named(small: Game) -> None:
    """Who comes, and in which body."""
    seats = [entry for entry in agenda(small).entries if entry.kind == "seats"]
    assert [(str(entry.on), entry.title, entry.summary) for entry in seats] == [
        ("2008-01-01", "Council: 1 seat changes", "in: Kosovo")
    ]
