"""Where a desk leads: every other screen of a game, opened from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.words import _
from tui.course import Course
from tui.screens.panels import Panels
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.match import Match


class Leads(Panels):
    """A desk, as far as it leads elsewhere."""

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match
        self.motion_number = 0
        """The question to the vote that is in view."""
        self.course = Course(match, self)

    @property
    def own(self) -> str | None:
        """The seat whose desk this is."""
        return self.match.viewer

    def open_turn(self) -> None:
        """A new turn or another person: everything is written anew, and the odds are asked for."""
        self.match.ask_odds()
        self.write()

    def action_who(self) -> None:
        """The dossier of the actor in view, or of the own side."""
        rows = self.query_one(f"#{self.panel}-rows", Rows)
        name = rows.in_view or ""
        target = name.rpartition(":")[2]
        found = next((a for a in (name, target) if a in self.match.scenario.actors), self.own)
        if found:
            self.brink.open_dossier(found)

    def action_council(self) -> None:
        """The institutions."""
        from tui.screens.council import Council

        self.app.push_screen(Council(self.match, self.motion_number))

    def action_calendar(self) -> None:
        """The calendar."""
        from tui.screens.readers import Calendar

        self.app.push_screen(Calendar(self.match))

    def action_words(self) -> None:
        """The words that were given."""
        from tui.screens.readers import WordsGiven

        self.app.push_screen(WordsGiven(self.match))

    def action_speak(self) -> None:
        """Write to somebody: an offer, a warning, an amendment or a signature."""
        from tui.screens.composer import Composer

        if not self.match.words:
            self.notify(_("Your side has no words to give here."), timeout=2)
        elif not self.course.is_resolving:
            self.app.push_screen(Composer(self.match), lambda has_changed: self.spoken(bool(has_changed)))

    def spoken(self, has_changed: bool) -> None:
        """The letter is written, or put away."""
        self.brink.keep_game()
        self.match.ask_odds()
        self.write()

    def action_archive(self) -> None:
        """The dispatches so far."""
        from tui.screens.readers import Archive

        self.app.push_screen(Archive(self.match))

    def action_ghost(self) -> None:
        """What really happened."""
        from tui.screens.readers import Ghost

        self.app.push_screen(Ghost(self.match))

    def action_briefing(self) -> None:
        """The own side once more."""
        from tui.screens.readers import Briefing

        self.app.push_screen(Briefing(self.match))

    def action_seats(self) -> None:
        """Who sits where."""
        from tui.screens.seats import Seats

        self.app.push_screen(Seats(self.match), lambda _changed: self.open_turn())

    def action_saves(self) -> None:
        """The games and branches."""
        from tui.screens.saves import Saves

        self.app.push_screen(Saves())
