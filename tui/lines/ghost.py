"""History beside the game: what the real actor did, and how far this world has drifted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.facts.ghost import Drift, RealDeed, definition_of_drift, drift_of, flag_told, ghost_of
from engine.play.wording import long_date
from engine.words import _
from tui.glyphs import Glyphs
from tui.lines.cells import QUIET, bar, plain, row

if TYPE_CHECKING:
    from tui.lines.scene import Scene
    from tui.match import Match

SHOWN = 8
"""Flags and issues of a drift that are told."""


def turn_ghost(match: Scene, turn: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """What really happened in the days of a turn: the own side's deeds with their quotes, then the others'."""
    history = match.history
    if history is None:
        yield plain(_("This scenario brings no history."), QUIET)
        return
    found = ghost_of(match.scenario, history, match.crisis.sources, match.viewer, turn)
    side = None if match.viewer is None else match.scenario.actors[match.viewer].title
    if not found.own and not found.others:
        yield plain(_("The record has nothing in these days."), QUIET)
    for deed in found.own:
        yield from _deed(deed, side, glyphs)
    for deed in found.others:
        yield from _deed(deed, None, glyphs)


def _deed(deed: RealDeed, side: str | None, glyphs: Glyphs) -> Iterator[str | Content]:
    head = row(plain(f"{long_date(deed.on)}  ", QUIET), plain(deed.title, "b"))
    yield row(head, "  ", plain(f"({side})", "$accent")) if side else head
    if deed.text:
        yield row("  ", plain(deed.text))
    for quote in deed.quotes:
        by = f", {quote.by}" if quote.by else ""
        yield row("  ", plain(f"{glyphs.quote_open}{quote.words}{glyphs.quote_close}{by}", "i"))
        yield row("  ", plain(quote.head, QUIET))
    if not deed.quotes and deed.background:
        yield row("  ", plain(_("known from: {why}").format(why=deed.background), QUIET))


def drift_line(drift: Drift, glyphs: Glyphs) -> Content:
    """The figure with its bar."""
    words = _("Drift from the record: {n} of 100").format(n=f"{drift.figure:.0f}")
    return row(plain(words, "b"), " ", bar(drift.figure / 100, 22, glyphs))


def drift_lines(match: Match, glyphs: Glyphs) -> Iterator[str | Content]:
    """The figure, what it means, and of what it is made."""
    history = match.crisis.history
    if history is None:
        return
    drift = drift_of(match.seen, history)
    yield drift_line(drift, glyphs)
    yield plain(definition_of_drift(), QUIET)
    yield from drift_details(drift, match.session.is_over)


def drift_details(drift: Drift, is_over: bool) -> Iterator[str | Content]:
    """Of what the figure is made: the flags and the issues that are farthest apart."""
    apart = sorted((flag for flag in drift.flags if flag.apart), key=lambda flag: -flag.apart)
    yield from (plain(flag_told(flag, is_over)) for flag in apart[:SHOWN])
    if len(apart) > SHOWN:
        yield plain(_("and {n} more").format(n=len(apart) - SHOWN), QUIET)
    for issue in sorted(drift.issues, key=lambda issue: -issue.share)[:SHOWN]:
        yield plain(
            _("{issue}: on {day} here {here}, in reality {real}").format(
                issue=issue.title,
                here=f"{issue.here:.0f}",
                day=long_date(issue.read_on),
                real=f"{issue.in_reality:.0f}",
            )
        )


def ghost_lines(match: Match, width: int, glyphs: Glyphs) -> Iterator[str | Content]:
    """How far this world has drifted, then the record of every turn that was played, the latest first."""
    yield from drift_lines(match, glyphs)
    played = len(match.session.game.turns)
    if not played:
        yield plain(_("After each turn you read here what the real actors did in those days."), QUIET)
    for turn in reversed(range(played)):
        yield ""
        yield plain(long_date(match.scenario.date_of(turn)), "b $accent")
        yield from turn_ghost(match, turn, glyphs)
