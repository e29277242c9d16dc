"""Screens that are read from top to bottom during a game."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from engine.words import _
from tui.commands import bindings_of
from tui.lines.briefing import crisis_lines, side_lines
from tui.lines.calendar import calendar_lines
from tui.lines.cells import plain
from tui.lines.dossier import dossier_lines
from tui.lines.ghost import ghost_lines
from tui.lines.head import axis, status
from tui.lines.news import archive_lines
from tui.lines.words import words_lines
from tui.screens.place import Reader
from tui.widgets.timeline import GameHead

if TYPE_CHECKING:
    from tui.match import Match


class GameReader(Reader):
    """A text about a game, under the head that all its screens have."""

    def __init__(self, match: Match, heading: str) -> None:
        super().__init__(heading)
        self.match = match

    def head(self) -> Iterable[Widget]:
        """The side, the turn, the calendar, and what this is."""
        yield GameHead(id="head")
        yield Static(plain(self.heading, "b $primary"), id="heading")

    def write(self) -> None:
        """The head and the text as they are now."""
        match, width = self.match, self.size.width
        scenario, turn, viewer = match.scenario, match.session.turn, match.viewer
        self.query_one(GameHead).show(
            status(scenario, turn, viewer, "", width, self.glyphs), axis(scenario, turn, viewer, width, self.glyphs)
        )
        super().write()


class Archive(GameReader):
    """Every dispatch so far, the latest turn first."""

    PLACE = "archive"
    BINDINGS = bindings_of("archive")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("Dispatches"))

    def lines(self, width: int) -> Iterable[str | Content]:
        """The dispatches."""
        return archive_lines(self.match.session, self.match.viewer, width)


class Calendar(GameReader):
    """The days that matter, and how many are left until each."""

    PLACE = "calendar"
    BINDINGS = bindings_of("calendar")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("Calendar"))

    def lines(self, width: int) -> Iterable[str | Content]:
        """The entries."""
        return calendar_lines(self.match.scenario, self.match.session.turn, self.match.viewer, width, self.glyphs)


class WordsGiven(GameReader):
    """Who has given its word for what, until when, who kept it, and who trusts whom."""

    PLACE = "words"
    BINDINGS = bindings_of("words")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("Words"))

    def lines(self, width: int) -> Iterable[str | Content]:
        """The words, as the viewer is told of them."""
        return words_lines(self.match.seen)


class Briefing(GameReader):
    """Your side once more, and what the crisis is about."""

    PLACE = "briefing"
    BINDINGS = bindings_of("briefing")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("Briefing"))

    def lines(self, width: int) -> Iterable[str | Content]:
        """The side, then the crisis."""
        if self.match.viewer is not None:
            yield from side_lines(self.match.crisis, self.match.viewer)
            yield ""
        yield from crisis_lines(self.match.crisis)


class DossierScreen(GameReader):
    """What is known of an actor: its stances with the sources' own words, its record in this game, and why."""

    PLACE = "dossier"
    BINDINGS = bindings_of("dossier")

    def __init__(self, match: Match, actor: str) -> None:
        super().__init__(match, match.scenario.actors[actor].title)
        self.actor = actor

    def lines(self, width: int) -> Iterable[str | Content]:
        """The dossier."""
        return dossier_lines(self.match, self.actor, width, self.glyphs)


class Ghost(GameReader):
    """What the real actor did in these days, with the sources' words, and how far this world has drifted from it."""

    PLACE = "ghost"
    BINDINGS = bindings_of("ghost")

    def __init__(self, match: Match) -> None:
        super().__init__(match, _("What really happened"))

    def lines(self, width: int) -> Iterable[str | Content]:
        """Turn by turn, as far as this game has come."""
        return ghost_lines(self.match, width, self.glyphs)
