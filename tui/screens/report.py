"""After a turn: what happened, why, what you had expected, and what really happened then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from engine.play.wording import long_date
from engine.words import _
from tui.commands import bindings_of
from tui.lines.report import report_lines
from tui.screens.readers import Archive, Calendar, GameReader, Ghost, WordsGiven

if TYPE_CHECKING:
    from engine.play.record import Turn
    from tui.match import Match


class Report(GameReader):
    """The turn that has passed. Enter goes on to the next."""

    PLACE = "report"
    BINDINGS = bindings_of("report")

    def __init__(self, match: Match, turn: Turn) -> None:
        super().__init__(match, _("What happened in the turn from {day}").format(day=long_date(turn.date)))
        self.turn = turn

    def on_mount(self) -> None:
        """The odds from here are asked for while the report is read."""
        super().on_mount()
        self.match.ask_odds()

    def lines(self, width: int) -> Iterable[str | Content]:
        """The report."""
        return report_lines(self.match, self.turn, width, self.glyphs)

    def odds_changed(self) -> None:
        """The odds from here are known."""
        self.write()

    def action_continue(self) -> None:
        """On to the next turn."""
        self.dismiss()

    def action_archive(self) -> None:
        """All dispatches."""
        self.app.push_screen(Archive(self.match))

    def action_calendar(self) -> None:
        """The calendar."""
        self.app.push_screen(Calendar(self.match))

    def action_words(self) -> None:
        """The words that were given."""
        self.app.push_screen(WordsGiven(self.match))

    def action_ghost(self) -> None:
        """The record."""
        self.app.push_screen(Ghost(self.match))

    def action_council(self) -> None:
        """The institutions."""
        from tui.screens.council import Council

        self.app.push_screen(Council(self.match))

    def action_who(self) -> None:
        """The own side's dossier."""
        if self.match.viewer is not None:
            self.brink.open_dossier(self.match.viewer)
