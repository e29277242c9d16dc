"""The news: dispatches with their weight, the own side's first, turn by turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.headlines import Headline, headlines
from engine.play.wording import long_date, short_date
from engine.words import _
from tui.lines.cells import QUIET, hang, plain, row
from tui.lines.secrecy import known_to
from tui.widgets.rows import Row

if TYPE_CHECKING:
    from engine.play.record import Turn
    from engine.play.session import Session

WEIGHTS = {3: ("!!!", "b $accent"), 2: ("!! ", "b"), 1: ("!  ", QUIET)}


def headline_line(headline: Headline, opened: dt.date, width: int, remark: Content | str = "") -> Content:
    """Its weight, its day where it is another than that of the turn, its text, and what is remarked on it."""
    sign, style = WEIGHTS[headline.weight]
    dispatch = headline.dispatch
    day = "" if dispatch.date == opened else f"{short_date(dispatch.date)}: "
    text_style = "b" if headline.concerns_player else QUIET if headline.is_colour else ""
    text = row(Content.styled(day, QUIET), plain(dispatch.text, text_style), remark)
    return hang(row(Content.styled(sign, style), " "), text, width)


def news_rows(session: Session, viewer: str | None, width: int, has_briefed: bool = False) -> list[Row]:
    """What is known as the turn opens: what the calendar brings, then the turn before; at first, what is at stake.

    ``has_briefed`` where what is at stake for everybody was read just before.
    """
    rows = [] if session.is_over else opening_rows(session, viewer, width)
    seen = session.seen(viewer)
    if seen.turns:
        last = seen.turns[-1]
        rows.append(Row(None, plain(_("The turn from {day}").format(day=long_date(last.date)), "$accent")))
        rows += _rows(session, last, viewer, "last", width)
    else:
        scenario = session.scenario
        own = None if viewer is None else scenario.actors[viewer].briefing
        common = () if has_briefed else (scenario.summary or "", *(scenario.briefing or "").split("\n"))
        paragraphs = (*common, *(own or "").split("\n"))
        rows += [Row(f"about:{n}", plain(text)) for n, text in enumerate(paragraphs) if text.strip()]
    return rows


def opening_rows(session: Session, viewer: str | None, width: int, has_briefed: bool = False) -> list[Row]:
    """What the calendar brings as the turn opens; ``has_briefed`` changes nothing of that."""
    opening = session.seen(viewer).opening
    head = [Row(None, plain(_("As the turn opens"), "$accent"))] if opening.dispatches else []
    return [*head, *_rows(session, opening, viewer, "now", width)]


def _rows(session: Session, turn: Turn, viewer: str | None, name: str, width: int) -> Iterator[Row]:
    for number, headline in enumerate(headlines(session.scenario, turn, viewer)):
        actor = headline.dispatch.actor or ""
        yield Row(f"{name}:{number}:{actor}", headline_line(headline, turn.date, width))


def archive_lines(session: Session, viewer: str | None, width: int) -> Iterator[str | Content]:
    """All dispatches so far, the latest turn first; after the end those too that a side did not read at the time."""
    scenario, is_over = session.scenario, session.is_over
    turns = session.seen(viewer).turns
    for turn in reversed(turns):
        yield row(plain(long_date(turn.date), "b $accent"), "  ", plain(_("turn {n}").format(n=turn.turn + 1), QUIET))
        if not turn.dispatches:
            yield plain(_("Nothing is reported."), QUIET)
        for part in turn.day_by_day(scenario.timeline):
            for headline in headlines(scenario, part, viewer, is_open=is_over):
                audience = headline.dispatch.known_to if is_over else None
                remark = "" if audience is None else known_to(scenario, audience)
                yield headline_line(headline, turn.date, width, remark)
        yield ""
    if not turns:
        yield plain(_("No turn has been played yet."), QUIET)
