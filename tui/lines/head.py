"""The head of a game's screens: the side, the turn, the days left; and the calendar on one fixed axis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.budget import moves_in, words_in
from engine.play.facts.calendar import Agenda, agenda_at, column_of, marks
from engine.play.wording import long_date, short_date
from engine.words import _, ngettext
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, fit, plain, row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario
    from engine.play.session import Session

MONTHS = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
)  # fmt: skip


LEAST_NAME = 8
"""Cells that a side's name has at least, however narrow the screen."""


def status(scenario: Scenario, turn: int, viewer: str | None, moves: str, width: int, glyphs: Glyphs) -> Content:
    """One line: the side, the turn and its date, the deadline that it sees coming next, and the moves left.

    Where it is narrow the day is written in short; where that is not enough the name of the side gives way.
    """
    now = agenda_at(scenario, min(turn, scenario.turns - 1), viewer)
    who = plain(_("Watching") if viewer is None else scenario.actors[viewer].title, "b $primary")
    for is_short, gap in ((False, "   "), (False, "  "), (True, "  ")):
        rest = Content(gap).join(_when(scenario, now, moves, is_short))
        if 1 + who.cell_length + len(gap) + rest.cell_length < width:
            break
    else:
        who = fit(who, max(LEAST_NAME, width - 2 - len(gap) - rest.cell_length), glyphs=glyphs)
    return fit(row(" ", who, gap, rest), width, glyphs=glyphs)


def moves_in_words(session: Session, actor: str) -> str:
    """How many moves are chosen of those that there are, and how many words."""
    orders = session.orders(actor)
    if orders.by_rule:
        return _("left to the rule")
    done, said = moves_in(session.rules, orders.moves), words_in(session.rules, orders.moves)
    moves = _("moves {n}/{most}").format(n=len(done), most=session.scenario.moves_per_turn)
    return f"{moves}, {ngettext('{n} word', '{n} words', len(said)).format(n=len(said))}" if said else moves


def _when(scenario: Scenario, now: Agenda, moves: str, is_short: bool) -> Iterator[Content]:
    """The turn, its date, the deadline if one is to come, and the moves left if there is a seat."""
    yield plain(_("turn {turn}/{turns}").format(turn=now.term.turn + 1, turns=scenario.turns), QUIET)
    yield plain(short_date(now.term.first) if is_short else long_date(now.term.first))
    deadline = deadline_in_words(now, is_short)
    if deadline:
        yield plain(deadline, "b $accent")
    if moves:
        yield plain(moves)


def deadline_in_words(now: Agenda, is_short: bool = False) -> str:
    """The next deadline and the days left; nothing where none is to come."""
    entry = now.next_deadline
    if entry is None:
        return ""
    if entry.days_left <= 0:
        words = _("due now: {day}") if is_short else _("deadline this turn: {day}")
    else:
        words = _("due {day} in {days} d") if is_short else _("deadline {day} in {days} d")
    return words.format(day=short_date(entry.on), days=entry.days_left)


def axis(scenario: Scenario, turn: int, viewer: str | None, width: int, glyphs: Glyphs) -> tuple[Content, Content]:
    """The calendar on a line, with a sign for each day that matters and for today; and the months below it."""
    now = agenda_at(scenario, min(turn, scenario.turns - 1), viewer)
    columns = max(10, width - 2)
    today = column_of(now.term.first, now.start, now.end, columns)
    cells = [(glyphs.axis, "$primary" if column <= today else QUIET) for column in range(columns)]
    for mark in marks(now, columns):
        is_deadline = any(entry.kind == "deadline" for entry in mark.entries)
        is_past = all(entry.is_past for entry in mark.entries)
        sign = "!" if is_deadline else "+" if len(mark.entries) > 1 else "o"
        cells[mark.column] = (sign, QUIET if is_past else "b $accent" if is_deadline else "b")
    cells[today] = (glyphs.today, "b $primary")
    return (
        row(" ", *(Content.styled(sign, style) for sign, style in cells)),
        row(" ", Content.styled(_months(now, columns), QUIET)),
    )


def _months(now: Agenda, columns: int) -> str:
    """The months, each at the column of its first day."""
    line = [" "] * columns
    year, month = now.start.year, now.start.month
    day, free = now.start, 0
    while day <= now.end:
        column = column_of(day, now.start, now.end, columns)
        name = f"{MONTHS[month - 1]}"
        if column >= free and column + len(name) <= columns:
            line[column : column + len(name)] = name
            free = column + len(name) + 1
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = day.replace(year=year, month=month, day=1)
    return "".join(line)
