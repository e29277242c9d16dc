"""Who sits in which seat: take one, or hand one to the rules, at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from engine.play.session import OrderRefused
from engine.play.wording import playable
from engine.words import _
from tui.commands import bindings_of
from tui.lines.cells import fit, plain, row
from tui.screens.place import Asking
from tui.widgets.feet import Feet
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from tui.match import Match


class Seats(Asking[bool]):
    """Enter takes a seat or hands it to the rules."""

    PLACE = "seats"
    BINDINGS = bindings_of("seats")

    def __init__(self, match: Match) -> None:
        super().__init__()
        self.match = match

    def compose(self) -> ComposeResult:
        """A line for each side that may be played."""
        with Vertical(classes="dialog"):
            yield Static(plain(_("Seats"), "b $primary"))
            yield Static(plain(_("Enter takes a seat, or hands it to the rules."), "$text-muted"))
            yield Rows(id="seats")
        yield Feet()

    def on_mount(self) -> None:
        """Show who sits."""
        self.write()
        self.query_one(Rows).focus()

    def write(self) -> None:
        """Everybody who may be played, with whoever decides."""
        sides = playable(self.match.scenario)
        self.query_one(Rows).show([Row(actor, self._line(actor)) for actor in sides])

    def _line(self, actor: str) -> Content:
        is_person = actor in self.match.session.people
        sign = self.glyphs.chosen if is_person else self.glyphs.free
        who = _("somebody at this terminal") if is_person else _("the game")
        return row(f"{sign} ", fit(plain(self.match.scenario.actors[actor].title), 24), plain(who, "$text-muted"))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """The other way about."""
        if event.row is None:
            return
        match = self.match
        try:
            if event.row in match.session.people:
                match.session.hand_back(event.row)
            else:
                match.session.take(event.row)
        except OrderRefused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        if match.viewer not in match.session.people:
            match.viewer = match.next_viewer
        match.ready &= set(match.session.people)
        self.brink.keep_game()
        self.write()

    def action_leave(self) -> None:
        """Back to the desk of whoever is to decide."""
        self.dismiss(True)
