"""The calendar as a list of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.calendar import agenda_at, days_in_words
from engine.play.wording import long_date
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, fit, plain, row

if TYPE_CHECKING:
    from engine.play.crisis import Scenario

SIGNS = {"deadline": "!", "entry": "o", "seats": "="}


def calendar_lines(
    scenario: Scenario, turn: int, viewer: str | None, width: int, glyphs: Glyphs
) -> Iterator[str | Content]:
    """The days that matter, past ones faint, with the open turn between them."""
    now = agenda_at(scenario, min(turn, scenario.turns - 1), viewer)
    yield plain(
        _("! deadline   o day that matters   = seats change   {today} this turn").format(today=glyphs.today), QUIET
    )
    yield ""
    is_told = False
    today = row(
        Content.styled(f"{glyphs.today} ", "b $primary"),
        plain(
            _("{first} to {last}: this turn; {n} more follow").format(
                first=long_date(now.term.first), last=long_date(now.term.last), n=now.term.turns_left
            ),
            "b $primary",
        ),
    )
    for entry in now.entries:
        if not entry.is_past and not is_told:
            yield today
            is_told = True
        style = QUIET if entry.is_past else "b $accent" if entry.kind == "deadline" else ""
        yield row(
            Content.styled(f"{SIGNS[entry.kind]} ", style),
            fit(plain(long_date(entry.on), style), 18),
            fit(plain(days_in_words(entry), QUIET), 14),
            plain(entry.title, style),
        )
        if entry.summary and not entry.is_past:
            yield row(" " * 34, plain(entry.summary, QUIET))
    if not is_told:
        yield today
